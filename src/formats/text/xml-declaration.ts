/** The encoding that an XML document declares at its beginning; undefined when it declares none, or is no XML. */
export function xmlEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestDeclaration));
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head.toString('latin1'))?.[1];
}

/** In bytes. */
const longestDeclaration = 512;
