import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citationStyle } from '../../src/app/citation-settings.ts';
import type { ShownPassage } from '../../src/app/passages.ts';
import { show } from '../../src/app/show.ts';
import { type CitationStyle, citationStyles } from '../../src/citation/citation.ts';
import { UserError } from '../../src/model/diagnostic.ts';
import type { Place } from '../../src/model/place.ts';
import { type OpenSample, openSample } from './sample-case.ts';

let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
});

afterAll(() => sample.close());

/** Of every document the first passage of each kind and zone, and every so many of the others. */
const every = 11;

async function citedPassages(style: CitationStyle): Promise<readonly ShownPassage[]> {
  const chosen: ShownPassage[] = [];
  for await (const { id } of sample.open.store.documents()) {
    const shown = await show(sample.open.store, { what: id, context: 0, style });
    const seen = new Set<string>();
    let number = 0;
    for await (const passage of shown.passages) {
      const sort = `${passage.place.kind} ${passage.place.zone}`;
      if (!seen.has(sort) || number % every === 0) chosen.push(passage);
      seen.add(sort);
      number += 1;
    }
  }
  return chosen;
}

/** What a citation opens, or every place that it may mean; the message when it opens nothing. */
async function openedBy(citation: string): Promise<readonly string[]> {
  try {
    const { target, card } = await show(sample.open.store, { what: citation, context: 0, style: 'default' });
    return [target?.ref ?? card.id];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return /fits \d+ places/.test(error.message)
      ? (error.hint?.match(/[0-9a-f]{12}@\S+/g) ?? [])
      : [error.message];
  }
}

/** The printed facts that a citation of the place must bring back. */
function printedFacts(place: Place | undefined): Record<string, unknown> {
  if (place?.kind === 'paragraph') return { paragraph: place.paragraph };
  const { page, line, endPage, endLine, sheet }: Record<string, unknown> = { ...place };
  return line === undefined ? { page, sheet } : { page, line, endPage, endLine };
}

describe.each([...citationStyles, 'template'])('a citation in the style %s', (name) => {
  const template = '{title}[, Day {day}][ {reference}], {place}[ ({speaker})][ ({remarks})]';
  const style = citationStyle({ citation: { template } }, name);

  test('opens the place that it was made for, or says which places it may mean', async () => {
    const passages = await citedPassages(style);
    expect(passages.length).toBeGreaterThan(70);
    for (const { citation, document, place } of passages) {
      const opened = await openedBy(citation);
      const own = opened.filter((ref) => ref.startsWith(document.id.slice(0, 12)));
      expect(own, citation).not.toEqual([]);
      if (opened.length > 1) continue;
      const { target } = await show(sample.open.store, { what: own[0] ?? '', context: 0, style });
      expect(printedFacts(target?.place), citation).toEqual(printedFacts(place));
    }
  });
});
