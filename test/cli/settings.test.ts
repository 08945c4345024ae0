import { describe, expect, test } from 'vitest';
import { pincite } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

/** The citation of the first hit in every form in which answers come. */
async function citations(folder: string): Promise<readonly string[]> {
  const query = '"blue notebook" OR notebook';
  const terminal = await pincite(folder, ['search', query, '--sort', 'document']);
  const json = JSON.parse(
    (await pincite(folder, ['search', query, '--sort', 'document', '--format', 'json'])).stdout,
  );
  const csv = (await pincite(folder, ['export', 'hits', query, '--quiet'])).stdout.split('\r\n')[1] ?? '';
  const citation: string = json.hits[0].citation;
  const folded = terminal.stdout.replace(/\s+/g, ' ');
  return [
    citation,
    folded.includes(citation) ? citation : folded.slice(0, 80),
    csv.includes(citation) ? citation : csv.slice(0, 80),
  ];
}

describe('settings', () => {
  test.each([
    ['citation.style', 'default', /, Day 2, 10:9 \(Officer A12\)$/],
    ['citation.style', 'inquiry', /^\{Day2\/10:9\}$/],
    ['citation.style', 'oscola', /\(5 October 2021\) 10:9 \(Officer A12\)$/],
    ['citation.style', 'short', /^Day 2, 10:9 \(Officer A12\)$/],
    ['citation.template', 'T{day}/{page}.{line}', /^T2\/10\.9$/],
  ])('%s %s: the same in terminal, JSON and CSV, and taken back', async (key, value, pattern) => {
    const folder = sample.copy();
    expect((await pincite(folder, ['settings', key, value])).code).toBe(0);
    const [json, terminal, csv] = await citations(folder);
    expect(json).toMatch(pattern);
    expect([terminal, csv]).toEqual([json, json]);
    if (key === 'citation.template') return;
    const shown = JSON.parse((await pincite(folder, ['show', json ?? '', '--format', 'json'])).stdout);
    expect(shown.target.citation).toBe(json);
  });

  test('are listed, changed and taken back', async () => {
    const folder = sample.copy();
    const { settings } = JSON.parse((await pincite(folder, ['settings', '--format', 'json'])).stdout);
    expect(settings.map(({ key }: { key: string }) => key)).toEqual([
      'citation.style',
      'citation.template',
      'log.searches',
      'tags.rules-at-ingest',
      'ocr.languages',
      'ocr.engine',
      'ocr.data',
    ]);
    await pincite(folder, ['settings', 'log.searches', 'off']);
    expect((await pincite(folder, ['settings', 'log.searches'])).stdout).toContain('log.searches = off');
    await pincite(folder, ['settings', 'log.searches', '--standard']);
    expect((await pincite(folder, ['settings', 'log.searches'])).stdout).toContain('= on (standard)');
  });

  test('a style takes the place of a template', async () => {
    const folder = sample.copy();
    await pincite(folder, ['settings', 'citation.template', '{title} {place}']);
    await pincite(folder, ['settings', 'citation.style', 'short']);
    expect((await pincite(folder, ['settings', 'citation.template'])).stdout).toContain('= none (standard)');
  });

  test.each([
    [['citation.style', 'harvard'], 'no citation style'],
    [['citation.template', '{tittle}'], 'There is no field'],
    [['citation.colour', 'red'], 'no setting'],
    [['log.searches', 'perhaps'], 'on or off'],
    [['tags.rules-at-ingest', 'perhaps'], 'on or off'],
    [['ocr.engine', 'abbyy'], 'auto, built-in, native'],
  ])('%j is refused', async (words, message) => {
    const { code, stderr } = await pincite(sample.copy(), ['settings', ...words]);
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
  });
});
