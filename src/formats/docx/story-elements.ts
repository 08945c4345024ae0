import { pictureDescriptions } from '../picture-description.ts';
import type { AsideKind } from './asides.ts';
import type { NoteNumbering } from './note-numbers.ts';
import type { Story } from './story.ts';
import { isOn } from './styles.ts';
import { symbolCharacter } from './symbols.ts';
import type { XmlAttributes } from './xml.ts';

type Opener = (story: Story, attributes: XmlAttributes) => void;

const value = (attributes: XmlAttributes): string => attributes['w:val'] ?? '';
const write =
  (text: string): Opener =>
  (story) =>
    story.append(text);
const inParagraphProperties = (story: Story): boolean =>
  story.parent() === 'w:pPr' || story.parent() === 'w:numPr';

function reference(kind: AsideKind): Opener {
  return (story, attributes) => {
    const marked = attributes['w:customMarkFollows'] !== undefined && isOn(attributes['w:customMarkFollows']);
    story.refer(kind, attributes['w:id'] ?? '', marked);
  };
}

const asideParents = new Set(['w:footnotes', 'w:endnotes', 'w:comments']);

/** Separators and continuation notices are lines between text and notes: kept under their type, where nothing refers to them. */
const beginNote: Opener = (story, attributes) => {
  if (!asideParents.has(story.parent())) return;
  const type = attributes['w:type'] ?? 'normal';
  story.beginAside(type === 'normal' ? (attributes['w:id'] ?? '') : type, attributes);
};

function noteProperty(set: (numbering: NoteNumbering, value: string) => void): Opener {
  return (story, attributes) => {
    const kind =
      story.parent() === 'w:footnotePr'
        ? 'footnote'
        : story.parent() === 'w:endnotePr'
          ? 'endnote'
          : undefined;
    if (kind !== undefined && story.parent(2) === 'w:sectPr')
      set(story.noteNumbering(kind), value(attributes));
  };
}

/** A tab, unless it stands among the tab stops of the paragraph's properties. */
const tab: Opener = (story) => {
  if (story.parent() !== 'w:tabs') story.append('\t');
};

const lineOrPageBreak: Opener = (story, attributes) => {
  if (attributes['w:type'] === 'page') story.pageBreak(false);
  story.append('\n');
};

const fieldCharacter: Opener = (story, attributes) => {
  // Of a deleted field what it showed is kept; how far it reached says nothing of the text around it.
  if (story.isDeleting) return;
  const type = attributes['w:fldCharType'];
  if (type === 'begin') story.fields.begin();
  else if (type === 'separate') story.fields.separate();
  else if (type === 'end') story.endField();
};

const checkBox: Opener = (story, attributes) => {
  if (story.parent() !== 'w:checkBox') return;
  story.fields.form = { choices: [], chosen: 0, checked: isOn(attributes['w:val']) };
};

const dropDown: Opener = (story) => {
  story.fields.form = { choices: [], chosen: 0 };
};

const drawing: Opener = (story, { title, descr, hidden }) =>
  story.describe(pictureDescriptions(title, descr), hidden !== undefined && isOn(hidden));

/** What each element does to the story when it begins. */
export const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['w:p', (story, attributes) => story.beginParagraph(attributes['w14:paraId'])],
  ['w:pStyle', (story, attributes) => story.parent() === 'w:pPr' && story.styleParagraph(value(attributes))],
  [
    'w:numId',
    (story, attributes) => {
      if (story.paragraph && inParagraphProperties(story)) story.paragraph.numId = value(attributes);
    },
  ],
  [
    'w:ilvl',
    (story, attributes) => {
      if (story.paragraph && inParagraphProperties(story)) story.paragraph.level = Number(value(attributes));
    },
  ],
  [
    'w:outlineLvl',
    (story, attributes) => {
      if (story.paragraph && story.parent() === 'w:pPr')
        story.paragraph.outlineLevel = Number(value(attributes));
    },
  ],
  ['w:pageBreakBefore', (story, attributes) => isOn(attributes['w:val']) && story.pageBreak(false)],
  ['w:lastRenderedPageBreak', (story) => story.pageBreak(true)],
  ['w:commentRangeStart', (story, attributes) => story.subjects.begin(attributes['w:id'] ?? '')],
  ['w:commentRangeEnd', (story, attributes) => story.subjects.end(attributes['w:id'] ?? '')],
  ['w:r', (story) => story.beginRun()],
  ['w:rStyle', (story, attributes) => story.parent(2) === 'w:r' && story.styleRun(value(attributes))],
  ['w:vanish', (story, attributes) => story.hide(isOn(attributes['w:val']))],
  ['w:tab', tab],
  ['w:ptab', write('\t')],
  ['w:br', lineOrPageBreak],
  ['w:cr', write('\n')],
  ['w:noBreakHyphen', write('\u2011')],
  ['w:softHyphen', write('\u00AD')],
  [
    'w:sym',
    (story, attributes) =>
      story.append(symbolCharacter(attributes['w:font'] ?? '', attributes['w:char'] ?? '')),
  ],
  ['w:fldChar', fieldCharacter],
  ['w:fldSimple', (story, attributes) => story.showField(attributes['w:instr'] ?? '')],
  ['w:default', checkBox],
  ['w:checked', checkBox],
  ['w:ddList', dropDown],
  ['w:listEntry', (story, attributes) => story.fields.form?.choices.push(value(attributes))],
  [
    'w:result',
    (story, attributes) => {
      if (story.fields.form) story.fields.form.chosen = Number(value(attributes));
    },
  ],
  ['w:rt', (story) => story.beginReading()],
  ['w:footnoteReference', reference('footnote')],
  ['w:endnoteReference', reference('endnote')],
  ['w:commentReference', reference('comment')],
  ['w:footnote', beginNote],
  ['w:endnote', beginNote],
  ['w:comment', beginNote],
  ['w:txbxContent', (story) => story.enterBox()],
  ['wp:docPr', drawing],
  ['pic:cNvPr', drawing],
  ['wps:cNvPr', drawing],
  ['v:shape', (story, { title, alt }) => story.describe(pictureDescriptions(title, alt), false)],
  ['v:textpath', (story, attributes) => story.attach(attributes['string'] ?? '')],
  ['w:tbl', (story) => story.beginTable()],
  ['w:tr', (story) => story.beginRow()],
  ['w:tc', (story) => story.beginCell()],
  ['mc:AlternateContent', (story) => story.beginAlternates()],
  [
    'w:numFmt',
    noteProperty((numbering, format) => {
      numbering.format = format;
    }),
  ],
  [
    'w:numStart',
    noteProperty((numbering, start) => {
      numbering.start = Number(start);
    }),
  ],
  [
    'w:numRestart',
    noteProperty((numbering, restart) => {
      numbering.restart = restart;
    }),
  ],
]);

/** What each element does to the story when it ends. */
export const closers: ReadonlyMap<string, (story: Story) => void> = new Map([
  ['w:p', (story) => story.endParagraph()],
  ['w:r', (story) => story.endRun()],
  ['w:rt', (story) => story.endReading()],
  ['w:ruby', (story) => story.endRuby()],
  ['w:tbl', (story) => story.endTable()],
  ['w:tr', (story) => story.endRow()],
  ['w:tc', (story) => story.endCell()],
  ['w:sectPr', (story) => story.endSection()],
  ['mc:AlternateContent', (story) => story.endAlternates()],
]);
