import type { Relation } from '../../formats/extraction.ts';

/** What a file inside another one is called in the case. */
export interface MemberName {
  readonly name: string;
  /** It is named for a place outside of the file that holds it. */
  readonly leadsOut: boolean;
}

/**
 * Names the files that come out of one file, in their order. What a file calls its members is data: it never names
 * anything on the disk. Here it is made fit to be a path in the ledger: not empty, without NUL, and such that no two
 * members have one path, nor one member a path that leads through another.
 */
export class MemberNames {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  /** By a name that was given more than once: the number to go on with. */
  readonly #numbers = new Map<string, number>();

  take(given: string, relation: Relation): MemberName {
    const wellFormed = Buffer.from(given).toString().replaceAll('\0', '\ufffd');
    const leadsOut = relation === 'member' && isOutside(wellFormed);
    const fitting = relation !== 'member' && isOutside(wellFormed) ? lastPart(wellFormed) : wellFormed;
    const name = this.#free(fitting.trim() === '' ? 'unnamed' : fitting);
    this.#files.add(name);
    for (const folder of foldersOf(name)) this.#folders.add(folder);
    return { name, leadsOut };
  }

  #free(wanted: string): string {
    for (let number = this.#numbers.get(wanted) ?? 1; ; number++) {
      const name = number === 1 ? wanted : this.#numbered(wanted, number);
      if (this.#files.has(name) || this.#folders.has(name) || this.#throughFile(name) !== undefined) continue;
      this.#numbers.set(wanted, number + 1);
      return name;
    }
  }

  /** The file that a name leads through, as if it were a folder. */
  #throughFile(name: string): string | undefined {
    return foldersOf(name).find((folder) => this.#files.has(folder));
  }

  /** `letters/a.pdf` as `letters/a (2).pdf`; `a.zip/b`, where `a.zip` is a file, as `a (2).zip/b`. */
  #numbered(name: string, number: number): string {
    const file = this.#throughFile(name) ?? name;
    const start = file.lastIndexOf('/') + 1;
    const dot = file.lastIndexOf('.');
    const end = dot > start ? dot : file.length;
    return `${name.slice(0, end)} (${number})${name.slice(end)}`;
  }
}

/** Mail programs and the like put down where a file once lay: that is no attempt to lead anywhere. */
function lastPart(name: string): string {
  return name.split(/[/\\]/).findLast((part) => part !== '' && part !== '.' && part !== '..') ?? '';
}

function isOutside(name: string): boolean {
  if (/^[/\\]|^[A-Za-z]:[/\\]/.test(name)) return true;
  let depth = 0;
  for (const part of name.split(/[/\\]/)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

function foldersOf(name: string): string[] {
  const folders: string[] = [];
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) folders.push(name.slice(0, at));
  return folders;
}
