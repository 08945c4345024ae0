import type { Copy } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';

/** Which documents came together: a document with its attachments, an archive with its members. The parts of a bundle are documents apart. */
export class Families {
  /** By document: the files that it came in. */
  readonly #filesOf = new Map<DocumentId, string[]>();
  readonly #membersOf = new Map<string, DocumentId[]>();

  static async of(store: CaseStore): Promise<Families> {
    const families = new Families();
    for (const copy of await store.copies()) families.#add(copy.document, familyOf(copy));
    return families;
  }

  #add(document: DocumentId, file: string): void {
    const files = this.#filesOf.get(document);
    if (files === undefined) this.#filesOf.set(document, [file]);
    else files.push(file);
    const members = this.#membersOf.get(file);
    if (members === undefined) this.#membersOf.set(file, [document]);
    else members.push(document);
  }

  /** The documents and all that came with any copy of them. */
  membersOf(ids: readonly DocumentId[]): ReadonlySet<DocumentId> {
    const members = new Set<DocumentId>(ids);
    for (const id of ids)
      for (const file of this.#filesOf.get(id) ?? [])
        for (const member of this.#membersOf.get(file) ?? []) members.add(member);
    return members;
  }
}

/** The file on disk: what is in a file has a NUL and its name inside behind the file's path. */
function familyOf({ root, rawPath, given: { sheets = '' } }: Copy): string {
  const inside = rawPath.indexOf(0);
  const file = Buffer.from(inside < 0 ? rawPath : rawPath.subarray(0, inside));
  return `${root}\n${file.toString('hex')}\n${sheets}`;
}
