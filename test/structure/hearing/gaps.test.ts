import { describe, expect, it } from 'vitest';
import { golden, passagesOf, plain, readHearing } from './read-back.ts';
import { asText, examination, hanging, type Piece, sentence, typeset } from './typesetter.ts';

function pagesOf(pieces: readonly Piece[]): string[] {
  const content = asText(typeset(pieces, hanging), { formFeeds: true, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text.split('\f') : [];
}

/** Printed page and line where each passage begins of which it is not certain who speaks. */
function unsure(pages: readonly string[]): string[] {
  return passagesOf(readHearing(plain(pages.join('\f')))).flatMap(({ place }) =>
    place.kind === 'testimony' && place.doubt === 'speaker-unsure' ? [`${place.page}:${place.line}`] : [],
  );
}

const spoken: Piece[] = [
  ...examination.slice(0, 4),
  ...Array.from(
    { length: 40 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'Q.' : 'A.',
      paragraphs: [sentence(index, 30)],
    }),
  ),
];

describe('who speaks behind what is missing', () => {
  const pages = pagesOf(spoken);

  it('is certain where nothing is missing', () => {
    expect(pages.length).toBeGreaterThan(5);
    expect(unsure(pages)).toEqual([]);
  });

  it('is not behind a page, until somebody is named again', () => {
    const found = unsure(pages.toSpliced(2, 1));
    expect(found[0]).toBe('4:1');
    expect(found.length).toBeGreaterThan(10);
    const named = pagesOf([
      ...spoken.slice(0, 24),
      { label: 'MR QUILL', paragraphs: ['Let me go on.'] },
      ...spoken.slice(24),
    ]);
    const until = unsure(named.toSpliced(2, 1));
    expect(until[0]).toBe('4:1');
    expect(until.length).toBeLessThan(8);
    const called = pagesOf([
      ...spoken.slice(0, 24),
      { centred: 'MR OWEN HALE (sworn)' },
      { centred: 'Examined by MR QUILL' },
      ...spoken.slice(24),
    ]);
    expect(unsure(called.toSpliced(2, 1))).toEqual(until);
  });

  it('is certain over a page whose number alone is misread', () => {
    const misread = pages.map((page, at) => (at === 2 ? page.replace(/ 3\n$/, ' 8\n') : page));
    expect(unsure(misread)).toEqual([]);
  });

  it('is not where a page stands elsewhere, nor on the one behind it', () => {
    const moved = [...pages.slice(0, 2), ...pages.slice(3, 5), ...pages.slice(2, 3), ...pages.slice(5)];
    const there = golden(plain(moved.join('\f'))).filter((line) => /^[36]:/.test(line));
    expect(there.length).toBeGreaterThan(8);
    for (const line of there) expect(line).toMatch(/ \[(?:page-out-of-order|speaker-unsure)\] /);
  });

  it('is not behind a line, until the next turn', () => {
    const lost = pages.map((page) => page.replace(/\n 9 .*\n/, '\n'));
    const { outline } = readHearing(plain(lost.join('\f')));
    const behind = outline.passages.filter(({ doubt }) => doubt === 'speaker-unsure');
    expect(behind.length).toBeGreaterThan(2);
    for (const line of golden(plain(lost.join('\f'))).filter((read) => /^\d+:10/.test(read)))
      expect(line).toMatch(/\[line-missing\]/);
  });
});
