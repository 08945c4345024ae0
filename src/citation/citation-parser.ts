/** Which document a citation may mean. What is absent was not said. */
export interface DocumentClue {
  readonly day?: number;
  /** `INQ000123`, `WITN0010100`. */
  readonly reference?: string;
  /** The stamp of a sheet: `INQ000123_0004`. */
  readonly stamp?: string;
  /** What is left: words of the title, a name. Empty when nothing is. */
  readonly words: string;
}

/** Which place of it. All numbers are as printed but those of sheets, rows and a text's lines. */
export type PlaceClue =
  | {
      readonly type: 'lines';
      readonly page: number;
      readonly line: number;
      readonly endPage: number;
      readonly endLine: number;
    }
  | { readonly type: 'pages'; readonly page: number; readonly endPage: number }
  | {
      readonly type: 'sheets';
      readonly sheet: number;
      readonly endSheet: number;
      readonly line?: number;
      readonly endLine?: number;
    }
  | { readonly type: 'paragraphs'; readonly paragraph: string; readonly endParagraph: string }
  | { readonly type: 'blocks'; readonly ordinal: number; readonly endOrdinal: number }
  | { readonly type: 'rows'; readonly worksheet: string; readonly row: number; readonly endRow: number }
  /** An entry of a log by its time as printed: "12/03/2015 21:38". */
  | { readonly type: 'entries'; readonly entry: string }
  /** Lines of a text, or of a message: of its body where no part is named. */
  | {
      readonly type: 'text-lines';
      readonly line: number;
      readonly endLine: number;
      readonly part?: 'header' | 'quoted';
    };

/** A citation taken apart. `sheet` is the remark `(sheet 5)` beside a printed page; `speaker` a name in brackets at the end. */
export interface CitationRequest {
  readonly document: DocumentClue;
  readonly place?: PlaceClue;
  readonly sheet?: number;
  readonly remark?: string;
}

const numberPattern = String.raw`\d{1,6}`;
const label = String.raw`[^\s,;/\-]+`;
const range = (name: string, pattern = numberPattern) =>
  `(?<${name}>${pattern})(?:\\s*-\\s*(?<${name}End>${pattern}))?`;

type Groups = Readonly<Record<string, string | undefined>>;

/** Ways to write a place at the end of a citation, the most telling first. */
const placeForms: readonly { readonly pattern: RegExp; readonly read: (groups: Groups) => PlaceClue }[] = [
  form('entry\\s+(?<entry>\\S.*?\\d)', (g) => ({ type: 'entries', entry: g['entry'] ?? '' })),
  form(`(?:worksheet\\s+[‘'"“](?<worksheet>.+?)[’'"”],?\\s+)?rows?\\s+${range('row')}`, (g) => ({
    type: 'rows',
    worksheet: g['worksheet'] ?? '',
    row: int(g['row']),
    endRow: int(g['rowEnd'] ?? g['row']),
  })),
  form(`unnumbered\\s+paragraphs?\\s+${range('ordinal')}`, (g) => ({
    type: 'blocks',
    ordinal: int(g['ordinal']),
    endOrdinal: int(g['ordinalEnd'] ?? g['ordinal']),
  })),
  form(`(?:paragraphs?|paras?|¶+|§+)\\.?\\s*${range('paragraph', label)}`, paragraphs),
  form(`\\[(?<paragraph>\\d[^\\][]{0,12})\\](?:\\s*-\\s*\\[(?<paragraphEnd>[^\\][]{1,12})\\])?`, paragraphs),
  form(`sheets?\\s+${range('sheet')}(?:\\s*,?\\s*lines?\\s+${range('line')})?`, sheets),
  form(
    `(?:pages?|pp?)?\\.?\\s*(?<page>${numberPattern})\\s*:\\s*(?<line>${numberPattern})(?:\\s*-\\s*(?:(?<pageEnd>${numberPattern})\\s*:\\s*)?(?<lineEnd>${numberPattern}))?`,
    lines,
  ),
  form(`pages?\\s+(?<page>${numberPattern})\\s*,?\\s+lines?\\s+${range('line')}`, lines),
  form(`(?:pages?|pp?)\\.?\\s*${range('page')}`, pages),
  form(`(?<part>header|quoted text)\\s*,?\\s*lines?\\s+${range('line')}`, (g) => ({
    type: 'text-lines',
    line: int(g['line']),
    endLine: int(g['lineEnd'] ?? g['line']),
    part: /header/i.test(g['part'] ?? '') ? 'header' : 'quoted',
  })),
  form(`lines?\\s+${range('line')}`, (g) => ({
    type: 'text-lines',
    line: int(g['line']),
    endLine: int(g['lineEnd'] ?? g['line']),
  })),
];

/** A bare number is a page only behind something that says which document is meant: a day, a reference, a date in brackets. */
const barePage = new RegExp(
  `(?:day\\s*\\d{1,4}|[A-Z]{2,}[A-Z0-9]*\\d{3,}|\\))(?<rest>\\s*[/,]?\\s+|\\s*/\\s*)${range('page')}(?<after>\\s*\\([^()]*\\))?$`,
  'i',
);

function form(pattern: string, read: (groups: Groups) => PlaceClue) {
  return { pattern: new RegExp(`(?:^|[\\s,;/(])${pattern}(?<after>\\s*,?\\s*\\(.*|\\s*)$`, 'i'), read };
}

/**
 * Takes back what `citationOf` prints in any of its styles, and what people type from memory: "Day 12 45:12",
 * "{Day12/45:12-46:3}", "INQ000123_0004", "Adams statement para 12". Undefined when the text is empty.
 */
export function parseCitation(text: string): CitationRequest | undefined {
  const plain = plainForm(text);
  if (plain === '') return undefined;
  for (const { pattern, read } of placeForms) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const groups = match.groups ?? {};
    return {
      document: readDocument(plain.slice(0, match.index)),
      place: read(groups),
      ...afterPlace(groups['after']),
    };
  }
  const bare = barePage.exec(plain);
  if (bare === null) return readWithoutPlace(plain);
  const groups = bare.groups ?? {};
  const beforeRemark = bare[0].slice(0, bare[0].length - (groups['after'] ?? '').length);
  const document =
    plain.slice(0, bare.index) + beforeRemark.replace(new RegExp(`\\s*[/,]?\\s*${range('page')}$`), '');
  return { document: readDocument(document), place: pages(groups), ...afterPlace(groups['after']) };
}

/** A stamp alone may have a remark behind it: "INQ000123_0004 (running head)". */
function readWithoutPlace(plain: string): CitationRequest {
  const [, stamp, remark] = /^(\S+_\d+)\s*(\([^()]*\))$/.exec(plain) ?? [];
  if (stamp === undefined) return { document: readDocument(plain) };
  return { document: readDocument(stamp), ...afterPlace(remark) };
}

/** One kind of dash, no braces around the whole, no statement of doubt behind it. */
function plainForm(text: string): string {
  return text
    .trim()
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/\s*\[[^\][\d][^\][]*\]$/, '')
    .replace(/^\{([^{}]*)\}/, '$1')
    .trim();
}

function readDocument(text: string): DocumentClue {
  let words = text;
  const clue: { day?: number; reference?: string; stamp?: string } = {};
  words = words.replace(/\bday[\s_-]*0*(\d{1,4})\b/i, (_, day: string) => {
    clue.day = Number(day);
    return ' ';
  });
  words = words.replace(
    /\b([A-Z]{2,}[A-Z0-9]*\d{3,})(_\d{2,})?\b/i,
    (whole: string, reference: string, sheet?: string) => {
      clue.reference = reference.toUpperCase();
      if (sheet !== undefined) clue.stamp = whole.toUpperCase();
      return ' ';
    },
  );
  return {
    ...clue,
    words: words
      .replace(/\(\s*\)/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s,;/]+|[\s,;/]+$/g, ''),
  };
}

function afterPlace(text: string | undefined): { sheet?: number; remark?: string } {
  const remark = text?.replace(/^[\s,]*\(|\)\s*$/g, '').trim() ?? '';
  const sheet = /\bsheet (\d+)\b/i.exec(remark)?.[1];
  return { ...(sheet === undefined ? {} : { sheet: Number(sheet) }), ...(remark === '' ? {} : { remark }) };
}

function int(text: string | undefined): number {
  return Number(text);
}

function lines(groups: Groups): PlaceClue {
  const page = int(groups['page']);
  const line = int(groups['line']);
  return {
    type: 'lines',
    page,
    line,
    endPage: groups['pageEnd'] === undefined ? page : int(groups['pageEnd']),
    endLine: groups['lineEnd'] === undefined ? line : int(groups['lineEnd']),
  };
}

function pages(groups: Groups): PlaceClue {
  return { type: 'pages', page: int(groups['page']), endPage: int(groups['pageEnd'] ?? groups['page']) };
}

function sheets(groups: Groups): PlaceClue {
  const { sheet, sheetEnd, line, lineEnd } = groups;
  const whole = { type: 'sheets', sheet: int(sheet), endSheet: int(sheetEnd ?? sheet) } as const;
  return line === undefined ? whole : { ...whole, line: int(line), endLine: int(lineEnd ?? line) };
}

function paragraphs(groups: Groups): PlaceClue {
  const paragraph = groups['paragraph'] ?? '';
  return { type: 'paragraphs', paragraph, endParagraph: groups['paragraphEnd'] ?? paragraph };
}
