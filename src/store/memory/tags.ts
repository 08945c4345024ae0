import type { DocumentId } from '../../model/identifiers.ts';
import {
  type ExclusiveTags,
  labelKey,
  labelOf,
  type MadeTagChange,
  type NewTagBatch,
  originColumns,
  originOf,
  type PlacedOrigin,
  type Tag,
  type TagBatch,
  type TagChange,
  type TagLabel,
  type TagOrigin,
} from '../../model/tag.ts';
import type { RecordedBatch, TagSelection } from '../store.ts';
import { Table, type Undo } from './table.ts';

interface LabelRow {
  readonly number: number;
  readonly label: TagLabel;
  readonly note?: string;
}

interface HoldingRow {
  readonly label: number;
  readonly origin: TagOrigin;
  readonly batch: number;
}

interface ChangeRow {
  readonly number: number;
  readonly batch: number;
  readonly label: number;
  readonly made:
    | { readonly type: 'put' | 'take'; readonly origin: TagOrigin; readonly since: number }
    | { readonly type: 'note'; readonly before?: string; readonly after?: string };
}

/** Tags with their batches, as `TagTable` keeps them on disk. */
export class MemoryTags {
  readonly #labels: Table<LabelRow, 'number' | 'document'>;
  readonly #holdings: Table<HoldingRow, 'label'>;
  readonly #changes: Table<ChangeRow, 'batch' | 'label'>;
  readonly #batches: Table<TagBatch>;
  readonly #exclusive: Table<ExclusiveTags>;
  /** Never given twice, so that nothing that is taken back is met again. */
  #lastNumber = 0;

  constructor(undo: Undo) {
    this.#labels = new Table(undo, ({ label }) => labelColumns(label), {
      number: ({ number }) => [String(number)],
      document: ({ label }) => [label.document],
    });
    this.#holdings = new Table(undo, ({ label, origin }) => [String(label), ...originColumns(origin)], {
      label: ({ label }) => [String(label)],
    });
    this.#changes = new Table(undo, ({ number }) => [padded(number)], {
      batch: ({ batch }) => [String(batch)],
      label: ({ label }) => [String(label)],
    });
    this.#batches = new Table(undo, ({ number }) => [padded(number)], {});
    this.#exclusive = new Table(undo, (tags) => [JSON.stringify(tags)], {});
  }

  record(batch: NewTagBatch, changes: readonly TagChange[]): RecordedBatch {
    const number = (this.#batches.all().at(-1)?.number ?? 0) + 1;
    const done = { put: 0, taken: 0, noted: 0 };
    for (const change of changes) {
      if (change.type === 'put') done.put += this.#put(number, change);
      else if (change.type === 'take') this.#take(number, change, done);
      else done.noted += this.#note(number, change.label, change.note, true);
    }
    const declared = this.#changeExclusive(batch);
    if (done.put + done.taken + done.noted + declared === 0) return done;
    this.#batches.put({ ...batch, number, ...done });
    return { number, ...done };
  }

  #put(batch: number, { label, origin, since = batch }: Extract<TagChange, { type: 'put' }>): number {
    const row = this.#labels.get(...labelColumns(label)) ?? this.#addLabel(label);
    if (this.#holdings.get(String(row.number), ...originColumns(origin)) !== undefined) return 0;
    this.#holdings.put({ label: row.number, origin: originOf(origin), batch: since });
    this.#addChange(batch, row.number, { type: 'put', origin: originOf(origin), since });
    return 1;
  }

  #take(
    batch: number,
    { label, origin }: Extract<TagChange, { type: 'take' }>,
    done: { taken: number; noted: number },
  ): void {
    const row = this.#labels.get(...labelColumns(label));
    const key = row && [String(row.number), ...originColumns(origin)];
    const held = key && this.#holdings.get(...key);
    if (row === undefined || key === undefined || held === undefined) return;
    this.#holdings.delete(...key);
    this.#addChange(batch, row.number, { type: 'take', origin: held.origin, since: held.batch });
    done.taken += 1;
    done.noted += this.#note(batch, label, undefined, false);
  }

  /** Sets the note of a label that is held, or of one that nothing holds any more. */
  #note(batch: number, label: TagLabel, note: string | undefined, held: boolean): number {
    const row = this.#labels.get(...labelColumns(label));
    if (row === undefined || this.#isHeld(row) !== held || row.note === note) return 0;
    this.#labels.put({ number: row.number, label: row.label, ...(note !== undefined && { note }) });
    this.#addChange(batch, row.number, {
      type: 'note',
      ...(row.note !== undefined && { before: row.note }),
      ...(note !== undefined && { after: note }),
    });
    return 1;
  }

  #isHeld({ number }: LabelRow): boolean {
    return this.#holdings.in('label', String(number)).length > 0;
  }

  #addLabel(label: TagLabel): LabelRow {
    const row = { number: ++this.#lastNumber, label: labelOf(label) };
    this.#labels.put(row);
    return row;
  }

  #addChange(batch: number, label: number, made: ChangeRow['made']): void {
    this.#changes.put({ number: ++this.#lastNumber, batch, label, made });
  }

  #changeExclusive({ exclusive }: NewTagBatch): number {
    const { declared = [], withdrawn = [] } = exclusive ?? {};
    const gone = withdrawn.filter((tags) => this.#exclusive.delete(JSON.stringify(tags)));
    const come = declared.filter((tags) => this.#exclusive.get(JSON.stringify(tags)) === undefined);
    for (const tags of come) this.#exclusive.put(tags);
    return gone.length + come.length;
  }

  exclusive(): readonly ExclusiveTags[] {
    return this.#exclusive.all();
  }

  removeFrom(document: DocumentId): void {
    for (const row of this.#labels.in('document', document)) this.#removeLabel(row);
  }

  #removeLabel({ number, label }: LabelRow): void {
    for (const { origin } of this.#holdings.in('label', String(number)))
      this.#holdings.delete(String(number), ...originColumns(origin));
    for (const change of this.#changes.in('label', String(number)))
      this.#changes.delete(padded(change.number));
    this.#labels.delete(...labelColumns(label));
  }

  move(from: TagLabel, to: TagLabel, keep: boolean): void {
    const old = this.#labels.get(...labelColumns(from));
    const known = this.#labels.get(...labelColumns(to));
    if (old === undefined || known === old) return;
    if (known === undefined && !keep) {
      this.#labels.delete(...labelColumns(from));
      this.#labels.put({ ...old, label: labelOf(to) });
      return;
    }
    this.#copyLabel(old, known ?? this.#addLabel(to));
    if (!keep) this.#removeLabel(old);
  }

  #copyLabel(from: LabelRow, to: LabelRow): void {
    const known = new Set(this.#changes.in('label', String(to.number)).map(subjectOf));
    for (const change of this.#changes.in('label', String(from.number)))
      if (!known.has(subjectOf(change))) this.#addChange(change.batch, to.number, change.made);
    for (const { origin, batch } of this.#holdings.in('label', String(from.number)))
      if (this.#holdings.get(String(to.number), ...originColumns(origin)) === undefined)
        this.#holdings.put({ label: to.number, origin, batch });
    if (to.note === undefined && from.note !== undefined) this.#labels.put({ ...to, note: from.note });
  }

  *select({ name, document }: TagSelection): Generator<Tag> {
    const rows = document === undefined ? this.#labels.all() : this.#labels.in('document', document);
    for (const { number, label, note } of rows) {
      if (name !== undefined && label.name !== name) continue;
      const origins = this.#holdings.in('label', String(number)).map((row) => this.#placed(row));
      if (origins.length > 0) yield { ...label, ...(note !== undefined && { note }), origins };
    }
  }

  #placed({ origin, batch: number }: HoldingRow): PlacedOrigin {
    const batch = this.#batches.get(padded(number));
    const { by = '', at = '', state } = batch ?? {};
    return {
      ...origin,
      batch: number,
      by,
      at,
      ...(state !== undefined && origin.kind === 'rule' && { state }),
    };
  }

  /** Documents that have tags, or had some. */
  documents(): readonly DocumentId[] {
    return [...new Set(this.#labels.all().map(({ label }) => label.document))];
  }

  batches(): readonly TagBatch[] {
    return this.#batches.all();
  }

  changes(batch: number): readonly MadeTagChange[] {
    return this.#changes.in('batch', String(batch)).map(({ label, made }) => {
      const [row] = this.#labels.in('number', String(label));
      if (row === undefined) throw new RangeError(`no label ${label}`);
      return { label: row.label, ...made };
    });
  }

  laterChanges(batch: number): ReadonlyMap<number, number> {
    const later = new Map<number, Set<number>>();
    for (const earlier of this.#changes.in('batch', String(batch))) {
      for (const change of this.#changes.in('label', String(earlier.label))) {
        if (change.batch <= batch || whoseOf(change) !== whoseOf(earlier)) continue;
        const numbers = later.get(change.batch) ?? new Set();
        later.set(change.batch, numbers.add(change.number));
      }
    }
    return new Map([...later].sort(([a], [b]) => a - b).map(([number, changes]) => [number, changes.size]));
  }
}

function labelColumns(label: TagLabel): readonly string[] {
  return labelKey(label).split('\n');
}

function padded(number: number): string {
  return String(number).padStart(16, '0');
}

/** What a change is of: an origin, or the note. */
function subjectOf({ made }: ChangeRow): string {
  return made.type === 'note' ? '' : JSON.stringify(originColumns(made.origin));
}

/** The same, whatever the origin's version and reason. */
function whoseOf({ made }: ChangeRow): string {
  return made.type === 'note' ? '' : JSON.stringify([made.origin.kind, made.origin.name]);
}
