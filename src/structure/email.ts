import type { DocumentMetadata } from '../model/document.ts';
import type { PassageKind } from '../model/place.ts';
import { surest } from './cues.ts';
import { firstDate } from './dates.ts';
import { type Layout, sheetsRead } from './layout.ts';
import { layFurniture, type RunningText, readRunningText } from './numbered-document.ts';
import { OutlineBuilder } from './outline-builder.ts';
import { sampleOf } from './paragraph-recogniser.ts';
import { type RecognisedDocument, type Recogniser, unsureBelow } from './recognition.ts';
import type { TextLine } from './text-lines.ts';

type Part = 'header' | 'body' | 'quoted';

const field = /^\s*(from|to|cc|bcc|sent|date|subject|reply-to|attachments?|importance)\s*:\s*(.*)$/i;
const quoteBegins =
  /^\s*(?:>|-{2,}\s*(?:original|forwarded) message\s*-{2,}|begin forwarded message:|on .{6,120}\bwrote:\s*$|_{20,}\s*$)/i;
/** A header must begin within the first lines and have this many of its fields. */
const openingLines = 15;
const fewestFields = 3;

interface Message {
  /** By order among the lines of running text. */
  readonly parts: readonly Part[];
  readonly fields: ReadonlyMap<string, string>;
}

/** Which part of the message each line of running text is; undefined when there is no header. */
function readMessage(lines: readonly TextLine[]): Message | undefined {
  const texts = lines.map(({ line }) => line.text);
  const first = texts.slice(0, openingLines).findIndex((text) => field.test(text));
  const header = first < 0 ? undefined : headerAt(texts, first);
  if (header === undefined || !header.fields.has('from')) return undefined;
  const parts: Part[] = [];
  let quoted = false;
  for (const [at, text] of texts.entries()) {
    if (at < header.end) {
      parts.push('header');
      continue;
    }
    const marked = /^\s*>/.test(text);
    quoted ||=
      (quoteBegins.test(text) && !marked) ||
      (/^\s*from\s*:/i.test(text) && headerAt(texts, at) !== undefined);
    parts.push(quoted || marked ? 'quoted' : 'body');
  }
  return { parts, fields: header.fields };
}

/** The fields from a line on, each with the lines that go on with it, and where the header ends. */
function headerAt(
  texts: readonly string[],
  start: number,
): { fields: Map<string, string>; end: number } | undefined {
  const fields = new Map<string, string>();
  let end = start;
  for (; end < texts.length && end < start + openingLines; end++) {
    const text = texts[end] ?? '';
    const [, name, value = ''] = field.exec(text) ?? [];
    if (name !== undefined) fields.set(name.toLowerCase(), value.trim());
    else if (!/^\s+\S/.test(text) || fields.has('subject')) break;
  }
  return fields.size >= fewestFields ? { fields, end } : undefined;
}

function readEmail(layout: Layout): RecognisedDocument {
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
  return Math.min(surest, 0.6 + message.fields.size * 0.08);
}

function metadataOf(message: Message | undefined): DocumentMetadata {
  if (message === undefined) return {};
  const subject = message.fields.get('subject');
  const author = message.fields.get('from');
  const date = firstDate(message.fields.get('sent') ?? message.fields.get('date') ?? '');
  return {
    ...(subject === undefined || subject === '' ? {} : { title: subject }),
    ...(author === undefined || author === '' ? {} : { author }),
    ...(date === undefined ? {} : { date }),
  };
}

/** E-mails that come as text or print: header, body, what is quoted below. */
export const emailRecogniser: Recogniser = {
  name: 'email',
  version: 1,
  kinds: ['email'],
  confidence: (layout) => {
    const confidence = confidenceOf(sampleOf(layout));
    return confidence < unsureBelow ? 0 : confidence;
  },
  recognise: readEmail,
};
