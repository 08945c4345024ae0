import iconv from 'iconv-lite';
import { toUnixEpoch } from '../property-set.ts';
import type { DraftBlock } from '../table-row.ts';
import { tameControls } from '../text/control-characters.ts';
import { decodeDeclared } from './charset.ts';
import { blocksOfHtml } from './html-body.ts';
import type { MailField, MailFile } from './mail-message.ts';
import { outlookFields } from './outlook-fields.ts';
import { readCompressedRtf } from './rtf-body.ts';
import { blocksOfText } from './text-body.ts';

/** What Outlook packed into a `winmail.dat`. `problem`: why not all of it could be read. */
export interface OutlookPackage {
  /** What it says of the message itself: who sent it to whom, when, about what. */
  readonly fields: readonly MailField[];
  readonly body: readonly DraftBlock[];
  readonly files: readonly MailFile[];
  readonly problem?: string;
}

const signature = 0x223e9f78;
/** Attributes of MS-OXTNEF, 2.1.3.2, by the lower half of their number. */
const attribute = {
  from: 0x8000,
  subject: 0x8004,
  body: 0x800c,
  attachmentData: 0x800f,
  attachmentTitle: 0x8010,
  newAttachment: 0x9002,
  properties: 0x9003,
  attachmentProperties: 0x9005,
  codePage: 0x9007,
};
/** Properties of MS-OXPROPS. */
const property = {
  subject: 0x0037,
  submitted: 0x0039,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  shownCc: 0x0e03,
  shownTo: 0x0e04,
  body: 0x1000,
  compressedRtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  data: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mediaType: 0x370e,
};

interface DraftFile {
  name?: string;
  type: string;
  bytes?: Uint8Array;
}

/** Reads the Transport-Neutral Encapsulation Format (MS-OXTNEF). What comes before damage is kept. */
export function readOutlookPackage(bytes: Uint8Array): OutlookPackage {
  const reader = new PackageReader(bytes);
  const problem = reader.read();
  const files = reader.files.flatMap(({ name, type, bytes: content }) =>
    content === undefined ? [] : [{ name, type, bytes: content }],
  );
  const { blocks, rest } = bodyOf(reader);
  const fields = fieldsOfPackage(reader);
  return { fields, body: blocks, files: [...files, ...rest], ...(problem === undefined ? {} : { problem }) };
}

class PackageReader {
  readonly files: DraftFile[] = [];
  /** What its properties say, and where they are silent its attributes. */
  readonly said = new Map<number, string>();
  submitted: Date | undefined;
  text: string | undefined;
  html: Uint8Array | undefined;
  compressedRtf: Uint8Array | undefined;
  #codePage = 'windows-1252';
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Gives a sentence when something is wrong. */
  read(): string | undefined {
    if (this.#bytes.length < 6 || this.#view.getUint32(0, true) !== signature)
      return 'The file is no package of Outlook, although it is sent as one.';
    for (let at = 6; at < this.#bytes.length; ) {
      if (at + 9 > this.#bytes.length) return cutShort;
      const id = this.#view.getUint32(at + 1, true) & 0xffff;
      const length = this.#view.getUint32(at + 5, true);
      const start = at + 9;
      if (start + length > this.#bytes.length) return cutShort;
      this.#attribute(id, this.#bytes.subarray(start, start + length));
      at = start + length + 2; // a checksum follows
    }
    return undefined;
  }

  #attribute(id: number, data: Uint8Array): void {
    const file = this.files.at(-1);
    if (id === attribute.codePage && data.length >= 4) this.#codePage = codePageName(data);
    else if (id === attribute.body) this.text ??= this.#string(data);
    else if (id === attribute.subject) this.#say(property.subject, this.#string(data));
    else if (id === attribute.from) this.#from(data);
    else if (id === attribute.properties) this.#properties(data, undefined);
    else if (id === attribute.newAttachment) this.files.push({ type: 'application/octet-stream' });
    else if (file === undefined) return;
    else if (id === attribute.attachmentTitle) file.name ??= this.#string(data);
    else if (id === attribute.attachmentData) file.bytes = data;
    else if (id === attribute.attachmentProperties) this.#properties(data, file);
  }

  #say(id: number, text: string): void {
    if (!this.said.has(id)) this.said.set(id, text);
  }

  /** Four numbers, then a name and an address of the lengths that the last two of them give. */
  #from(data: Uint8Array): void {
    if (data.length < 8) return;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const name = 8 + view.getUint16(4, true);
    this.#say(property.senderName, this.#string(data.subarray(8, name)));
    this.#say(property.senderAddress, this.#string(data.subarray(name, name + view.getUint16(6, true))));
  }

  #properties(data: Uint8Array, file: DraftFile | undefined): void {
    for (const { id, type, value } of propertiesOf(data)) {
      if (file !== undefined) this.#fileProperty(file, id, type, value);
      else if (id === property.body) this.text = this.#text(type, value);
      else if (id === property.html) this.html = value;
      else if (id === property.compressedRtf) this.compressedRtf = value;
      else if (id === property.submitted && type === timeType) this.submitted = momentOf(value);
      else if (saidOfMessage.has(id)) this.said.set(id, this.#text(type, value));
    }
  }

  #fileProperty(file: DraftFile, id: number, type: number, value: Uint8Array): void {
    if (id === property.longFileName) file.name = this.#text(type, value);
    else if (id === property.fileName || id === property.displayName) file.name ??= this.#text(type, value);
    else if (id === property.mediaType) file.type = this.#text(type, value).toLowerCase();
    else if (id === property.data) {
      // An object begins with the identifier of its interface.
      const content = type === objectType ? value.subarray(16) : value;
      file.bytes = isPackage(content) ? asMessage(content, file.name ?? '') : content;
    }
  }

  #text(type: number, value: Uint8Array): string {
    return type === unicodeType ? withoutEnd(new TextDecoder('utf-16le').decode(value)) : this.#string(value);
  }

  #string(bytes: Uint8Array): string {
    return withoutEnd(iconv.decode(bytes, this.#codePage));
  }
}

const saidOfMessage: ReadonlySet<number> = new Set([
  property.subject,
  property.senderName,
  property.senderAddress,
  property.shownCc,
  property.shownTo,
]);

const cutShort = 'The package is cut short: what stands behind the cut is lost.';
const stringType = 0x1e;
const unicodeType = 0x1f;
const objectType = 0x0d;
const binaryType = 0x102;
const variableTypes = new Set([stringType, unicodeType, objectType, binaryType]);
const timeType = 0x40;
const manyValues = 0x1000;
const firstNamed = 0x8000;

interface Property {
  readonly id: number;
  readonly type: number;
  readonly value: Uint8Array;
}

/** The properties of a stream (MS-OXTNEF, 2.1.3.4) that have a single value of their own length, and moments, up to the first that is damaged. */
function* propertiesOf(data: Uint8Array): Generator<Property> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const has = (at: number, length: number) => at + length <= data.length;
  let at = 4;
  while (has(at, 4)) {
    const type = view.getUint16(at, true);
    const id = view.getUint16(at + 2, true);
    at += 4;
    if (id >= firstNamed) {
      if (!has(at, 24)) return;
      const byName = view.getUint32(at + 16, true) === 1;
      at += 24 + (byName ? padded(view.getUint32(at + 20, true)) : 0);
    }
    const single = type & ~manyValues;
    const counted = variableTypes.has(single) || type !== single;
    if (!has(at, 4)) return;
    let values = counted ? view.getUint32(at, true) : 1;
    if (counted) at += 4;
    for (; values > 0; values--) {
      const sized = variableTypes.has(single);
      if (sized && !has(at, 4)) return;
      const length = sized ? view.getUint32(at, true) : fixedLength(single);
      if (sized) at += 4;
      if (!has(at, length)) return;
      if ((sized || single === timeType) && type === single)
        yield { id, type, value: data.subarray(at, at + length) };
      at += padded(length);
    }
  }
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

/** Bytes of a value that has no length of its own. */
function fixedLength(type: number): number {
  if (type === 0x48) return 16;
  return type === 0x05 || type === 0x06 || type === 0x07 || type === 0x14 || type === 0x40 ? 8 : 4;
}

function codePageName(data: Uint8Array): string {
  const number = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
  const name = number === 65001 ? 'utf-8' : `cp${number}`;
  return iconv.encodingExists(name) ? name : 'windows-1252';
}

function withoutEnd(text: string): string {
  return text.replace(/\0+$/, '');
}

function isPackage(bytes: Uint8Array): boolean {
  return bytes.length > 4 && Buffer.from(bytes.subarray(0, 4)).readUInt32LE(0) === signature;
}

/** A message in the package comes as a package again: it becomes a message that holds nothing else. */
function asMessage(content: Uint8Array, name: string): Uint8Array {
  const subject = Buffer.from(name).toString('base64');
  const header = `Subject: =?utf-8?B?${subject}?=\r\nMIME-Version: 1.0\r\nContent-Type: application/ms-tnef\r\n\r\n`;
  return Buffer.concat([Buffer.from(header), content]);
}

/** Names that are shown, with a semicolon between them. */
function shown(names: string | undefined, type: 'to' | 'cc') {
  return (names ?? '').split(';').map((name) => ({ name: name.trim(), address: '', type }));
}

function fieldsOfPackage({ said, submitted }: PackageReader): MailField[] {
  const name = said.get(property.senderName) ?? '';
  const address = (said.get(property.senderAddress) ?? '').replace(/^smtp:/i, '');
  return outlookFields({
    received: '',
    sender: name === '' && address === '' ? undefined : { name, address },
    recipients: [...shown(said.get(property.shownTo), 'to'), ...shown(said.get(property.shownCc), 'cc')],
    subject: said.get(property.subject) ?? '',
    sent: submitted,
    id: '',
    inReplyTo: '',
    references: '',
  });
}

/** A count of 100 nanoseconds since 1601, as Windows keeps moments. */
function momentOf(value: Uint8Array): Date | undefined {
  const ticks = new DataView(value.buffer, value.byteOffset, value.byteLength).getBigUint64(0, true);
  const date = new Date(Number(ticks / 10_000n) - toUnixEpoch);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function bodyOf({ text, html, compressedRtf }: PackageReader): {
  readonly blocks: readonly DraftBlock[];
  readonly rest: readonly MailFile[];
} {
  if (text !== undefined && text.trim() !== '')
    return { blocks: blocksOfText(tameControls(text).text), rest: [] };
  if (html !== undefined) return { blocks: blocksOfHtml(decodeDeclared(html, undefined).text), rest: [] };
  const rich = compressedRtf === undefined ? undefined : readCompressedRtf(compressedRtf);
  if (rich === undefined) return { blocks: [], rest: [] };
  if (rich.kind === 'rtf')
    return { blocks: [], rest: [{ name: 'body.rtf', type: 'application/rtf', bytes: rich.bytes }] };
  return { blocks: rich.kind === 'html' ? blocksOfHtml(rich.text) : blocksOfText(rich.text), rest: [] };
}
