import type { Span, TermPattern } from './ast.ts';
import { fold } from './folding.ts';
import { note, type Problems, problem } from './problem.ts';
import { tokenise } from './tokenizer.ts';

/** One word of what was typed, with the pattern that it asks for. */
export interface TypedPattern extends Span {
  readonly pattern: TermPattern;
  readonly typed: string;
}

const signPattern = /[*?=~%^]/;

// Patterns with properties in them stand where they are used: most queries do without, and each takes time to make.

/**
 * The words of a run of characters: `long-te*` is two, an exact word and a prefix. Words without signs are cut by the
 * tokenizer itself, so that they are cut as the texts were.
 * @param offset where the run begins in the query.
 */
export function readPatterns(text: string, offset: number, problems: Problems): TypedPattern[] {
  if (!signPattern.test(text)) return exactWords(text, offset);
  const found: TypedPattern[] = [];
  // of the same length, so that offsets stay true
  const plain = text.replaceAll(/['’‘ʼ＇][sS](?![\p{L}\p{N}\p{M}])/gu, (ending) => ' '.repeat(ending.length));
  // Runs of word characters and of the signs that make patterns of them. U+02BC counts as an apostrophe.
  const pieces = /(?:(?![\u02BC\u200B])[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}*?=~%^])+/gu;
  for (const match of plain.matchAll(pieces)) {
    const piece = match[0];
    const start = offset + match.index;
    if (!signPattern.test(piece)) found.push(...exactWords(piece, start));
    else {
      const span = { start, end: start + piece.length };
      const pattern = readSigns(piece, span, problems);
      if (pattern !== undefined) found.push({ ...span, pattern, typed: piece });
    }
  }
  return found;
}

const rangePattern = /^[£$€]?(\d[\d,]*)?\.\.[£$€]?(\d[\d,]*)?$/;

/** `12..24`, `£1,000..£5,000`, with either end open, `000..250` for words of three digits; undefined when the text is none of these. */
export function readRange(text: string): Extract<TermPattern, { type: 'range' }> | undefined {
  const match = rangePattern.exec(text);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return undefined;
  const [from, to] = [match[1], match[2]].map((digits) => digits && Number(digits.replaceAll(',', '')));
  const padded = /^0\d\d\.\.\d{3}$/.test(text);
  return {
    type: 'range',
    ...(padded ? { digits: 3 } : {}),
    ...(typeof from === 'number' ? { from } : {}),
    ...(typeof to === 'number' ? { to } : {}),
  };
}

/** What may stand between quotation marks beside plain words: a range, `sounds:` and a word. */
export function readQuotedPatterns(text: string, offset: number, problems: Problems): TypedPattern[] {
  const whole = { start: offset, end: offset + text.length, typed: text };
  const range = readRange(text);
  if (range !== undefined) return [{ ...whole, pattern: range }];
  const sound = /^sounds:(?=[\p{L}\p{N}])/u.exec(text)?.[0];
  if (sound === undefined) return readPatterns(text, offset, problems);
  return exactWords(text.slice(sound.length), offset + sound.length).map((word) => ({
    ...word,
    pattern: { type: 'sound', text: foldPiece(word.typed) },
  }));
}

function exactWords(text: string, offset: number): TypedPattern[] {
  const { terms, starts, ends } = tokenise(text);
  return terms.map((term, at) => {
    const start = starts[at] ?? 0;
    const end = ends[at] ?? 0;
    return {
      start: offset + start,
      end: offset + end,
      pattern: { type: 'exact', text: term },
      typed: text.slice(start, end),
    };
  });
}

function readSigns(piece: string, span: Span, problems: Problems): TermPattern | undefined {
  const wild = /[*?=]/.test(piece);
  const nearly = /[~%]/.test(piece);
  const forms = piece.includes('^');
  if (Number(wild) + Number(nearly) + Number(forms) > 1) {
    const hint = 'Ask for one of the two, or for either: (appl* OR aple~).';
    problems.push(
      problem('mixed-signs', span, `"${piece}" mixes wildcards, ~ or %, and ^ in one word.`, hint),
    );
    return undefined;
  }
  if (wild) return wildcard(piece, span, problems);
  return nearly ? fuzzy(piece, span, problems) : stem(piece, span, problems);
}

function wildcard(piece: string, span: Span, problems: Problems): TermPattern {
  const text = piece.replaceAll(/[^*?=]+/gu, foldPiece).replaceAll(/\*+/g, '*');
  if (/^[^*?=]+\?+$/.test(text)) {
    const word = text.replace(/\?+$/, '');
    const message = `"${piece}" means "${word}" and one more character for each question mark; for the word alone leave it out.`;
    problems.push(note('question-mark', span, message));
  }
  return /^[^*?=]*\*$/.test(text) ? { type: 'prefix', text: text.slice(0, -1) } : { type: 'wildcard', text };
}

/** `kovari~`, `kovari~2`, `kovari~~`: that many edits anywhere; `ba%nana`: one for each sign, behind the letters before the first. */
function fuzzy(piece: string, span: Span, problems: Problems): TermPattern | undefined {
  const match = /^([^~]*)(~*)(\d*)$/.exec(piece);
  const [, body = '', tildes = '', digits = ''] = match ?? [];
  const signs = body.split('%').length - 1;
  const first = body.indexOf('%');
  const beginning = first < 0 ? '' : foldPiece(body.slice(0, first));
  const text = beginning + foldPiece(body.slice(Math.max(first, 0)));
  const distance = signs + (digits === '' ? tildes.length : Number(digits));
  if (match === null || text === '' || (digits !== '' && tildes === ''))
    return misplaced(piece, span, problems);
  if (distance < 1 || distance > 9) {
    problems.push(
      problem('bad-fuzzy', span, `${distance} is not a number of differing letters.`, 'Write ~1 to ~9.'),
    );
    return undefined;
  }
  return { type: 'fuzzy', text, distance, prefixLength: beginning.length };
}

function stem(piece: string, span: Span, problems: Problems): TermPattern | undefined {
  const text = foldPiece(piece.slice(0, -1));
  if (!piece.endsWith('^') || piece.indexOf('^') < piece.length - 1 || text === '')
    return misplaced(piece, span, problems);
  return { type: 'stem', text };
}

function misplaced(piece: string, span: Span, problems: Problems): undefined {
  const hint = 'Write kovari~ or kovari~2, ba%nana, apply^. For words near each other write "a w/5 b".';
  problems.push(
    problem('misplaced-sign', span, `The sign in "${piece}" has no word that it could belong to.`, hint),
  );
  return undefined;
}

function foldPiece(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '');
}
