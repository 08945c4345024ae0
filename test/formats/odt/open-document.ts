import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';

const namespaces = [
  ...['office', 'text', 'table', 'style', 'meta'].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  ),
  'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(' ');
const type = 'application/vnd.oasis.opendocument.text';

/** The insides of a document's parts. */
export interface OpenDocument {
  readonly text: string;
  /** Automatic styles, and list styles. */
  readonly styles?: string;
  readonly outline?: string;
  readonly header?: string;
  readonly meta?: string;
}

/** A document in one file. */
export function flatDocument({
  text,
  styles = '',
  outline = '',
  header = '',
  meta = '',
}: OpenDocument): Uint8Array {
  const master =
    header === ''
      ? ''
      : `<office:master-styles><style:master-page style:name="S"><style:header>${header}</style:header></style:master-page></office:master-styles>`;
  return strToU8(
    `<?xml version="1.0" encoding="UTF-8"?><office:document ${namespaces} office:mimetype="${type}"><office:meta>${meta}</office:meta><office:styles>${outline}</office:styles><office:automatic-styles>${styles}</office:automatic-styles>${master}<office:body><office:text>${text}</office:text></office:body></office:document>`,
  );
}

/** A document in a package. `more` are further members; `entries` further lines of the manifest. */
export function packedDocument(
  { text, styles = '' }: OpenDocument,
  more: Readonly<Record<string, Uint8Array>> = {},
  entries = '',
): Uint8Array {
  return zipSync({
    mimetype: [strToU8(type), { level: 0 }],
    'content.xml': strToU8(contentXml(text, styles)),
    'META-INF/manifest.xml': strToU8(manifest(entries)),
    ...more,
  });
}

function contentXml(text: string, styles: string): string {
  return `<?xml version="1.0"?><office:document-content ${namespaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${text}</office:text></office:body></office:document-content>`;
}

export function manifest(entries: string): string {
  return `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/>${entries}</manifest:manifest>`;
}

/** A package whose content is encrypted as `lockedMember` does it. */
export function lockedDocument(text: string, password: string, algorithm?: string): Uint8Array {
  const { bytes, entry } = lockedMember('content.xml', contentXml(text, ''), password, algorithm);
  return packedDocument({ text: '' }, { 'content.xml': bytes }, entry);
}

/**
 * A member encrypted as OpenDocument 1.2 has it (part 3, 3.4): AES-256 in CBC mode, the key by PBKDF2. With its line of the
 * manifest.
 */
export function lockedMember(
  name: string,
  text: string,
  password: string,
  algorithm = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
): { readonly bytes: Uint8Array; readonly entry: string } {
  const plain = strToU8(text);
  const packed = deflateRawSync(plain);
  const [vector, salt] = [Buffer.alloc(16, 7), Buffer.alloc(16, 9)];
  const start = createHash('sha256').update(password, 'utf8').digest();
  const key = pbkdf2Sync(start, salt, 1000, 32, 'sha1');
  const cipher = createCipheriv('aes-256-cbc', key, vector).setAutoPadding(false);
  const padding = 16 - (packed.length % 16);
  const padded = Buffer.concat([packed, Buffer.alloc(padding, padding)]);
  const locked = Buffer.concat([cipher.update(padded), cipher.final()]);
  const checksum = createHash('sha256').update(packed.subarray(0, 1024)).digest('base64');
  const entry = `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml" manifest:size="${plain.length}"><manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" manifest:checksum="${checksum}"><manifest:algorithm manifest:algorithm-name="${algorithm}" manifest:initialisation-vector="${vector.toString('base64')}"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" manifest:salt="${salt.toString('base64')}"/><manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/></manifest:encryption-data></manifest:file-entry>`;
  return { bytes: new Uint8Array(locked), entry };
}
