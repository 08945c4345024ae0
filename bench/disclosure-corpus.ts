/*
 * A fictional disclosure of any size, the same for the same number: statements, custody logs, letters and hearings as
 * plain text and Markdown, so that reading them takes little of what is measured.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DisclosureRequest {
  /** Where the papers go: a folder a source is made in it. */
  readonly folder: string;
  /** How many documents; 3,500 unless said. */
  readonly documents?: number;
  /** Another seed gives other papers. */
  readonly seed?: number;
}

export interface Disclosure {
  readonly documents: number;
  readonly words: number;
  /** Words that the papers are made of, from frequent to rare. */
  readonly vocabulary: readonly string[];
}

const syllables =
  'ba be bo da den dor el en fa gan hal il in ka ler lo ma mer na nor os pa ra ren sa sel ta tor ul va wen zo';
const names =
  'Arlow Brask Corvin Dunmere Eskett Farrow Garland Hesper Iddon Jessop Kellan Lorne Marsh Norwell Ockley Pryde';
const things =
  'phone handset notebook jacket receipt register seal bag statement camera van kiosk mug umbrella ledger torch';
const places = 'Station Harbour Market Quay Bridge Chapel Ferry Mill Foundry Library Depot Terrace';
const verbs =
  'saw heard carried handed searched placed signed wrote opened sealed moved counted noticed photographed';
const small = 'the a of to in and that it was he she they at on with not by from when then before after no';

const sources = ['inquest', 'trial', 'watchdog', 'police', 'letters'] as const;

/** A number from 0 up to 1 at each call, the same series for the same seed (mulberry32). */
function series(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Writes a disclosure into a folder. Word frequencies fall as in running text (Zipf), so that common and rare terms
 * both occur; 16 things and 12 places stand in about a third of the sentences.
 * @returns What was written.
 */
export function writeDisclosure({ folder, documents = 3_500, seed = 1 }: DisclosureRequest): Disclosure {
  const writer = new PaperWriter(seed);
  for (const source of sources) mkdirSync(join(folder, source), { recursive: true });
  let words = 0;
  for (let number = 0; number < documents; number++) {
    const paper = writer.paper(number);
    words += paper.text.split(/\s+/).length;
    writeFileSync(join(folder, paper.source, paper.name), paper.text);
  }
  return { documents, words, vocabulary: writer.vocabulary };
}

interface Paper {
  readonly source: (typeof sources)[number];
  readonly name: string;
  readonly text: string;
}

class PaperWriter {
  readonly vocabulary: readonly string[];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = series(seed);
    const made = new Set<string>();
    while (made.size < 4_000)
      made.add(Array.from({ length: 2 + this.#below(3) }, () => this.#one(syllables)).join(''));
    this.vocabulary = [...made];
  }

  paper(number: number): Paper {
    const kinds = [this.#statement, this.#log, this.#letter, this.#hearing, this.#statement] as const;
    const at = number % kinds.length;
    const write = kinds[at] ?? this.#statement;
    const [source = 'police', id] = [sources[at], String(number + 1).padStart(6, '0')];
    const { kind, extension, text } = write.call(this, id);
    return { source, name: `DIS${id}_${kind}.${extension}`, text };
  }

  #statement(id: string) {
    const name = `${this.#one(names)} ${this.#one(names)}`;
    const paragraphs = Array.from(
      { length: 12 + this.#below(20) },
      (_, at) => `${at + 1}. ${this.#sentences(2 + this.#below(3))}`,
    );
    const text = `WITNESS STATEMENT\n\nStatement of: ${name}\nReference: DIS${id}\nDated: ${this.#date()}\n\n${paragraphs.join('\n\n')}\n`;
    return { kind: 'statement', extension: 'txt', text };
  }

  #log(id: string) {
    const lines = Array.from({ length: 25 + this.#below(30) }, () => {
      const time = `${String(this.#below(24)).padStart(2, '0')}:${String(this.#below(60)).padStart(2, '0')}`;
      return `${this.#date()} ${time} ${this.#one(names)}: ${this.#sentences(1)}`;
    });
    return { kind: 'log', extension: 'txt', text: `CUSTODY LOG DIS${id}\n\n${lines.join('\n')}\n` };
  }

  #letter(id: string) {
    const body = Array.from({ length: 4 + this.#below(6) }, () => this.#sentences(3)).join('\n\n');
    const text = `# Letter DIS${id}\n\n${this.#date()}\n\nDear ${this.#one(names)},\n\n${body}\n\nYours faithfully,\n\n${this.#one(names)}\n`;
    return { kind: 'letter', extension: 'md', text };
  }

  #hearing(id: string) {
    const [counsel, witness] = [
      `MR ${this.#one(names).toUpperCase()}`,
      `MS ${this.#one(names).toUpperCase()}`,
    ];
    const turns = Array.from({ length: 30 + this.#below(40) }, (_, at) =>
      at % 2 === 0
        ? `${counsel}: ${this.#sentences(1)}`
        : `${witness}: ${this.#sentences(1 + this.#below(2))}`,
    );
    const text = `TRANSCRIPT DIS${id}\nDay ${1 + this.#below(60)}\n${this.#date()}\n\n${turns.join('\n')}\n`;
    return { kind: 'hearing', extension: 'txt', text };
  }

  #sentences(count: number): string {
    return Array.from({ length: count }, () => this.#sentence()).join(' ');
  }

  #sentence(): string {
    const words = Array.from({ length: 7 + this.#below(14) }, () => this.#word());
    if (this.#random() < 0.3)
      words.splice(this.#below(words.length), 0, this.#one(verbs), 'the', this.#one(things));
    if (this.#random() < 0.15) words.push('at', 'the', this.#one(places));
    if (this.#random() < 0.1) words.push('with', this.#one(names));
    const [first = 'the', ...rest] = words;
    return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(' ')}.`;
  }

  #word(): string {
    if (this.#random() < 0.45) return this.#one(small);
    const rank = Math.floor(this.vocabulary.length ** this.#random()) - 1;
    return this.vocabulary[rank] ?? 'it';
  }

  #date(): string {
    const month = String(1 + this.#below(12)).padStart(2, '0');
    return `${String(1 + this.#below(28)).padStart(2, '0')}/${month}/${2009 + this.#below(12)}`;
  }

  #one(list: string): string {
    const words = list.split(' ');
    return words[this.#below(words.length)] ?? '';
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }
}
