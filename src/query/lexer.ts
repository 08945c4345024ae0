import { documentFields, type FilterField, placeFields, type Unit } from './ast.ts';
import { readRange } from './patterns.ts';
import { nearestName, type Problems, problem } from './problem.ts';
import type { NameKind, Token } from './token.ts';
import { zoneGap } from './words.ts';

const fields: readonly FilterField[] = [...documentFields, ...placeFields, 'tag'];
const nameKinds: readonly NameKind[] = ['syn', 'saved', 'stem', 'sounds'];

const unitNames: Readonly<Record<string, Unit>> = {
  para: 'passage',
  paragraph: 'passage',
  passage: 'passage',
  sent: 'sentence',
  sentence: 'sentence',
  page: 'page',
  turn: 'turn',
  answer: 'exchange',
  exchange: 'exchange',
};

const quotes = '"“”„‟＂';
const chunkPattern = /[^\s()"“”„‟＂]+/y;
const quotePattern = /["“”„‟＂]([^"“”„‟＂]*)(["“”„‟＂]?)/y;
const nearPattern = /^(w|near|pre|before)\/(.*)$/i;
const shortNearPattern = /([/+])(\d+)(?=\s+[^\s)])/y;
const regexPattern = /\/((?:[^\\/[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([a-z]*)(?=[\s)]|$)/y;

/** Cuts a query into tokens. Whatever cannot be read becomes a problem and is left out. Never throws. */
export function lex(text: string): { readonly tokens: readonly Token[]; readonly problems: Problems } {
  const lexer = new Lexer(text);
  lexer.run();
  return { tokens: lexer.tokens, problems: lexer.problems };
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly problems: Problems = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (/\s/.test(character)) this.#at++;
      else if (character === '(') this.#mark('open');
      else if (character === ')') this.#mark('close');
      else if (quotes.includes(character)) this.#quote();
      else this.#chunk(character);
    }
  }

  #mark(type: 'open' | 'close' | 'required' | 'excluded'): void {
    this.tokens.push({ type, start: this.#at, end: this.#at + 1 });
    this.#at++;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }

  #quote(): void {
    const quoted = this.#readQuote();
    this.tokens.push({ type: 'quote', ...quoted });
  }

  /** Reads from an opening quotation mark to the closing one, or reports that there is none. */
  #readQuote(): { start: number; end: number; text: string; offset: number } {
    const start = this.#at;
    const match = this.#match(quotePattern);
    const text = match?.[1] ?? '';
    this.#at = start + (match?.[0].length ?? 1);
    if (match?.[2] === '') {
      const span = { start, end: start + 1 };
      this.problems.push(
        problem(
          'open-quote',
          span,
          'This quotation mark is never closed.',
          'Put " behind the last word of the phrase.',
        ),
      );
    }
    return { start, end: this.#at, text, offset: start + 1 };
  }

  #chunk(first: string): void {
    if (first === '/' || first === '+') {
      if (this.#shortNear()) return;
      if (first === '/' && this.#regex()) return;
    }
    const following = this.#text.charAt(this.#at + 1);
    if ((first === '+' || first === '-') && /[^\s)]/.test(following)) {
      this.#mark(first === '+' ? 'required' : 'excluded');
      return;
    }
    const text = this.#match(chunkPattern)?.[0] ?? first;
    const start = this.#at;
    this.#at += text.length;
    this.#word(text, start);
  }

  /** `/5` and `+5`: proximity only between two operands, with or without NOT. */
  #shortNear(): boolean {
    const match = this.#match(shortNearPattern);
    const [last, beforeLast] = [this.tokens.at(-1), this.tokens.at(-2)];
    const before = last?.type === 'operator' && last.operator === 'not' ? beforeLast : last;
    if (match === undefined || before === undefined || !endsOperand(before)) return false;
    const start = this.#at;
    this.#at += match[0].length;
    this.#near(Number(match[2]), match[1] === '+', start);
    return true;
  }

  #near(distance: number, ordered: boolean, start: number): void {
    const span = { start, end: this.#at };
    if (distance < 1 || distance >= zoneGap) {
      const hint =
        distance < 1
          ? 'w/1 means side by side.'
          : `The longest distance is ${zoneGap - 1} words; w/page or AND reach further.`;
      this.problems.push(problem('bad-distance', span, `${distance} is not a distance between words.`, hint));
    }
    this.tokens.push({
      type: 'near',
      distance: Math.min(Math.max(distance, 1), zoneGap - 1),
      ordered,
      ...span,
    });
  }

  #regex(): boolean {
    const match = this.#match(regexPattern);
    if (match === undefined) return false;
    const start = this.#at;
    this.#at += match[0].length;
    const span = { start, end: this.#at };
    const [, source = '', flags = ''] = match;
    const fault = regexFault(source, flags);
    if (fault !== undefined) {
      this.problems.push(
        problem(
          'bad-regex',
          span,
          `This is not a regular expression: ${fault}.`,
          'For a slash between words, put no space before it.',
        ),
      );
    }
    this.tokens.push({ type: 'regex', source, flags, ...span });
    return true;
  }

  #word(text: string, start: number): void {
    const span = { start, end: this.#at };
    const token = operator(text) ?? edge(text) ?? readRange(text);
    if (token !== undefined) {
      this.tokens.push({ ...token, ...span });
      return;
    }
    if (this.#longNear(text, start) || this.#alias(text, start) || this.#named(text, start)) return;
    this.tokens.push({ type: 'word', text, ...span });
  }

  #longNear(text: string, start: number): boolean {
    const match = nearPattern.exec(text);
    if (match === null) return false;
    const [, name = '', reach = ''] = match;
    const ordered = /^(pre|before)$/i.test(name);
    const unit = Object.hasOwn(unitNames, reach.toLowerCase()) ? unitNames[reach.toLowerCase()] : undefined;
    if (unit !== undefined) this.tokens.push({ type: 'near', distance: unit, ordered, start, end: this.#at });
    else if (/^\d+$/.test(reach)) this.#near(Number(reach), ordered, start);
    else {
      const hint = `Write ${name}/5, w/para, w/sent, w/page, w/turn or w/answer. For the words, quote them.`;
      this.problems.push(
        problem('bad-distance', { start, end: this.#at }, `"${text}" does not say how near.`, hint),
      );
    }
    return true;
  }

  #alias(text: string, start: number): boolean {
    if (!text.startsWith('@')) return false;
    this.#name('alias', text.slice(1), start, start + 1);
    return true;
  }

  /** `field:value`, `stem:word`; a quotation mark may open right behind the colon. */
  #named(text: string, start: number): boolean {
    if (!text.includes(':')) return false;
    // Stands here since most queries do without it, and one with a property in it takes time to make.
    const match = /^(\p{L}+):(.*)$/u.exec(text);
    if (match === null) return false;
    const [, prefix = '', value = ''] = match;
    const field = fields.find((name) => name === prefix.toLowerCase());
    const kind = nameKinds.find((name) => name === prefix.toLowerCase());
    const offset = start + prefix.length + 1;
    if (kind !== undefined) this.#name(kind, value, start, offset);
    else if (field !== undefined) this.#filter(field, value, start, offset);
    else return this.#unknownField(prefix, value, start);
    return true;
  }

  /** The value behind a colon or `@`, which may be quoted. */
  #value(value: string, offset: number): { value: string; offset: number } {
    if (value !== '' || !quotes.includes(this.#text.charAt(this.#at) || ' ')) return { value, offset };
    const quoted = this.#readQuote();
    return { value: quoted.text.trim(), offset: quoted.offset };
  }

  #name(kind: NameKind, text: string, start: number, behind: number): void {
    const { value: name, offset } = this.#value(text, behind);
    const span = { start, end: this.#at };
    if (name === '') {
      const sign = kind === 'alias' ? '@' : `${kind}:`;
      this.problems.push(
        problem('no-value', span, `A word is missing behind ${sign}`, 'Put it there without a space.'),
      );
    }
    this.tokens.push({ type: 'name', kind, name, offset, ...span });
  }

  #filter(field: FilterField, text: string, start: number, behind: number): void {
    const { value, offset } = this.#value(text, behind);
    const span = { start, end: this.#at };
    if (value === '') {
      const hint =
        this.#text.charAt(this.#at) === '('
          ? `Write (${field}:one OR ${field}:two).`
          : `Put it there without a space, in quotes when it has spaces. For the word, quote it: "${field}".`;
      this.problems.push(problem('no-value', span, `A value is missing behind ${field}:`, hint));
    }
    this.tokens.push({ type: 'filter', field, value, offset, ...span });
  }

  /** A word with a colon inside that is no field; `https://…` and a colon at the end are punctuation. */
  #unknownField(prefix: string, value: string, start: number): boolean {
    const quoted = value === '' && quotes.includes(this.#text.charAt(this.#at) || ' ');
    if (value.startsWith('//') || (value === '' && !quoted)) return false;
    const near = nearestName(prefix.toLowerCase(), [...fields, ...nameKinds]);
    const guess = near === undefined ? `The fields are ${fields.join(', ')}.` : `Did you mean ${near}:?`;
    const span = { start, end: start + prefix.length + 1 };
    if (quoted) this.#readQuote();
    this.problems.push(
      problem('unknown-field', span, `There is no field "${prefix}".`, `${guess} For the words, quote them.`),
    );
    return true;
  }
}

function endsOperand(token: Token): boolean {
  return !['open', 'required', 'excluded', 'operator', 'near'].includes(token.type);
}

/** A token without its span, whatever its type. */
type Bare<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;

function operator(text: string): Bare<Extract<Token, { type: 'operator' }>> | undefined {
  if (text === 'AND' || text === 'and') return { type: 'operator', operator: 'and', small: text === 'and' };
  if (text === 'OR' || text === 'or') return { type: 'operator', operator: 'or', small: text === 'or' };
  if (text === 'NOT' || text === 'not') return { type: 'operator', operator: 'not', small: text === 'not' };
  if (text === 'ANDANY') return { type: 'operator', operator: 'andany', small: false };
  return undefined;
}

function edge(text: string): Bare<Extract<Token, { type: 'edge' }>> | undefined {
  const name = text.toLowerCase();
  if (name === 'xfirstword') return { type: 'edge', edge: 'first' };
  if (name === 'xlastword') return { type: 'edge', edge: 'last' };
  return undefined;
}

/** What is wrong with a regular expression, in a few words; undefined when nothing is. */
function regexFault(source: string, flags: string): string | undefined {
  if (/[^ims]/.test(flags)) return `the flags can be i, m and s, not "${flags}"`;
  try {
    new RegExp(source, `${flags}u`);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message
      .replace(/^Invalid regular expression: /, '')
      .replace(/^.*: /, '')
      .toLowerCase();
  }
}
