import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { AttachmentNames } from '../../../src/formats/pdf/attachments.ts';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { childTexts, readAll } from './reading.ts';

const cover = { content: show('the cover sheet', 72, 700) };

/** Objects of a file specification and its stream, the first of which has the number. */
function attached(number: number, name: string, text: string, entries = ''): readonly string[] {
  return [
    `<< /Type /Filespec /F (${name}) /EF << /F ${number + 1} 0 R >> >>`,
    `<< /Type /EmbeddedFile ${entries} /Length ${text.length} >>\nstream\n${text}\nendstream`,
  ];
}

/** A PDF whose list has these files. */
function withList(files: readonly (readonly [string, string])[], trailer = '', entries = ''): Uint8Array {
  const first = extraNumber(1);
  const objects = files.flatMap(([name, text], i) => attached(first + 2 * i, name, text, entries));
  const list = files.map((_, i) => `(key ${i}) ${first + 2 * i} 0 R`).join(' ');
  return rawPdf([cover], objects, trailer, `/Names << /EmbeddedFiles << /Names [${list}] >> >>`);
}

describe('files attached to a PDF', () => {
  test('come after its text, each under a name of its own', async () => {
    const extractions = await readAll(
      withList([
        ['note.txt', 'one'],
        ['note.txt', 'two'],
        ['a.b/c:d.txt', 'three'],
      ]),
    );
    expect(extractions[0]).toMatchObject({ type: 'text', reader: 'pdfium' });
    expect(childTexts(extractions)).toEqual({
      'note.txt': 'one',
      'note (2).txt': 'two',
      'a.b_c:d.txt': 'three',
    });
  });

  test('of other programs are taken out whole', async () => {
    const document = await PDFDocument.create();
    document.addPage([600, 800]);
    await document.attach(Buffer.from('ünïcode'), 'Grüße π.txt', { mimeType: 'text/plain' });
    expect(childTexts(await readAll(await document.save()))).toEqual({ 'Grüße π.txt': 'ünïcode' });
  });

  test('and pinned to a page belong to that page, the list to the first', async () => {
    const first = extraNumber(2);
    const pin = `<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 30 30] /FS ${first + 1} 0 R /Contents (see the photo) >>`;
    const bytes = rawPdf(
      [cover, { content: show('page two', 72, 700), entries: `/Annots [${first} 0 R ${first + 5} 0 R]` }],
      [
        pin,
        ...attached(first + 1, 'pinned.txt', 'pinned'),
        ...attached(first + 3, 'listed.txt', 'listed'),
        `<< /Type /Annot /Subtype /FileAttachment /Rect [40 10 60 30] /FS ${first + 3} 0 R /AP << /N ${first + 6} 0 R >> >>`,
        '<< /Type /XObject /Subtype /Form /BBox [0 0 20 20] /Length 14 >>\nstream\n0 0 20 20 re f\nendstream',
      ],
      '',
      `/Names << /EmbeddedFiles << /Names [(key) ${first + 3} 0 R] >> >>`,
    );
    const children = async (sheets?: readonly number[]) =>
      childTexts(await readAll(bytes, sheets === undefined ? {} : { sheets }));
    expect(await children()).toEqual({ 'listed.txt': 'listed', 'pinned.txt': 'pinned' });
    expect(await children([1])).toEqual({ 'listed.txt': 'listed' });
    expect(await children([2])).toEqual({ 'pinned.txt': 'pinned', 'listed.txt': 'listed' });
  });

  test('are lost, and said to be so, beyond the limit, where they are missing, and where they are encrypted apart', async () => {
    const three = withList([
      ['a.txt', 'x'.repeat(60)],
      ['b.txt', 'y'.repeat(60)],
      ['c.txt', 'z'.repeat(10)],
    ]);
    const limited = await readAll(three, { unfoldLimit: 100 });
    expect(Object.keys(childTexts(limited))).toEqual(['a.txt']);
    expect(limited.filter(({ type }) => type === 'lost-child')).toMatchObject([
      { name: 'b.txt', outcome: 'too-large', reason: expect.stringMatching(/more than 0 MB/) },
      { name: 'c.txt', outcome: 'too-large' },
    ]);
    const missing = Buffer.from(withList([['gone.txt', 'x']]))
      .toString('latin1')
      .replace('/EF <<', '/EE <<');
    expect((await readAll(Buffer.from(missing, 'latin1'))).slice(1)).toMatchObject([
      { type: 'lost-child', relation: 'attachment', name: 'gone.txt', outcome: 'failed' },
    ]);
  });

  test('are left out when a reader was lost over them', async () => {
    const leaveOut = [{ part: 'attachments', sheet: 0, reason: 'it took too long' }] as const;
    expect((await readAll(withList([['a.txt', 'x']]), { leaveOut })).slice(1)).toEqual([
      {
        type: 'lost-child',
        relation: 'attachment',
        name: 'a.txt',
        outcome: 'failed',
        reason: 'Not taken out of the PDF: it took too long.',
      },
    ]);
  });
});

test('names are without folders and never twice', () => {
  const names = new AttachmentNames();
  const given = [
    '../../etc/passwd',
    '',
    'a.txt',
    'a.txt',
    'C:\\x\\y.doc',
    'new\nline',
    'noending',
    'noending',
  ];
  expect(given.map((name) => names.unique(name))).toEqual([
    '.._.._etc_passwd',
    'attachment',
    'a.txt',
    'a (2).txt',
    'C:_x_y.doc',
    'new_line',
    'noending',
    'noending (2)',
  ]);
});
