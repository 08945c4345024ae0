import { describe, expect, it } from 'vitest';
import { readTracked, trackedFiles } from './markdown.ts';

/** Binary papers of the sample case, and the licence, which is not ours to word. */
const text = trackedFiles.filter((name) => !/\.(pdf|docx|xlsx|xlsb|xls|ods|pptx|epub)$|^LICENSE$/.test(name));
const sources = trackedFiles.filter((name) => /^src\/.*\.ts$/.test(name) && !name.endsWith('.d.ts'));
const programs = trackedFiles.filter((name) => /\.(ts|mjs|js)$/.test(name));

/** What has no place in any file. Put together from parts so that this file is not its own offender. */
const nowhere: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a path of somebody’s machine', /(?<![\w.…])\/(root|work|Users\/\w+|home\/(?!ann\b)\w+)\//],
  [
    'the host of a package registry',
    new RegExp(String.raw`\bregistry\.[a-z0-9-]+\.[a-z]{2,}|"re${'solved'}":`),
  ],
  ['a promise instead of work', new RegExp(String.raw`\b(TO${'DO'}|FIX${'ME'}|X${'XX'})\b`)],
];

describe('no file holds', () => {
  it.each(nowhere)('%s', (_, pattern) => {
    const offenders = text.flatMap((name) =>
      readTracked(name)
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${name}:${index + 1}: ${line.trim().slice(0, 100)}`] : [],
        ),
    );
    expect(offenders).toEqual([]);
  });
});

/**
 * Longest file, in lines: one screen of scrolling per idea. Tables of examples may be longer; the one below holds a
 * grammar, which is easier to follow in one piece, and must not grow.
 */
const longestFile = 500;
const longerFiles: Readonly<Record<string, number>> = {
  'src/query/parser.ts': 640,
};

describe('a program', () => {
  it(`has at most ${longestFile} lines, unless it is a table`, () => {
    const long = programs
      .filter((name) => !/^(test|fixtures)\//.test(name))
      .map((name) => ({ name, lines: readTracked(name).split('\n').length - 1 }))
      .filter(({ name, lines }) => lines > (longerFiles[name] ?? longestFile));
    expect(long).toEqual([]);
  });

  it.each(functionCases())('%s', (_, offenders) => {
    expect(offenders).toEqual([]);
  });
});

/** Lines of the longest function, its signature and closing brace with it. */
const longestFunction = 60;
/** An exported function of so few lines may let its name and type speak for it. */
const saysItself = 12;

function functionCases(): readonly (readonly [string, readonly string[]])[] {
  const functions = sources.flatMap((name) => functionsOf(name));
  const at = ({ name, line, text }: SourceFunction) => `${name}:${line}: ${text}`;
  return [
    [
      `has functions of at most ${longestFunction} lines`,
      functions.filter(({ lines }) => lines > longestFunction).map(at),
    ],
    [
      `says above each exported function of more than ${saysItself} lines what it gives`,
      functions.filter(({ lines, exported, said }) => exported && !said && lines > saysItself).map(at),
    ],
  ];
}

interface SourceFunction {
  readonly name: string;
  /** Where it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly lines: number;
  readonly exported: boolean;
  /** Whether a docstring stands above it. */
  readonly said: boolean;
}

const functionStart = /^(export )?(async )?function\*? \w+/;
const methodStart =
  /^ {2}(static |async |get |set |\*|\*\[)*#?(?!(if|for|while|switch|return|catch)\b)\w+\]?(<.*>)?\(/;

/** Functions and methods, told by the layout that the formatter gives: a body ends at a brace in the column of its start. */
function functionsOf(name: string): readonly SourceFunction[] {
  const lines = readTracked(name).split('\n');
  return lines.flatMap((text, index) => {
    const method = methodStart.test(text);
    if (!method && !functionStart.test(text)) return [];
    const indent = method ? '  ' : '';
    const body = lines.findIndex(
      (line, at) => at >= index && line.endsWith('{') && !line.startsWith(`${indent}  `),
    );
    const end = lines.findIndex((line, at) => at > index && [`${indent}}`, `${indent}},`].includes(line));
    const opens = body === index || (body > index && lines[body]?.startsWith(`${indent})`));
    if (!opens || end < body) return [];
    const said = lines[index - 1]?.trimEnd().endsWith('*/') ?? false;
    return [
      { name, line: index + 1, text, lines: end - index + 1, exported: text.startsWith('export'), said },
    ];
  });
}
