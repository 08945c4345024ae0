/** A field being read: `w:fldChar` begin … separate … end. */
interface OpenField {
  readonly ordinal: number;
  isInstruction: boolean;
  instruction: string;
}

/** What a form field holds instead of a result. */
export interface FormField {
  checked?: boolean;
  choices: string[];
  chosen: number;
}

/** A LISTNUM field: the list it names, the level it asks for (from 0) and the value it sets. */
export interface ListField {
  readonly name: string;
  readonly level: number | undefined;
  readonly start: number | undefined;
}

/** What a field without a result stands for: its paragraph's number, some text, or a number in a list. */
export interface ShownField {
  readonly number?: string;
  readonly text?: string;
  readonly list?: ListField;
}

function listField(instruction: string): ListField {
  const name = /^\s*LISTNUM\s+(?:"([^"]*)"|([^\s\\]+))/i.exec(instruction);
  const level = /\\l\s*"?(\d+)/i.exec(instruction)?.[1];
  const start = /\\s\s*"?(\d+)/i.exec(instruction)?.[1];
  return {
    name: name?.[1] ?? name?.[2] ?? 'NumberDefault',
    level: level === undefined ? undefined : Number(level) - 1,
    start: start === undefined ? undefined : Number(start),
  };
}

/**
 * The fields of one story. Their results are text, their instructions are not. A field that never ends would swallow
 * the rest of the story: those are in `unended`, by ordinal, so that the story can be read again without them.
 */
export class Fields {
  form: FormField | undefined;
  private readonly open: OpenField[] = [];
  private readonly ignored: ReadonlySet<number>;
  private begun = 0;
  private instructions = 0;
  private automaticNumber = 0;

  constructor(ignored: ReadonlySet<number>) {
    this.ignored = ignored;
  }

  /** Whether text that comes now belongs to an instruction. */
  get hidesText(): boolean {
    return this.instructions > 0;
  }

  get unended(): readonly number[] {
    return this.open.filter((field) => field.isInstruction).map((field) => field.ordinal);
  }

  begin(): void {
    const ordinal = this.begun++;
    this.form = undefined;
    if (this.ignored.has(ordinal)) return;
    this.open.push({ ordinal, isInstruction: true, instruction: '' });
    this.instructions++;
  }

  separate(): void {
    const field = this.open.at(-1);
    if (field?.isInstruction) this.endInstruction(field);
  }

  /** The instruction of the field that ends, when it has no result: what it shows has to be worked out. */
  end(): string | undefined {
    const field = this.open.pop();
    if (!field?.isInstruction) return undefined;
    this.endInstruction(field);
    return field.instruction;
  }

  addInstruction(text: string): void {
    const field = this.open.at(-1);
    if (field?.isInstruction) field.instruction += text;
  }

  /** What a field without a result shows: the number of its paragraph, or the state of a form field. */
  shown(instruction: string): ShownField {
    const name = /^\s*([A-Za-z]+)/.exec(instruction)?.[1]?.toUpperCase() ?? '';
    if (name === 'LISTNUM') return { list: listField(instruction) };
    if (/^AUTONUM/.test(name)) {
      this.automaticNumber++;
      return { number: `${this.automaticNumber}${/\\e/.test(instruction) ? '' : '.'}` };
    }
    if (name === 'FORMCHECKBOX') return { text: this.form?.checked ? '☒' : '☐' };
    if (name === 'FORMDROPDOWN') return { text: this.form?.choices[this.form.chosen] ?? '' };
    return {};
  }

  private endInstruction(field: OpenField): void {
    field.isInstruction = false;
    this.instructions--;
  }
}
