import { SaxesParser } from 'saxes';

/** Attributes by their canonical names. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** Receives a document in its order. Names have canonical prefixes ("w:p"), whatever prefixes the file itself declares. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** The file is no well-formed XML, from some place on. */
export class XmlError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'XmlError';
  }
}

/** Thrown where a file comes to more than can be held, by a handler too, whatever its XML is like. */
export class ReadingStopped extends Error {}

/** Namespaces that are read, of OpenDocument and of the transitional and the strict form of ECMA-376, and the prefix each goes by here. */
const canonicalPrefixes: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://purl.oclc.org/ooxml/drawingml/main', 'a'],
  ['http://schemas.openxmlformats.org/drawingml/2006/chart', 'c'],
  ['http://schemas.openxmlformats.org/drawingml/2006/diagram', 'dgm'],
  ['http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing', 'wp'],
  ['http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing', 'wp'],
  ['http://schemas.openxmlformats.org/drawingml/2006/picture', 'pic'],
  ['http://purl.oclc.org/ooxml/drawingml/picture', 'pic'],
  ['http://schemas.microsoft.com/office/word/2010/wordprocessingShape', 'wps'],
  ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', ''],
  ['http://purl.oclc.org/ooxml/spreadsheetml/main', ''],
  ['http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments', ''],
  ['http://schemas.openxmlformats.org/presentationml/2006/main', 'p'],
  ['http://purl.oclc.org/ooxml/presentationml/main', 'p'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', ''],
  ['http://schemas.openxmlformats.org/officeDocument/2006/extended-properties', ''],
  ['http://schemas.openxmlformats.org/package/2006/metadata/core-properties', 'cp'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ...['office', 'text', 'table', 'style', 'presentation', 'form', 'meta', 'manifest'].map(
    (name): [string, string] => [`urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`, name],
  ),
  ['urn:oasis:names:tc:opendocument:xmlns:drawing:1.0', 'draw'],
  ['urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0', 'fo'],
  ['urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0', 'svg'],
  ['urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0', 'loext'],
  ['http://www.w3.org/1999/xlink', 'xlink'],
  ['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
  ['http://schemas.microsoft.com/office/word/2012/wordml', 'w15'],
]);

/** Bytes decoded and parsed at a time. */
const stride = 256 * 1024;

/**
 * Parses XML, which may come in pieces, as a stream of events. Entities that a document defines itself are never expanded: they are errors.
 * @throws XmlError where the document stops being well formed; what came before has been handed on. ReadingStopped when
 * the handler throws it.
 */
export function readXml(bytes: Uint8Array | Iterable<Uint8Array>, handler: XmlHandler): void {
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: false });
  const names = new CanonicalNames();
  parser.on('opentag', (tag) => {
    const declares = names.enter(tag.attributes);
    handler.open(
      names.of(tag.name),
      declares || names.renames ? names.attributes(tag.attributes) : tag.attributes,
    );
  });
  parser.on('closetag', (tag) => {
    handler.close(names.of(tag.name));
    names.leave();
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece));
    for (let at = 0; at < piece.length; at += stride)
      parse(parser, decoder.decode(piece.subarray(at, at + stride), { stream: true }));
  }
  parse(parser, decoder?.decode() ?? '');
  parse(parser, null);
}

/** `null` ends the document. What is wrong with where the pieces come from is no error of the XML. */
function parse(parser: SaxesParser, text: string | null): void {
  try {
    parser.write(text);
  } catch (error) {
    if (error instanceof ReadingStopped) throw error;
    throw new XmlError(error);
  }
}

/** By the byte order mark or the XML declaration; else UTF-8. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 100));
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase();
  return declared !== undefined && /^(?:iso-8859-\d+|windows-125\d|us-ascii)$/.test(declared)
    ? declared
    : 'utf-8';
}

/** Scopes of namespace declarations. Nearly every file uses the canonical prefixes, so names mostly pass as they are. */
class CanonicalNames {
  /** True while some prefix in force stands for another one. */
  renames = false;
  private prefixes: ReadonlyMap<string, string> = new Map();
  private known = new Map<string, string>();
  private readonly outer: { prefixes: ReadonlyMap<string, string>; depth: number; renames: boolean }[] = [];
  private depth = 0;

  /** Takes up the declarations of an element; true when it has some. */
  enter(attributes: XmlAttributes): boolean {
    this.depth++;
    let declared: Map<string, string> | undefined;
    for (const name in attributes) {
      if (!name.startsWith('xmlns') || (name.length > 5 && name[5] !== ':')) continue;
      declared ??= new Map(this.prefixes);
      declared.set(name.slice(6), canonicalPrefixes.get(attributes[name] ?? '') ?? `${name.slice(6)}?`);
    }
    if (declared === undefined) return false;
    this.outer.push({ prefixes: this.prefixes, depth: this.depth, renames: this.renames });
    this.use(declared);
    return true;
  }

  leave(): void {
    const last = this.outer.at(-1);
    if (last !== undefined && last.depth === this.depth) {
      this.outer.pop();
      this.use(last.prefixes);
    }
    this.depth--;
  }

  of(name: string): string {
    let canonical = this.known.get(name);
    if (canonical === undefined) {
      canonical = this.canonical(name, true);
      this.known.set(name, canonical);
    }
    return canonical;
  }

  attributes(attributes: XmlAttributes): XmlAttributes {
    const renamed: Record<string, string> = {};
    for (const name in attributes) renamed[this.canonical(name, false)] = attributes[name] ?? '';
    return renamed;
  }

  private use(prefixes: ReadonlyMap<string, string>): void {
    this.prefixes = prefixes;
    this.known = new Map();
    this.renames = [...prefixes].some(
      ([prefix, canonical]) => canonical !== prefix && !canonical.endsWith('?'),
    );
  }

  /** An attribute without a prefix is in no namespace; an element without one is in the default namespace. */
  private canonical(name: string, isElement: boolean): string {
    const colon = name.indexOf(':');
    if (colon < 0 && !isElement) return name;
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const canonical = this.prefixes.get(prefix) ?? prefix;
    return canonical === '' ? name.slice(colon + 1) : `${canonical}:${name.slice(colon + 1)}`;
  }
}
