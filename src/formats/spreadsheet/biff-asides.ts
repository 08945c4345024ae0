import { headerFooterText } from './header-footer.ts';

/** What SheetJS leaves out of a sheet in an XLS file. */
export interface BiffAsides {
  readonly headers: string[];
  readonly drawings: string[];
}

/** Records of MS-XLS that are read here. */
const record = {
  bof: 0x0809,
  eof: 0x0a,
  filePass: 0x2f,
  header: 0x14,
  footer: 0x15,
  continues: 0x3c,
  object: 0x5d,
  boundSheet: 0x85,
  textObject: 0x1b6,
  seriesText: 0x100d,
} as const;

/** The kind of object (2.5.143) whose text is a comment, which SheetJS gives. */
const noteObject = 0x19;

/**
 * Heads, feet, and the words of text boxes and charts in the `Workbook` stream of an XLS file (BIFF8), a row for each
 * of its sheets in the order of their tabs. A stream that breaks off is read as far as it goes.
 */
export function biffAsides(stream: Uint8Array): readonly BiffAsides[] {
  const starts: number[] = [];
  const sheets = new Map<number, BiffAsides>();
  const scan = new SubstreamScan();
  for (const { type, at, data } of records(stream)) {
    if (type === record.boundSheet && data.byteLength >= 4) starts.push(data.getUint32(0, true));
    if (type === record.bof && scan.depth === 0) {
      scan.current = { headers: [], drawings: [] };
      sheets.set(at, scan.current);
    }
    scan.take(type, data);
  }
  return starts.map((start) => sheets.get(start) ?? { headers: [], drawings: [] });
}

/** Whether what follows in a `Workbook` or `Book` stream is encrypted: a record near its beginning says so. */
export function isEncryptedBook(stream: Uint8Array): boolean {
  let looked = 0;
  for (const { type } of records(stream)) {
    if (type === record.filePass) return true;
    if (++looked > 20) return false;
  }
  return false;
}

interface BiffRecord {
  readonly type: number;
  /** Where it begins in the stream. */
  readonly at: number;
  readonly data: DataView;
}

function* records(stream: Uint8Array): Iterable<BiffRecord> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0; at + 4 <= view.byteLength; ) {
    const length = view.getUint16(at + 2, true);
    const end = Math.min(at + 4 + length, view.byteLength);
    yield {
      type: view.getUint16(at, true),
      at,
      data: new DataView(stream.buffer, stream.byteOffset + at + 4, end - at - 4),
    };
    at += 4 + length;
  }
}

/** Takes the records of one sheet after the other, with the charts in it. */
class SubstreamScan {
  depth = 0;
  current: BiffAsides | undefined;
  private objectKind = 0;
  /** Characters of a text object still to come, in the records that continue it. */
  private awaited = 0;
  private words = '';

  take(type: number, data: DataView): void {
    if (type === record.bof) this.depth++;
    else if (type === record.eof) this.depth = Math.max(0, this.depth - 1);
    else if (type === record.header || type === record.footer) this.head(data);
    else if (type === record.object && data.byteLength >= 6) this.objectKind = data.getUint16(4, true);
    else if (type === record.textObject) this.beginText(data);
    else if (type === record.continues) this.goOn(data);
    else if (type === record.seriesText && data.byteLength >= 4)
      this.put(characters(data, 3, data.getUint8(2)));
  }

  private head(data: DataView): void {
    if (data.byteLength < 3) return;
    this.current?.headers.push(...headerFooterText(characters(data, 2, data.getUint16(0, true))));
  }

  private beginText(data: DataView): void {
    this.awaited = data.byteLength >= 12 ? data.getUint16(10, true) : 0;
    this.words = '';
  }

  private goOn(data: DataView): void {
    if (this.awaited === 0) return;
    const words = characters(data, 0, this.awaited);
    this.awaited -= Math.min(words.length, this.awaited);
    this.words += words;
    if (words === '') this.awaited = 0;
    if (this.awaited === 0 && this.objectKind !== noteObject) this.put(this.words);
  }

  private put(text: string): void {
    if (/[\p{L}\p{N}]/u.test(text)) this.current?.drawings.push(text);
  }
}

/** Up to `count` characters behind a byte that says whether each has one byte or two. */
function characters(data: DataView, at: number, count: number): string {
  if (at >= data.byteLength) return '';
  const wide = (data.getUint8(at) & 1) === 1;
  const bytes = Buffer.from(
    data.buffer,
    data.byteOffset + at + 1,
    Math.min(count * (wide ? 2 : 1), data.byteLength - at - 1),
  );
  return bytes.toString(wide ? 'utf16le' : 'latin1');
}
