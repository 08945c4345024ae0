/** Longest name of a child, in characters; what is longer is cut before its extension. */
const longestName = 200;

/** Extensions for parts that come without a name. */
const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'message/global': 'eml',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/msword': 'doc',
  'application/pkcs7-mime': 'p7m',
  'application/pkcs7-signature': 'p7s',
  'application/x-pkcs7-signature': 'p7s',
  'application/pgp-signature': 'asc',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/tiff': 'tif',
  'image/bmp': 'bmp',
};

/** A name for a part that has none, by its place among the attachments. */
export function unnamedPart(type: string, ordinal: number): string {
  const extension = extensions[type];
  return `attachment ${ordinal}${extension === undefined ? '' : `.${extension}`}`;
}

/** Gives every child of a file a name of its own that is one name, not a path, and holds no controls. */
export class ChildNames {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  /** The name as wanted, made harmless, below its folders; a second one of it becomes "name (2).ext". */
  take(wanted: string, folders: readonly string[] = []): string {
    const name = [...folders, wanted].map(harmless).join('/');
    if (!this.#taken.has(name)) return this.#keep(name);
    for (;;) {
      const count = (this.#counts.get(name) ?? 1) + 1;
      this.#counts.set(name, count);
      const numbered = withNumber(name, count);
      if (!this.#taken.has(numbered)) return this.#keep(numbered);
    }
  }

  #keep(name: string): string {
    this.#taken.add(name);
    return name;
  }
}

/** Folders in a name are a hint of its sender, or an attack: they become part of the name. */
function harmless(wanted: string): string {
  const clean = wanted
    .replaceAll(/[/\\]/g, '_')
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const named = /^\.*$/.test(clean) ? 'unnamed' : clean;
  if (named.length <= longestName) return named;
  const { stem, extension } = parts(named);
  return [...stem].slice(0, longestName - extension.length).join('') + extension;
}

function withNumber(name: string, count: number): string {
  const { stem, extension } = parts(name);
  return `${stem} (${count})${extension}`;
}

function parts(name: string): { stem: string; extension: string } {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}
