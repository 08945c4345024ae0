import PDFKit from 'pdfkit';
import { greyPng } from '../../../fixtures/layout/grey-png.ts';
import { type QuarterTurns, type Raster, straightened, turned } from '../../../src/formats/ocr/raster.ts';
import { openPdf } from '../../../src/formats/pdf/render-sheet.ts';

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
