import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hitColumns } from '../../src/app/export/hit-columns.ts';
import { citationStyles } from '../../src/citation/citation.ts';
import { templateFields } from '../../src/citation/citation-template.ts';
import { commandGroups } from '../../src/cli/commands/groups.ts';
import { commands } from '../../src/cli/commands/table.ts';
import { documentKinds, outcomes } from '../../src/model/document.ts';
import { roles, zones } from '../../src/model/place.ts';
import { documentFields, placeFields } from '../../src/query/ast.ts';
import { pages, readTracked, root } from './markdown.ts';

const documentation = pages.filter((name) => name.startsWith('docs/'));

describe('the pages speak of', () => {
  const all = documentation.map(readTracked).join('\n');
  const code = (words: readonly string[]) => words.map((word) => `\`${word}\``);

  it.each([
    ['every command', all, commands.map(({ name }) => `pincite ${name}`)],
    [
      'every field of a query',
      readTracked('docs/query-language.md'),
      [...documentFields, ...placeFields, 'tag'].map((field) => `${field}:`),
    ],
    ['every kind of document', all, code(documentKinds)],
    ['every zone', all, code(zones)],
    ['every role', all, code(roles)],
    ['every style of citation', readTracked('docs/citations.md'), code(citationStyles)],
    [
      'every field of a citation template',
      readTracked('docs/citations.md'),
      templateFields.map((field) => `{${field}}`),
    ],
    ['every outcome of a file', readTracked('docs/accounting.md'), code(outcomes)],
    [
      'the columns of a hit list, in their order',
      readTracked('docs/exports.md'),
      [hitColumns.map(([name]) => `\`${name}\``).join(', ')],
    ],
  ])('%s', (_, text, wanted) => {
    const flat = text.replace(/\s+/g, ' ');
    expect(wanted.filter((words) => !flat.includes(words))).toEqual([]);
  });

  it('every command in the groups of the help, once', () => {
    const grouped = commandGroups.flatMap(({ names }) => names);
    expect([...grouped].sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it('every package that is installed, with its licence', () => {
    const { dependencies, devDependencies } = JSON.parse(readTracked('package.json'));
    const page = readTracked('docs/dependencies.md');
    const missing = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      return !row?.includes(licenceOf(name));
    });
    expect(missing).toEqual([]);
  });
});

function licenceOf(name: string): string {
  return JSON.parse(readTracked(`node_modules/${name}/package.json`)).license;
}

describe('the links of', () => {
  it.each(pages)('%s lead somewhere', (name) => {
    const page = readTracked(name).replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !/^https?:/.test(target) && !resolves(name, target))).toEqual([]);
  });
});

function resolves(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(readTracked(file)).has(anchor);
}

/** Headings as anchors, by GitHub's rule: lower case, punctuation dropped, spaces as hyphens. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
