import type { Doubt } from '../model/place.ts';
import {
  type Item,
  isPart,
  type OpenList,
  outermost,
  partFamilies,
  roundFamilies,
  sameLeft,
} from './paragraph-lists.ts';

/** A paragraph whose number has been believed. */
export interface NumberedParagraph {
  /** Index of its first line in the layout. */
  readonly line: number;
  /** As printed, with the numbers it hangs under: "12", "12(a)", "4.7". */
  readonly label: string;
  /** Index of the outermost paragraph it belongs to, among those found; its own index when it is one. */
  readonly root: number;
  readonly left: number;
  /** Nothing else stands in its list, before it is closed or goes on. */
  readonly alone: boolean;
  /** Indexes, in its list of paragraphs, of those it is counted with from their first one on. */
  readonly list: number;
  /** Its list counts from the beginning again, and nothing parts it from the one before. */
  readonly again: boolean;
  /** Another list runs on over the numbers of its own: it is of chapters or questions, and its short lines are headings. */
  readonly around: boolean;
  readonly doubt?: Doubt;
}

/** What a reading of the numbers comes to. */
export interface BelievedNumbers {
  readonly numbered: NumberedParagraph[];
  /** Line indexes of numbers that may be those of paragraphs, or be quoted: what they stand before is not sure of its paragraph. */
  readonly strays: ReadonlySet<number>;
}

/**
 * Labels those items that are paragraphs of their own; lists inside a paragraph and quoted numbers stay text. `strays`
 * are the lines of numbers that belong to no list; those that are found not to be sure of theirs join them.
 */
export function label(items: readonly Item[], strays: Set<number>): BelievedNumbers {
  const numbered = isNumberedOtherwise(items);
  const found: NumberedParagraph[] = [];
  const places = new Map<Item, number>();
  const lists = new Map<OpenList, number>();
  const around = new Set<OpenList>();
  for (const { list } of items) {
    const outer = list.parent?.list;
    if (outer !== undefined && runsOn(list)) around.add(goesThrough(list) ? outer : list);
  }
  for (const item of items) {
    const { list, mark } = item;
    const isAstray = item.stretch > 0 && !runsOn(list);
    const base = isAstray ? undefined : baseOf(list, places, numbered);
    if (base === undefined) {
      if (isAstray || standsAmongParagraphs(item)) strays.add(mark.line);
      continue;
    }
    const parent = base === 'root' ? undefined : found[base];
    const { digits } = item.reading;
    const own = found.length;
    places.set(item, own);
    lists.set(list, lists.get(list) ?? lists.size);
    found.push({
      line: mark.line,
      label: parent === undefined ? digits : `${parent.label}(${digits})`,
      root: parent === undefined ? own : parent.root,
      left: mark.left,
      alone: list.items.every(({ stretch }, at) => list.items[at] === item || stretch !== item.stretch),
      list: lists.get(list) ?? 0,
      again: base === 'root' && beginsAgain(list),
      around: around.has(list),
      ...(item.doubt || around.has(list) || parent?.doubt !== undefined
        ? { doubt: 'paragraph-out-of-order' as const }
        : {}),
    });
  }
  return { numbered: found, strays };
}

/** Whether numbers of another form than `(1)` or `1)` are those of the paragraphs: of those under nothing, most are. */
function isNumberedOtherwise(items: readonly Item[]): boolean {
  let [round, others] = [0, 0];
  for (const { list } of items) {
    if (list.parent !== undefined) continue;
    if (roundFamilies.has(list.family)) round++;
    else if (!partFamilies.has(list.family)) others++;
  }
  return others > round;
}

/**
 * What the numbers of a list hang under: nothing, a paragraph found before, or undefined when they are no paragraphs.
 * `(1)` numbers paragraphs only in a document without 1., [1] or A1.
 */
function baseOf(
  list: OpenList,
  places: ReadonlyMap<Item, number>,
  numbered: boolean,
): number | 'root' | undefined {
  if (list.foreign) return undefined;
  if (list.repeats !== undefined) return baseOf(list.repeats, places, numbered);
  const { parent } = list;
  if (runsOn(list)) return 'root';
  const isOwn = parent === undefined || list.apart || !isInside(list);
  if (!partFamilies.has(list.family)) return isOwn ? 'root' : undefined;
  if (!numbered && roundFamilies.has(list.family) && isOwn && outermost(list).family === list.family)
    return 'root';
  return parent === undefined || list.apart ? undefined : places.get(parent);
}

/** Whether a list runs on over the numbers of the list around it again and again. Letters only number parts. */
function runsOn(list: OpenList): boolean {
  return list.reopened > 1 && (!partFamilies.has(list.family) || roundFamilies.has(list.family));
}

/** Whether it is that of the paragraphs: the one that counts further. */
function goesThrough(list: OpenList): boolean {
  return runsOn(list) && list.items.length > (list.parent?.list.items.length ?? 0);
}

/** A list that the one around it goes on after, or that stands further in than its parent, is part of a paragraph. */
function isInside(list: OpenList): boolean {
  if (list.resumed) return true;
  const [first] = list.items;
  return (
    list.parent !== undefined && first !== undefined && first.mark.left > list.parent.mark.left + sameLeft
  );
}

/** Whether a list of paragraphs comes after another, and no heading between that would be told by its looks. */
function beginsAgain(list: OpenList): boolean {
  return list.parent !== undefined && !list.apart && !runsOn(list) && list.repeats === undefined;
}

/**
 * Whether a number that was not believed stands where those of paragraphs do, so that it may be one. Where nothing says
 * where it stands, it may be one when it has parts, as the numbers of quotations and short lists seldom have.
 */
function standsAmongParagraphs({ mark, reading, list }: Item): boolean {
  const outer = outermost(list).items[0]?.mark;
  if (outer === undefined || isPart(list)) return false;
  if (outer.placed && mark.placed) return Math.abs(outer.left - mark.left) <= sameLeft;
  return !list.foreign && reading.path.length > 1;
}
