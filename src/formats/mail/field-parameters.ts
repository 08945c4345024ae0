import { decodeDeclared } from './charset.ts';
import { decodeWords, unfolded } from './encoded-words.ts';

/** Parameters of a structured field, by lower-case name, decoded. */
export type Parameters = ReadonlyMap<string, string>;

interface StructuredField {
  /** What stands before the first semicolon, trimmed. */
  readonly value: string;
  readonly parameters: Parameters;
}

/** Parts of one value that are put together again (RFC 2231). */
const mostContinuations = 1000;

/**
 * A field of the form `value; name="text"; …`. Values may be bare with spaces in them, encoded words, or cut into
 * numbered and percent-encoded sections as RFC 2231 has it. The first of two parameters with one name counts.
 */
export function readParameters(field: Uint8Array): StructuredField {
  const [value = '', ...pieces] = splitOutsideQuotes(unfolded(field));
  const raw = new Map<string, string>();
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(0, equals)).trim().toLowerCase();
    if (name !== '' && !raw.has(name)) raw.set(name, unquoted(piece.slice(equals + 1).trim()));
  }
  const parameters = new Map<string, string>();
  for (const name of new Set([...raw.keys()].map((key) => key.replace(/\*.*$/, '')))) {
    parameters.set(name, sectioned(raw, name) ?? decodeWords(raw.get(name) ?? ''));
  }
  return { value: value.trim(), parameters };
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && quoted) at++;
    else if (character === '"') quoted = !quoted;
    else if (character === ';' && !quoted) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  pieces.push(text.slice(from));
  return pieces;
}

function unquoted(text: string): string {
  const inner = /^"((?:[^"\\]|\\.)*)"?/s.exec(text)?.[1];
  return inner === undefined ? text : inner.replaceAll(/\\(["\\])/g, '$1');
}

/** `name*=charset'language'percent%20text`, whole or in sections `name*0*`, `name*1` …; undefined when the name has no such form. */
function sectioned(raw: ReadonlyMap<string, string>, name: string): string | undefined {
  const whole = raw.get(`${name}*`);
  if (whole !== undefined) return decodeExtended([{ text: whole, encoded: true }]);
  const sections: { text: string; encoded: boolean }[] = [];
  for (let at = 0; at < mostContinuations; at++) {
    const encoded = raw.get(`${name}*${at}*`);
    const text = encoded ?? raw.get(`${name}*${at}`);
    if (text === undefined) break;
    sections.push({ text, encoded: encoded !== undefined });
  }
  if (sections.length === 0) return undefined;
  return sections.some(({ encoded }) => encoded)
    ? decodeExtended(sections)
    : decodeWords(sections.map(({ text }) => text).join(''));
}

function decodeExtended(sections: readonly { readonly text: string; readonly encoded: boolean }[]): string {
  const [, charset, rest] = /^([\w.:-]*)'[^']*'(.*)$/s.exec(sections[0]?.text ?? '') ?? [];
  const texts = sections.map(({ text, encoded }, at) => ({
    text: at === 0 && rest !== undefined ? rest : text,
    encoded,
  }));
  const bytes = texts.map(({ text, encoded }) => (encoded ? percentDecoded(text) : Buffer.from(text)));
  return decodeDeclared(Buffer.concat(bytes), charset || undefined).text;
}

function percentDecoded(text: string): Buffer {
  return Buffer.from(
    Buffer.from(text)
      .toString('latin1')
      .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
