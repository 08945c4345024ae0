import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaceIndex } from '../../src/citation/place-index.ts';
import {
  findStretch,
  findWords,
  formatPlaceReference,
  formatReference,
  nameStretch,
  parsePlaceReference,
  parseReference,
  placeReference,
} from '../../src/citation/reference.ts';
import { documentId } from '../../src/model/identifiers.ts';
import { listRuns, runTable } from '../../src/model/outline.ts';
import { tokeniseStretches } from '../../src/query/tokenizer.ts';
import { type OutlinedText, outlinedText } from './outlines.ts';

function referTo({ text, outline }: OutlinedText, start: number, end: number): string {
  const index = new PlaceIndex(outline);
  const named = nameStretch(index, { start, end });
  return formatPlaceReference(
    placeReference(index, named, { start, end }, text.slice(named.start, named.end)).reference,
  );
}

function open({ text, outline }: OutlinedText, reference: string) {
  const index = new PlaceIndex(outline);
  const place = parsePlaceReference(reference);
  if (place === undefined) return `not a reference: ${reference}`;
  const named = findStretch(index, place.name);
  if ('problem' in named) return named;
  return findWords(index, named, place, text.slice(named.start, named.end));
}

describe('references', () => {
  it('open at exactly the words they were made for, whatever the document looks like', () => {
    fc.assert(
      fc.property(outlinedText, fc.nat(), fc.nat({ max: 12 }), (document, from, length) => {
        const index = new PlaceIndex(document.outline);
        for (const zone of ['body', 'header', 'note', 'stamp'] as const) {
          const whole = { start: 0, end: document.text.length };
          const parts = zone === 'body' ? [index.partsIn(zone, whole)] : runsOf(document, zone);
          for (const part of parts) {
            const { starts, ends } = tokeniseStretches(document.text, part);
            if (starts.length === 0) continue;
            const first = from % starts.length;
            const last = Math.min(first + length, starts.length - 1);
            const span = { start: starts[first] ?? 0, end: ends[last] ?? 0 };
            const reference = referTo(document, span.start, span.end);
            expect(reference).toMatch(/^[A-Za-z0-9:._-]+$/);
            expect(open(document, reference)).toEqual(span);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('print what they were read from', () => {
    const printed = [
      '45:12',
      '45:12-46:3',
      's12.45:12',
      '45',
      's12:5',
      's12',
      'p12',
      'p4.7',
      'p12_a',
      's3.p12',
      'b17',
      'r2.15',
    ];
    const rest = [
      'mh1',
      'mb12',
      'mq40',
      's12.note2',
      'stamp1',
      'n57',
      'l120-l124',
      '45:12.w3',
      '45:12-45:14.w3-8',
      'p4.7.w2',
    ];
    for (const place of [...printed, ...rest]) {
      const parsed = parsePlaceReference(place);
      expect(parsed && formatPlaceReference(parsed)).toBe(place);
    }
  });

  it.each([
    '',
    '45:',
    ':12',
    '0:1',
    '45:12-',
    '45:12.w0',
    '45:12.w8-3',
    'p',
    's',
    '12-',
    'x9',
    '45:12 ',
    'p12(a)',
  ])('refuse %j', (text) => expect(parsePlaceReference(text)).toBeUndefined());

  it('carry the first twelve digits of the document', () => {
    const id = documentId('9f3ac2d41b07'.padEnd(64, '0'));
    const reference = formatReference(id, { name: { from: { type: 'line', page: 45, line: 12 } } });
    expect(reference).toBe('9f3ac2d41b07@45:12');
    expect(parseReference(reference)).toEqual({
      document: '9f3ac2d41b07',
      place: { name: { from: { type: 'line', page: 45, line: 12 } } },
    });
  });

  it('are told from other texts', () => {
    expect(parseReference('9F3AC')).toEqual({ document: '9f3ac' });
    expect(parseReference('9f3')).toBeUndefined();
    expect(parseReference('Day 12 45:12')).toBeUndefined();
    expect(parseReference('9f3ac2d41b07@nowhere')).toBeUndefined();
  });
});

function runsOf({ outline }: OutlinedText, zone: string): number[][] {
  return listRuns(outline.runs)
    .filter((run) => run.zone === zone)
    .map((run) => [run.start, run.end]);
}

describe('a reference names', () => {
  const page = (
    numbers: readonly number[],
    pages: readonly number[],
    sheets: readonly number[],
  ): OutlinedText => {
    const text = numbers.map((_, index) => `one two three${index % 2 ? '' : ' four'}\n`).join('');
    const starts: number[] = [];
    for (let at = 0; at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
    const lines = {
      starts: Uint32Array.from(starts),
      numbers: Uint32Array.from(numbers),
      pages: Uint32Array.from(pages),
      sheets: Uint32Array.from(sheets),
      doubts: new Uint8Array(numbers.length),
    };
    const kind = { kind: 'testimony', role: 'witness' } as const;
    const passages = [{ start: 0, end: text.length, zone: 'body', kind, turn: 1, exchange: 1 } as const];
    return { text, outline: { lines, runs: runTable([]), passages, sheets: [] } };
  };
  const wordAt = (document: OutlinedText, line: number, count = 1) => {
    const start = (document.outline.lines.starts[line] ?? 0) + 4;
    return referTo(document, start, start + (count === 1 ? 3 : 'two three'.length));
  };

  it('the printed line, and its words', () => {
    const document = page([1, 2, 3], [45, 45, 46], [7, 7, 8]);
    expect(wordAt(document, 1)).toBe('45:2.w2');
    expect(wordAt(document, 2, 2)).toBe('46:3.w2-3');
    expect(referTo(document, 0, document.text.length)).toBe('45:1-46:3');
  });

  it('the sheet as well where a printed page comes twice', () => {
    expect(wordAt(page([1, 2, 1], [45, 45, 45], [7, 7, 9]), 2)).toBe('s9.45:1.w2');
  });

  it('the sheet alone where no page is printed', () => {
    expect(wordAt(page([1, 2, 3], [0, 0, 0], [7, 7, 7]), 1)).toBe('s7:2.w2');
    expect(wordAt(page([0, 0, 0], [0, 0, 0], [7, 8, 8]), 2)).toBe('s8.w5');
  });

  it('the line of the text where the printed line comes twice on its page', () => {
    expect(wordAt(page([1, 1, 2], [45, 45, 45], [7, 7, 7]), 1)).toBe('l2.w2');
  });

  it('and says why it does not open', () => {
    const document = page([1, 1, 2], [45, 45, 45], [7, 7, 7]);
    expect(open(document, '45:1')).toEqual({ problem: 'ambiguous-place', anchor: '45:1', found: 2 });
    expect(open(document, '46:1')).toEqual({ problem: 'no-such-place', anchor: '46:1', found: 0 });
    expect(open(document, '45:2.w9')).toEqual({ problem: 'too-few-words', anchor: '45:2', found: 4 });
    expect(open(document, 'l3-l1')).toMatchObject({ problem: 'place-runs-backwards' });
  });
});
