import { readTarHeader } from './archive/tar-header.ts';
import { compoundRootNames } from './compound-root.ts';
import { readZipDirectory, readZipMember, type ZipEntry, ZipError } from './docx/zip.ts';
import type { Sniff } from './extraction.ts';

/** Types that have a name here. The description goes into sentences: "The file is a Word 97 document". */
export const fileTypes = {
  pdf: 'a PDF document',
  docx: 'a Word document',
  html: 'a web page',
  text: 'a text',
  doc: 'a Word 97 document',
  xls: 'an Excel 97 workbook',
  ppt: 'a PowerPoint 97 presentation',
  'xml-workbook': 'an Excel 2003 workbook in XML',
  msg: 'an Outlook message',
  'office-encrypted': 'an Office document protected by a password',
  'compound-file': 'a file of an older Office program',
  xlsx: 'an Excel workbook',
  pptx: 'a PowerPoint presentation',
  visio: 'a Visio drawing',
  xps: 'an XPS document',
  odt: 'an OpenDocument text',
  ods: 'an OpenDocument spreadsheet',
  odp: 'an OpenDocument presentation',
  epub: 'an EPUB book',
  iwork: 'a document of an Apple office program',
  zip: 'a ZIP archive',
  rtf: 'an RTF document',
  wordperfect: 'a WordPerfect document',
  postscript: 'a PostScript document',
  mail: 'an e-mail message',
  tnef: 'a message packed by Outlook',
  mbox: 'a mailbox',
  pst: 'an Outlook mailbox',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  gif: 'a GIF picture',
  tiff: 'a TIFF picture',
  bmp: 'a bitmap picture',
  webp: 'a WebP picture',
  heic: 'a HEIC picture',
  jpeg2000: 'a JPEG 2000 picture',
  djvu: 'a DjVu document',
  audio: 'a sound recording',
  video: 'a film',
  gzip: 'a gzip archive',
  bzip2: 'a bzip2 archive',
  xz: 'an xz archive',
  '7z': 'a 7-Zip archive',
  rar: 'a RAR archive',
  tar: 'a tar archive',
  cab: 'a cabinet archive',
  sqlite: 'an SQLite database',
  access: 'an Access database',
  program: 'a program',
} as const;

export type FileType = keyof typeof fileTypes;

/** Fixed bytes at a fixed place. First match wins. */
const signatures: readonly { readonly type: FileType; readonly at: number; readonly bytes: string }[] = [
  { type: 'pdf', at: 0, bytes: '%PDF-' },
  { type: 'rtf', at: 0, bytes: '{\\rtf' },
  { type: 'xls', at: 0, bytes: '\x09\0\x04\0' },
  { type: 'xls', at: 0, bytes: '\x09\x02\x06\0' },
  { type: 'xls', at: 0, bytes: '\x09\x04\x06\0' },
  { type: 'wordperfect', at: 0, bytes: '\xffWPC' },
  { type: 'postscript', at: 0, bytes: '%!PS' },
  { type: 'postscript', at: 0, bytes: '\xc5\xd0\xd3\xc6' },
  { type: 'pst', at: 0, bytes: '!BDN' },
  { type: 'tnef', at: 0, bytes: '\x78\x9f\x3e\x22' },
  { type: 'png', at: 0, bytes: '\x89PNG\r\n' },
  { type: 'jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'gif', at: 0, bytes: 'GIF87a' },
  { type: 'gif', at: 0, bytes: 'GIF89a' },
  { type: 'tiff', at: 0, bytes: 'II*\0' },
  { type: 'tiff', at: 0, bytes: 'MM\0*' },
  { type: 'tiff', at: 0, bytes: 'II+\0' },
  { type: 'tiff', at: 0, bytes: 'MM\0+' },
  { type: 'webp', at: 8, bytes: 'WEBP' },
  { type: 'audio', at: 8, bytes: 'WAVE' },
  { type: 'video', at: 8, bytes: 'AVI ' },
  { type: 'heic', at: 4, bytes: 'ftyphei' },
  { type: 'heic', at: 4, bytes: 'ftypmif1' },
  { type: 'heic', at: 4, bytes: 'ftypavif' },
  { type: 'audio', at: 4, bytes: 'ftypM4A' },
  { type: 'video', at: 4, bytes: 'ftyp' },
  { type: 'jpeg2000', at: 4, bytes: 'jP  \r\n' },
  { type: 'jpeg2000', at: 0, bytes: '\xff\x4f\xff\x51' },
  { type: 'djvu', at: 0, bytes: 'AT&TFORM' },
  { type: 'audio', at: 0, bytes: 'ID3' },
  { type: 'audio', at: 0, bytes: 'OggS' },
  { type: 'audio', at: 0, bytes: 'fLaC' },
  { type: 'audio', at: 0, bytes: '#!AMR' },
  { type: 'video', at: 0, bytes: '\x1aE\xdf\xa3' },
  { type: 'video', at: 0, bytes: '\x30\x26\xb2\x75\x8e\x66\xcf\x11' },
  { type: 'gzip', at: 0, bytes: '\x1f\x8b' },
  { type: 'bzip2', at: 0, bytes: 'BZh' },
  { type: 'xz', at: 0, bytes: '\xfd7zXZ\0' },
  { type: '7z', at: 0, bytes: '7z\xbc\xaf\x27\x1c' },
  { type: 'rar', at: 0, bytes: 'Rar!\x1a\x07' },
  { type: 'cab', at: 0, bytes: 'MSCF\0\0\0\0' },
  { type: 'tar', at: 257, bytes: 'ustar' },
  { type: 'sqlite', at: 0, bytes: 'SQLite format 3\0' },
  { type: 'access', at: 4, bytes: 'Standard Jet DB' },
  { type: 'access', at: 4, bytes: 'Standard ACE DB' },
  { type: 'program', at: 0, bytes: '\x7fELF' },
];

/** Names at the top of a compound file, in the order in which they decide. */
const compoundMarks: readonly { readonly type: FileType; readonly name: RegExp }[] = [
  { type: 'office-encrypted', name: /^EncryptedPackage$/i },
  { type: 'msg', name: /^__properties_version1\.0$|^__substg1\.0_/i },
  { type: 'doc', name: /^WordDocument$/i },
  { type: 'xls', name: /^(Workbook|Book)$/i },
  { type: 'ppt', name: /^PowerPoint Document$/i },
  { type: 'visio', name: /^VisioDocument$/i },
];

/** Members of a ZIP archive, lower-case, in the order in which they decide. */
const zipMarks: readonly { readonly type: FileType; readonly name: RegExp }[] = [
  { type: 'docx', name: /^word\/document\d*\.xml$/ },
  { type: 'xlsx', name: /^xl\/workbook\.(xml|bin)$/ },
  { type: 'pptx', name: /^ppt\/presentation\.xml$/ },
  { type: 'visio', name: /^visio\/document\.xml$/ },
  { type: 'xps', name: /^fixeddocseq(uence)?\.fdseq$/ },
  { type: 'iwork', name: /^index\/document\.iwa$/ },
];

/** What an OpenDocument or EPUB archive says of itself in a member of its own. */
const zipMimeTypes: readonly { readonly type: FileType; readonly mimeType: string }[] = [
  { type: 'odt', mimeType: 'application/vnd.oasis.opendocument.text' },
  { type: 'ods', mimeType: 'application/vnd.oasis.opendocument.spreadsheet' },
  { type: 'odp', mimeType: 'application/vnd.oasis.opendocument.presentation' },
  { type: 'epub', mimeType: 'application/epub+zip' },
];

/**
 * What a file is by its content; the extension only decides between readings that the content allows. Undefined when
 * it is of no type that has a name here; it may still be a text.
 */
export function detectType({ head, bytes, extension }: Sniff): FileType | undefined {
  const start = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (/^PK(\x03\x04|\x05\x06|\x07\x08|00PK)/.test(start)) return zipType(bytes);
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compoundType(bytes);
  const signature = signatures.find((one) => start.startsWith(one.bytes, one.at));
  if (signature) return signature.type;
  if (hasZipEnd(bytes)) return zipType(bytes); // behind a program that unpacks it, or the last file of several
  if (readTarHeader(head) !== undefined) return 'tar'; // the oldest tar archives have no mark, but a checksum
  return programType(start) ?? mailType(start, extension) ?? latePdf(start, bytes) ?? markupType(start);
}

function hasZipEnd(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(-22, -18), zipEnd) === 0;
}

const zipEnd = Buffer.from('PK\x05\x06');

function zipType(bytes: Uint8Array): FileType {
  const { entries } = readZipDirectory(bytes);
  const names = [...entries.keys()].map((name) => name.toLowerCase().replaceAll('\\', '/'));
  const marked = zipMarks.find(({ name }) => names.some((member) => name.test(member)));
  const declared = marked?.type ?? declaredType(bytes, entries.get('mimetype'));
  return declared ?? (isBook(textOf(bytes, entries.get('META-INF/container.xml'))) ? 'epub' : 'zip');
}

/** Packed scores and layouts have a container too: it names the kind of what it holds. */
function isBook(container: string): boolean {
  return /application\/oebps-package\+xml/.test(container);
}

function declaredType(bytes: Uint8Array, entry: ZipEntry | undefined): FileType | undefined {
  const declared = textOf(bytes, entry).trim();
  return zipMimeTypes.find(({ mimeType }) => declared === mimeType || declared === `${mimeType}-template`)
    ?.type;
}

/** A short member of an archive; empty when there is none. */
function textOf(bytes: Uint8Array, entry: ZipEntry | undefined): string {
  if (!entry) return '';
  try {
    return Buffer.from(readZipMember(bytes, entry).bytes).toString('latin1');
  } catch (error) {
    if (error instanceof ZipError) return ''; // an archive that declares nothing readable is a plain archive
    throw error;
  }
}

function compoundType(bytes: Uint8Array): FileType {
  const names = compoundRootNames(bytes);
  return compoundMarks.find(({ name }) => names.some((one) => name.test(one)))?.type ?? 'compound-file';
}

/** Two letters are no signature: a DOS header points at the real one, a bitmap's header has a known length. */
function programType(start: string): FileType | undefined {
  if (start.startsWith('MZ') && start.includes('PE\0\0')) return 'program';
  if (start.startsWith('BM') && start.startsWith('\0\0\0\0', 6)) return 'bmp';
  return undefined;
}

/** ISO 32000 wants the header at the start; readers since Acrobat accept it within 1,024 bytes. A text that speaks of it has no objects. */
function latePdf(start: string, bytes: Uint8Array): FileType | undefined {
  if (!/%PDF-\d\.\d/.test(start.slice(0, 1024))) return undefined;
  return /\d obj\b|startxref/.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  )
    ? 'pdf'
    : undefined;
}

const machineHeader =
  /^(received|return-path|message-id|mime-version|delivered-to|x-[\w-]+|content-type|dkim-signature):/im;
const headerBlock = /^(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}/;

/** A message has headers that only machines write; a typed memo with "From:" and "To:" is a text, unless its name says otherwise. */
function mailType(whole: string, extension: string): FileType | undefined {
  const start = whole.replace(/^(?:\xef\xbb\xbf)?[\r\n]*/, '');
  const envelope = /^From \S+([^\n]*)\r?\n(?=[!-9;-~]+:)/.exec(start);
  if (envelope && /\d{4}\s*$/.test(envelope[1] ?? '') && extension !== 'eml') return 'mbox';
  const headers = headerBlock.exec(start.slice(envelope?.[0].length ?? 0))?.[0];
  if (headers === undefined || !/^(from|date|subject|to|message-id|received):/im.test(headers))
    return undefined;
  return machineHeader.test(headers) || extension === 'eml' ? 'mail' : undefined;
}

/** Excel's own XML of 2003. */
const xmlWorkbook =
  /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*(?:<\?mso-application[^>]*>\s*)?<Workbook\b[^>]*"urn:schemas-microsoft-com:office:spreadsheet"/;

function markupType(start: string): FileType | undefined {
  if (xmlWorkbook.test(start)) return 'xml-workbook';
  const text = start.replace(/^(?:\xef\xbb\xbf)?(?:\s+|<!--[\s\S]*?-->|<\?xml[^>]*>)*/, '').toLowerCase();
  // The whole document in one file of XML; of the other kinds only the text is read so.
  const isFlat = /(?:^|>\s*)<office:document\s[^>]*application\/vnd\.oasis\.opendocument\.text/.test(text);
  if (isFlat) return 'odt';
  return /^<(!doctype\s+html|html|head|body)[\s>]/.test(text.slice(0, 512)) ? 'html' : undefined;
}
