/** What protects a file otherwise than by a password: the name of its security handler, where it can be found. */
export function securityHandler(bytes: Uint8Array): string | undefined {
  const filter = /\/Filter\s*\/([\w.#-]{1,60})/.exec(encryptionDictionary(bytes))?.[1];
  return filter === 'Standard' ? undefined : filter;
}

/** Attached files are encrypted by a filter of their own (ISO 32000-1, 7.6.5), which neither reader knows. */
export function encryptsAttachmentsApart(bytes: Uint8Array): boolean {
  const dictionary = encryptionDictionary(bytes);
  const filterFor = (key: string) => new RegExp(`/${key}\\s*/([\\w.#-]{1,60})`).exec(dictionary)?.[1];
  const ofStreams = filterFor('StmF') ?? 'Identity';
  return (filterFor('EFF') ?? ofStreams) !== ofStreams;
}

/** The text of the encryption dictionary, which is never encrypted itself; empty when the file has none. */
export function encryptionDictionary(bytes: Uint8Array): string {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const named = file.lastIndexOf('/Encrypt', undefined, 'latin1');
  if (named < 0) return '';
  const [, number, generation] = /^\/Encrypt\s+(\d{1,10})\s+(\d{1,5})\s+R/.exec(textAt(file, named)) ?? [];
  if (number === undefined) return textAt(file, named);
  for (let at = file.indexOf(`${number} ${generation} obj`, 0, 'latin1'); at >= 0; ) {
    // "84 0 obj" is also the end of "184 0 obj".
    if (!/\d/.test(String.fromCharCode(file[at - 1] ?? 0))) return textAt(file, at);
    at = file.indexOf(`${number} ${generation} obj`, at + 1, 'latin1');
  }
  return '';
}

function textAt(file: Buffer, at: number): string {
  const [text = ''] = file.toString('latin1', at, at + 4000).split(/\bendobj\b/);
  return text;
}
