import fc from 'fast-check';
import { wordFile } from '../docx/word-file.ts';

interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
}

interface Item {
  readonly list: number;
  readonly level: number;
  readonly plain: boolean;
  readonly byStyle: boolean;
}

const levels = 4;
const formats = [
  'decimal',
  'decimal',
  'lowerLetter',
  'upperLetter',
  'lowerRoman',
  'upperRoman',
  'bullet',
  'decimalZero',
];

function level(index: number): fc.Arbitrary<Level> {
  return fc
    .record({
      format: fc.constantFrom(...formats),
      /** How many of the levels above the number shows. */
      shown: fc.nat(index),
      around: fc.constantFrom(['', '.'], ['(', ')'], ['', ')'], ['', ''], ['§ ', ':']),
      start: fc.constantFrom(1, 1, 1, 1, 3, 26),
    })
    .map(({ format, shown, around: [before = '', after = ''], start }) => {
      const parts = Array.from({ length: shown + 1 }, (_, at) => `%${index - shown + at + 1}`);
      const text = format === 'bullet' ? '•' : `${before}${parts.join('.')}${after}`;
      return { format, text, start };
    });
}

const abstract = fc.tuple(level(0), level(1), level(2), level(3));

/**
 * What decides where each number of a document comes from. Left out is where LibreOffice 7.4 does otherwise than Word:
 * `isLgl` and `lvlRestart`, which it does not know, and a list with a start of its own that does not begin on the level
 * of that start.
 */
export interface RandomLists {
  readonly abstracts: readonly (readonly Level[])[];
  /** Which definition each list goes by, and where it starts anew. */
  readonly lists: readonly { readonly abstract: number; readonly start: number | undefined }[];
  readonly items: readonly Item[];
}

export const randomLists: fc.Arbitrary<RandomLists> = fc
  .record({
    abstracts: fc.array(abstract, { minLength: 1, maxLength: 2 }),
    lists: fc.array(fc.record({ abstract: fc.nat(1), start: fc.constantFrom(undefined, undefined, 1, 5) }), {
      minLength: 1,
      maxLength: 3,
    }),
    items: fc.array(
      fc.record({
        list: fc.nat(2),
        level: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
        plain: fc.constantFrom(false, false, false, true),
        byStyle: fc.constantFrom(false, false, false, true),
      }),
      { minLength: 3, maxLength: 25 },
    ),
  })
  .map(begunOnTheirLevel);

/** The first paragraph of a list that has a start of its own is on that level. */
function begunOnTheirLevel({ lists, items, ...rest }: RandomLists): RandomLists {
  const begun = new Set<number>();
  const mended = items.map((item) => {
    const list = item.byStyle ? 0 : item.list % lists.length;
    const isFirst = !item.plain && !begun.has(list);
    if (!item.plain) begun.add(list);
    return isFirst && lists[list]?.start !== undefined ? { ...item, level: 0 } : item;
  });
  return { lists, items: mended, ...rest };
}

/** The lists as a DOCX file whose paragraphs read t0, t1 … */
export function listsAsWordFile({ abstracts, lists, items }: RandomLists): Uint8Array {
  return wordFile({
    body: items.map((item, at) => paragraph(item, lists.length, at)).join(''),
    numbering:
      abstracts.map(abstractNum).join('') +
      lists.map((list, at) => num(at + 1, list, abstracts.length)).join(''),
    styles: styles(),
  });
}

function abstractNum(definition: readonly Level[], id: number): string {
  const written = definition.map(({ format, text, start }, index) => {
    const options = index === 0 && id === 0 ? '<w:pStyle w:val="Listed"/>' : '';
    return `<w:lvl w:ilvl="${index}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${options}<w:lvlText w:val="${text}"/></w:lvl>`;
  });
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/>${written.join('')}</w:abstractNum>`;
}

function num(id: number, { abstract, start }: RandomLists['lists'][number], abstracts: number): string {
  const override =
    start === undefined
      ? ''
      : `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="${start}"/></w:lvlOverride>`;
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract % abstracts}"/>${override}</w:num>`;
}

function styles(): string {
  const usual =
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>';
  const listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>';
  return `${usual}<w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="Listed"/><w:basedOn w:val="Normal"/>${listed}</w:style>`;
}

function paragraph({ list, level: index, plain, byStyle }: Item, lists: number, at: number): string {
  const numbered = `<w:numPr><w:ilvl w:val="${index % levels}"/><w:numId w:val="${(list % lists) + 1}"/></w:numPr>`;
  const properties = plain ? '' : byStyle ? '<w:pStyle w:val="Listed"/>' : numbered;
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>t${at}</w:t></w:r></w:p>`;
}
