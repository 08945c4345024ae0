import PDFKit from 'pdfkit';
import { greyPng } from '../../../fixtures/layout/grey-png.ts';
import { type QuarterTurns, type Raster, straightened, turned } from '../../../src/formats/ocr/raster.ts';
import { openPdf } from '../../../src/formats/pdf/render-sheet.ts';
import type { PixelBox } from '../../../src/model/recognised-sheet.ts';

/** How a scan lies on the glass. */
export interface Lying {
  readonly turns?: QuarterTurns;
  /** Degrees clockwise. */
  readonly askew?: number;
}

/** A typed page of the lines as a scanner would see it, in shades of grey at 300 pixels an inch. */
export async function scan(lines: readonly string[], { turns = 0, askew = 0 }: Lying = {}): Promise<Raster> {
  const typed = await pdf([420, 300], (document) => {
    document.font('Times-Roman').fontSize(14);
    lines.forEach((line, index) => {
      document.text(line, 40, 40 + index * 20, { lineBreak: false });
    });
  });
  const open = await openPdf(typed);
  const upright = open.draw(1);
  open.close();
  return turned(askew === 0 ? upright : straightened(upright, askew), turns);
}

/** What is set on a page of a transcript, and where the words of its lines are, in pixels, without numbers and marks. */
export interface Transcript {
  readonly raster: Raster;
  readonly lines: readonly { readonly text: string; readonly mark: string; readonly box: PixelBox }[];
}

/** A page of twenty-five numbered lines in Courier, spaced twice, as a scanner would see it at 300 pixels an inch. */
export async function transcriptPage(numbered = true): Promise<Transcript> {
  const [left, width, pitch, size] = [130, 360, 26, 11];
  const lines = Array.from({ length: 25 }, (_, row) => ({
    mark: row % 4 === 1 ? 'A.' : row % 4 === 3 ? 'Q.' : '',
    text: row % 4 === 1 ? 'It was whole when I saw it.' : 'and was the seal that you found on the bag broken',
  }));
  const typed = await pdf([595, 842], (document) => {
    document.font('Courier').fontSize(size);
    const put = (text: string, x: number, row: number) =>
      document.text(text, x, 60 + row * pitch, { lineBreak: false });
    for (const [row, { text, mark }] of lines.entries()) {
      put(text, left, row);
      if (!numbered) continue;
      put(mark, left - 30, row);
      put(String(row + 1).padStart(2), left - 70, row);
    }
    document.text('17', 290, 60 + 27 * pitch, { lineBreak: false });
  });
  const open = await openPdf(typed);
  const raster = open.draw(1);
  open.close();
  const scale = raster.width / 595;
  return {
    raster,
    lines: lines.map(({ text, mark }, row) => {
      const right = Math.min(left + text.length * size * 0.6, left + width);
      const [top, bottom] = [60 + row * pitch, 60 + row * pitch + size];
      const [x, y] = [(at: number) => Math.round(at * scale), (at: number) => Math.round(at * scale)];
      return { text, mark, box: { left: x(left), right: x(right), top: y(top), bottom: y(bottom) } };
    }),
  };
}

/** The same with a dark edge, as the lid of a scanner leaves beside the paper. */
export function withDarkEdge({ width, height, grey, dpi }: Raster, wide: number): Raster {
  const dark = grey.slice();
  for (let y = 0; y < height; y++) dark.fill(15, y * width, y * width + wide);
  return { width, height, grey: dark, dpi };
}

export function pngOf({ width, height, grey }: Raster): Uint8Array {
  return greyPng(width, height, (x, y) => grey[y * width + x] ?? 255);
}

/** A PDF with a sheet for each scan, and nothing else on it but what is typed over it, in the lower left corner. */
export function scannedPdf(scans: readonly Raster[], stamp?: string): Promise<Buffer> {
  return pdf([420, 300], (document) => {
    scans.forEach((one, index) => {
      if (index > 0) document.addPage({ size: [420, 300], margin: 0 });
      document.image(Buffer.from(pngOf(one)), 0, 0, { width: 420, height: 300 });
      if (stamp !== undefined)
        document.fontSize(10).text(`${stamp}_000${index + 1}`, 20, 280, { lineBreak: false });
    });
  });
}

export function pdf(size: [number, number], draw: (document: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const document = new PDFKit({ size, margin: 0 });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  draw(document);
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
}
