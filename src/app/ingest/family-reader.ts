import type { InputRecord } from '../../model/document.ts';
import { documentId } from '../../model/identifiers.ts';
import type { Case } from '../case.ts';
import type { BatchWriter, Entry } from './batch-writer.ts';
import type { Found, Inside } from './discover.ts';
import { FamilyLines } from './family-lines.ts';
import { displayPath, memberRaw } from './raw-path.ts';
import type { Family, FoundChild, FoundLostChild } from './read-job.ts';
import { retriedOutcomes } from './retry.ts';
import type { SummaryBuilder } from './summary.ts';

/** How many files may lie one inside the other. */
const deepest = 32;
/** Members of one file that are looked after at a time. */
const membersAtATime = 16;

/** A file that others came out of. */
export interface Holder {
  readonly found: Found;
  /** The ledger's lines for it. */
  readonly known: readonly InputRecord[];
  readonly fileHash: string;
  readonly source: string;
  /** Bytes that what comes out of it may have, at all depths. */
  readonly unfoldLimit: number;
  /** Nobody could read it, so that nothing is known of what else may be in it. */
  readonly isUnread: boolean;
}

type TakeMember = (found: Found, lines: FamilyLines) => Promise<void>;

/** Takes the files that came out of another one into the case, each a document of its own, and those inside of them. */
export class FamilyReader {
  readonly #open: Case;
  readonly #writer: BatchWriter;
  readonly #summary: SummaryBuilder;
  readonly #take: TakeMember;

  /** @param take Takes one file, as if it had been found on the disk. */
  constructor(open: Case, writer: BatchWriter, summary: SummaryBuilder, take: TakeMember) {
    this.#open = open;
    this.#writer = writer;
    this.#summary = summary;
    this.#take = take;
  }

  /**
   * Takes all that is inside a file on the disk. Its own line must be written after that, with what this gives: by it
   * the next run tells that nothing was broken off.
   */
  async takeAll(holder: Holder, family: Family | undefined): Promise<Pick<Entry, 'gone'>> {
    const { found, known, fileHash } = holder;
    const lines = new FamilyLines(known.length > 0 && known.every(({ modified }) => modified !== unfinished));
    if (family !== undefined) {
      await this.#reopen(known);
      await this.takeMembers(holder, family, lines);
    }
    if (holder.isUnread) return {};
    const gone = await lines.gone(this.#open.store, found.root.name, found.rawPath);
    return gone.length === 0 ? {} : { gone: { inputs: gone, by: documentId(fileHash) } };
  }

  /** Takes what is inside a file, several at a time. Rejects, when all that was under way has ended, with what went wrong first. */
  async takeMembers(holder: Holder, family: Family, lines: FamilyLines): Promise<void> {
    for (const lost of family.lost) await this.#lose(holder, lost, lines);
    const share = sharePerByte(holder, family);
    const members = family.children.values();
    const failures: unknown[] = [];
    const takeNext = async (): Promise<void> => {
      for (const child of members) {
        if (failures.length > 0) return;
        const limit = Math.floor(child.bytes * share);
        await this.#takeChild(holder, child, limit, lines).catch((error: unknown) => failures.push(error));
      }
    };
    await Promise.all(Array.from({ length: membersAtATime }, takeNext));
    if (failures.length > 0) throw failures[0];
  }

  /** Until all is written, nothing of the file counts as read: whoever breaks off here leaves it to be read again. */
  async #reopen(known: readonly InputRecord[]): Promise<void> {
    for (const line of known.filter(({ part }) => part === undefined))
      await this.#writer.add({ input: { ...line, modified: unfinished } });
  }

  async #takeChild(
    holder: Holder,
    child: FoundChild,
    unfoldLimit: number,
    lines: FamilyLines,
  ): Promise<void> {
    const around = [...(holder.found.inside?.around ?? []), holder.fileHash];
    const member = memberOf(holder, child.name, child.bytes);
    lines.meet(member.rawPath);
    if (around.includes(child.sha256)) {
      const reason = 'It is the same as the file that it lies in, and was not opened again.';
      return this.#record(member, holder, { outcome: 'container', reason, sha256: child.sha256 });
    }
    if (around.length > deepest) {
      const reason = `It lies more than ${deepest} files deep, each inside the other; it was not opened.`;
      return this.#record(member, holder, { outcome: 'too-large', reason, sha256: child.sha256 });
    }
    const inside: Inside = {
      fileHash: child.sha256,
      source: holder.source,
      around,
      unfoldLimit,
      ...(child.spooled === undefined ? {} : { spooled: child.spooled }),
    };
    await this.#take({ ...member, inside }, lines);
  }

  async #lose(holder: Holder, { name, outcome, reason }: FoundLostChild, lines: FamilyLines): Promise<void> {
    const member = memberOf(holder, name, 0);
    lines.meet(member.rawPath);
    lines.keepBelow(member.rawPath);
    if (outcome === 'encrypted' && (await this.#wasOpened(holder, member))) return;
    await this.#record(member, holder, { outcome, reason });
  }

  /** What a password opened the last time stays as it is when the password is not there this time. */
  async #wasOpened({ known, fileHash }: Holder, { root, rawPath }: Found): Promise<boolean> {
    if (!known.some(({ sha256 }) => sha256 === fileHash)) return false;
    const before = await this.#open.store.inputsAt(root.name, rawPath);
    return before.length > 0 && before.every(({ outcome }) => !retriedOutcomes.includes(outcome));
  }

  async #record(
    member: Found,
    { source }: Holder,
    said: Pick<InputRecord, 'outcome' | 'reason' | 'sha256'>,
  ): Promise<void> {
    const { root, path, rawPath, bytes, modified } = member;
    const counts = { pages: 0, pagesIndexed: 0, characters: 0 };
    const input: InputRecord = {
      root: root.name,
      path,
      rawPath,
      source,
      bytes,
      modified,
      ...counts,
      ...said,
    };
    await this.#writer.add({ input });
    this.#summary.record(member, { input }, false);
  }
}

/** A time that no file has. */
const unfinished = -1;

/** A file inside another as if it were found: where people see it is below the path of the one that holds it. */
function memberOf({ found }: Holder, name: string, bytes: number): Found {
  const { root, path, rawPath, modified } = found;
  const own = { rawPath: memberRaw(rawPath, name), path: `${path}/${displayPath(Buffer.from(name))}` };
  return { root, ...own, bytes, modified };
}

/**
 * What a member may unfold to for each of its bytes: it has its share, by its size, of what is left to the file that
 * holds it. So all that comes out of one file at all depths stays within the limit, and what is refused does not hang
 * on which member is opened first.
 */
function sharePerByte({ unfoldLimit }: Holder, { children, unfolded }: Family): number {
  const all = children.reduce((sum, { bytes }) => sum + bytes, 0);
  return all === 0 ? 0 : Math.max(0, unfoldLimit - unfolded) / all;
}
