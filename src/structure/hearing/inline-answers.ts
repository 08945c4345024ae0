import { commonest } from '../commonest.ts';
import type { Layout, LayoutLine } from '../layout.ts';
import type { HearingEvent } from './events.ts';
import { someOf } from './margin-times.ts';
import type { Mark } from './marks.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';

/*
 * Courts of Australia, and older reporters elsewhere, print an answer behind a dash in the paragraph of its question:
 * "Did you see him?---Yes, I did." The next question begins the next paragraph, without a label.
 */

/** An answer behind a dash: on the line `on` of the layout, from index `dash` of its text to `end` − 1. */
export interface InlineAnswer {
  readonly on: number;
  readonly dash: number;
  readonly end: number;
  /** The line that the answer begins on, and at which index of its text. */
  readonly line: number;
  readonly at: number;
}

/** By line of the layout; none where a dash does not part questions from answers. */
export type InlineAnswers = ReadonlyMap<number, readonly InlineAnswer[]>;

const threeHyphens = '---';

const noAnswers: InlineAnswers = new Map();
/** How many questions must be answered so, and how many of all. */
const fewestAnswered = 5;
const leastAnswered = 1 / 3;
/** So many times more must be answered so than questions have marks. */
const timesMarked = 4;

interface Dash {
  readonly line: number;
  readonly dash: number;
  readonly end: number;
  /** As printed, and whether white space parts it from what is around it. */
  readonly form: string;
  readonly apart: boolean;
  /** The last character before it that is no quotation mark or bracket. */
  readonly behind: string;
}

/**
 * The answers behind dashes, where most questions of the document are answered so and hardly any has a mark. A sentence
 * that somebody breaks off has no stop before its dash, or a dash of another form.
 */
export function findInlineAnswers(
  layout: Layout,
  printed: PrintedPages,
  marks: ReadonlyMap<number, Mark>,
): InlineAnswers {
  if (!someOf(layout.lines, ({ text }) => (mayAnswer(text) ? 1 : 0))) return noAnswers;
  const { dashes, questions } = dashesIn(layout, printed);
  const asked = dashes.filter(({ behind }) => behind === '?');
  const form = commonestForm(asked);
  const own = dashes.filter(
    (dash) => dash.form === form || (form === threeHyphens && /^-{4,}$/.test(dash.form)),
  );
  const answered = own.filter(({ behind }) => behind === '?').length;
  if (answered < fewestAnswered || answered < questions * leastAnswered) return noAnswers;
  if (marks.size * timesMarked > answered) return noAnswers;
  const apart = own.filter((dash) => dash.apart).length > own.length / 2;
  const found = new Map<number, InlineAnswer[]>();
  for (const dash of own) {
    const answer = isAnswered(layout, dash, apart) ? answerBehind(layout, printed, dash) : undefined;
    if (answer === undefined) continue;
    const others = found.get(dash.line);
    if (others === undefined) found.set(dash.line, [answer]);
    else others.push(answer);
  }
  return found;
}

/** Whether a question is followed by a dash, told without a pattern: nearly all lines are done with. */
function mayAnswer(text: string): boolean {
  for (let at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
    const next = text.charCodeAt(at + 1) === 32 ? at + 2 : at + 1;
    const code = text.charCodeAt(next);
    if (code === 0x2014 || code === 0x2013 || (code === 45 && text.charCodeAt(next + 1) === 45)) return true;
  }
  return false;
}

const dashForm = /(?<![-–—])(?<space> ?)(?<form>--+|[–—]+)(?![-–—])/g;
/** How many characters on either side of a dash say what it is. */
const lookedAt = 12;
const closing = /["'”’)\]]+$/;

function dashesIn(layout: Layout, { is, textAt }: PrintedPages) {
  const dashes: Dash[] = [];
  let questions = 0;
  let before = '';
  for (let line = 0; line < is.length; line++) {
    if (is[line] !== lineIs.text) continue;
    const { text } = layout.lines[line] as LayoutLine; // a line of the layout
    const from = textAt[line] ?? 0;
    for (let at = text.indexOf('?', from); at >= 0; at = text.indexOf('?', at + 1)) questions++;
    for (const match of text.slice(from).matchAll(dashForm)) {
      const { space = '', form = '' } = match.groups ?? {};
      const dash = from + match.index;
      const end = dash + space.length + form.length;
      const said =
        dash === from ? before.slice(-lookedAt) : text.slice(Math.max(from, dash - lookedAt), dash);
      const behind = said.trimEnd().replace(closing, '').slice(-1);
      const apart = space !== '' || (text.charCodeAt(end) === 32 && end + 1 < text.length);
      dashes.push({ line, dash, end, form, apart, behind });
    }
    before = text;
  }
  return { dashes, questions };
}

function commonestForm(dashes: readonly Dash[]): string {
  const counts = new Map<string, number>();
  for (const { form } of dashes) counts.set(form, (counts.get(form) ?? 0) + 1);
  return commonest(counts) ?? '';
}

/**
 * Behind a question always; behind another sentence when what follows can begin one. Three hyphens that touch words on
 * both sides break no sentence off: the reporter who prints answers so breaks off otherwise.
 */
function isAnswered(
  layout: Layout,
  { line, end, form, apart, behind }: Dash,
  usuallyApart: boolean,
): boolean {
  if (behind === '?') return true;
  const rest = layout.lines[line]?.text.slice(end, end + lookedAt).trimStart() ?? '';
  if (apart !== usuallyApart || (rest !== '' && !/^[\p{Lu}\p{N}"“'‘(]/u.test(rest))) return false;
  return (
    /[.!:;…–—-]/.test(behind) || (form.startsWith(threeHyphens) && !apart && rest !== '' && behind !== '')
  );
}

/** On the dash's line, or on the next where nothing follows it there. */
function answerBehind(
  layout: Layout,
  { is, textAt }: PrintedPages,
  { line, dash, end }: Dash,
): InlineAnswer | undefined {
  const text = layout.lines[line]?.text ?? '';
  let at = end;
  while (text.charCodeAt(at) === 32) at++;
  if (at < text.length) return { on: line, dash, end, line, at };
  let next = line + 1;
  while (next < is.length && is[next] !== lineIs.text) next++;
  return next < is.length ? { on: line, dash, end, line: next, at: textAt[next] ?? 0 } : undefined;
}

/**
 * The events with the answers that stand inside lines, and of each paragraph whether it has one. Where it has several,
 * or a paragraph may begin unseen, nothing shows where the next question begins: what is said behind the first dash is
 * doubted; where that is usual, nothing shows it anywhere. `breaks`: see `questionBreaks`.
 */
export function withInlineAnswers(
  events: readonly HearingEvent[],
  answers: InlineAnswers,
  breaks: Uint8Array,
): HearingEvent[] {
  const own = answersOf(events, answers, breaks.length);
  const several = own.filter(({ length }) => length > 1).length;
  const unseen = several > own.filter(({ length }) => length > 0).length * mostWithSeveral;
  return events.flatMap((event, order): HearingEvent[] => {
    const [first, second] = own[order] as readonly InlineAnswer[]; // as many as events
    const self = event.type === 'paragraph' ? { ...event, answered: first !== undefined && !unseen } : event;
    if (first === undefined) return [self];
    const rest = breaks.subarray(first.line + 1, events[order + 1]?.line);
    const doubted = unseen || second !== undefined || rest.includes(mayBreak);
    const doubt = doubted ? ('speaker-unsure' as const) : undefined;
    return [self, { line: first.line, type: 'answer', by: undefined, behind: first, doubt }];
  });
}

/** Among breaks: nothing shows whether a paragraph begins on the line. */
export const mayBreak = 2;
/** In so many paragraphs with answers there may be more than one. */
const mostWithSeveral = 0.1;

/** Of each event the answers up to the next one; none of what nobody speaks. */
function answersOf(events: readonly HearingEvent[], answers: InlineAnswers, lines: number): InlineAnswer[][] {
  const flat = [...answers.values()].flat();
  let next = 0;
  return events.map(({ type }, order) => {
    const end = events[order + 1]?.line ?? lines;
    const from = next;
    while (next < flat.length && (flat[next]?.line ?? lines) < end) next++;
    return type === 'apart' || type === 'page' ? [] : flat.slice(from, next);
  });
}
