import type { DocumentMetadata } from '../model/document.ts';
import type { PassageKind } from '../model/place.ts';
import { openingLines, surest } from './cues.ts';
import { firstDate } from './dates.ts';
import { type Layout, sheetsRead } from './layout.ts';
import { layFurniture, type RunningText, readRunningText } from './numbered-document.ts';
import { OutlineBuilder } from './outline-builder.ts';
import { sampleOf } from './paragraph-recogniser.ts';
import { type RecognisedDocument, type Recogniser, unsureBelow } from './recognition.ts';
import type { TextLine } from './text-lines.ts';

const time =
  '(?:[01]?\\d|2[0-3])[:.][0-5]\\d(?:[:.][0-5]\\d)?|(?:[01]\\d|2[0-3])[0-5]\\d\\s?(?:hrs|hours|h)\\b';
const date =
  '\\d{1,2}[/.-]\\d{1,2}[/.-](?:\\d{4}|\\d{2})|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}\\s+[A-Z][a-z]{2,8}\\s+\\d{4}';
/** A time, with a date before or behind it or none, behind the entry's own number or none. */
const entryPattern = new RegExp(
  `^\\s*\\[?(?:#?(?<number>\\d{1,5})[.):]?\\s+)??\\[?(?<stamp>(?:(?:${date}),?[\\sT]+(?:at\\s+)?)?(?:${time})(?:\\s+(?:${date}))?)\\]?(?=[\\s:,;|–—-]|$)`,
);
const fewestEntries = 5;
const entryShare = 0.2;
const sampleLines = 400;

interface Entry {
  readonly line: TextLine;
  /** The time as printed, with its date where one stands beside it. */
  readonly stamp: string;
  readonly number: string | undefined;
}

function findEntries(lines: readonly TextLine[]): Entry[] {
  return lines.flatMap((line) => {
    const { blockType, text } = line.line;
    const groups = blockType === 'row' || !mayHaveTime(text) ? undefined : entryPattern.exec(text)?.groups;
    const stamp = groups?.['stamp'];
    return stamp === undefined
      ? []
      : [{ line, stamp: stamp.replace(/\s+/g, ' '), number: groups?.['number'] }];
  });
}

/** Whether a line begins as entries do, with a digit, "[" or "#". */
function mayHaveTime(text: string): boolean {
  const first = text.trimStart().charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 91 || first === 35;
}

/** Minutes since midnight. */
function minutesOf(stamp: string): number {
  const [, hours = '0', minutes = '0'] =
    /(?:^|[\sT])(\d{1,2})[:.]?(\d\d)(?:[:.]\d\d)?(?=\s|h|$)/.exec(stamp) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** The share of entries that are no earlier than the one before; a new day counts as one step back. */
function orderedShare(entries: readonly Entry[]): number {
  const times = entries.map(({ stamp }) => minutesOf(stamp));
  const ordered = times.filter((minutes, at) => at === 0 || minutes >= (times[at - 1] ?? 0));
  return times.length === 0 ? 0 : ordered.length / times.length;
}

function confidenceOf(document: RunningText): number {
  const lines = document.lines.slice(0, sampleLines);
  const entries = findEntries(lines);
  if (entries.length < fewestEntries || entries.length < lines.length * entryShare) return 0;
  const said = openingLines(document, 10).some((line) =>
    /\b(?:log|cad|incident|occurrence|running sheet)\b/i.test(line),
  );
  const ordered = orderedShare(entries);
  return ordered < 0.7 ? 0 : Math.min(surest, 0.45 + ordered * 0.3 + (said ? 0.2 : 0));
}

function readLog(layout: Layout, confidence: (document: RunningText) => number): RecognisedDocument {
  const document = readRunningText(layout);
  const builder = new OutlineBuilder(layout);
  layFurniture(builder, document);
  const entries = new Map(findEntries(document.lines).map((entry) => [entry.line.index, entry]));
  let ordinal = 0;
  let begun = false;
  for (const { index, line, begins } of document.lines) {
    const entry = entries.get(index);
    if (entry === undefined && (begun || !begins)) continue;
    begun ||= entry !== undefined;
    ordinal++;
    builder.passage(line.start, passageKind(layout, entry, ordinal), { turn: ordinal });
  }
  const { reference, pages } = document.furniture;
  return {
    recogniser: { name: logRecogniser.name, version: logRecogniser.version },
    kind: 'log',
    confidence: confidence(document),
    text: layout.text,
    outline: builder.finish(),
    metadata: { ...(reference === undefined ? {} : { reference }), ...metadataOf(document, entries) },
    pages: pages.size > 0 ? builder.pagesFound : sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}

/** An entry goes by its own number where it has one, and by its time; in a text file, by its lines too. */
function passageKind(layout: Layout, entry: Entry | undefined, ordinal: number): PassageKind {
  const heading = entry === undefined ? {} : { heading: entry.stamp };
  if (entry?.number !== undefined) return { kind: 'paragraph', paragraph: entry.number, ...heading };
  return layout.sheets.length === 0 && layout.lines[0]?.blockType === undefined
    ? { kind: 'line', ...heading }
    : { kind: 'block', ordinal, ...heading };
}

function metadataOf(document: RunningText, entries: ReadonlyMap<number, Entry>): DocumentMetadata {
  const opening = document.lines
    .slice(0, 10)
    .filter(({ index }) => !entries.has(index))
    .map(({ line }) => line.text.trim());
  const title = opening.find((line) => /[A-Za-z]{3}/.test(line) && line.length <= 90);
  const stamps = [...entries.values()].map(({ stamp }) => stamp);
  const day = [...opening, ...stamps].map(firstDate).find((found) => found !== undefined);
  return { ...(title === undefined ? {} : { title }), ...(day === undefined ? {} : { date: day }) };
}

/** Police and incident logs: a passage an entry, from one time to the next. */
export const logRecogniser: Recogniser = {
  name: 'log',
  version: 3,
  kinds: ['log'],
  confidence: (layout) => {
    const confidence = confidenceOf(sampleOf(layout));
    return confidence < unsureBelow ? 0 : confidence;
  },
  recognise: (layout) => readLog(layout, confidenceOf),
};
