import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { builtInFormat } from './cell-text.ts';

/** Formats that stand for a date as the machine at hand writes it, whatever the file says of them. */
const machineDates = new Set([14, 22]);

/** `styles.xml`: the number format of each style that a cell can name. */
export class XlsxStyles implements XmlHandler {
  private readonly patterns = new Map<number, string>();
  private readonly formats: number[] = [];
  private inCellFormats = false;

  /** The pattern of a style by its index; of one that is not there, that of a plain cell. */
  pattern(style: number): string {
    const id = this.formats[style] ?? 0;
    return (machineDates.has(id) ? undefined : this.patterns.get(id)) ?? builtInFormat(id);
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
