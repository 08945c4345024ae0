import pstExtractor, { type PSTFolder, type PSTMessage } from 'pst-extractor';
import { writtenNumber } from '../../model/written-number.ts';
import type { Adapter, Extraction, ReadOptions, Unreadable } from '../extraction.ts';
import { ChildNames } from './child-names.ts';
import { bufferOfSource } from './pst-bytes.ts';
import { writePstMessage } from './pst-message.ts';
import { letStreamsEnd } from './pst-streams.ts';

/**
 * Outlook mailboxes (PST and OST): a child a message, by folder, number and subject, written as an internet message
 * with its attachments in it. What cannot be read of the mailbox is named and does not cost the rest.
 */
export const pstAdapter: Adapter = {
  name: 'pst',
  version: 1,
  // Asked only where the content has the mark of such a mailbox.
  recognises: () => 0.9,
  async *read(bytes, options) {
    yield* new MailboxReader(options).read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  },
  async *readSource(source, options) {
    yield* new MailboxReader(options).read(bufferOfSource(source));
  },
};

/** Folders within folders; a damaged mailbox may hold itself. */
const deepestFolder = 100;
/** Messages one after the other that a folder lists and does not have; after so many, the rest of its list is not believed. */
const mostMissing = 100;

interface OpenFolder {
  readonly folder: PSTFolder;
  readonly path: readonly string[];
}

class MailboxReader {
  readonly #names = new ChildNames();
  readonly #seenFolders = new Set<string>();
  readonly #limit: number;
  #unfolded = 0;
  #messages = 0;

  constructor({ unfoldLimit = Number.POSITIVE_INFINITY }: ReadOptions) {
    this.#limit = unfoldLimit;
  }

  *read(bytes: Buffer): Generator<Extraction> {
    const root = rootOf(bytes);
    if ('type' in root) {
      yield root;
      return;
    }
    const waiting: OpenFolder[] = [root];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      yield* this.#folder(next);
      yield* this.#below(next, waiting);
    }
    const count = `${writtenNumber(this.#messages)} item${this.#messages === 1 ? '' : 's'}`;
    yield { type: 'container', reason: `An Outlook mailbox of ${count}.` };
  }

  /** Puts the folders in a folder on the list, the first to be read last. */
  *#below({ folder, path }: OpenFolder, waiting: OpenFolder[]): Generator<Extraction> {
    try {
      if (!folder.hasSubfolders) return;
      for (const below of folder.getSubFolders().reverse()) {
        const id = below.descriptorNodeId.toString();
        if (this.#seenFolders.has(id) || path.length >= deepestFolder) continue;
        this.#seenFolders.add(id);
        waiting.push({ folder: below, path: [...path, below.displayName || 'unnamed'] });
      }
    } catch (error) {
      yield this.#lost('folders', path, problemOf(error));
    }
  }

  /** Asks for each message by its number: the package passes over one that it cannot load, and gives the next instead. */
  *#folder({ folder, path }: OpenFolder): Generator<Extraction> {
    const count = folder.contentCount;
    const digits = Math.max(4, String(count).length);
    const seen = new Set<string>();
    let missing = 0;
    for (let index = 0; index < count; index++) {
      if (missing >= mostMissing) {
        const left = `${index + 1}-${count}`;
        yield this.#lost(
          left,
          path,
          `The folder lists ${writtenNumber(count - index)} more messages, and has none of them.`,
        );
        return;
      }
      missing++;
      const number = String(index + 1).padStart(digits, '0');
      try {
        folder.moveChildCursorTo(index);
        const message = folder.getNextChild() as PSTMessage | null; // the package declares no type
        const id = message?.descriptorNodeId.toString();
        if (message === null || id === undefined || seen.has(id)) {
          yield this.#lost(number, path, 'The mailbox lists the message, and it cannot be found.');
          continue;
        }
        seen.add(id);
        missing = 0;
        yield this.#message(message, number, path);
      } catch (error) {
        yield this.#lost(number, path, problemOf(error));
      }
    }
  }

  #message(message: PSTMessage, number: string, path: readonly string[]): Extraction {
    const written = writePstMessage(message);
    const subject = message.subject.trim();
    const name = `${number}${subject === '' ? '' : ` ${subject}`}`;
    this.#unfolded += written.length;
    if (this.#unfolded > this.#limit) {
      return this.#lost(name, path, 'The mailbox unfolds to more than the limit.', 'too-large');
    }
    this.#messages++;
    return { type: 'child', relation: 'member', name: this.#names.take(`${name}.eml`, path), bytes: written };
  }

  #lost(
    name: string,
    path: readonly string[],
    reason: string,
    outcome: 'failed' | 'too-large' = 'failed',
  ): Extraction {
    return { type: 'lost-child', relation: 'member', name: this.#names.take(name, path), outcome, reason };
  }
}

/** Without its root nothing of a mailbox can be found. */
function rootOf(bytes: Buffer): OpenFolder | Unreadable {
  letStreamsEnd();
  try {
    const file = new pstExtractor.PSTFile(bytes);
    return { folder: file.getRootFolder(), path: [] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = 'The Outlook mailbox is damaged: its list of folders cannot be found.';
    return { type: 'unreadable', outcome: 'failed', reason };
  }
}

function problemOf(error: unknown): string {
  return `It cannot be read from the mailbox: ${error instanceof Error ? error.message : String(error)}.`;
}
