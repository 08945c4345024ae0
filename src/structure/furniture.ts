import { type FootNote, findFootNotes } from './foot-notes.ts';
import type { Layout, LayoutLine } from './layout.ts';
import { findLineNumbers, type LineNumber } from './line-numbers.ts';
import { formPage, isStatementForm } from './statement-form.ts';

/** What is printed on a sheet around the text: heads, feet, page numbers, stamps. */
export interface Furniture {
  /** By line index: what the line is when it is no part of the running text. */
  readonly lines: ReadonlyMap<number, 'header' | 'stamp' | 'unindexed' | 'note'>;
  /** Notes at the foot of sheets; their lines are among the others. */
  readonly notes: readonly FootNote[];
  /** Printed line numbers by line index. */
  readonly lineNumbers: ReadonlyMap<number, LineNumber>;
  /** Printed page by sheet, where one was found. */
  readonly pages: ReadonlyMap<number, number>;
  /** Disclosure stamp by sheet: `INQ000123_0004`. */
  readonly stamps: ReadonlyMap<number, string>;
  /** The part of the stamps that all sheets share: `INQ000123`. */
  readonly reference: string | undefined;
}

/** How many lines from either end of a sheet may be furniture. */
const edgeLines = 4;
/** A running line stands on at least this share of the sheets, so that heads alternating left and right count. */
const runningShare = 0.3;

interface EdgeLine {
  readonly index: number;
  readonly sheet: number;
  readonly line: LayoutLine;
  readonly text: string;
  /** Counted from the top (0, 1, …) or from the foot (−1, −2, …). */
  readonly position: number;
  /** Without digits, case and spacing: what repeats from sheet to sheet. */
  readonly form: string;
}

const stampPattern = /(?<![A-Za-z0-9])([A-Z]{2,}[A-Z0-9]*\d{3,})[_-](\d{3,6})(?!\d)/;
const pageForms: readonly RegExp[] = [
  /^[[({—–-]*\s*(\d{1,4})\s*[\])}—–-]*$/,
  /^page\s*(?:no\.?|number)?\s*:?\s*(\d{1,4})(?:\s*(?:of|\/)\s*(?:\d{1,4}|[._…]{2,})?)?\.?$/i,
  /^(\d{1,4})\s*(?:of|\/)\s*\d{1,4}$/i,
];
/** The same inside a running line: behind a wide gap, or in so many words. */
const embeddedPageForms: readonly RegExp[] = [
  /\bpage\s+(\d{1,4})\b/i,
  /\b(\d{1,4})\s+of\s+\d{1,4}\s*$/i,
  /(?:\s{3,}|\s[|•·–—-]\s*)(\d{1,4})\s*$/,
  /^\s*(\d{1,4})(?:\s{3,}|\s*[|•·–—-]\s)/,
];

/** What a sheet was stamped with when it was disclosed. */
export type Stamps = Pick<Furniture, 'stamps' | 'reference'> & {
  /** Indexes of the lines that are stamps. */
  readonly lines: ReadonlySet<number>;
};

/**
 * Finds what repeats at the head and foot of sheets, and what is told by its own words: stamps, the print of statement
 * forms. A document without sheets has none.
 */
export function findFurniture(layout: Layout): Furniture {
  const lineNumbers = findLineNumbers(layout);
  const edges = edgesOf(layout).filter(({ index }) => !lineNumbers.has(index));
  const forms = statementForms(edges);
  const running = new Set([...runningLines(edges, layout.sheets.length), ...forms]);
  const { lines: stampLines, stamps, reference } = stampsOf(edges, running);
  const { pages, pageLines } = printedPages(edges, running, forms);
  const lines = new Map<number, 'header' | 'stamp' | 'unindexed' | 'note'>();
  for (const index of stampLines) lines.set(index, 'stamp');
  for (const edge of edges) {
    if (lines.has(edge.index)) continue;
    if (pageLines.has(edge.index)) lines.set(edge.index, 'unindexed');
    else if (running.has(edge.index)) lines.set(edge.index, 'header');
  }
  const notes = lineNumbers.size > 0 ? [] : findFootNotes(layout, (index) => lines.has(index));
  for (const { first, last } of notes) {
    for (let index = first; index <= last; index++) if (!lines.has(index)) lines.set(index, 'note');
  }
  return { lines, notes, lineNumbers, pages, stamps, reference };
}

/** Only the stamps, for documents of which nothing else is believed. */
export function findStamps(layout: Layout): Stamps {
  const edges = edgesOf(layout);
  return stampsOf(edges, runningLines(edges, layout.sheets.length));
}

/** Indexes of lines that are print of a statement form. */
function statementForms(edges: readonly EdgeLine[]): ReadonlySet<number> {
  const forms = new Set<number>();
  for (const [at, { index, sheet, text, position }] of edges.entries()) {
    const next = edges[at + 1];
    const below = next?.sheet === sheet ? next.text : '';
    if (isStatementForm(text, position < 0 ? 'foot' : 'head', below)) forms.add(index);
  }
  return forms;
}

function edgesOf(layout: Layout): EdgeLine[] {
  const bySheet = new Map<number, number[]>();
  layout.lines.forEach((line, index) => {
    if (line.sheet === 0 || line.zone !== undefined || line.text.trim() === '') return;
    const known = bySheet.get(line.sheet);
    if (known === undefined) bySheet.set(line.sheet, [index]);
    else known.push(index);
  });
  const edges: EdgeLine[] = [];
  for (const [sheet, indexes] of bySheet) {
    indexes.forEach((index, order) => {
      const fromFoot = order - indexes.length;
      const position = order < edgeLines && order < -fromFoot ? order : fromFoot;
      const line = layout.lines[index];
      if (line === undefined || (position < 0 && position < -edgeLines)) return;
      const text = line.text.trim();
      edges.push({
        index,
        sheet,
        line,
        text,
        position,
        form: text
          .toLowerCase()
          .replace(/\d+/g, '#')
          .replace(/[‐‑‒–—−]/g, '-')
          .replace(/\s+/g, ' '),
      });
    });
  }
  return edges;
}

/** A stamp named in a sentence that happens to stand at the edge of a sheet is not that sheet's stamp. */
function isStampLine({ index, text }: EdgeLine, running: ReadonlySet<number>): boolean {
  const stamp = stampPattern.exec(text)?.[0];
  if (stamp === undefined) return false;
  const rest = text.replace(stamp, '').trim();
  return rest === '' || running.has(index) || pageForms.some((form) => form.test(rest));
}

/** Of several stamps on a sheet the one nearest to its foot counts. */
function stampsOf(edges: readonly EdgeLine[], running: ReadonlySet<number>): Stamps {
  const lines = new Set<number>();
  const stamps = new Map<number, string>();
  for (const edge of edges) {
    const stamp = stampPattern.exec(edge.text)?.[0];
    if (stamp === undefined || !isStampLine(edge, running)) continue;
    lines.add(edge.index);
    stamps.set(edge.sheet, stamp);
  }
  return { lines, stamps, reference: sharedReference(stamps) };
}

function sharedReference(stamps: ReadonlyMap<number, string>): string | undefined {
  const references = new Set([...stamps.values()].map((stamp) => stampPattern.exec(stamp)?.[1]));
  const [only, ...others] = references;
  return others.length === 0 ? only : undefined;
}

/** Lines whose form comes again at the same end of other sheets. */
function runningLines(edges: readonly EdgeLine[], sheets: number): ReadonlySet<number> {
  const places = new Map<string, Set<number>>();
  const keyOf = (edge: EdgeLine) => `${edge.position < 0 ? 'foot' : 'head'} ${runningForm(edge)}`;
  for (const edge of edges) {
    const known = places.get(keyOf(edge)) ?? new Set();
    places.set(keyOf(edge), known.add(edge.sheet));
  }
  const enough = Math.max(sheets <= 3 ? 2 : 3, Math.ceil(sheets * runningShare));
  return new Set(
    edges.filter((edge) => (places.get(keyOf(edge))?.size ?? 0) >= enough).map(({ index }) => index),
  );
}

/**
 * What must repeat for a line to be running. A number in front is a page number only when it keeps its distance to the
 * sheet; with a dot or bracket it is a paragraph's, and then the whole line must repeat.
 */
function runningForm({ text, sheet, form }: EdgeLine): string {
  if (/^[[(]?\d+[.)\]]\s*\S/.test(text)) return text;
  const number = /^(\d+)\s+\D/.exec(text)?.[1];
  return number === undefined ? form : `${Number(number) - sheet} ${form}`;
}

interface PageMark {
  readonly edge: EdgeLine;
  readonly page: number;
  /** Nothing but the number stands in the line. */
  readonly alone: boolean;
  /** The line says itself that this is a page number. */
  readonly said: boolean;
}

/**
 * A number is the printed page when the same mark counts on from a neighbouring sheet, or when the line says so. Of
 * two numberings the one that stands alone goes first: numbers inside running lines are often of a bundle or a court.
 */
function printedPages(edges: readonly EdgeLine[], running: ReadonlySet<number>, forms: ReadonlySet<number>) {
  const marks = edges.flatMap((edge) =>
    forms.has(edge.index) ? formMarks(edge) : pageMarks(edge, running.has(edge.index)),
  );
  const known = new Map<string, PageMark[]>();
  for (const mark of marks) known.set(markKey(mark), [...(known.get(markKey(mark)) ?? []), mark]);
  const isAt = (mark: PageMark, step: number) =>
    (known.get(markKey(mark, step)) ?? []).some((other) => sameHeight(other.edge, mark.edge));
  const follows = (mark: PageMark) =>
    mark.said || neighbours.some((steps) => steps.every((step) => isAt(mark, step)));
  const pages = new Map<number, number>();
  const pageLines = new Set<number>();
  for (const alone of [true, false]) {
    for (const mark of marks) {
      if (mark.alone !== alone || !follows(mark)) continue;
      if (alone) pageLines.add(mark.edge.index);
      if (!pages.has(mark.edge.sheet)) pages.set(mark.edge.sheet, mark.page);
    }
  }
  return { pages, pageLines };
}

/** A page number is believed when a neighbour counts on; left and right pages may be numbered in different corners. */
const neighbours: readonly (readonly number[])[] = [[1], [-1], [2, 4], [2, -2], [-2, -4]];

function sameHeight(a: EdgeLine, b: EdgeLine): boolean {
  return a.position >= 0 ? Math.abs(a.line.top - b.line.top) <= 36 : Math.abs(a.position - b.position) <= 1;
}

/** Marks of one numbering share a form, an end of the sheet, and the distance between page and sheet. */
function markKey({ edge, page, alone }: PageMark, step = 0): string {
  const end = edge.position < 0 ? 'foot' : 'head';
  return `${end} ${alone} ${edge.form} ${edge.sheet + step} ${page + step}`;
}

/** A statement form counts its own sheets, so that its number is believed where only one sheet has it. */
function formMarks(edge: EdgeLine): PageMark[] {
  const page = formPage(edge.text);
  return page === undefined ? [] : [{ edge, page, alone: false, said: true }];
}

function pageMarks(edge: EdgeLine, running: boolean): PageMark[] {
  for (const form of pageForms) {
    const page = form.exec(edge.text)?.[1];
    if (page !== undefined && Number(page) > 0)
      return [{ edge, page: Number(page), alone: true, said: /page|of|\//i.test(edge.text) }];
  }
  if (!running) return [];
  return embeddedPageForms.flatMap((form) => {
    const page = Number(form.exec(edge.line.text)?.[1] ?? 0);
    return page > 0 ? [{ edge, page, alone: false, said: false }] : [];
  });
}
