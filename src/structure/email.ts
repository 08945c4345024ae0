import type { DocumentMetadata } from '../model/document.ts';
import type { PassageKind } from '../model/place.ts';
import { surest } from './cues.ts';
import { firstDate } from './dates.ts';
import { type Layout, sheetsRead } from './layout.ts';
import { headerField, longestHeader, type PrintedHeader, printedHeader } from './message-header.ts';
import { layFurniture, type RunningText, readRunningText } from './numbered-document.ts';
import { OutlineBuilder } from './outline-builder.ts';
import { sampleOf } from './paragraph-recogniser.ts';
import { quotedLines } from './quoted-text.ts';
import { type RecognisedDocument, type Recogniser, unsureBelow } from './recognition.ts';
import type { TextLine } from './text-lines.ts';

type Part = 'header' | 'body' | 'quoted';

/** A header must begin within the first lines. */
const openingLines = longestHeader;

interface Message {
  /** By order among the lines of running text. */
  readonly parts: readonly Part[];
  readonly header: PrintedHeader;
}

/** Which part of the message each line of running text is; undefined when there is no header. */
function readMessage(lines: readonly TextLine[]): Message | undefined {
  const texts = lines.map(({ line }) => line.text);
  const first = texts.slice(0, openingLines).findIndex((text) => headerField(text) !== undefined);
  const header = first < 0 ? undefined : printedHeader(texts, first);
  if (header === undefined || !header.fields.has('from')) return undefined;
  return { parts: partsOf(texts, header.end), header };
}

function partsOf(texts: readonly string[], headerEnd: number): readonly Part[] {
  const quoted = quotedLines(texts.slice(headerEnd));
  return texts.map((_, at) => (at < headerEnd ? 'header' : quoted[at - headerEnd] ? 'quoted' : 'body'));
}

function readEmail(layout: Layout): RecognisedDocument {
  return isMessage(layout) ? readGivenMessage(layout) : readPrintedMessage(layout);
}

/** Whether the file itself says which lines are header and which are body. */
export function isMessage({ lines }: Layout): boolean {
  return lines.some(({ place }) => place?.kind === 'message');
}

/**
 * A message of a mail format. Lines of the header and lines of the body each count from 1, as they do for whoever has
 * the message open in a mail program, however much of the header that shows.
 */
function readGivenMessage(layout: Layout): RecognisedDocument {
  const builder = new OutlineBuilder(layout);
  const parts = givenParts(layout);
  const counts = { header: 0, body: 0 };
  let ordinal = 0;
  let before: Part | undefined;
  for (const [index, line] of layout.lines.entries()) {
    const part = parts[index];
    if (part === undefined) {
      builder.run(line.start, line.start + line.text.length, line.zone ?? 'hidden');
      continue;
    }
    builder.line(index, 0, ++counts[part === 'header' ? 'header' : 'body']);
    if (line.text.trim() === '') continue;
    if (part !== before || line.continues !== true) {
      ordinal++;
      builder.passage(line.start, { kind: 'message', part }, { turn: ordinal });
    }
    before = part;
  }
  return {
    recogniser: { name: emailRecogniser.name, version: emailRecogniser.version },
    kind: 'email',
    confidence: surest,
    text: layout.text,
    outline: builder.finish(),
    metadata: {},
    pages: sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}

/** The part of each line; undefined for one in a zone of its own. Of the body, what is quoted is found by its marks. */
function givenParts({ lines }: Layout): readonly (Part | undefined)[] {
  const said = lines.map(({ zone, place }) => {
    if (zone !== undefined) return undefined;
    return place?.kind === 'message' ? place.part : 'body';
  });
  const inBody = (part: Part | undefined) => part === 'body' || part === 'quoted';
  const body = lines.filter((_, index) => inBody(said[index]));
  const saidOfBody = said.filter(inBody);
  const quoted = quotedLines(
    body.map(({ text }) => text),
    (index) => saidOfBody[index] === 'quoted',
  );
  let at = 0;
  return said.map((part) => (inBody(part) && quoted[at++] ? 'quoted' : part));
}

function readPrintedMessage(layout: Layout): RecognisedDocument {
  const document = readRunningText(layout);
  const builder = new OutlineBuilder(layout);
  layFurniture(builder, document);
  const message = readMessage(document.lines);
  let ordinal = 0;
  let before: Part | undefined;
  for (const [at, { line, begins }] of document.lines.entries()) {
    const part = message?.parts[at] ?? 'body';
    if (part !== before || (begins && part !== 'header')) {
      ordinal++;
      builder.passage(line.start, passageKind(layout, part, ordinal), { turn: ordinal });
    }
    before = part;
  }
  const { reference } = document.furniture;
  return {
    recogniser: { name: emailRecogniser.name, version: emailRecogniser.version },
    kind: 'email',
    confidence: confidenceOf(document),
    text: layout.text,
    outline: builder.finish(),
    metadata: { ...(reference === undefined ? {} : { reference }), ...metadataOf(message) },
    pages: builder.pagesFound > 0 ? builder.pagesFound : sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}

/** On paper a message is cited by page like any other document. */
function passageKind(layout: Layout, part: Part, ordinal: number): PassageKind {
  return layout.sheets.length === 0 ? { kind: 'message', part } : { kind: 'block', ordinal };
}

function confidenceOf({ lines }: RunningText): number {
  const message = readMessage(lines.slice(0, openingLines * 2));
  if (message === undefined) return 0;
  return Math.min(surest, 0.6 + message.header.fields.size * 0.08);
}

function metadataOf(message: Message | undefined): DocumentMetadata {
  if (message === undefined) return {};
  const { fields } = message.header;
  const subject = fields.get('subject');
  const author = fields.get('from');
  const to = (fields.get('to') ?? '').split(/\s*;\s*/).filter((name) => name !== '');
  const date = firstDate(fields.get('date') ?? '');
  return {
    ...(subject === undefined || subject === '' ? {} : { title: subject }),
    ...(author === undefined || author === '' ? {} : { author }),
    ...(date === undefined ? {} : { date }),
    message: { ...(author ? { from: [author] } : {}), ...(to.length > 0 ? { to } : {}) },
  };
}

/** E-mails, as mail formats give them, as text or as print: header, body, what is quoted. */
export const emailRecogniser: Recogniser = {
  name: 'email',
  version: 3,
  kinds: ['email'],
  confidence: (layout) => {
    if (isMessage(layout)) return surest;
    const confidence = confidenceOf(sampleOf(layout));
    return confidence < unsureBelow ? 0 : confidence;
  },
  recognise: readEmail,
};
