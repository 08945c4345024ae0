import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '../../../src/model/extracted.ts';
import { passagesOf, type ReadPassage, readHearing } from './read-back.ts';
import {
  asCondensedText,
  asPrefixedText,
  asSheets,
  asText,
  hanging,
  indented,
  type Piece,
  prefixes,
  type SetTranscript,
  type SheetOptions,
  type Style,
  type TextOptions,
  typeset,
} from './typesetter.ts';

const words =
  'the river road night door van officer car light bridge note call early later seen heard went said clear'.split(
    ' ',
  );

const sentence = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 18 })
  .map((chosen) => `${chosen.join(' ').replace(/^./, (letter) => letter.toUpperCase())}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(' '));
const paragraphs = fc.array(paragraph, { minLength: 1, maxLength: 3 });
/** Long enough to show where lines go on and where paragraphs begin. */
const opening = [
  'Please give the court your full name and say where it was that you were on duty on the night that we are to hear about.',
  'Then tell us in your own words what you saw from the door, and who else was standing with you when the van came along.',
];
const counsel = fc.constantFrom(
  'MR QUILL',
  "MS O'DARE",
  'MR MCTAGGART',
  'SIR PETER VOSS KC',
  'MS ASHE-BROWN',
);

interface Expected {
  readonly speaker: string | undefined;
  readonly role: string;
}

interface Scene {
  readonly pieces: Piece[];
  /** By piece; undefined for lines that nobody speaks. */
  readonly expected: (Expected | undefined)[];
}

const spoken: Record<string, string> = {
  'DR JANE HOLLIS': 'Dr Jane Hollis',
  'PC 1234 MARLOW': 'PC 1234 Marlow',
  'MR OWEN DE WITT': 'Mr Owen De Witt',
  'MR QUILL': 'Mr Quill',
  "MS O'DARE": "Ms O'Dare",
  'MR MCTAGGART': 'Mr McTaggart',
  'SIR PETER VOSS KC': 'Sir Peter Voss KC',
  'MS ASHE-BROWN': 'Ms Ashe-Brown',
};

/** A witness's evidence: sworn, examined by one or two counsel, with the coroner and the witness's own label in between. */
const evidence = fc
  .record({
    witness: fc.constantFrom('DR JANE HOLLIS', 'PC 1234 MARLOW', 'MR OWEN DE WITT'),
    first: counsel,
    turns: fc.array(fc.tuple(fc.constantFrom('question', 'chair', 'pause'), paragraphs, paragraphs), {
      minLength: 3,
      maxLength: 14,
    }),
  })
  .map(({ witness, first, turns }): Scene => {
    const name = spoken[witness];
    const pieces: Piece[] = [{ centred: `${witness} (sworn)` }, { centred: `Examined by ${first}` }];
    const expected: (Expected | undefined)[] = [undefined, undefined];
    const say = (piece: Piece, who: Expected | undefined) => {
      pieces.push(piece);
      expected.push(who);
    };
    const examiner = { speaker: spoken[first], role: 'examiner' };
    const answering = { speaker: name, role: 'witness' };
    say({ label: first, paragraphs: opening }, examiner);
    say({ mark: 'A.', paragraphs: ['It is on the form.'] }, answering);
    for (const [kind, asked, answered] of turns) {
      if (kind === 'pause') say({ centred: '(Pause)' }, undefined);
      if (kind === 'chair') {
        say({ label: 'THE CORONER', paragraphs: asked }, { speaker: 'The Coroner', role: 'chair' });
        say({ label: 'THE WITNESS', paragraphs: answered }, answering);
        say({ label: first, paragraphs: ['Thank you, ma’am.'] }, examiner);
      } else {
        say({ mark: 'Q.', paragraphs: asked }, examiner);
        say({ mark: 'A.', paragraphs: answered }, answering);
      }
    }
    say({ centred: '(The witness withdrew)' }, undefined);
    return { pieces, expected };
  });

const styles = fc
  .record({
    base: fc.constantFrom<Style>(hanging, indented),
    linesPerPage: fc.constantFrom(20, 25, 28),
    firstPage: fc.constantFrom(1, 45, 998),
  })
  .map(({ base, ...rest }): Style => ({ ...base, ...rest }));

const textOptions = fc.record<TextOptions>({
  formFeeds: fc.boolean(),
  pageNumber: fc.constantFrom('foot', 'head'),
  double: fc.boolean(),
});
const sheetOptions = fc.record<SheetOptions>({
  up: fc.constantFrom(1, 2, 4),
  order: fc.constantFrom('down', 'across'),
  numbersFirst: fc.boolean(),
  pageNumber: fc.constantFrom('foot', 'head'),
  footLine: fc.boolean(),
});

function wordsOf(piece: Piece): string {
  if (piece.centred !== undefined) return piece.centred;
  return `${piece.label === undefined ? '' : `${piece.label}: `}${(piece.paragraphs ?? []).join(' ')}`;
}

/** Turns put together from their passages, each with the place where it begins. */
function turnsOf(passages: readonly ReadPassage[]) {
  const turns: { text: string; from: string; speaker: string | undefined; role: string }[] = [];
  let last = -1;
  for (const { place, text, turn } of passages) {
    if (place.kind !== 'testimony') throw new Error(`a passage of kind ${place.kind}: ${text}`);
    const open = turns.at(-1);
    if (turn === last && open !== undefined) open.text += ` ${text}`;
    else turns.push({ text, from: `${place.page}:${place.line}`, speaker: place.speaker, role: place.role });
    last = turn;
  }
  return turns;
}

function expectSame(content: ExtractedText, transcript: SetTranscript, scene: Scene): void {
  const read = turnsOf(passagesOf(readHearing(content)));
  const wanted = scene.pieces.map((piece, index) => ({
    text: wordsOf(piece),
    from: `${transcript.begins[index]?.page}:${transcript.begins[index]?.line}`,
    speaker: scene.expected[index]?.speaker,
    role: scene.expected[index]?.role ?? 'other',
  }));
  expect(read).toEqual(wanted);
}

describe('a transcript that was laid out reads back as the same turns at the same places', () => {
  it('as text', () => {
    fc.assert(
      fc.property(evidence, styles, textOptions, (scene, style, options) => {
        const transcript = typeset(scene.pieces, style);
        expectSame(asText(transcript, options), transcript, scene);
      }),
      { numRuns: 150 },
    );
  });

  it('as text with page and line before each line', () => {
    const between = fc.constantFrom(
      () => '',
      () => '\n',
      () => '\n---------- page break ----------\n\n',
      (page: number) => `\n${' '.repeat(20)}Page ${page}\n\n`,
    );
    fc.assert(
      fc.property(
        evidence,
        styles,
        fc.constantFrom(...Object.values(prefixes)),
        between,
        fc.boolean(),
        (scene, style, prefix, above, withBlankLines) => {
          // A clock could show the lines of one page.
          const thrice = {
            pieces: [...scene.pieces, ...scene.pieces, ...scene.pieces],
            expected: [...scene.expected, ...scene.expected, ...scene.expected],
          };
          const transcript = typeset(thrice.pieces, style);
          const content = asPrefixedText(transcript, prefix, above);
          const text = content.layout === 'plain' ? content.text : '';
          const kept = withBlankLines ? text : text.replace(/^[\d: ]*\d(?:\s+10:31:05)?\n/gm, '');
          expectSame({ layout: 'plain', text: kept }, transcript, thrice);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('as text with pages side by side', () => {
    fc.assert(
      fc.property(
        evidence,
        styles,
        fc.constantFrom(2 as const, 4 as const),
        fc.boolean(),
        (scene, style, up, foot) => {
          const transcript = typeset([...scene.pieces, ...scene.pieces, ...scene.pieces], style);
          const thrice = {
            pieces: [...scene.pieces, ...scene.pieces, ...scene.pieces],
            expected: [...scene.expected, ...scene.expected, ...scene.expected],
          };
          expectSame(asCondensedText(transcript, up, foot), transcript, thrice);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('as runs on sheets of one, two and four pages', () => {
    fc.assert(
      fc.property(evidence, styles, sheetOptions, (scene, style, options) => {
        const transcript = typeset(scene.pieces, style);
        // One sheet of four pages can be read either way when the numbers do not say; they do.
        expectSame(asSheets(transcript, options), transcript, scene);
      }),
      { numRuns: 150 },
    );
  });
});
