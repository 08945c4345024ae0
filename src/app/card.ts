import type { Copy, DocumentMetadata, DocumentRecord, MessageMetadata } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import type { DocumentCard, Parent } from './hit.ts';
import { holderRaw, shownPath } from './ingest/raw-path.ts';

/** Which copies may stand for a document; a filter holds if one copy satisfies all of it. */
export type CopyTest = (card: DocumentCard) => boolean;

/** Whether the copy is the latest version at its path. */
export function isCurrent({ supersededBy }: Pick<DocumentCard, 'supersededBy'>): boolean {
  return supersededBy === undefined;
}

/** How many documents are looked up in one reading: enough for its cost to be shared, few enough to hold. */
const documentsAtOnce = 256;

/** Documents as answers name them. Looks each up once. */
export class CardCatalogue {
  readonly #store: CaseStore;
  readonly #cards = new Map<DocumentId, readonly DocumentCard[]>();
  /** By root and raw path. */
  readonly #parents = new Map<string, Promise<Parent>>();

  constructor(store: CaseStore) {
    this.#store = store;
  }

  /** A card a copy, by (source, path). A document that only superseded paths hold comes with those. Empty for an unknown id. */
  async cards(id: DocumentId): Promise<readonly DocumentCard[]> {
    const known = this.#cards.get(id);
    if (known !== undefined) return known;
    const record = await this.#store.document(id);
    if (record === undefined) return [];
    let copies = await this.#store.copies(id);
    if (copies.length === 0) copies = await this.#store.copies(id, { superseded: true });
    return this.#keep(record, copies);
  }

  /** Looks many documents up at once; for `cards` to find them there. Those of which no copy is current are left to it. */
  async prepare(ids: readonly DocumentId[]): Promise<void> {
    for (let at = 0; at < ids.length; at += documentsAtOnce) {
      const unknown = ids.slice(at, at + documentsAtOnce).filter((id) => !this.#cards.has(id));
      if (unknown.length === 0) continue;
      const copies = new Map<DocumentId, Copy[]>();
      for (const copy of await this.#store.copiesOf(unknown)) {
        const own = copies.get(copy.document);
        if (own === undefined) copies.set(copy.document, [copy]);
        else own.push(copy);
      }
      for (const record of await this.#store.documentsOf(unknown)) {
        const own = copies.get(record.id);
        if (own !== undefined) await this.#keep(record, own);
      }
    }
  }

  async #keep(record: DocumentRecord, copies: readonly Copy[]): Promise<readonly DocumentCard[]> {
    const cards: DocumentCard[] = [];
    for (const copy of copies) {
      const card = cardOf(record, copy, copies);
      cards.push(needsMore(copy) ? await this.#complete(card, copy) : card);
    }
    this.#cards.set(record.id, cards);
    return cards;
  }

  /** The copy that is shown: the first that passes. */
  async card(id: DocumentId, test: CopyTest = () => true): Promise<DocumentCard | undefined> {
    return (await this.cards(id)).find(test);
  }

  async #complete(card: DocumentCard, { root, rawPath, supersededBy }: Copy): Promise<DocumentCard> {
    const holder = holderRaw(rawPath);
    const isGone = supersededBy !== undefined && !(await this.#store.hasDocument(supersededBy));
    return {
      ...card,
      ...(holder === undefined || isCut(card) ? {} : { parent: await this.#parentAt(root, holder) }),
      ...(isGone ? { isGone } : {}),
    };
  }

  #parentAt(root: string, rawPath: Uint8Array): Promise<Parent> {
    const key = `${root}/${Buffer.from(rawPath).toString('latin1')}`;
    const parent = this.#parents.get(key) ?? this.#findParent(root, rawPath);
    this.#parents.set(key, parent);
    return parent;
  }

  async #findParent(root: string, rawPath: Uint8Array): Promise<Parent> {
    const path = shownPath(root, rawPath);
    const lines = await this.#store.inputsAt(root, rawPath);
    const id = lines.find(({ part }) => part === undefined)?.document;
    const card = id === undefined ? undefined : await this.card(id, (one) => one.path === path);
    if (id === undefined || card === undefined) return { path };
    const { title, reference } = card;
    return { path, id, title, ...(reference === undefined ? {} : { reference }) };
  }
}

/** A part stands at the path of the file that it was cut from. */
function isCut({ path, parent }: DocumentCard): boolean {
  return parent?.path === path;
}

function needsMore({ rawPath, supersededBy }: Copy): boolean {
  return supersededBy !== undefined || holderRaw(rawPath) !== undefined;
}

/** All whose words a document is, as its own text names them; undefined where it names nobody. */
export function makersOf({ witnesses = [] }: DocumentMetadata): string | undefined {
  return witnesses.length === 0 ? undefined : witnesses.map(({ name }) => name).join(' and ');
}

/** One copy's view of its document: what a person said goes before what the text says, and that before the file's own name. */
export function cardOf(record: DocumentRecord, copy: Copy, copies: readonly Copy[]): DocumentCard {
  const { given } = copy;
  const { metadata } = record;
  const makers = record.kind === 'hearing' ? undefined : makersOf(metadata);
  const witness = given.witness ?? makers;
  const date = given.date ?? metadata.date;
  const day = given.day ?? metadata.day;
  const reference = given.reference ?? metadata.reference;
  return {
    id: record.id,
    title: given.title ?? metadata.title ?? fileTitle(copy.path),
    path: copy.path,
    source: copy.source,
    kind: given.kind ?? record.kind,
    ...(date === undefined ? {} : { date }),
    ...(day === undefined ? {} : { day }),
    ...(witness === undefined ? {} : { witness }),
    ...(reference === undefined ? {} : { reference }),
    ...parentOf(record, copy),
    ...(given.title === undefined ? correspondents(metadata.message) : {}),
    sha256: record.parent ?? record.id,
    pages: record.pages,
    unreadablePages: record.unreadableSheets,
    confidence: given.kind === undefined ? record.confidence : 1,
    copies: copies.filter((other) => other !== copy).map((other) => other.path),
    ...(copy.supersededBy === undefined ? {} : { supersededBy: copy.supersededBy }),
  };
}

/** As far as the copy itself tells. */
function parentOf(record: DocumentRecord, { root, rawPath, path }: Copy): { readonly parent?: Parent } {
  if (record.parent !== undefined) return { parent: { path, id: record.parent } };
  const holder = holderRaw(rawPath);
  return holder === undefined ? {} : { parent: { path: shownPath(root, holder) } };
}

/** Who wrote to whom; left out where a person gave the message a title to go by. */
function correspondents(message: MessageMetadata | undefined): Pick<DocumentCard, 'from' | 'to' | 'sent'> {
  const from = namesOf(message?.from);
  const to = namesOf(message?.to);
  const sent = message?.sent;
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(sent === undefined ? {} : { sent }),
  };
}

function namesOf(people: readonly string[] | undefined): string | undefined {
  const [first, ...others] = people ?? [];
  if (first === undefined) return undefined;
  const name = first.replace(/\s*<[^<>]*>$/, '') || first.replace(/[<>]/g, '');
  if (others.length === 0) return name;
  return `${name} and ${others.length === 1 ? 'another' : `${others.length} others`}`;
}

function fileTitle(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
