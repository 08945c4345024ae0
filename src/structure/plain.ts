import type { PassageKind } from '../model/place.ts';
import { findStamps } from './furniture.ts';
import { type Layout, type LayoutLine, sheetsRead } from './layout.ts';
import { OutlineBuilder } from './outline-builder.ts';
import type { RecognisedDocument, Recogniser } from './recognition.ts';

/** How much higher than the usual line pitch a step must be to part two paragraphs. */
const paragraphStep = 1.35;

/**
 * Takes what nobody else knows. A text file is cited by its lines, a paginated or word-processed file by its
 * paragraphs; stamps and furniture that the file itself marks go into their zones.
 */
export const plainRecogniser: Recogniser = {
  name: 'plain',
  version: 3,
  kinds: ['plain', 'letter', 'log', 'email'],
  confidence: () => 0.2,
  recognise: recognisePlain,
};

function recognisePlain(layout: Layout): RecognisedDocument {
  const builder = new OutlineBuilder(layout);
  const textFile = !layout.geometry && layout.lines[0]?.blockType === undefined;
  const pitch = layout.geometry ? usualPitch(layout.lines) : 12;
  const { lines: stampLines, stamps, reference } = findStamps(layout);
  for (const [sheet, stamp] of stamps) builder.sheet({ sheet, stamp });
  let ordinal = 0;
  let heading: string | undefined;
  let before: LayoutLine | undefined;
  for (const [index, line] of layout.lines.entries()) {
    if (textFile) builder.line(index, 0, index + 1);
    const zone = line.zone ?? (stampLines.has(index) ? 'stamp' : undefined);
    if (zone !== undefined) {
      builder.run(line.start, line.start + line.text.length, zone);
      continue;
    }
    if (line.text.trim() === '') {
      before = undefined;
      continue;
    }
    if (line.blockType === 'heading') heading = line.text.trim();
    if (beginsParagraph(before, line, pitch)) {
      ordinal++;
      builder.passage(line.start, kindOf(textFile, ordinal, heading), { turn: ordinal });
    }
    before = line;
  }
  return {
    recogniser: { name: plainRecogniser.name, version: plainRecogniser.version },
    kind: 'plain',
    confidence: 1,
    text: layout.text,
    outline: builder.finish(),
    metadata: reference === undefined ? {} : { reference },
    pages: sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}

function kindOf(textFile: boolean, ordinal: number, heading: string | undefined): PassageKind {
  if (textFile) return { kind: 'line' };
  return heading === undefined ? { kind: 'block', ordinal } : { kind: 'block', ordinal, heading };
}

function beginsParagraph(before: LayoutLine | undefined, line: LayoutLine, pitch: number): boolean {
  if (before === undefined) return true;
  if (line.blockType !== undefined) return line.continues !== true;
  if (before.sheet !== line.sheet || before.column !== line.column) return true;
  return line.top - before.top > pitch * paragraphStep;
}

/** The median step from one line's top to the next on the same sheet and column. */
function usualPitch(lines: readonly LayoutLine[]): number {
  const steps: number[] = [];
  for (let index = 1; index < lines.length && steps.length < 2000; index++) {
    const [before, line] = [lines[index - 1], lines[index]];
    if (!before || !line || before.sheet !== line.sheet || before.column !== line.column) continue;
    const step = line.top - before.top;
    if (step > 0) steps.push(step);
  }
  return new Float64Array(steps).sort()[steps.length >> 1] ?? 12;
}
