import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { patternOf } from './cell-text.ts';
import type { CellStyles } from './workbook-parts.ts';

/** `styles.xml`: the number format of each style that a cell can name. */
export class XlsxStyles implements XmlHandler, CellStyles {
  private readonly patterns = new Map<number, string>();
  private readonly formats: number[] = [];
  private inCellFormats = false;

  pattern(style: number): string {
    const id = this.formats[style] ?? 0;
    return patternOf(id, this.patterns);
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'cellXfs') this.inCellFormats = true;
    else if (name === 'xf' && this.inCellFormats) this.formats.push(Number(attributes['numFmtId'] ?? 0));
    else if (name === 'numFmt')
      this.patterns.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
  }

  close(name: string): void {
    if (name === 'cellXfs') this.inCellFormats = false;
  }

  text(): void {
    // styles are attributes
  }
}
