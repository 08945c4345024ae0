import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'src');

/** What each room may import from besides itself. The whole of the architecture, as a table. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  query: ['model'],
  formats: ['query', 'model'],
  structure: ['query', 'model'],
  citation: ['query', 'model'],
  engine: ['query', 'model'],
  store: ['query', 'model'],
  app: ['engine', 'store', 'formats', 'structure', 'citation', 'query', 'model'],
  cli: ['app', 'model'],
};

/** Rooms that run in a browser as they stand. */
const pureRooms = ['model', 'query', 'structure', 'citation'];

/** Who alone may import a package or a part of Node. */
const keepers: readonly { readonly what: RegExp; readonly where: readonly string[] }[] = [
  { what: /^(commander|chalk)$/, where: ['cli/'] },
  { what: /^libsql$/, where: ['store/sqlite/', 'engine/sqlite/'] },
  { what: /^minisearch$/, where: ['engine/memory/', 'app/'] },
  { what: /^node:child_process$/, where: ['formats/process/'] },
  {
    what: /^(node:)?fs(\/promises)?$/,
    where: [
      ...['app/ingest/', 'app/export/', 'store/', 'engine/sqlite/', 'formats/process/'],
      'formats/ocr/tesseract-core.ts', // the code of a package, no paper
    ],
  },
  { what: /^(node:)?(https?|http2|net|dgram|tls|dns)(\/.*)?$/, where: [] },
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
}

function importsOf(path: string): Import[] {
  const file = relative(source, path);
  const room = file.split('/')[0] ?? '';
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(
    /(?:^|\s)(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => ({ file, room, target: match[1] ?? match[2] ?? match[3] ?? '' }));
}

const imports = filesBelow(source).flatMap(importsOf);

function targetRoom({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined;
  const path = relative(source, resolve(source, dirname(file), target));
  return path.startsWith('..') ? undefined : path.split('/')[0];
}

describe('the rooms', () => {
  test('every folder of src is a room of the table', () => {
    expect(readdirSync(source).sort()).toEqual(Object.keys(mayImport).sort());
  });

  test('imports were found at all', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  test('imports point one way', () => {
    const wrong = imports.filter((one) => {
      const to = targetRoom(one);
      return to !== undefined && to !== one.room && !(mayImport[one.room] ?? []).includes(to);
    });
    expect(wrong).toEqual([]);
  });

  test('pure rooms import nothing of Node', () => {
    expect(
      imports.filter(({ room, target }) => pureRooms.includes(room) && target.startsWith('node:')),
    ).toEqual([]);
  });

  test.each(keepers)('$what stays behind $where', ({ what, where }) => {
    const wrong = imports.filter(
      ({ file, target }) => what.test(target) && !where.some((folder) => file.startsWith(folder)),
    );
    expect(wrong).toEqual([]);
  });

  test('only cli, and the program of a child, know the process', () => {
    const wrong = filesBelow(source)
      .filter((path) =>
        /\bprocess\.(std(in|out|err)|exit|exitCode|argv)\b|console\./.test(readFileSync(path, 'utf8')),
      )
      .map((path) => relative(source, path))
      .filter((file) => !file.startsWith('cli/') && !file.startsWith('formats/process/'));
    expect(wrong).toEqual([]);
  });
});

describe('names', () => {
  test('no file is a drawer for odds and ends', () => {
    const drawers = filesBelow(source).filter((path) =>
      /\/(utils?|helpers?|common|manager|misc)\.ts$/.test(path),
    );
    expect(drawers).toEqual([]);
  });
});
