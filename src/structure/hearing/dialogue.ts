import type { WitnessRange } from '../../model/document.ts';
import type { Doubt, PassageKind, Role } from '../../model/place.ts';
import type { Layout } from '../layout.ts';
import type { OutlineBuilder } from '../outline-builder.ts';
import type { HearingEvent } from './events.ts';
import { cleanName, type Heading } from './headings.ts';
import { beginsWithTitle, isChairLabel, isWitnessLabel, nameInBrackets } from './labels.ts';
import { namedChair } from './named-chair.ts';
import type { PrintedPages } from './printed-pages.ts';
import { canBeSamePerson, personName, remembering, surname } from './speaker-names.ts';
import type { WitnessIndex } from './witness-index.ts';
import { type MutableRange, pageOfLine, toWitnessRange } from './witness-range.ts';

type TestimonyKind = Extract<PassageKind, { kind: 'testimony' }>;

/**
 * Follows a hearing from event to event: who examines, who gives evidence, whose turn it is. Adds the passages to the
 * builder and gives back who gave evidence where. Where nobody is announced, `named` says who gives evidence: whom the
 * title page names, or an index.
 */
export function readDialogue(
  layout: Layout,
  printed: PrintedPages,
  events: readonly HearingEvent[],
  builder: OutlineBuilder,
  named: NamedElsewhere,
): readonly WitnessRange[] {
  const dialogue = new Dialogue(layout, printed, { builder, events, ...named });
  for (const event of events) dialogue.take(event);
  return dialogue.ranges(layout.lines.length - 1).map((range) => toWitnessRange(range, printed));
}

/** The witness whom the title page names, or an index of them. */
interface NamedElsewhere {
  readonly deponent: string | undefined;
  readonly index: WitnessIndex | undefined;
}

interface DialogueParts extends NamedElsewhere {
  readonly builder: OutlineBuilder;
  readonly events: readonly HearingEvent[];
}

class Dialogue {
  readonly #layout: Layout;
  readonly #printed: PrintedPages;
  readonly #index: WitnessIndex | undefined;
  readonly #builder: OutlineBuilder;
  /** An examiner's return after an interruption is written out, so a question belongs to whoever was named last. */
  readonly #returnsAreNamed: boolean;
  readonly #chair: string | undefined;
  readonly #name = remembering(personName);
  readonly #surname = remembering(surname);
  readonly #isChairLabel = remembering(isChairLabel);
  readonly #isWitnessLabel = remembering(isWitnessLabel);
  /** By name, for the labels whose surname is the same. */
  readonly #canBe = new Map<string, (label: string) => boolean>();
  readonly #offices = new Map<string, string>();
  readonly #ranges: MutableRange[] = [];
  readonly #kinds = new Map<Role, TestimonyKind>();
  /** Those sworn since the last withdrawal, the last one being in force. */
  #witnesses: string[] = [];
  #witness: string | undefined;
  #examiner: string | undefined;
  /** The office that the heading gave, until somebody speaks. */
  #office: string | undefined;
  #asker: string | undefined;
  /** The asker is whoever sits. */
  #askerSits = false;
  #nameLine: string | undefined;
  /** Somebody has answered whoever examines. */
  #answered = false;
  /** The page on which a heading last showed which witness of the index begins there. */
  #settledOn = 0;
  /** A witness or an examiner was announced and has not withdrawn. */
  #examined = false;
  #turn = 0;
  #exchange = 0;
  #afterQuestion = false;
  /** Nothing has shown since pages were lost that the same people ask and answer. */
  #unsure = false;
  /** The next paragraph goes on what was said before a note. */
  #resumed = false;
  #current: { kind: TestimonyKind; doubt: Doubt | undefined } | undefined;

  constructor(layout: Layout, printed: PrintedPages, { builder, events, deponent, index }: DialogueParts) {
    this.#layout = layout;
    this.#printed = printed;
    this.#index = index;
    this.#builder = builder;
    this.#returnsAreNamed = returnsAreNamed(events);
    this.#chair = namedChair(events);
    this.#nameLine = deponent;
  }

  take(event: HearingEvent): void {
    const { line, type } = event;
    if (type === 'label') this.#label(line, event.label.printed, event.doubt);
    else if (type === 'apart') this.#apart(line, event.words, event.heading, event.name);
    else if (type === 'question') this.#question(line, event.by, event.doubt);
    else if (type === 'answer') this.#answer(line, event.behind?.at, event.doubt);
    else if (type === 'paragraph') this.#paragraph(line, event.answered);
    else if (type === 'unknown') this.#begin(line, this.#kind('other', undefined), 'speaker-unsure');
    else if (type === 'gap') this.#gap(line, event.pages);
    else this.#page(line);
  }

  ranges(lastLine: number): readonly MutableRange[] {
    this.#closeRange(lastLine);
    return this.#ranges;
  }

  #question(line: number, by: string | undefined, doubt: Doubt | undefined): void {
    if (by !== undefined) this.#nameExaminer(by);
    this.#followIndex(line);
    const name = this.#questioner();
    this.#exchange++;
    this.#afterQuestion = true;
    if (name !== undefined) this.#noteExaminer(name);
    const unknown = name === undefined || !this.#examined || this.#isChairAlone();
    this.#begin(line, this.#kind('examiner', name), unknown ? 'no-examiner' : (doubt ?? this.#doubt()));
  }

  /** Written at the question itself. */
  #nameExaminer(printed: string): void {
    this.#asker = this.#name(printed);
    this.#askerSits = false;
    this.#examiner = this.#asker;
    this.#examined = true;
    this.#unsure = false;
  }

  /** What is said goes on behind what is lost: by the same person, or by somebody whose turn began there. */
  #gap(line: number, pages: boolean): void {
    if (pages) this.#unsure = true;
    if (this.#current === undefined) return;
    const { kind, doubt = 'speaker-unsure' } = this.#current;
    this.#current = { kind, doubt };
    this.#builder.passage(this.#start(line), kind, { turn: this.#turn, exchange: this.#exchange, doubt });
  }

  /** Of who asks or answers without being named. */
  #doubt(): Doubt | undefined {
    return this.#unsure ? 'speaker-unsure' : undefined;
  }

  #questioner(): string | undefined {
    if (this.#returnsAreNamed) return this.#asker ?? this.#examiner ?? this.#officeName();
    return this.#examiner ?? this.#officeName() ?? this.#asker;
  }

  /** Nobody was announced to ask, and whoever sits spoke last: a heading with the examiner's name may be lost. */
  #isChairAlone(): boolean {
    if (this.#examiner !== undefined || this.#office !== undefined) return false;
    return this.#asker !== undefined && this.#askerSits;
  }

  /** The office as a name, when nobody has been heard in it. */
  #officeName(): string | undefined {
    return this.#office === undefined
      ? undefined
      : (this.#offices.get(this.#office) ?? this.#name(this.#office));
  }

  #answer(line: number, at: number | undefined, doubt: Doubt | undefined): void {
    if (!this.#afterQuestion) this.#exchange++;
    this.#afterQuestion = true;
    if (this.#witness === undefined && this.#nameLine !== undefined) this.#callWitness(line, this.#nameLine);
    else if (!this.#followIndex(line)) doubt ??= 'speaker-unsure';
    this.#answered = true;
    const known = this.#witness !== undefined;
    this.#begin(
      line,
      this.#kind('witness', this.#witness),
      known ? (doubt ?? this.#doubt()) : 'no-witness',
      at,
    );
  }

  /** Calls whom the index has on the page of the line; false where it has two there, and no heading has called the second. */
  #followIndex(line: number): boolean {
    if (this.#index === undefined) return true;
    const page = pageOfLine(this.#printed.pages, line)?.page ?? 0;
    const found = page === 0 || page === this.#settledOn ? undefined : this.#index.on(page);
    if (found === undefined) return true;
    if (found.sure || this.#witness === undefined) this.#callFromIndex(line, found.witness);
    return found.sure;
  }

  /** A heading that begins the questions of somebody whom the index has on its page says where the witness begins. */
  #announceByIndex(line: number, examiner: string): void {
    const page = pageOfLine(this.#printed.pages, line)?.page ?? 0;
    const witness = page === 0 ? undefined : this.#index?.announced(page, examiner);
    if (witness === undefined) return;
    this.#settledOn = page;
    this.#callFromIndex(line, witness);
  }

  /** Whoever was announced since the last answer examines this witness. */
  #callFromIndex(line: number, printed: string): void {
    if (this.#witness === this.#name(printed)) return;
    const [examiner, office, asker] = [this.#examiner, this.#office, this.#asker];
    this.#callWitness(line, printed);
    if (this.#answered) return;
    this.#examiner = examiner;
    this.#office = office;
    this.#asker = asker;
  }

  #label(line: number, printed: string, doubt: Doubt | undefined): void {
    const name = this.#name(printed);
    const own = this.#isWitnessLabel(printed);
    const sure = !own || this.#followIndex(line);
    const witness = this.#witnesses.find((called) => this.#isSamePerson(printed, called));
    if (own || witness !== undefined) {
      if (!this.#afterQuestion) this.#exchange++;
      const speaker = own ? (witness ?? this.#witness ?? name) : name;
      if (!own) this.#unsure = false;
      this.#begin(line, this.#kind('witness', speaker), sure ? (doubt ?? this.#doubt()) : 'speaker-unsure');
      return;
    }
    this.#exchange++;
    this.#afterQuestion = true;
    const chair = this.#isChair(printed);
    this.#hear(printed, name, chair);
    const examines = this.#witness !== undefined && this.#isSamePerson(printed, this.#examiner);
    if (examines) this.#noteExaminer(this.#examiner ?? name);
    if (examines) this.#unsure = false;
    this.#begin(line, this.#kind(chair ? 'chair' : examines ? 'examiner' : 'other', name), doubt);
  }

  /** Settles who examines when the heading named an office, or nobody. */
  #hear(printed: string, name: string, chair: boolean): void {
    this.#asker = name;
    this.#askerSits = chair;
    if (this.#examiner !== undefined) return;
    const forChair = this.#office !== undefined && isChairLabel(this.#office);
    if (chair !== forChair && (this.#office !== undefined || chair)) return;
    this.#examiner = name;
    if (this.#office !== undefined) this.#offices.set(this.#office, this.#name(printed));
  }

  /** Whether the label can be of the person with this name. */
  #isSamePerson(label: string, name: string | undefined): boolean {
    if (name === undefined || this.#surname(label) !== this.#surname(name)) return false;
    const known = this.#canBe.get(name) ?? remembering((other) => canBeSamePerson(other, name));
    this.#canBe.set(name, known);
    return known(label);
  }

  #isChair(printed: string): boolean {
    return this.#isChairLabel(printed) || printed === this.#chair;
  }

  #paragraph(line: number, answered: boolean | undefined): void {
    const current = this.#current;
    if (answered !== undefined && this.#isAsked(answered)) {
      if (answered) this.#question(line, undefined, undefined);
      else this.#begin(line, this.#kind('other', undefined), 'speaker-unsure');
      return;
    }
    if (current === undefined) {
      this.#aside(line);
      return;
    }
    if (this.#resumed) this.#turn++;
    this.#resumed = false;
    this.#builder.passage(this.#start(line), current.kind, {
      turn: this.#turn,
      exchange: this.#exchange,
      doubt: current.doubt,
    });
  }

  /**
   * Where answers stand inside the paragraphs of their questions: whether a paragraph is the next question, one with an
   * answer unless its asker is speaking, or, without one, may be that or go on the answer.
   */
  #isAsked(answered: boolean): boolean {
    if (this.#current === undefined) return answered;
    const { kind, doubt } = this.#current;
    return kind.role === 'witness' || (answered && doubt === 'speaker-unsure');
  }

  #apart(line: number, words: string, heading: Heading, name: boolean): void {
    const resumes = heading.type === 'other' && !name;
    const { kind, doubt } = this.#current ?? {};
    this.#aside(line);
    if (name) this.#nameLine = cleanName(words);
    this.#follow(line, heading);
    // After a pause the same person goes on, in a turn of a new number.
    if (resumes && kind !== undefined) {
      this.#current = { kind, doubt };
      this.#resumed = true;
    } else this.#current = undefined;
  }

  #follow(line: number, heading: Heading): void {
    if (heading.type !== 'other') this.#unsure = false;
    if (heading.type === 'withdrew') {
      this.#closeRange(line);
      this.#witness = undefined;
      this.#witnesses = [];
      this.#leaveExaminer();
      this.#examined = false;
    } else if (heading.type === 'witness') {
      const called = heading.name ?? this.#nameLine;
      const goesOn = heading.examined === true && called !== undefined && this.#isInForce(called);
      if (called !== undefined && !goesOn) this.#callWitness(line, called);
      this.#nameLine = undefined;
      if (heading.examiner !== undefined) this.#setExaminer(heading.examiner);
    } else if (heading.type === 'examiner') {
      if (this.#witness === undefined && this.#nameLine !== undefined)
        this.#callWitness(line, this.#nameLine);
      this.#nameLine = undefined;
      if (heading.name !== undefined && this.#index !== undefined) this.#announceByIndex(line, heading.name);
      if (heading.name !== undefined || heading.returns !== true) this.#setExaminer(heading.name);
    }
  }

  /** Whether a name can be short for that of the witness who gives evidence. */
  #isInForce(printed: string): boolean {
    const [name, witness = ''] = [this.#name(printed), this.#witness];
    const [words, known] = [name.split(' '), witness.split(' ')];
    const otherTitle = beginsWithTitle(name) && beginsWithTitle(witness) && words[0] !== known[0];
    return words.length <= known.length && !otherTitle && this.#isSamePerson(name, witness);
  }

  #leaveExaminer(): void {
    this.#examiner = undefined;
    this.#office = undefined;
  }

  #setExaminer(name: string | undefined): void {
    this.#leaveExaminer();
    this.#answered = false;
    this.#asker = undefined;
    this.#examined = true;
    if (name === undefined || name === '') return;
    if (isOffice(name)) this.#office = name.toUpperCase();
    else this.#examiner = this.#name(name);
  }

  #callWitness(line: number, printed: string): void {
    const name = this.#name(printed);
    this.#nameLine = undefined;
    const called = this.#witnesses.includes(name);
    if (!called) this.#witnesses.push(name, ...namesTogether(name));
    this.#witness = name;
    const open = this.#ranges.at(-1);
    if (open?.name === name && open.to < 0) return;
    this.#closeRange(line - 1);
    this.#ranges.push({ name, from: line, to: -1, examiners: [] });
    this.#leaveExaminer();
    this.#asker = undefined;
    this.#examined = true;
  }

  #closeRange(line: number): void {
    const open = this.#ranges.at(-1);
    if (open !== undefined && open.to < 0) open.to = Math.max(line, open.from);
  }

  #noteExaminer(name: string): void {
    const open = this.#ranges.at(-1);
    if (open === undefined || open.to >= 0 || open.examiners.includes(name)) return;
    if (!open.examiners.some((known) => this.#isSamePerson(name, known))) open.examiners.push(name);
  }

  #page(line: number): void {
    this.#closeRange(line - 1);
    this.#turn++;
    this.#exchange++;
    this.#afterQuestion = false;
    this.#current = undefined;
    this.#builder.passage(
      this.#start(line),
      { kind: 'page' },
      { turn: this.#turn, exchange: this.#exchange },
    );
  }

  /** A line that nobody speaks. */
  #aside(line: number): void {
    this.#begin(line, { kind: 'testimony', role: 'other' }, undefined);
    this.#current = undefined;
  }

  /** `at`: where in the line's text. */
  #begin(line: number, kind: TestimonyKind, doubt: Doubt | undefined, at = 0): void {
    this.#resumed = false;
    this.#turn++;
    if (this.#exchange === 0) this.#exchange = 1;
    this.#current = { kind, doubt };
    const start = this.#start(line) + at;
    this.#builder.passage(start, kind, { turn: this.#turn, exchange: this.#exchange, doubt });
  }

  #start(line: number): number {
    return this.#layout.lines[line]?.start ?? 0;
  }

  /** Passages of one kind share it: question and answer alternate, so the last one of each role is kept. */
  #kind(role: Role, speaker: string | undefined): TestimonyKind {
    const witness = this.#witness;
    const examiner = witness === undefined ? undefined : this.#questioner();
    const last = this.#kinds.get(role);
    if (last && last.speaker === speaker && last.witness === witness && last.examiner === examiner)
      return last;
    const kind: TestimonyKind = {
      kind: 'testimony',
      role,
      ...(speaker === undefined ? {} : { speaker }),
      ...(witness === undefined ? {} : { witness }),
      ...(examiner === undefined ? {} : { examiner }),
    };
    this.#kinds.set(role, kind);
    return kind;
  }
}

/** Witnesses who were sworn in one line, "Dr Jane Roe and Mr John Doe", each by name; none when it is one person's name. */
function namesTogether(name: string): string[] {
  const names = name.split(/,\s*(?:and\s+)?|\s+(?:and|&)\s+/i).map((one) => one.trim());
  return names.length > 1 && names.every((one) => beginsWithTitle(one) || one.includes(' ')) ? names : [];
}

/** "COUNSEL TO THE INQUIRY", "THE CHAIR", "the Panel": an office, without the name of who holds it. */
function isOffice(name: string): boolean {
  if (nameInBrackets(name) !== undefined) return false;
  return (
    isChairLabel(name.toUpperCase()) ||
    /\b(?:counsel|chair|coroner|panel|jury|juror|jurors|court|tribunal|assessor|assessors|inquiry|judge|solicitor to)\b/i.test(
      name,
    )
  );
}

/**
 * Whether this document writes an examiner's name out again after somebody else has spoken. Then `Q.` belongs to the
 * one named last; else to the examiner of the heading. Told by what follows interruptions in the document itself; where
 * "THE COURT" sits or "BY MR. X:" brings the examiner back, the examiner stays in force.
 */
function returnsAreNamed(events: readonly HearingEvent[]): boolean {
  const surnameOf = remembering(surname);
  const isWitness = remembering(isWitnessLabel);
  let [named, unnamed] = [0, 0];
  let asInAmerica = false;
  let examiner: string | undefined;
  let lastLabel: string | undefined;
  let interrupted = false;
  let asked = false;
  const settle = () => {
    if (interrupted && asked) unnamed++;
    interrupted = false;
    asked = false;
  };
  for (const event of events) {
    if (event.type === 'question') {
      if (interrupted) asked = true;
      else examiner = lastLabel ?? examiner;
    } else if (event.type === 'label' && !isWitness(event.label.printed)) {
      const who = surnameOf(event.label.printed);
      if (event.label.printed.length === 9 && /^THE COURT$/i.test(event.label.printed)) asInAmerica = true;
      if (interrupted && who === examiner) {
        named++;
        interrupted = false;
        asked = false;
      } else if (examiner !== undefined && who !== examiner) interrupted = true;
      lastLabel = who;
    } else if (event.type === 'apart' && event.heading.type !== 'other') {
      settle();
      if (event.heading.type === 'examiner' && event.heading.returns === true) asInAmerica = true;
      const name = examinerIn(event.heading);
      examiner = name === undefined || isOffice(name) ? undefined : surnameOf(name);
      lastLabel = undefined;
    }
  }
  settle();
  return !asInAmerica && named * 2 >= unnamed;
}

function examinerIn(heading: Heading): string | undefined {
  if (heading.type === 'witness') return heading.examiner;
  return heading.type === 'examiner' ? heading.name : undefined;
}
