import { SaxesParser } from 'saxes';
import type { OpenedPdf } from './opened-pdf.ts';
import { filledBytes } from './pdfium-strings.ts';

/**
 * The lines of a form in Adobe's XML architecture (XFA): what is printed on it, each field with its value, and values
 * that no field of the form's pattern shows. None when the file has no such form. Nothing is computed: the form's
 * scripts are not run.
 */
export function xfaLines(pdf: OpenedPdf): readonly string[] {
  const { calls } = pdf.instance;
  const count = calls.FPDF_GetXFAPacketCount(pdf.document);
  if (count <= 0) return [];
  const packets = Array.from({ length: count }, (_, i) => packet(pdf, i));
  const form = parseForm(packets.join(''));
  return linesOf(form);
}

function packet({ instance, document, scratch }: OpenedPdf, index: number): string {
  const { calls, heap } = instance;
  const bytes = filledBytes(instance, (buffer, size) => {
    calls.FPDF_GetXFAPacketContent(document, index, buffer, size, scratch);
    return new DataView(heap.HEAPU8.buffer).getUint32(scratch, true);
  });
  return new TextDecoder('utf-8').decode(bytes);
}

/** Something printed, or a field with what is printed beside it and the value that it has from the start. */
interface Item {
  readonly field?: string;
  caption: string;
  value: string;
}

interface Form {
  readonly items: Item[];
  /** Values by the names of their fields, in the order of the file. */
  readonly data: { readonly name: string; readonly value: string }[];
}

/** @param xml The packets one after the other; a damaged form gives what comes before the damage. */
export function parseForm(xml: string): Form {
  const reader = new FormReader();
  const parser = new SaxesParser<{ xmlns: false; fragment: true }>({ xmlns: false, fragment: true });
  // Damage ends a form; what was read before it is kept.
  parser.on('error', () => undefined);
  parser.on('opentag', ({ name, attributes }) => reader.open(localName(name), attributes['name']));
  parser.on('closetag', ({ name }) => reader.close(localName(name)));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.write(xml).close();
  return reader;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Elements of a form's pattern whose text nobody is shown. */
const unseen = new Set([
  'script',
  'event',
  'items',
  'toolTip',
  'speak',
  'bind',
  'extras',
  'validate',
  'calculate',
  'desc',
]);

class FormReader implements Form {
  readonly items: Item[] = [];
  readonly data: { name: string; value: string }[] = [];
  readonly #path: string[] = [];
  #item: Item | undefined;
  #isLeaf = false;
  #value = '';

  open(name: string, named: string | undefined): void {
    this.#path.push(name);
    this.#isLeaf = true;
    this.#value = '';
    if (!this.#isIn('template')) return;
    if (name === 'draw') this.#item = { caption: '', value: '' };
    if (name === 'field') this.#item = { field: named ?? '', caption: '', value: '' };
    if ((name === 'p' || name === 'br') && this.#item) this.#add(this.#item, ' ');
  }

  text(text: string): void {
    this.#value += text;
    if (this.#item && !this.#path.some((name) => unseen.has(name))) this.#add(this.#item, text);
  }

  close(name: string): void {
    if (this.#isLeaf && this.#isIn('data')) this.data.push({ name, value: this.#value });
    this.#isLeaf = false;
    this.#path.pop();
    if ((name === 'draw' || name === 'field') && this.#item && this.#isIn('template')) {
      this.items.push(this.#item);
      this.#item = undefined;
    }
  }

  #add(item: Item, text: string): void {
    if (this.#isIn('caption')) item.caption += text;
    else item.value += text;
  }

  #isIn(name: string): boolean {
    return this.#path.includes(name);
  }
}

function linesOf({ items, data }: Form): readonly string[] {
  const left = data
    .map(({ name, value }) => ({ name, value: tidy(value) }))
    .filter(({ value }) => value !== '');
  const lines = items.map(({ field, caption, value }) => {
    if (field === undefined) return tidy(value);
    const at = left.findIndex(({ name }) => name === field);
    const [filled] = at < 0 ? [] : left.splice(at, 1);
    return pair(tidy(caption) || (filled ? field : ''), filled?.value ?? tidy(value));
  });
  return [...lines, ...left.map(({ name, value }) => pair(name, value))].filter((line) => line !== '');
}

function pair(caption: string, value: string): string {
  if (caption === '' || value === '') return caption + value;
  return /[:?.]$/.test(caption) ? `${caption} ${value}` : `${caption}: ${value}`;
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
