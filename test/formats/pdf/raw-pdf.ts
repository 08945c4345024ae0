/** One page of a PDF written by hand: its content stream and entries of its page dictionary. */
export interface RawPage {
  readonly content: string;
  readonly entries?: string;
}

/** Fonts of every raw page: /F1 Helvetica, /F2 Courier, /F3 Helvetica whose codes 1 and 2 are the ligatures fi and fl. */
const fonts = [
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [1 /fi /fl] >> >>',
];

/**
 * A PDF with a sound table of cross references. Sheets are 600 by 800 points unless their entries say otherwise.
 * @param info More entries of the trailer. @param catalogue More entries of the catalogue.
 */
export function rawPdf(
  pages: readonly RawPage[],
  extra: readonly string[] = [],
  info = '',
  catalogue = '',
): Uint8Array {
  const firstPage = 3 + fonts.length;
  const kids = pages.map((_, i) => `${firstPage + 2 * i} 0 R`).join(' ');
  const resources = `<< /Font << ${fonts.map((_, i) => `/F${i + 1} ${3 + i} 0 R`).join(' ')} >> >>`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} /MediaBox [0 0 600 800] /Resources ${resources} >>`,
    ...fonts,
    ...pages.flatMap(({ content, entries = '' }, i) => [
      `<< /Type /Page /Parent 2 0 R /Contents ${firstPage + 2 * i + 1} 0 R ${entries} >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
    ...extra,
  ];
  return assemble(objects, info);
}

/** The number that the first of the `extra` objects gets. */
export function extraNumber(pages: number): number {
  return 3 + fonts.length + 2 * pages;
}

function assemble(objects: readonly string[], info: string): Uint8Array {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = file.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${info} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Operators that draw a text with its baseline at (x, y), y upwards from the foot of the page. */
export function show(text: string, x: number, y: number, size = 12, font = 'F1'): string {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET\n`;
}
