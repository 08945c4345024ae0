import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { readRuns, zoned } from './reading.ts';

const first = extraNumber(1);

/** The runs of a page with these annotations, without its own words. */
async function notesOf(
  annotations: readonly string[],
  extra: readonly string[] = [],
): Promise<readonly string[]> {
  const list = annotations.map((_, i) => `${first + i} 0 R`).join(' ');
  const page = { content: show('Name:', 72, 700), entries: `/Annots [${list}]` };
  const objects = annotations.map((entries) => `<< /Type /Annot /Rect [300 600 400 620] ${entries} >>`);
  return zoned(await readRuns(rawPdf([page], [...objects, ...extra]))).slice(1);
}

describe('comments', () => {
  const by = '/T (Jane Roe) /M (D:20150401093000Z)';
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'say who wrote them and when',
      [`/Subtype /Text ${by} /Contents (Not true.)`],
      ['comment: Jane Roe, 2015-04-01 09:30: Not true.'],
    ],
    [
      'without a date go by their writer',
      ['/Subtype /Text /T (Jane Roe) /Contents (Why?)'],
      ['comment: Jane Roe: Why?'],
    ],
    [
      'that answer others say so',
      ['/Subtype /Text /Contents (Why?)', `/Subtype /Text ${by} /IRT ${first} 0 R /Contents (Because.)`],
      ['comment: Why?', 'comment: Jane Roe, 2015-04-01 09:30, in reply: Because.'],
    ],
    [
      'on highlighted words',
      [`/Subtype /Highlight ${by} /Contents (key passage)`],
      ['comment: Jane Roe, 2015-04-01 09:30: key passage'],
    ],
    [
      'are kept of a mark without words',
      [`/Subtype /StrikeOut ${by}`],
      ['comment: Jane Roe, 2015-04-01 09:30: strike-out'],
    ],
    ['name stamps', ['/Subtype /Stamp /Name /NotApproved'], ['comment: stamp: not approved']],
    [
      'in formatted text alone',
      ['/Subtype /Text /RC (<body><p>one &amp;</p><p>two</p></body>)'],
      ['comment: one &', 'comment: two'],
    ],
    ['that no viewer shows are hidden', ['/Subtype /Text /F 2 /Contents (unseen)'], ['hidden: unseen']],
    ['typed on the page without an appearance', ['/Subtype /FreeText /Contents (typed)'], ['comment: typed']],
    [
      'of marks for redaction',
      ['/Subtype /Redact /Contents (legal privilege) /OverlayText (REDACTED)'],
      ['comment: legal privilege', 'comment: REDACTED'],
    ],
    ['are not made of windows that open', ['/Subtype /Popup /Contents (twice)'], []],
  ])('%s', async (_, annotations, expected) => {
    expect(await notesOf(annotations)).toEqual(expected);
  });

  test('say where a link leads, unless it says so itself', async () => {
    const link = (address: string, rectangle: string) =>
      `/Subtype /Link /Rect [${rectangle}] /A << /S /URI /URI (${address}) >>`;
    expect(await notesOf([link('https://example.org/x', '300 600 400 620')])).toEqual([
      'comment: https://example.org/x',
    ]);
    expect(await notesOf([link('Name:', '60 690 200 715')])).toEqual([]);
  });
});

/** Certificates made for this test: of a person, and of the authority that a signature brings with it. */
const ofPerson =
  '308201a63082014ca003020102021443b990b2a755aae4e94619024d7403af782a9dda300a06082a8648ce3d040302302931' +
  '14301206035504030c0b4a6f616e20506173636f653111300f060355040a0c0853616c746d6572653020170d323631313235' +
  '3136313933325a180f32313236313130313136313933325a30293114301206035504030c0b4a6f616e20506173636f653111' +
  '300f060355040a0c0853616c746d6572653059301306072a8648ce3d020106082a8648ce3d030107034200049a3fd39a4a16' +
  'c9605299d4a5c9c6f4fbac6d3c298842ef7663227f5e7e48d45244b168e7b5e17bb06c6c2f5e60f3e1623b30ab4dc3c5c877' +
  'acd69abba8552460a350304e301d0603551d0e041604144925f03c5ff25700ac4f659dcd82acd1c6120f88301f0603551d23' +
  '0418301680144925f03c5ff25700ac4f659dcd82acd1c6120f88300c0603551d130101ff04023000300a06082a8648ce3d04' +
  '03020348003045022100ec88486a6414d6f095ec075536e0a249e7b251212a1b5c41fec29359a521c16102201190255cecac' +
  'e201802f9a86de9b7bd0875f568585e26e2c79c034bab85c2623';
const ofAuthority =
  '3082019130820137a003020102021468c798fb72c2cdb90e2fbdc6e7638625ede1e605300a06082a8648ce3d040302301d31' +
  '1b301906035504030c1253616c746d65726520417574686f726974793020170d3236313132353136313933325a180f323132' +
  '36313130313136313933325a301d311b301906035504030c1253616c746d65726520417574686f726974793059301306072a' +
  '8648ce3d020106082a8648ce3d03010703420004d6f12b2a1d2fedaa1bfdc7b51c0e090c5bc38c8230064a7c1b57b5f2a183' +
  '0c1aa0393f3b26d99e46f799652aeb66584a338d52042bcf93f70899722016c22439a3533051301d0603551d0e04160414f9' +
  'c37c9f1fd32ade7e7c2fd0bf4fea222adb49ba301f0603551d23041830168014f9c37c9f1fd32ade7e7c2fd0bf4fea222adb' +
  '49ba300f0603551d130101ff040530030101ff300a06082a8648ce3d0403020348003045022100cc46286d551e5c52e4d557' +
  'dbeb4fbf7a6f9a29ffb20797d90c57bb637b63b4090220168fd94f0fe5b1e0aa87750f81405bc7826ed2cd5f72d5dac69e68' +
  '02e68c9515';

describe('form fields', () => {
  test('give their values once, and their names beside them', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([600, 800]);
    const form = document.getForm();
    const surname = form.createTextField('person.surname');
    surname.setText('Pell');
    surname.addToPage(page, { x: 50, y: 700, width: 200, height: 20 });
    const empty = form.createTextField('person.forename');
    empty.addToPage(page, { x: 50, y: 660, width: 200, height: 20 });
    for (const [i, name] of ['consent', 'refused'].entries()) {
      const box = form.createCheckBox(name);
      box.addToPage(page, { x: 50 + 100 * i, y: 620, width: 20, height: 20 });
      if (name === 'consent') box.check();
    }
    const radio = form.createRadioGroup('plea');
    radio.addOptionToPage('guilty', page, { x: 50, y: 580, width: 20, height: 20 });
    radio.addOptionToPage('not guilty', page, { x: 150, y: 580, width: 20, height: 20 });
    radio.select('not guilty');
    const list = form.createDropdown('court');
    list.addOptions(['Crown', 'County']);
    list.select('County');
    list.addToPage(page, { x: 50, y: 540, width: 200, height: 20 });
    const runs = zoned(await readRuns(await document.save()));
    const body = runs.filter((run) => !run.startsWith('comment'));
    expect(body.filter((run) => /Pell|County|Crown/.test(run)).toSorted()).toEqual(['County', 'Pell']);
    expect(runs.filter((run) => run.startsWith('comment')).toSorted()).toEqual([
      'comment: Form field consent: ticked',
      'comment: Form field court',
      'comment: Form field person.surname',
      'comment: Form field plea: ticked, not guilty',
    ]);
  });

  test('that are lists give all that they offer, and what was chosen beside it', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([600, 800]);
    const form = document.getForm();
    for (const [i, picks] of [['Battery', 'Fraud'], []].entries()) {
      const list = form.createOptionList(`counts ${i}`);
      list.addOptions(['Assault', 'Battery', 'Fraud'].map((count) => `${count} ${i}`));
      list.enableMultiselect();
      list.select(picks.map((pick) => `${pick} ${i}`));
      list.addToPage(page, { x: 50, y: 700 - 200 * i, width: 200, height: 90 });
    }
    expect(zoned(await readRuns(await document.save()))).toEqual([
      'Assault 0',
      'Battery 0',
      'Fraud 0',
      'Assault 1',
      'Battery 1',
      'Fraud 1',
      'comment: Form field counts 0: Battery 0, Fraud 0',
    ]);
  });

  test.each([
    { what: 'without an appearance', drawn: '', expected: ['Assault', 'Battery', 'Fraud'] },
    { what: 'that is scrolled', drawn: show('Battery', 122, 695), expected: ['Battery', 'Assault', 'Fraud'] },
  ])('that are lists give each option once: one $what', async ({ drawn, expected }) => {
    const field = `<< /Type /Annot /Subtype /Widget /Rect [120 660 300 710] /FT /Ch /T (count) /V (Fraud) /Opt [(Assault) (Battery) (Fraud)] >>`;
    const page = { content: drawn, entries: `/Annots [${first} 0 R]` };
    const bytes = rawPdf([page], [field], '', `/AcroForm << /Fields [${first} 0 R] >>`);
    expect(zoned(await readRuns(bytes))).toEqual([...expected, 'comment: Form field count: Fraud']);
  });

  test('inherit what they are and hold from the fields above them', async () => {
    const widget = `<< /Type /Annot /Subtype /Widget /Rect [120 690 300 710] /Parent ${first + 1} 0 R >>`;
    const field = `<< /FT /Tx /T (witness) /TU (Name of the witness) /V (Mary Pell) /Kids [${first} 0 R] >>`;
    const page = { content: show('Name:', 72, 700), entries: `/Annots [${first} 0 R]` };
    const bytes = rawPdf([page], [widget, field], '', `/AcroForm << /Fields [${first + 1} 0 R] >>`);
    expect(zoned(await readRuns(bytes))).toEqual([
      'Name:',
      'Mary Pell',
      'comment: Form field Name of the witness / witness',
    ]);
  });

  test.each<[string, string]>([
    ['3000', 'comment: Digital signature, 2019-09-27 20:54: I agree'],
    [
      `3003020101${ofAuthority}${ofPerson}`,
      'comment: Digital signature by Joan Pascoe, 2019-09-27 20:54: I agree',
    ],
  ])('say who signed, when and why', async (contents, expected) => {
    const widget = `<< /Type /Annot /Subtype /Widget /FT /Sig /T (sig) /Rect [0 0 0 0] /V ${first + 1} 0 R >>`;
    const signature = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <${contents}> /M (D:20190927205400Z) /Reason (I agree) >>`;
    const page = { content: show('Name:', 72, 700), entries: `/Annots [${first} 0 R]` };
    const form = `/AcroForm << /SigFlags 3 /Fields [${first} 0 R] >>`;
    expect(zoned(await readRuns(rawPdf([page], [widget, signature], '', form)))).toEqual(['Name:', expected]);
  });

  test('leave a page its fonts, also those that it has from above', async () => {
    const appearance = `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12 >>\nstream\n0 0 9 9 re f\nendstream`;
    const mark = `<< /Type /Annot /Subtype /Square /F 4 /Rect [500 20 509 29] /AP << /N ${first + 1} 0 R >> >>`;
    const page = {
      content: show('the of\x01ce \x02oor', 72, 700, 12, 'F3'),
      entries: `/Annots [${first} 0 R]`,
    };
    expect(zoned(await readRuns(rawPdf([page], [mark, appearance])))).toEqual(['the office floor']);
  });
});
