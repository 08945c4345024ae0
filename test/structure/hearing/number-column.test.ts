import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelSign, numberCandidates } from '../../../src/structure/hearing/number-column.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';

const alike = ['0OoQD', '1lIi|!', '2zZ', '3', '4', '5Ss', '6Gb', '7', '8B', '9gq'];
const head =
  /^(?<indent>[ \t\xa0]*)(?:(?<open>[[(])[ \t\xa0]*)?(?<digits>[0-9OoQDlIi|!zZSsGbBgq][0-9OoQDlIi!zZSsGbBgq]?)(?<close>[\])]|[.,':]|)(?<gap>[ \t\xa0]*)(?<rule>(?:\|[ \t\xa0]*)?)(?<rest>.*)$/s;

/** What one pattern makes of the head of a line. */
function twin(text: string) {
  const begins = text.length - text.replace(/^[ \t\xa0]+/, '').length;
  const none = { value: -1, exact: 0, stopped: 0, end: 0, begins };
  const { open = '', digits = '', close = '', gap, rule, rest } = head.exec(text)?.groups ?? {};
  const apart = gap !== '' || rule !== '' || rest === '';
  if (digits === '' || (open !== '' && !/[\])]/.test(close)) || !apart) return none;
  const value = Number(
    [...digits].map((letter) => alike.findIndex((like) => like.includes(letter))).join(''),
  );
  const plain = /^[0-9]+$/.test(digits);
  const exact = plain && !/[.,':]/.test(close) ? 1 : 0;
  return {
    value,
    exact,
    stopped: plain && /[.:]/.test(close) ? 1 : 0,
    end: text.length - (rest ?? '').length,
    begins,
  };
}

const piece = fc.constantFrom(...[..."  \t\xa0[](.,':|17l0OS9gq", 'word', 'MR QUILL:', '’', '𝄞', '-'], '25 ');
const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

function found(lines: readonly string[]) {
  const { values, exact, stopped, ends, begins, lengths } = numberCandidates(
    layoutOf({ layout: 'plain', text: lines.map((text) => `${text}\n`).join('') }),
  );
  const told = lines.map((_, at) => ({
    ...{ value: values[at], exact: exact[at], stopped: stopped[at], end: ends[at], begins: begins[at] },
  }));
  return { told, lengths: [...lengths] };
}

test('numbers at the heads of lines are those that one pattern finds', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const { told, lengths } = found(lines);
      expect(told).toEqual(lines.map(twin));
      expect(lengths).toEqual(lines.map(({ length }) => length));
    }),
    { numRuns: 500 },
  );
});

test('so are those of lines that are read in several parts, and of one that is longer than a part', () => {
  const filling = Array.from({ length: 30 }, (_, at) => ` ${at}  ${'long ’ line '.repeat(400)}`);
  const lines = ['12  first', ...filling, ` 7 ${'word '.repeat(30_000)}`, '(14) behind it', '3. last'];
  expect(found(lines).told).toEqual(lines.map(twin));
});

test('characters that tell a turn are those of the line', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const layout = layoutOf({ layout: 'plain', text: lines.map((text) => `${text}\n`).join('') });
      const { begins, ends, values, heads } = numberCandidates(layout);
      const codeAt = (text: string, at: number) => text.charCodeAt(at) || 0;
      for (const [at, text] of lines.entries()) {
        const [begin = 0, end = 0] = [begins[at], ends[at]];
        const behind = (values[at] ?? -1) < 0 ? begin : end;
        expect(heads.beginnings[at]).toBe(codeAt(text, begin));
        expect(heads.behindNumbers[at]).toBe(behind === begin ? 0 : codeAt(text, end));
        expect(heads.lasts[at]).toBe(codeAt(text, text.length - 1));
        const sign = heads.labelSigns[at] ?? 0;
        const colon = sign & labelSign.colon;
        if (text.slice(begin + 1).includes(':')) expect(colon).toBe(labelSign.colon);
        else if (!/^[a-z]/.test(text.slice(behind))) expect(colon).toBe(0);
        const capitals = [begin, behind].some((from) => /^[A-Z](?![a-z])/.test(text.slice(from)));
        expect(sign & labelSign.capitals).toBe(capitals ? labelSign.capitals : 0);
      }
    }),
    { numRuns: 300 },
  );
});
