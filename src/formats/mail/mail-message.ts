import { createHash } from 'node:crypto';
import { addressParser } from 'postal-mime';
import { compareCodeUnits } from '../../model/code-unit-order.ts';
import type { MessageMetadata } from '../../model/document.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { tokenise } from '../../query/tokenizer.ts';
import type { BlockPlace, Child, Extraction, FileMetadata, LostChild, TextBlock } from '../extraction.ts';
import { ChildNames, unnamedPart } from './child-names.ts';
import { readMessageDate } from './message-date.ts';

/** A header field as it reads: on one line, decoded. `raw` is the line before its encoded words were decoded. */
export interface MailField {
  readonly name: string;
  readonly value: string;
  readonly raw: string;
}

/** A file that came with a message, or what is known of one that cannot be taken out. */
export type MailFile = ({ readonly bytes: Uint8Array } | Pick<LostChild, 'outcome' | 'reason'>) & {
  /** As the message names it. */
  readonly name?: string | undefined;
  /** Media type, lower-case. */
  readonly type: string;
};

/** A message of any format, taken apart and decoded. */
export interface MailMessage {
  /** In the order of the file. */
  readonly fields: readonly MailField[];
  readonly body: readonly TextBlock[];
  readonly files: readonly MailFile[];
  /** What was wrong; the same sentence may come more than once. */
  readonly remarks: readonly string[];
}

/** Fields that people look at, in the order in which mail programs show them; the others follow as they stand. */
const shownFirst = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'date', 'subject'];
const headerPlace: BlockPlace = { kind: 'message', part: 'header' };
/** Different remarks that the ledger gives of one message; more are counted. */
const mostRemarks = 20;

/** The message as its text, and its files as children named for themselves. What people look at in a header is one block, every other field one of its own. */
export function* presentMessage(message: MailMessage, reader: string): Generator<Extraction> {
  const files = namedFiles(message.files);
  const blocks = [...headerBlocks(message.fields, files), ...message.body];
  if (blocks.length === 0) {
    yield { type: 'unreadable', outcome: 'empty', reason: 'The message has neither a header nor a text.' };
    return;
  }
  yield {
    type: 'text',
    reader,
    content: { layout: 'blocks', blocks },
    metadata: metadataOf(message),
    remarks: fewRemarks(message.remarks),
  };
  yield* files;
}

function namedFiles(files: readonly MailFile[]): (Child | LostChild)[] {
  const names = new ChildNames();
  return files.map((file, index): Child | LostChild => {
    const name = names.take(file.name?.trim() || unnamedPart(file.type, index + 1));
    return 'bytes' in file
      ? { type: 'child', relation: 'attachment', name, bytes: file.bytes }
      : { type: 'lost-child', relation: 'attachment', name, outcome: file.outcome, reason: file.reason };
  });
}

function headerBlocks(
  fields: readonly MailField[],
  files: readonly { readonly name: string }[],
): TextBlock[] {
  const rank = ({ name }: MailField) => {
    const found = shownFirst.indexOf(name.toLowerCase());
    return found < 0 ? shownFirst.length : found;
  };
  const ordered = [...fields].sort((a, b) => rank(a) - rank(b));
  const behind = ordered.findIndex((field) => rank(field) === shownFirst.length);
  const first = behind < 0 ? ordered : ordered.slice(0, behind);
  const others = behind < 0 ? [] : ordered.slice(behind);
  return [
    ...(first.length === 0 ? [] : [headerBlock(first.map(line).join('\n'))]),
    ...files.map(({ name }) => headerBlock(`Attachment: ${name}`)),
    ...others.map((field) => headerBlock(line(field))),
  ];
}

function line({ name, value }: MailField): string {
  return `${name}: ${value}`.trim();
}

function headerBlock(text: string): TextBlock {
  return { type: 'paragraph', text, place: headerPlace };
}

function metadataOf({ fields, body }: MailMessage): FileMetadata {
  const first = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value;
  const title = first('subject');
  const author = first('from');
  const date = readMessageDate(first('date') ?? '');
  return {
    ...(title ? { title } : {}),
    ...(author ? { author } : {}),
    ...(date === undefined ? {} : { date: date.day }),
    message: messageOf(fields, date?.moment, body),
  };
}

function messageOf(
  fields: readonly MailField[],
  sent: string | undefined,
  body: readonly TextBlock[],
): MessageMetadata {
  const [id] = identifiers(fields, 'message-id');
  const lists = {
    inReplyTo: identifiers(fields, 'in-reply-to'),
    references: identifiers(fields, 'references'),
    from: people(fields, 'from'),
    to: people(fields, 'to'),
    cc: people(fields, 'cc'),
    bcc: people(fields, 'bcc'),
  };
  return {
    ...(id === undefined ? {} : { id }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(sent === undefined ? {} : { sent }),
    ...(id === undefined ? {} : { sameness: samenessOf(id, body) }),
  };
}

function valuesOf(fields: readonly MailField[], name: string): readonly MailField[] {
  return fields.filter((field) => field.name.toLowerCase() === name);
}

/** What stands in angle brackets; without any, what holds an @. */
function identifiers(fields: readonly MailField[], name: string): string[] {
  const text = valuesOf(fields, name)
    .map(({ value }) => value)
    .join(' ');
  const bracketed = [...text.matchAll(/<([^<>]+)>/g)].map((match) => match[1]?.replaceAll(/\s/g, '') ?? '');
  return bracketed.length > 0 ? bracketed : text.split(/[\s,<>]+/).filter((word) => word.includes('@'));
}

function people(fields: readonly MailField[], name: string): string[] {
  return valuesOf(fields, name).flatMap(({ raw }) =>
    addressParser(raw, { flatten: true }).map((person) => {
      const address = person.address ?? '';
      if (person.name === '' || address === '') return person.name || address;
      return person.name === address ? address : `${person.name} <${address}>`;
    }),
  );
}

/** The words of the body count, not how lines are broken or paragraphs set. */
function samenessOf(id: string, body: readonly TextBlock[]): string {
  const hash = createHash('sha256').update(id).update('\0');
  for (const { text, zone } of body) {
    if (zone === undefined) for (const term of tokenise(text).terms) hash.update(term).update(' ');
  }
  return hash.digest('hex').slice(0, 32);
}

function fewRemarks(remarks: readonly string[]): readonly string[] {
  const different = [...new Set(remarks)].sort(compareCodeUnits);
  if (different.length <= mostRemarks) return different;
  const more = different.length - mostRemarks;
  return [
    ...different.slice(0, mostRemarks),
    `${writtenNumber(more)} more such remark${more === 1 ? '' : 's'}.`,
  ];
}
