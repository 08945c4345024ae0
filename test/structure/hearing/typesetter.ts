import type { ExtractedText, SheetText, TextRun } from '../../../src/model/extracted.ts';

/** What is to be set: who says it and in how many paragraphs, or a line that nobody speaks. */
export interface Piece {
  readonly mark?: 'Q.' | 'A.';
  readonly label?: string;
  /** Set in the middle of the line. */
  readonly centred?: string;
  readonly paragraphs?: readonly string[];
}

/** How the evidence of a witness begins. */
export const opening: readonly Piece[] = [
  { centred: 'DR JANE HOLLIS (sworn)' },
  { centred: 'Examined by MR QUILL' },
  {
    label: 'MR QUILL',
    paragraphs: [
      'Please say where it was that you were on duty on the night that we are to hear about, and with whom.',
    ],
  },
];

/** The evidence of one witness over some pages. */
export const examination: readonly Piece[] = [
  ...opening,
  { mark: 'A.', paragraphs: ['At the bridge, with two others.'] },
  ...Array.from(
    { length: 60 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'Q.' : 'A.',
      paragraphs: [`This is number ${index} of what was said there on that day by them all and it goes on.`],
    }),
  ),
];

export interface Style {
  /** Characters between the number and each kind of beginning. */
  readonly label: number;
  readonly continuation: number;
  readonly paragraph: number;
  readonly width: number;
  readonly linesPerPage: number;
  readonly firstPage: number;
}

export const hanging: Style = {
  label: 0,
  continuation: 4,
  paragraph: 8,
  width: 56,
  linesPerPage: 25,
  firstPage: 1,
};
/** As in the United States: turns begin far in, and go on at the margin. */
export const indented: Style = {
  label: 10,
  continuation: 0,
  paragraph: 10,
  width: 56,
  linesPerPage: 25,
  firstPage: 1,
};

export interface SetLine {
  readonly indent: number;
  readonly text: string;
}

export interface SetPage {
  readonly page: number;
  readonly lines: readonly (SetLine | undefined)[];
}

export interface SetTurn {
  readonly piece: number;
  readonly page: number;
  readonly line: number;
}

export interface SetTranscript {
  readonly pages: readonly SetPage[];
  /** Where each piece begins. */
  readonly begins: readonly SetTurn[];
  readonly style: Style;
}

const words =
  'river road night door van officer car light bridge note call early later seen heard went'.split(' ');

/** A sentence like no other, of as many words. */
export function sentence(turn: number, length: number): string {
  const said = Array.from({ length }, (_, at) => words[(turn * 7 + at * (1 + (turn % 5))) % words.length]);
  return `The ${said.join(' ')}.`;
}

/** Sets pieces in lines and pages as a court reporter would. */
export function typeset(pieces: readonly Piece[], style: Style): SetTranscript {
  const lines: SetLine[] = [];
  const starts: number[] = [];
  for (const piece of pieces) {
    starts.push(lines.length);
    lines.push(...setPiece(piece, style));
  }
  const pages: SetPage[] = [];
  for (let first = 0; first < lines.length; first += style.linesPerPage) {
    const own = lines.slice(first, first + style.linesPerPage);
    const blank = Array.from({ length: style.linesPerPage - own.length }, () => undefined);
    pages.push({ page: style.firstPage + pages.length, lines: [...own, ...blank] });
  }
  const begins = starts.map((line, piece) => ({
    piece,
    page: style.firstPage + Math.floor(line / style.linesPerPage),
    line: (line % style.linesPerPage) + 1,
  }));
  return { pages, begins, style };
}

function setPiece(piece: Piece, style: Style): SetLine[] {
  if (piece.centred !== undefined) {
    const indent = Math.max(style.paragraph + 3, Math.floor((style.width - piece.centred.length) / 2));
    return [{ indent, text: piece.centred }];
  }
  const head =
    piece.mark !== undefined ? `${piece.mark}  ` : piece.label !== undefined ? `${piece.label}:  ` : '';
  return (piece.paragraphs ?? []).flatMap((paragraph, index) => {
    const first = index === 0 ? style.label : style.paragraph;
    return wrap(index === 0 ? head + paragraph : paragraph, first, style);
  });
}

function wrap(text: string, first: number, style: Style): SetLine[] {
  const lines: SetLine[] = [];
  let indent = first;
  let line = '';
  for (const word of text.split(/ (?=\S)/)) {
    if (line !== '' && indent + line.length + 1 + word.length > style.width) {
      lines.push({ indent, text: line });
      indent = style.continuation;
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line.trim() === '' ? lines : [...lines, { indent, text: line }];
}

export interface TextOptions {
  readonly formFeeds: boolean;
  readonly pageNumber: 'foot' | 'head';
  readonly runningHead?: string;
  /** Spaced twice, as some reporters print. */
  readonly double?: boolean;
}

/** The same as text with form feeds and page numbers at the foot. */
export function textOf(pieces: readonly Piece[], style: Style): string {
  const content = asText(typeset(pieces, style), { formFeeds: true, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text : '';
}

export function asText({ pages }: SetTranscript, options: TextOptions): ExtractedText {
  const set = pages.map(({ page, lines }) => {
    const numbered = lines.map((line, index) =>
      `${String(index + 1).padStart(2)}   ${lineText(line)}`.trimEnd(),
    );
    const body = numbered.join(options.double === true ? '\n\n' : '\n');
    const number = `${' '.repeat(30)}${page}`;
    const head = options.runningHead === undefined ? '' : `${' '.repeat(20)}${options.runningHead}\n\n`;
    return options.pageNumber === 'head' ? `${head}${number}\n\n${body}\n` : `${head}${body}\n\n${number}\n`;
  });
  return { layout: 'plain', text: set.join(options.formFeeds ? '\f' : '\n') };
}

/** How the page and the line before each line are printed, and what the text of the line becomes. */
export type Prefix = (page: number, line: number, text: string) => string;

/** Each line behind its page and line, in a text without form feeds; `between` stands above each page. */
export function asPrefixedText(
  { pages }: SetTranscript,
  prefix: Prefix,
  between: (page: number) => string = () => '',
): ExtractedText {
  const set = pages.map(({ page, lines }) => {
    const own = lines.map((line, index) => `${prefix(page, index + 1, lineText(line)).trimEnd()}\n`);
    return `${between(page)}${own.join('')}`;
  });
  return { layout: 'plain', text: set.join('') };
}

const padded = (number: number, width: number) => String(number).padStart(width, '0');

/** The prefixes that programs for transcripts print. */
export const prefixes = {
  'five digits and two': (page, line, text) => `${padded(page, 5)}:${padded(line, 2)}  ${text}`,
  'four digits and two, one blank': (page, line, text) => `${padded(page, 4)}:${padded(line, 2)} ${text}`,
  'as short as they are': (page, line, text) => `${page}:${line} ${text}`,
  'short, in a column': (page, line, text) => `${`${page}:${line}`.padEnd(9)}${text}`,
  'before a tabulator': (page, line, text) => `${page}:${line}\t${text}`,
  'two columns': (page, line, text) => `${padded(page, 5)} ${padded(line, 2)}  ${text}`,
  'a time behind': (page, line, text) => `${padded(page, 5)}:${padded(line, 2)} 10:31:05  ${text}`,
  'a time behind some': (page, line, text) =>
    `${padded(page, 5)}:${padded(line, 2)} ${line % 3 === 0 ? '10:31:05' : '        '} ${text}`,
  'a time before': (page, line, text) => `10:31:05 ${padded(page, 5)}:${padded(line, 2)}  ${text}`,
  'a time at the right': (page, line, text) =>
    `${padded(page, 5)}:${padded(line, 2)}  ${text.padEnd(70)}10:31:05`,
  'the line number once more': (page, line, text) =>
    `${padded(page, 5)}:${padded(line, 2)} ${String(line).padStart(2)}   ${text}`,
  'the page before its first line alone': (page, line, text) =>
    `${line === 1 ? `${padded(page, 5)}:` : '      '}${padded(line, 2)}  ${text}`,
  'the page of three digits before its first line alone': (page, line, text) =>
    `${line === 1 ? `${padded(page, 3)}:01` : padded(line, 2).padEnd(6)}  ${text}`,
  'in square brackets': (page, line, text) => `[${page}:${line}] ${text}`,
  'in round brackets, in a column': (page, line, text) => `${`(${page}:${line})`.padEnd(11)}${text}`,
  'in braces, behind the day': (page, line, text) => `${`{Day3/${page}:${line}}`.padEnd(16)}${text}`,
  'capitals before both': (page, line, text) => `${`P${page} L${line}`.padEnd(11)}${text}`,
  'letters with stops before both': (page, line, text) => `${`p.${page} l.${line}`.padEnd(13)}${text}`,
  'words before both': (page, line, text) => `Page ${page}, Line ${line}: ${text}`,
  'a T before both': (page, line, text) => `${`T${page}:${line}`.padEnd(10)}${text}`,
  'a stroke between': (page, line, text) => `${`${page}/${line}`.padEnd(9)}${text}`,
} satisfies Record<string, Prefix>;

export function lineText(line: SetLine | undefined): string {
  return line === undefined ? '' : ' '.repeat(line.indent) + line.text;
}

export interface SheetOptions {
  readonly up: 1 | 2 | 4;
  readonly order: 'down' | 'across';
  /** Numbers come as a block before the text of each page. */
  readonly numbersFirst: boolean;
  readonly pageNumber: 'foot' | 'head';
  readonly footLine?: boolean;
}

const cell = 5;
const pitch = 10;

/** Pages side by side in plain text, two or four on a form-fed sheet, down and then right. */
export function asCondensedText(transcript: SetTranscript, up: 2 | 4, footLine: boolean): ExtractedText {
  const { pages, style } = transcript;
  const width = style.width + 14;
  const sheets: string[] = [];
  for (let first = 0; first < pages.length; first += up) {
    const own = pages.slice(first, first + up).map((page) => pageText(page));
    const rows = up / 2;
    const lines: string[] = [];
    for (let row = 0; row < rows; row++) {
      const [left = [], right = []] = [own[row], own[row + rows]];
      for (let at = 0; at < Math.max(left.length, right.length); at++) {
        lines.push(`${(left[at] ?? '').padEnd(width)}${right[at] ?? ''}`.trimEnd());
      }
    }
    if (footLine)
      lines.push('', `${' '.repeat(40)}(${sheets.length + 1}) Pages ${first + 1} - ${first + own.length}`);
    sheets.push(`${lines.join('\n')}\n`);
  }
  return { layout: 'plain', text: sheets.join('\f') };
}

function pageText({ page, lines }: SetPage): string[] {
  const numbered = lines.map((line, index) =>
    `${String(index + 1).padStart(2)}   ${lineText(line)}`.trimEnd(),
  );
  return [...numbered, `${' '.repeat(30)}${page}`, ''];
}

/** Pages as runs with coordinates, one, two or four on a sheet. */
export function asSheets(transcript: SetTranscript, options: SheetOptions): ExtractedText {
  const { pages } = transcript;
  const sheets: SheetText[] = [];
  for (let first = 0; first < pages.length; first += options.up) {
    const own = pages.slice(first, first + options.up);
    const runs = own.flatMap((page, index) =>
      pageRuns(page, transcript.style, cellOrigin(index, options, transcript), options),
    );
    if (options.footLine === true) {
      runs.push(run(`(${sheets.length + 1}) Pages ${own[0]?.page} - ${own.at(-1)?.page}`, 150, 900));
    }
    sheets.push({ sheet: sheets.length + 1, width: 900, height: 950, runs });
  }
  return { layout: 'sheets', sheets };
}

function cellOrigin(index: number, { up, order }: SheetOptions, { style }: SetTranscript) {
  const rows = up === 4 ? 2 : 1;
  const columns = up === 1 ? 1 : 2;
  const [column, row] =
    order === 'down'
      ? [Math.floor(index / rows), index % rows]
      : [index % columns, Math.floor(index / columns)];
  return { left: 40 + column * (style.width + 14) * cell, top: 40 + row * (style.linesPerPage + 4) * pitch };
}

function pageRuns(
  { page, lines }: SetPage,
  style: Style,
  origin: { left: number; top: number },
  options: SheetOptions,
): TextRun[] {
  const first = origin.top + (options.pageNumber === 'head' ? 2 * pitch : 0);
  const numbers = lines.map((_, index) => {
    const text = String(index + 1);
    return run(text, origin.left + (2 - text.length) * cell, first + index * pitch);
  });
  const texts = lines.flatMap((line, index) =>
    line === undefined ? [] : [run(line.text, origin.left + (5 + line.indent) * cell, first + index * pitch)],
  );
  const at = options.pageNumber === 'head' ? origin.top : first + (style.linesPerPage + 1) * pitch;
  const foot = run(String(page), origin.left + 30 * cell, at);
  if (options.numbersFirst) return [...numbers, ...texts, foot];
  return [...numbers, ...texts].sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left).concat(foot);
}

export function run(text: string, left: number, top: number): TextRun {
  return { text, box: { left, top, right: left + text.length * cell, bottom: top + pitch - 2 } };
}
