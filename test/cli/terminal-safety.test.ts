import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pincite } from './pincite.ts';
import { onTerminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'pincite-terminal-'));

/** By which a text could control a terminal, or show itself in another order than it stands in. */
const evil = [
  '\u001b[2J',
  '\u001b]0;owned\u0007',
  '\u009b31m',
  '\u0008\u0008\u0008',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u2028',
  '\u007f',
];
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const name = `lamp${evil.slice(0, 5).join('x')}.txt`;

let ref: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'papers'));
  writeFileSync(
    join(folder, 'papers', name),
    evil.map((text) => `The ${text} lamp ${text} was lit.\n`).join('\n'),
  );
  writeFileSync(join(folder, 'papers', `broken${evil[0]}.pdf`), '%PDF-1.4 nothing');
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const facts = [`papers/${name}`, evil.join('title'), `ref${evil[0]}`, `witness${evil[4]}`]
    .map(quoted)
    .join(',');
  writeFileSync(join(folder, 'm.csv'), `file,title,reference,witness\n${facts}\n`);
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', 'papers', '--manifest', 'm.csv']);
  await pincite(folder, ['tag', 'add', 'seen', '--query', 'lamp', '--why', evil.join('')]);
  await pincite(folder, ['search', `lamp OR ${evil[0]}`]);
  const { stdout } = await pincite(folder, ['search', 'lamp', '--json', '--limit', '1']);
  ref = JSON.parse(stdout).hits[0].ref;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The painting that pincite does itself. */
function withoutPaint(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

describe('nothing that a paper says reaches a terminal as a command to it', () => {
  test.each([
    ['search', 'lamp', '--limit', 'all'],
    ['search', 'lamp', '--format', 'json'],
    ['search', 'lamp', '--format', 'jsonl'],
    ['search', 'lamp', '--format', 'csv'],
    ['search', 'unobtainium'],
    ['docs'],
    ['docs', '--format', 'json'],
    ['docs', '--format', 'jsonl'],
    ['docs', '--format', 'csv'],
    ['export', 'hits', 'lamp'],
    ['export', 'documents'],
    ['export', 'tags'],
    ['report', 'completeness'],
    ['report', 'completeness', '--format', 'jsonl'],
    ['status', '--full'],
    ['status', '--format', 'json'],
    ['tag', 'list', 'seen'],
    ['tag', 'list', 'seen', '--format', 'json'],
    ['log'],
    ['log', '--format', 'jsonl'],
    ['relocate'],
    ['verify'],
  ])('%s %s %s %s', async (...words) => {
    for (const env of [{}, { NO_COLOR: '1' }]) {
      const { stdout, stderr } = await onTerminal(folder, words, { env });
      expect(withoutPaint(stdout)).not.toMatch(controls);
      expect(withoutPaint(stderr)).not.toMatch(controls);
      expect(stdout).not.toContain('\u001b]');
      expect(stdout).not.toContain('\u001b[2J');
    }
  });

  test('show, by reference and whole', async () => {
    for (const what of [ref, ref.slice(0, 12)]) {
      for (const format of ['text', 'json', 'jsonl']) {
        const { code, stdout } = await onTerminal(folder, ['show', what, '--format', format]);
        expect(code).toBe(0);
        expect(withoutPaint(stdout)).not.toMatch(controls);
      }
    }
  });

  test.each([
    ['a query', ['search', `(${evil.join('')}`]],
    ['a name of a document', ['show', evil.join('')]],
    ['a path', ['ingest', `nowhere${evil.join('')}`]],
    ['a source', ['ingest', 'papers', '--source', evil.join('')]],
    ['a tag', ['tag', 'add', evil.join(''), '--doc', 'lamp']],
    ['a root', ['relocate', evil.join(''), '.']],
    ['a command', [`x${evil.join('')}`]],
    ['an option', ['search', 'x', `--${evil.join('')}`]],
  ])('%s that is wrong', async (_, words) => {
    const { code, stdout, stderr } = await onTerminal(folder, words);
    expect(code).toBeGreaterThan(0);
    expect(withoutPaint(stdout)).not.toMatch(controls);
    expect(withoutPaint(stderr)).not.toMatch(controls);
  });

  test('what is piped in text is safe too, and in JSON means what the paper says', async () => {
    const text = await pincite(folder, ['search', 'lamp', '--limit', 'all']);
    expect(text.stdout).not.toMatch(controls);
    const { stdout } = await pincite(folder, ['search', 'lamp', '--json', '--limit', 'all']);
    expect(JSON.parse(stdout).hits[0].document.title).toBe(evil.join('title').trim());
  });

  test('a table for another program is left as it is', async () => {
    const { stdout } = await pincite(folder, ['export', 'documents']);
    expect(stdout).toContain('\u202e');
  });
});

describe('colour', () => {
  test('is on a terminal, not in a pipe, and off where it is not wanted', async () => {
    expect((await onTerminal(folder, ['search', 'lamp'])).stdout).toContain('\u001b[');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const { stdout } = await onTerminal(folder, ['search', 'lamp'], { env });
      expect(stdout).not.toContain('\u001b[');
      expect(stdout).toContain('«lamp»');
    }
    expect((await onTerminal(folder, ['search', 'lamp', '--colour', 'never'])).stdout).not.toContain(
      '\u001b[',
    );
    expect((await pincite(folder, ['search', 'lamp'])).stdout).not.toContain('\u001b[');
    expect((await pincite(folder, ['search', 'lamp', '--colour', 'always'])).stdout).toContain('\u001b[');
    const silenced = await pincite(folder, ['search', 'lamp', '--colour', 'always'], {
      env: { NO_COLOR: '1' },
    });
    expect(silenced.stdout).toContain('\u001b[');
  });

  test('passages are folded to the width of the terminal', async () => {
    const { stdout } = await onTerminal(folder, ['search', 'lamp'], { columns: 48, env: { NO_COLOR: '1' } });
    for (const line of stdout.split('\n'))
      if (/^ {4}[^@]*$/.test(line)) expect(line.length).toBeLessThanOrEqual(48);
  });
});
