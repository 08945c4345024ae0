import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandGroups } from '../../src/cli/commands/groups.ts';
import { commands } from '../../src/cli/commands/table.ts';
import { emptyFolder, pincite, samplePapers, shell } from './pincite.ts';

const prepared = mkdtempSync(join(tmpdir(), 'pincite-help-'));
let ref: string;

/** A case as the examples suppose one: papers, tags, names and lists of words, and a home for the shells' scripts. */
beforeAll(async () => {
  cpSync(samplePapers, join(prepared, 'papers'), { recursive: true });
  for (const folder of ['.zfunc', '.config/fish/completions'])
    mkdirSync(join(prepared, folder), { recursive: true });
  writeFileSync(join(prepared, 'terms.txt'), 'phone\nnote: "blue mug"\n');
  writeFileSync(join(prepared, 'words.txt'), 'saltmere\n');
  writeFileSync(
    join(prepared, 'rules.yaml'),
    'rules:\n  - { name: seals, query: seal, tags: seal }\n  - { name: phones, query: phone, tags: phone }\n',
  );
  writeFileSync(join(prepared, 'reviewed.csv'), 'ref,tags,note\nSAM000123,key,\n');
  const set = [
    'pincite init',
    'pincite ingest papers --manifest papers/manifest.csv --ocr off',
    'pincite tag add phone --query phone',
    'pincite tag add read --doc SAM000123',
    'pincite tag rules keep rules.yaml',
    'pincite tag exclusive add review/yes review/no',
    'pincite alias add "Officer A12" "PC 4471 Renshaw" "Colin Renshaw"',
    'pincite synonyms add phone handset mobile',
    'pincite save handover \'"handed in" w/12 (Saturday OR Sunday)\'',
  ].join('\n');
  await shell(prepared, set);
  const { stdout } = await pincite(prepared, ['search', 'phone', '--json', '--limit', '1']);
  ref = JSON.parse(stdout).hits[0].ref;
});

afterAll(() => rmSync(prepared, { recursive: true, force: true }));

/** Examples name what a case would hold; these are the names that the sample case has for it. */
function inSampleCase(line: string): string {
  return line
    .replace(/9f3ac2d41b07@[\w:.-]+/, ref)
    .replace('papers/inquest ', 'papers/inquest-2021 ')
    .replace('relocate inquest-2021 /media/disk/inquest', 'relocate papers papers')
    .replace('day-12.pdf', 'day-01_2021-10-04.pdf');
}

describe('help', () => {
  test('alone lists every command once, by what it is for, in 80 columns', async () => {
    const { code, stdout, stderr } = await pincite(prepared, []);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name } of commands) expect(stdout).toContain(`\n  ${name} `);
    const inOneLine = stdout.replace(/\s+/g, ' ');
    for (const { summary } of commands) expect(inOneLine).toContain(summary);
    expect(tooLong(stdout)).toEqual([]);
    expect(commandGroups.flatMap(({ names }) => names).sort()).toEqual(
      commands.map(({ name }) => name).sort(),
    );
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    '%s: fits 80 columns, and says what every option does',
    async (name, command) => {
      const { code, stdout } = await pincite(prepared, [...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(tooLong(stdout)).toEqual([]);
      for (const option of command.options) {
        expect(stdout).toContain(`--${option.name}`);
        expect(option.summary).not.toBe('');
      }
      for (const { line } of command.examples) expect(stdout).toContain(`$ ${line}\n`);
    },
  );

  test.each([
    ...new Set(commands.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ')[0] ?? ''] : []))),
  ])('of the group %s names its commands', async (group) => {
    const { code, stdout } = await pincite(prepared, [group, '--help']);
    expect(code).toBe(0);
    const members = commands.filter(({ name }) => name.startsWith(`${group} `));
    for (const { name, summary } of members) {
      expect(stdout).toContain(`  ${name.slice(group.length + 1)}`);
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary);
    }
  });
});

/** Lines longer than a terminal is wide. A line of an example is one to copy, and stays whole. */
function tooLong(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ '));
}

/** Some of the sample papers cannot be read, and whoever reads them says so. */
const readsPapers = /^pincite (ingest|search .* --in) /;

describe('examples', () => {
  test('every command has some', () => {
    expect(commands.filter(({ examples }) => examples.length === 0).map(({ name }) => name)).toEqual([]);
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    '%s',
    async (name, command) => {
      for (const { line } of command.examples) {
        const folder = emptyFolder();
        if (name !== 'init') cpSync(prepared, folder, { recursive: true });
        const run = await shell(folder, inSampleCase(line), { env: { HOME: folder } });
        expect(run.stderr, line).not.toMatch(/^pincite: |Error|\n\s+at /);
        // Among the sample papers none is nearly the same as another.
        const others = line.includes('--near') ? [1] : readsPapers.test(line) ? [3] : [];
        expect([0, ...others], line).toContain(run.code);
      }
      // Pages are recognised for real.
    },
    120_000,
  );
});

describe('a command that there is not', () => {
  test.each([
    [['serch', 'mug'], 'search'],
    [['tag', 'ad', 'phone'], 'add'],
    [['exprot'], 'export'],
    [['search', 'mug', '--fromat', 'json'], '--format'],
  ])('%j suggests the one that was meant', async (words, meant) => {
    const { code, stdout, stderr } = await pincite(prepared, words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`Did you mean ${meant}?`);
  });
});

describe('completion', () => {
  /** What bash would offer for the last of these words. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const list = ['pincite', ...words].map((word) => `'${word}'`).join(' ');
    const script = `source <(pincite completion bash); COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _pincite; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await shell(prepared, script);
    expect(stderr).toBe('');
    return stdout
      .trim()
      .split('\n')
      .filter((word) => word !== '');
  }

  test('of bash parses, and completes commands, members of groups, options and choices', async () => {
    expect(await shell(prepared, 'pincite completion bash | bash -n')).toMatchObject({ code: 0, stderr: '' });
    expect(await offered('se')).toContain('search');
    expect(await offered('tag', '')).toEqual(
      expect.arrayContaining(['add', 'remove', 'list', 'apply', 'undo']),
    );
    expect(await offered('search', '--fo')).toEqual(expect.arrayContaining(['--format', '--force']));
    expect(await offered('tag', 'add', '--le')).toEqual(['--level']);
    expect(await offered('search', 'mug', '--sort', 'rel')).toEqual(['relevance']);
    expect(await offered('')).toEqual(expect.arrayContaining(['init', 'ingest', 'export']));
  });

  test.each(['zsh', 'fish'])('of %s parses, where there is one', async (name) => {
    const there = (await shell(prepared, `command -v ${name}`)).code === 0;
    const { code, stdout } = await pincite(prepared, ['completion', name]);
    expect(code).toBe(0);
    expect(stdout).toContain('pincite');
    if (there) {
      const parsed = await shell(prepared, `pincite completion ${name} > script; ${name} -n script`);
      expect(parsed).toMatchObject({ code: 0, stderr: '' });
    }
  });
});
