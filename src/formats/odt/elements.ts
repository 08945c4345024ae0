import type { Markup } from '../../model/place.ts';
import type { XmlAttributes } from '../docx/xml.ts';
import { pictureDescriptions } from '../picture-description.ts';
import type { OdtReader } from './reader.ts';

/** Elements whose text is none of the document's. */
export const unread: ReadonlySet<string> = new Set([
  'office:forms',
  'office:scripts',
  'office:settings',
  'office:binary-data',
  'office:meta',
  'office:event-listeners',
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
  'text:dde-connection-decls',
  'text:table-of-content-source',
  'text:illustration-index-source',
  'text:table-index-source',
  'text:object-index-source',
  'text:user-index-source',
  'text:alphabetical-index-source',
  'text:bibliography-source',
  'text:notes-configuration',
  'text:script',
  'text:number',
]);

type Opener = (reader: OdtReader, attributes: XmlAttributes, name: string) => void;

const list: Opener = (reader, attributes) => {
  reader.lists.beginList(attributes);
  reader.atEnd(() => reader.lists.endList());
};
const numberedParagraph: Opener = (reader, attributes) => {
  reader.lists.beginNumberedParagraph(attributes);
  reader.atEnd(() => reader.lists.endList());
};
const header: Opener = (reader) =>
  reader.openStory('header', (blocks) => {
    for (const block of blocks) reader.headers.push(block);
  });
const object: Opener = (reader, attributes) => {
  const target = attributes['xlink:href'];
  if (target !== undefined) reader.objects.push(target.replace(/^\.\//, ''));
};

const description: Opener = (reader) => reader.capture((text) => reader.describe(pictureDescriptions(text)));

/** Who did what is being read, and when. */
interface Signature {
  by: string;
  at: string;
}

/** What has been read of changes, comments and notes before the element that completes them ends. */
export class PendingAsides {
  /** Of the changes and comments that are open, from the outermost on. */
  readonly signatures: Signature[] = [];
  changeId = '';
  noteNumber = '';
}

function signing(reader: OdtReader): Signature {
  const signature = { by: '', at: '' };
  const { signatures } = reader.asides;
  signatures.push(signature);
  reader.atEnd(() => signatures.pop());
  return signature;
}

function markupOf(kind: Markup['kind'], { by, at }: Signature): Markup {
  return { kind, ...(by && { by }), ...(at && { at }) };
}

const comment: Opener = (reader, attributes) => {
  const id = attributes['office:name'] ?? '';
  const isResolved = (attributes['loext:resolved'] ?? attributes['office:resolved']) === 'true';
  const resolved = isResolved ? { resolved: true as const } : {};
  const signature = signing(reader);
  if (id !== '') reader.subjects.begin(id);
  reader.openStory('comment', (blocks) => {
    const [first] = blocks;
    if (first !== undefined && signature.by !== '') first.text = `${signature.by}: ${first.text}`;
    const said = { ...markupOf('comment', signature), ...resolved };
    for (const block of blocks)
      if (block.zone !== 'deleted' && Object.keys(said).length > 1)
        block.markup = [{ ...said, start: 0, end: block.text.length }];
    reader.addComment(id, blocks);
  });
};

const region: Opener = (reader, attributes) => {
  reader.asides.changeId = attributes['xml:id'] ?? attributes['text:id'] ?? '';
};

const insertion: Opener = (reader) => {
  const signature = signing(reader);
  reader.atEnd(() => reader.changes.add(reader.asides.changeId, markupOf('inserted', signature)));
};

const deletion: Opener = (reader) => {
  const signature = signing(reader);
  reader.lists.counts = false;
  const before = reader.paragraphs;
  reader.openStory('body', (blocks) => {
    reader.lists.counts = true;
    const text = blocks.map((block) => block.text).join('\n');
    reader.changes.add(
      reader.asides.changeId,
      markupOf('deleted', signature),
      text,
      reader.paragraphs > before + 1,
    );
  });
};

const change: Opener = (reader, attributes) => {
  const found = reader.changes.deletion(attributes['text:change-id'] ?? '');
  if (found !== undefined) reader.writeDeletion(found.text, found.markup, found.endsParagraph);
};

const hiddenText: Opener = (reader, attributes) => {
  if (attributes['text:is-hidden'] !== 'true') return;
  reader.writeHidden(attributes['text:string-value'] ?? '');
  reader.hide();
};

const span: Opener = (reader, attributes) => {
  if (reader.styles.hides(attributes['text:style-name'])) reader.hide();
};

const section: Opener = (reader, attributes) => {
  if (attributes['text:display'] === 'none' || attributes['text:is-hidden'] === 'true') reader.hide();
};

/** What each element does when it begins. */
export const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  [
    'office:text',
    (reader) =>
      reader.openStory('body', (blocks) => {
        for (const block of blocks) reader.body.push(block);
      }),
  ],
  ...['header', 'header-left', 'header-first', 'footer', 'footer-left', 'footer-first'].flatMap(
    (name): [string, Opener][] => [
      [`style:${name}`, header],
      [`loext:${name}`, header],
    ],
  ),
  ['text:p', (reader, attributes) => reader.beginParagraph(false, attributes)],
  ['text:h', (reader, attributes) => reader.beginParagraph(true, attributes)],
  ['text:span', span],
  ['text:s', (reader, attributes) => reader.write(' '.repeat(spaces(attributes['text:c'])))],
  ['text:tab', (reader) => reader.write('\t')],
  ['text:line-break', (reader) => reader.write('\n')],
  ['text:soft-page-break', (reader) => reader.recordedBreak()],
  ['text:section', section],
  ['text:hidden-text', hiddenText],
  ['text:hidden-paragraph', section],
  ['text:ruby-text', (reader) => reader.capture((text) => text.trim() && reader.write(`(${text.trim()})`))],
  ['text:list', list],
  ['text:list-item', (reader, attributes) => reader.lists.beginItem(attributes, true)],
  ['text:list-header', (reader, attributes) => reader.lists.beginItem(attributes, false)],
  ['text:numbered-paragraph', numberedParagraph],
  [
    'text:note-citation',
    (reader) =>
      reader.capture((text) => {
        reader.asides.noteNumber = text.trim();
      }),
  ],
  [
    'text:note-body',
    (reader) => {
      const { noteNumber: number } = reader.asides;
      reader.openStory('note', (blocks) => {
        const [first] = blocks;
        if (first !== undefined && number !== '') first.number = number;
        reader.attach(blocks);
      });
    },
  ],
  ['office:annotation', comment],
  ['office:annotation-end', (reader, attributes) => reader.subjects.end(attributes['office:name'] ?? '')],
  [
    'dc:creator',
    (reader) =>
      reader.capture((text) => {
        const signature = reader.asides.signatures.at(-1);
        if (signature !== undefined) signature.by = text.trim();
      }),
  ],
  [
    'dc:date',
    (reader) =>
      reader.capture((text) => {
        const signature = reader.asides.signatures.at(-1);
        if (signature !== undefined) signature.at = text.trim();
      }),
  ],
  ['text:changed-region', region],
  ['text:insertion', insertion],
  ['text:deletion', deletion],
  ['text:change', change],
  ['text:change-start', (reader, attributes) => reader.changes.begin(attributes['text:change-id'] ?? '')],
  ['text:change-end', (reader, attributes) => reader.changes.end(attributes['text:change-id'] ?? '')],
  [
    'draw:text-box',
    (reader) => reader.openStory(reader.story?.kind ?? 'body', (blocks) => reader.attach(blocks)),
  ],
  ['svg:title', description],
  ['svg:desc', description],
  ['draw:object', object],
  ['draw:object-ole', object],
  ['table:table', (reader) => reader.beginTable()],
  ['table:table-row', (reader) => reader.endsRow()],
  ['table:table-cell', (reader) => reader.endsCell()],
  ['table:covered-table-cell', (reader) => reader.endsCell()],
]);

const mostSpaces = 1000;

function spaces(count: string | undefined): number {
  const number = Number(count ?? '1');
  return Number.isInteger(number) ? Math.max(0, Math.min(number, mostSpaces)) : 1;
}
