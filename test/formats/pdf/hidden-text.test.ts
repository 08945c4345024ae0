import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { readRuns, readSheets, zoned } from './reading.ts';

const said = show('Then Mr John Smith left the house', 72, 700, 12, 'F2');
/** Over "John Smith" in `said`: a letter of Courier at 12 points is 7.2 wide. */
const overName = `${72 + 8 * 7.2} 697 ${10 * 7.2} 12 re f\n`;
const whole = 'Then Mr John Smith left the house';
const redacted = ['Then Mr', 'hidden: John Smith', 'left the house'];

const fonts = '/Font << /F1 3 0 R /F2 4 0 R >>';
const resources = (more: string) => ({ entries: `/Resources << ${fonts} ${more} >>` });
const stream = (dictionary: string, body: string) =>
  `<< ${dictionary} /Length ${body.length} >>\nstream\n${body}\nendstream`;
const extra = extraNumber(1);
const states =
  '/ExtGState << /Half << /ca 0.5 >> /None << /ca 0 >> /Mul << /BM /Multiply >> /Soft << /SMask << /S /Alpha /G 99 0 R >> >> >>';
/** A picture of one grey level drawn over a rectangle. */
const picture = (level: string, x: number, y: number, width: number, height: number) =>
  `q ${width} 0 0 ${height} ${x} ${y} cm BI /W 1 /H 1 /BPC 8 /CS /G ID ${level} EI Q\n`;

const cases: readonly [
  string,
  string,
  readonly string[],
  { readonly entries?: string }?,
  (readonly string[])?,
][] = [
  ['under a black box drawn later', said + overName, redacted],
  ['under a white box drawn later', `${said}1 g ${overName}`, redacted],
  ['black on a black box', overName + said, redacted],
  ['under a picture', said + picture('x', 72 + 8 * 7.2, 697, 72, 12), redacted],
  ['drawn invisibly', `${show('seen', 72, 700)} 3 Tr ${show('unseen', 72, 680)}`, ['seen', 'hidden: unseen']],
  [
    'white on white paper',
    `${show('seen', 72, 700)} 1 g ${show('unseen', 72, 680)}`,
    ['seen', 'hidden: unseen'],
  ],
  ['nearly white', `0.98 g ${show('unseen', 72, 680)}`, ['hidden: unseen']],
  ['wholly transparent', `/None gs ${show('unseen', 72, 680)}`, ['hidden: unseen'], resources(states)],
  [
    'beyond the edge of the sheet',
    show('seen', 72, 700) + show('unseen', 700, 700),
    ['seen', 'hidden: unseen'],
  ],
  ['below the sheet', show('seen', 72, 700) + show('unseen', 72, -40), ['seen', 'hidden: unseen']],
  [
    'cut away by the crop box',
    show('seen', 72, 500) + show('unseen', 72, 700),
    ['seen', 'hidden: unseen'],
    { entries: '/CropBox [0 0 600 600]' },
  ],
  [
    'outside the clip',
    `${show('seen', 72, 700)} q 0 0 50 50 re W n ${show('unseen', 72, 500)} Q`,
    ['seen', 'hidden: unseen'],
  ],
  [
    'less than a point high',
    show('seen', 72, 700) + show('unseen', 72, 680, 0.5),
    ['seen', 'hidden: unseen'],
  ],
  [
    'on a layer that is off',
    `${show('seen', 72, 700)}/OC /Off BDC ${show('unseen', 72, 680)} EMC /OC /On BDC ${show('shown', 72, 660)} EMC`,
    ['seen', 'hidden: unseen', 'shown'],
    resources(`/Properties << /Off ${extra} 0 R /On ${extra + 1} 0 R >>`),
    ['<< /Type /OCG /Name (off) >>', '<< /Type /OCG /Name (on) >>'],
  ],
  [
    'in a group on a layer that is off',
    `${show('seen', 72, 700)}/X Do`,
    ['seen', 'hidden: unseen'],
    resources(`/XObject << /X ${extra + 1} 0 R >>`),
    [
      '<< /Type /OCG /Name (off) >>',
      stream(
        `/Type /XObject /Subtype /Form /BBox [0 0 600 800] /OC ${extra} 0 R /Resources << ${fonts} >>`,
        show('unseen', 72, 680),
      ),
    ],
  ],
  [
    'under a box in a group',
    `${said}q 1 0 0 1 100 600 cm /X Do Q`,
    redacted,
    resources(`/XObject << /X ${extra} 0 R >>`),
    [stream('/Type /XObject /Subtype /Form /BBox [0 0 600 800]', `${72 + 8 * 7.2 - 100} 97 72 12 re f`)],
  ],
];

const layered = (entries: string | undefined) =>
  entries?.includes('/Properties') || entries?.includes('/XObject')
    ? { catalogue: `/OCProperties << /OCGs [${extra} 0 R] /D << /OFF [${extra} 0 R] >> >>` }
    : {};

describe('text is hidden', () => {
  test.each(cases)('%s', async (_, content, expected, page = {}, objects = []) => {
    const bytes = rawPdf([{ content, ...page }], objects, '', layered(page.entries).catalogue);
    expect(zoned(await readRuns(bytes))).toEqual(expected);
  });

  test.each([90, 180, 270])('under a black box on a sheet turned by %i degrees', async (turn) => {
    const runs = await readRuns(rawPdf([{ content: said + overName, entries: `/Rotate ${turn}` }]));
    expect(zoned(runs).filter((run) => run.startsWith('hidden'))).toEqual(['hidden: John Smith']);
  });

  test('by whole words, although the box leaves a part of a letter free', async () => {
    const short = `${72 + 8 * 7.2 + 4} 697 ${10 * 7.2 - 4} 12 re f\n`;
    expect(zoned(await readRuns(rawPdf([{ content: said + short }])))).toEqual(redacted);
  });

  test('under a black box that is an annotation, and not where one only marks it for redaction', async () => {
    const box = [72 + 8 * 7.2, 697, 72 + 18 * 7.2, 709].join(' ');
    const drawn = `${extra + 1} 0 R`;
    const page = { content: said, entries: `/Annots [${extra} 0 R]` };
    const black = stream('/Type /XObject /Subtype /Form /BBox [0 0 72 12]', '0 g 0 0 72 12 re f');
    const square = `<< /Type /Annot /Subtype /Square /F 4 /Rect [${box}] /AP << /N ${drawn} >> >>`;
    expect(zoned(await readRuns(rawPdf([page], [square, black])))).toEqual(redacted);
    const mark = `<< /Type /Annot /Subtype /Redact /F 4 /Rect [${box}] >>`;
    expect(zoned(await readRuns(rawPdf([page], [mark])))).toEqual([whole]);
  });
});

const alpha = (values: readonly number[]) => {
  const packed = deflateSync(Buffer.from(values)).toString('latin1');
  return stream(
    '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode',
    packed,
  );
};
const watermark = stream(
  `/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask ${extra + 1} 0 R`,
  '\x80',
);

const shown: readonly [
  string,
  string,
  readonly string[],
  { readonly entries?: string }?,
  (readonly string[])?,
][] = [
  ['on a shaded table cell', `0.8 g 70 690 300 25 re f 0 g ${said}`, [whole]],
  ['white on a dark cell', `0.2 g 70 690 300 25 re f 1 g ${said}`, [whole]],
  ['white on a dark picture', `${picture('\x10', 70, 690, 300, 25)}1 g ${said}`, [whole]],
  ['under half-transparent colour', `${said}/Half gs ${overName}`, [whole], resources(states)],
  ['under a highlighter', `${said}/Mul gs 1 1 0 rg ${overName}`, [whole], resources(states)],
  [
    'under a watermark',
    `${said}q 600 0 0 800 0 0 cm /Im Do Q`,
    [whole],
    resources(`/XObject << /Im ${extra} 0 R >>`),
    [watermark, alpha([60])],
  ],
  ['underlined and struck out', `${said}72 698 240 0.6 re f 72 703 240 0.6 re f`, [whole]],
  ['with a border drawn after it', `${said}60 690 300 30 re S`, [whole]],
  ['beside a box', `${said}72 720 300 40 re f`, [whole]],
  ['as a line that runs off the edge', show('a heading that runs on', 520, 700), ['a heading that runs on']],
  ['in a clip that holds it', `q 60 690 400 40 re W n ${said} Q`, [whole]],
  ['in outlines only', `1 Tr ${said}`, [whole]],
  ['twice, once on the other', said + said, [whole]],
];

describe('text is not hidden', () => {
  test.each(shown)('%s', async (_, content, expected, page = {}, objects = []) => {
    expect(zoned(await readRuns(rawPdf([{ content, ...page }], objects)))).toEqual(expected);
  });
});

const scan = picture('\xf0', 0, 0, 600, 800);
const layer = `3 Tr ${said}${show('and came back', 72, 680, 12, 'F2')} 0 Tr `;

describe('the text of a scan', () => {
  test.each<[string, string, readonly string[]]>([
    ['invisible over the picture', scan + layer, [whole, 'and came back']],
    ['invisible under the picture', layer + scan, [whole, 'and came back']],
    ['printed under the picture', `${said}${scan}`, [whole]],
    [
      'blacked out in it',
      scan + layer + overName,
      ['Then Mr', 'hidden: John Smith', 'left the house', 'and came back'],
    ],
    [
      'with a number stamped on it',
      scan + layer + show('INQ000123', 400, 20),
      [whole, 'and came back', 'INQ000123'],
    ],
  ])('%s is somebody’s text recognition, and no hidden text', async (_, content, expected) => {
    const [sheet] = await readSheets(rawPdf([{ content }]));
    expect(zoned(sheet?.runs ?? [])).toEqual(expected);
    expect(sheet?.ocr).toBe('file');
  });

  test('drawn in its place counts as recognised where the file says that such a program made it', async () => {
    const lines = Array.from({ length: 5 }, (_, i) =>
      show(`line ${i + 1} of what the machine saw`, 72, 700 - 14 * i),
    );
    const content = scan + lines.join('');
    const made = (producer: string) =>
      rawPdf([{ content }], [`<< /Producer (${producer}) >>`], `/Info ${extra} 0 R`);
    expect((await readSheets(made('Adobe Acrobat Pro Paper Capture Plug-in')))[0]?.ocr).toBe('file');
    expect((await readSheets(made('Impress')))[0]?.ocr).toBeUndefined();
  });

  test('over a small picture is that picture’s', async () => {
    const content = `${show('seen', 72, 760)}${picture('\xf0', 60, 600, 300, 120)}${layer}`;
    expect(zoned(await readRuns(rawPdf([{ content }])))).toEqual(['seen', whole, 'and came back']);
  });

  test('says nothing of a page that is merely printed on a coloured ground', async () => {
    const [sheet] = await readSheets(rawPdf([{ content: scan + said }]));
    expect([zoned(sheet?.runs ?? []), sheet?.ocr]).toEqual([[whole], undefined]);
  });
});
