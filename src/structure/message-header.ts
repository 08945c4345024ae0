/** What a field of a message's header is called, whatever its language. */
export type HeaderField =
  | 'from'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'date'
  | 'subject'
  | 'reply-to'
  | 'attachments'
  | 'importance';

/** As mail programs print them in English, German, French, Spanish, Portuguese, Italian, Dutch, Danish, Norwegian and Swedish. */
const names: Readonly<Record<HeaderField, string>> = {
  from: 'from|von|de|da|van|från|fra',
  to: 'to|an|à|a|para|aan|till|til',
  cc: 'cc|kopie|copie à|copia|kopia|kopi',
  bcc: 'bcc|cci|cco|ccn',
  date: 'sent|date|gesendet|datum|envoyé|enviado(?: el| em)?|fecha|data|inviato|verzonden|skickat|sendt|dato',
  subject: 'subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne',
  'reply-to': 'reply-to|antwort an',
  attachments: 'attachments?|anlagen?|anhänge|pièces jointes|adjuntos|allegati|bijlagen?',
  importance: 'importance|wichtigkeit|priority',
};
const fields = Object.entries(names).map(([field, words]) => ({
  field: field as HeaderField, // the keys of a record of header fields
  // Outlook prints names in bold, which plain text shows with asterisks.
  pattern: new RegExp(`^\\s*\\*?(?:${words})\\s?:\\*?\\s*(.*)$`, 'i'),
}));

/** Any of them: most lines with a colon begin none. */
const anyField = new RegExp(`^\\s*\\*?(?:${Object.values(names).join('|')})\\s?:`, 'i');

/** Lines that a header may take, with those that go on. */
export const longestHeader = 15;
const fewestFields = 3;

export interface PrintedHeader {
  readonly fields: ReadonlyMap<HeaderField, string>;
  /** Index behind its last line. */
  readonly end: number;
}

/** The field that a line begins, and what stands in it; undefined for any other line. */
export function headerField(
  line: string,
): { readonly field: HeaderField; readonly value: string } | undefined {
  if (!line.includes(':') || !anyField.test(line)) return undefined;
  for (const { field, pattern } of fields) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) return { field, value: value.trim() };
  }
  return undefined;
}

/** A header printed from a line on: at least three different fields, each with the lines that go on with it. */
export function printedHeader(lines: readonly string[], start: number): PrintedHeader | undefined {
  const found = new Map<HeaderField, string>();
  let end = start;
  for (; end < lines.length && end < start + longestHeader; end++) {
    const line = lines[end] ?? '';
    const said = headerField(line);
    if (said !== undefined) found.set(said.field, said.value);
    else if (!/^\s+\S/.test(line) || found.has('subject')) break;
  }
  return found.size >= fewestFields ? { fields: found, end } : undefined;
}
