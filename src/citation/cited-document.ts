import { type DocumentKind, unsureBelow } from '../model/document.ts';

/** What a citation needs to know of a document. Dates are ISO 8601, possibly shortened to a month or a year. */
export interface CitedDocument {
  readonly title: string;
  readonly kind: DocumentKind;
  readonly day?: number;
  readonly date?: string;
  /** The reference that the disclosure gave it: `INQ000123`. */
  readonly reference?: string;
  readonly witness?: string;
  /** Who wrote a message, and whom to: "Peter Orrin and 2 others". */
  readonly from?: string;
  readonly to?: string;
  /** When it was sent, ISO 8601 by the sender's clock. */
  readonly sent?: string;
  /** How sure the recogniser is of `kind`, 0 to 1. */
  readonly confidence: number;
}

export function isUnsure(document: CitedDocument): boolean {
  return document.confidence < unsureBelow;
}

const kindNames: Readonly<Record<DocumentKind, string>> = {
  hearing: 'Transcript',
  statement: 'Statement',
  report: 'Report',
  judgment: 'Judgment',
  letter: 'Letter',
  log: 'Log',
  email: 'E-mail',
  table: 'Table',
  plain: 'Document',
};

/** The title; where there is none, the kind with the witness: "Statement of PC Adams". */
export function titleOf({ title, kind, witness }: CitedDocument): string {
  const trimmed = title.trim();
  if (trimmed !== '') return trimmed;
  return witness === undefined ? kindNames[kind] : `${kindNames[kind]} of ${witness}`;
}

/** "E-mail from Jane Fenn to Peter Orrin": what a message is cited by, since many have one subject. Undefined where its sender is not known. */
export function messageName({ kind, from, to }: CitedDocument): string | undefined {
  if (kind !== 'email' || from === undefined) return undefined;
  return `${kindNames.email} from ${from}${to === undefined ? '' : ` to ${to}`}`;
}

/** "5 November 2014 at 10.14": with the time, because people write more than one message a day. */
export function writtenMoment({ date, sent }: CitedDocument): string | undefined {
  if (date === undefined) return undefined;
  const time = sent?.startsWith(date) ? /T(\d\d):(\d\d)/.exec(sent) : undefined;
  return time ? `${writtenDate(date)} at ${time[1]}.${time[2]}` : writtenDate(date);
}

/** Whether the title says the hearing day itself. */
export function titleSaysDay({ title, day }: CitedDocument): boolean {
  return day !== undefined && new RegExp(`\\bday[\\s_-]*0*${day}\\b`, 'i').test(title);
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2021-11-05` → "5 November 2021", `2021-11` → "November 2021", `2021` → "2021". */
export function writtenDate(iso: string): string {
  const [year = '', month, day] = iso.slice(0, 10).split('-');
  const name = months[Number(month) - 1];
  if (name === undefined) return year;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}
