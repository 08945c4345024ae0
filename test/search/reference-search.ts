import type { Outline, Passage } from '../../src/model/outline.ts';
import type {
  FilterNode,
  FilterValue,
  QueryNode,
  Scope,
  TermPattern,
  WordNode,
} from '../../src/query/ast.ts';
import {
  type Interval,
  leafIntervals,
  type ReferenceWord,
  referenceMatch,
  referenceWords,
} from '../query/reference.ts';
import type { MadeCase, MadeDocument } from './corpus.ts';
import type { AskedQuery } from './queries.ts';

/** One hit of a whole answer; without an interval: a document that answers as a whole. */
export interface ReferenceHit {
  readonly document: string;
  readonly interval?: Interval;
  readonly score: number;
}

export interface ReferenceAnswer {
  readonly hits: Readonly<Record<'relevance' | 'date' | 'document' | 'place', readonly ReferenceHit[]>>;
  readonly totals: { readonly documents: number; readonly passages: number; readonly hits: number };
  readonly lacking: Readonly<Record<string, number>>;
}

/** What a copy says of its document. */
interface Card {
  readonly source: string;
  readonly path: string;
  readonly kind: string;
  readonly title: string;
  readonly date: string | undefined;
  readonly day: number | undefined;
  readonly reference: string | undefined;
  readonly witness: string | undefined;
  readonly copies: number;
  readonly unread: boolean;
}

interface Laid extends MadeDocument {
  readonly words: readonly ReferenceWord[];
  readonly cards: readonly Card[];
}

interface Answering {
  readonly document: Laid;
  readonly card: Card;
  readonly intervals: readonly Interval[];
}

/** Answers whole queries by reading every word of every document. */
export class ReferenceSearch {
  readonly #documents: readonly Laid[];
  readonly #indexed: readonly (readonly ReferenceWord[])[];

  constructor(made: MadeCase) {
    this.#indexed = made.documents.map(({ text, outline }) => referenceWords(text, outline));
    this.#documents = made.documents
      .map((document, at) => ({
        ...document,
        words: referenceWords(document.text, document.outline),
        cards: cardsOf(made, document, at),
      }))
      .filter(({ cards }) => cards.length > 0);
  }

  answer({ root, scope }: AskedQuery): ReferenceAnswer {
    const answering = this.#documents.flatMap((document) => answerOf(document, root, scope) ?? []);
    const scored = answering.flatMap((one) => this.#hitsOf(one, answering, root));
    const hitsBy = (compare: (a: Card, b: Card) => number) =>
      [...scored].sort((a, b) => compare(a.card, b.card) || byPath(a.card, b.card) || a.order - b.order);
    const totals = {
      documents: answering.length,
      passages: answering.reduce((sum, one) => sum + passagesOf(one), 0),
      hits: scored.length,
    };
    return {
      hits: {
        relevance: hitsBy(() => 0).sort((a, b) => b.score - a.score),
        date: hitsBy((a, b) => order(a.date ?? '~', b.date ?? '~')),
        document: hitsBy(() => 0),
        place: hitsBy(
          (a, b) =>
            order(a.source, b.source) ||
            (a.day ?? 1e9) - (b.day ?? 1e9) ||
            order(a.date ?? '~', b.date ?? '~') ||
            order(a.title, b.title),
        ),
      },
      totals,
      lacking: this.#lacking(root),
    };
  }

  #hitsOf({ document, card, intervals }: Answering, answering: readonly Answering[], root: QueryNode) {
    if (intervals.length === 0) return [{ document: document.id, score: 0, card, order: 0 }];
    const leaves = scoringLeaves(root);
    return intervals.map((interval, at) => ({
      document: document.id,
      interval,
      card,
      order: at,
      score: this.#score(document, interval, leaves, answering),
    }));
  }

  /** BM25 of the passage in which the hit begins, times one and a bonus for words that stand close. */
  #score(
    document: Laid,
    interval: Interval,
    leaves: readonly WordNode[],
    answering: readonly Answering[],
  ): number {
    const all = this.#documents.reduce((sum, { outline }) => sum + outline.passages.length, 0);
    const words = this.#documents.reduce((sum, each) => sum + each.words.length, 0);
    const average = Math.max(1, words / Math.max(1, all));
    const passage = passageAt(document, interval[0]);
    const length = document.words.filter((word) => word.passage === passage).length;
    let score = 0;
    for (const leaf of leaves) {
      const count = passagesWith(document, leaf).filter((each) => each === passage).length;
      const holding = answering.reduce((sum, one) => sum + new Set(passagesWith(one.document, leaf)).size, 0);
      const held = Math.min(holding, all);
      const rarity = Math.log(1 + (all - held + 0.5) / (held + 0.5));
      score += (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * Math.max(1, length)) / average));
    }
    const inexact = leaves.filter(
      ({ pattern }) => this.#isKnown(pattern) && isOnlyLike(document, pattern, interval),
    ).length;
    return score * (1 + 1 / (1 + interval[1] - interval[0] + inexact));
  }

  /** Whether some document, superseded ones among them, has the word as it was typed. */
  #isKnown(pattern: TermPattern): pattern is Like {
    if (pattern.type !== 'fuzzy' && pattern.type !== 'stem' && pattern.type !== 'sound') return false;
    return this.#indexed.some(
      (words) => leafIntervals({ type: 'exact', text: pattern.text }, words).length > 0,
    );
  }

  #lacking(root: QueryNode): Record<string, number> {
    const lacking: Record<string, number> = {};
    for (const field of new Set(filtersIn(root).map((filter) => filter.field))) {
      const without = this.#documents.filter((document) => !hasField(document, field)).length;
      if (without > 0) lacking[field] = without;
    }
    return lacking;
  }
}

function cardsOf(made: MadeCase, document: MadeDocument, at: number): readonly Card[] {
  const current = made.paths.filter(({ documents }) => documents.at(-1) === at);
  return current
    .map(({ source, path, given }) => ({
      source,
      path,
      kind: given.kind ?? document.kind,
      title: given.title ?? document.title ?? path.replace(/^.*\//, '').replace(/\.txt$/, ''),
      date: given.date ?? document.date,
      day: given.day ?? document.day,
      reference: given.reference ?? document.reference,
      witness: given.witness ?? (document.kind === 'hearing' ? undefined : document.witness),
      copies: current.length - 1,
      unread: document.unreadableSheets > 0,
    }))
    .sort(byPath);
}

function byPath(a: Card, b: Card): number {
  return order(a.source, b.source) || order(a.path, b.path);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The first copy by which the document answers. */
function answerOf(document: Laid, root: QueryNode, scope: Scope): Answering | undefined {
  for (const card of document.cards) {
    const intervals = referenceMatch(
      { root },
      document.words,
      (filter) => filterAnswer(document, card, filter),
      ({ source, flags }) => regexHits(document, new RegExp(source, `${flags}gu`)),
      scope,
    );
    if (intervals !== undefined) return { document, card, intervals };
  }
  return undefined;
}

function passagesOf({ document, intervals }: Answering): number {
  if (intervals.length === 0) return document.outline.passages.length;
  return new Set(intervals.map(([start]) => passageAt(document, start))).size;
}

function passageAt({ words }: Laid, position: number): number | undefined {
  return words.find((word) => word.position === position)?.passage;
}

function passagesWith(document: Laid, { pattern }: WordNode): readonly (number | undefined)[] {
  return leafIntervals(pattern, document.words).map(([start]) => passageAt(document, start));
}

type Like = Extract<TermPattern, { type: 'fuzzy' | 'stem' | 'sound' }>;

/** Whether a hit holds words of a pattern, and none of them as it was typed. */
function isOnlyLike({ words }: Laid, pattern: Like, [start, end]: Interval): boolean {
  const begins = (wanted: TermPattern) =>
    leafIntervals(wanted, words).some(([at]) => at >= start && at <= end);
  return begins(pattern) && !begins({ type: 'exact', text: pattern.text });
}

/** Words that can make a hit, in the order of the tree. */
function scoringLeaves(node: QueryNode): readonly WordNode[] {
  const leaves: WordNode[] = [];
  const visit = (part: unknown) => {
    if (Array.isArray(part)) part.forEach(visit);
    if (typeof part !== 'object' || part === null || !('type' in part)) return;
    const inner = part as QueryNode;
    if (inner.type === 'word') leaves.push(inner);
    if (inner.type === 'not') visit(inner.left);
    else if (inner.type === 'near') [inner.left, ...(inner.negated ? [] : [inner.right])].forEach(visit);
    else if (inner.type === 'andany') [inner.left, inner.right].forEach(visit);
    else if ('slots' in inner) visit(inner.slots);
    else if ('operands' in inner) visit(inner.operands);
  };
  visit(node);
  // a pattern that is asked for twice counts once
  return [...new Map(leaves.map((leaf) => [JSON.stringify(leaf.pattern), leaf])).values()];
}

// Filters

function filtersIn(node: QueryNode | undefined): readonly FilterNode[] {
  if (node === undefined) return [];
  if (node.type === 'filter') return [node];
  if (node.type === 'and' || node.type === 'or') return node.operands.flatMap(filtersIn);
  if (node.type === 'not' || node.type === 'near' || node.type === 'andany')
    return [...filtersIn(node.left), ...filtersIn(node.right)];
  return [];
}

function hasField({ cards, outline }: Laid, field: string): boolean {
  const testimony = outline.passages.flatMap(({ kind }) => (kind.kind === 'testimony' ? kind : []));
  if (field === 'date') return cards.some(({ date }) => date !== undefined);
  if (field === 'day') return cards.some(({ day }) => day !== undefined);
  if (field === 'reference') return cards.some(({ reference }) => reference !== undefined);
  if (field === 'speaker') return testimony.some(({ speaker }) => speaker !== undefined);
  if (field === 'role') return testimony.length > 0;
  if (field === 'page') return outline.lines.pages.some((page) => page > 0);
  if (field === 'witness')
    return (
      testimony.some(({ witness }) => witness !== undefined) ||
      cards.some(({ witness }) => witness !== undefined)
    );
  return true;
}

function filterAnswer(
  document: Laid,
  card: Card,
  { field, value }: FilterNode,
): boolean | ((word: ReferenceWord) => boolean) {
  const { outline } = document;
  const passageOf = (word: ReferenceWord) => outline.passages[word.passage];
  switch (field) {
    case 'source':
    case 'kind':
      return card[field] === textOf(value);
    case 'title':
      return hasWords(card.title, textOf(value));
    case 'file':
      return card.path === textOf(value) || card.path.endsWith(`/${textOf(value)}`);
    case 'reference':
      return card.reference?.toLowerCase() === textOf(value);
    case 'day':
      return card.day !== undefined && inNumbers(card.day, value);
    case 'date':
      return card.date !== undefined && inDates(card.date, value);
    case 'is':
      if (textOf(value) === 'ocr') return (word) => isRecognised(document, word);
      return textOf(value) === 'copy' ? card.copies > 0 : card.unread;
    case 'tag':
      return tagAnswer(document, textOf(value));
    case 'page':
      return (word) => inNumbers(pageOf(document, word), value);
    case 'zone':
      return (word) => passageOf(word)?.zone === textOf(value);
    default:
      return (word) => hasWords(personOf(passageOf(word), field, card) ?? '', textOf(value));
  }
}

function personOf(passage: Passage | undefined, field: string, card: Card): string | undefined {
  const testimony = passage?.kind.kind === 'testimony' ? passage.kind : undefined;
  if (field === 'speaker') return testimony?.speaker;
  return field === 'role' ? testimony?.role : (testimony?.witness ?? card.witness);
}

function textOf(value: FilterValue): string {
  if (value.type !== 'text') throw new Error('a text is wanted');
  return value.text;
}

/** The made-up names are plain words with single spaces. */
function hasWords(text: string, words: string): boolean {
  return ` ${text.toLowerCase().replaceAll(':', '')} `.includes(` ${words} `);
}

function inNumbers(number: number, value: FilterValue): boolean {
  if (value.type !== 'numbers') throw new Error('numbers are wanted');
  return number > 0 && number >= (value.from ?? 0) && number <= (value.to ?? 1e9);
}

function inDates(date: string, value: FilterValue): boolean {
  if (value.type !== 'dates') throw new Error('dates are wanted');
  const days = { 4: ['-01-01', '-12-31'], 7: ['-01', '-31'], 10: ['', ''] }[date.length] ?? [];
  const [first, last] = days.map((day) => date + day);
  return (last ?? '') >= (value.from ?? '') && (first ?? '') <= (value.to ?? '~');
}

/** Whether a word's line is on a sheet that was recognised. */
function isRecognised({ outline }: Laid, word: ReferenceWord): boolean {
  const line = lineOf(outline, word);
  return outline.sheets.some(({ sheet, ocr }) => ocr !== undefined && sheet === outline.lines.sheets[line]);
}

/** The printed page of a word's line; where none is printed, the sheet. */
function pageOf({ outline }: Laid, word: ReferenceWord): number {
  const { lines } = outline;
  const line = lineOf(outline, word);
  return (lines.pages.some((page) => page > 0) ? lines.pages : lines.sheets)[line] ?? 0;
}

function lineOf({ lines }: Outline, word: ReferenceWord): number {
  return [...lines.starts].findLastIndex((start) => start <= word.start);
}

function tagAnswer(document: Laid, name: string): boolean | ((word: ReferenceWord) => boolean) {
  const own = document.tags.filter((tag) => tag.name === name || tag.name.startsWith(`${name}/`));
  if (own.some(({ passage }) => passage === undefined)) return true;
  return (word) => own.some(({ passage }) => passage === word.passage);
}

// Regular expressions

/** Matches in each passage's own text with single spaces between words, in whole words. */
function regexHits(document: Laid, pattern: RegExp): readonly Interval[] {
  return document.outline.passages.flatMap((passage, index) => {
    const { text, offsets } = passageText(document, passage);
    return Array.from(text.matchAll(pattern)).flatMap((match): Interval[] => {
      const [from, behind] = [match.index, match.index + match[0].length];
      const touched = document.words.filter(
        (word) =>
          word.passage === index &&
          offsets.some((offset, at) => at >= from && at < behind && isInWord(document, word, offset)),
      );
      const [first, last] = [touched[0], touched.at(-1)];
      return first === undefined || last === undefined ? [] : [[first.position, last.position]];
    });
  });
}

/** The offset in the whole text of each character of a passage; -1 for a space between words. */
function passageText({ text, outline }: Laid, passage: Passage): { text: string; offsets: number[] } {
  const { runs } = outline;
  const inRun = (at: number) => runs.starts.some((start, run) => start <= at && at < (runs.ends[run] ?? 0));
  let shown = '';
  const offsets: number[] = [];
  let space = false;
  for (let at = passage.start; at < passage.end; at++) {
    const character = text.charAt(at);
    if (/\s/.test(character) || (passage.zone === 'body' && inRun(at))) space = true;
    else {
      if (space && shown !== '') {
        shown += ' ';
        offsets.push(-1);
      }
      space = false;
      shown += character;
      offsets.push(at);
    }
  }
  return { text: shown, offsets };
}

function isInWord({ text }: Laid, word: ReferenceWord, offset: number): boolean {
  return offset >= word.start && offset < word.end && /[\p{L}\p{N}\p{M}]/u.test(text.charAt(offset));
}
