import { CFB } from '@e965/xlsx';

/** A record of MS-PPT: its header and its data. A container holds other records. */
export function record(kind: number, data: Uint8Array, instance = 0, version = 0): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16LE((instance << 4) | version, 0);
  header.writeUInt16LE(kind, 2);
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data]);
}

export function container(kind: number, inside: readonly Uint8Array[], instance = 0): Buffer {
  return record(kind, Buffer.concat([...inside]), instance, 0xf);
}

const words = (...numbers: readonly number[]) => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * at);
  return bytes;
};

/** Text as two bytes a character, with what it is for (0 title, 1 body, 4 other) before it. */
export function textOf(type: number, text: string): readonly Buffer[] {
  return [record(0x0f9f, words(type)), record(0x0fa0, Buffer.from(text, 'utf16le'))];
}

export function box(...inside: readonly Uint8Array[]): Buffer {
  return container(0xf004, [container(0xf00d, inside)]);
}

/** The n-th text that the list of slides gives for the slide. */
export function listed(index: number): Buffer {
  return record(0x0f9e, words(index));
}

export interface PptSlide {
  /** Texts in the list of slides, which boxes name by number. */
  readonly texts?: readonly (readonly [type: number, text: string])[];
  readonly boxes?: readonly Buffer[];
  readonly hidden?: boolean;
  readonly notes?: string;
  /** Records besides its drawing. */
  readonly more?: readonly Buffer[];
}

/** A PPT file with these slides, and objects set into it. */
export function pptFile(slides: readonly PptSlide[], objects: readonly Buffer[] = []): Uint8Array {
  const stored: Buffer[] = [];
  const slideAtom = (at: number) =>
    record(0x03ef, Buffer.concat([words(0, 0, 0, 0, 1000 + at), Buffer.alloc(4)]));
  const show = (hidden: boolean) => {
    const data = Buffer.alloc(16);
    data.writeUInt16LE(hidden ? 4 : 0, 10);
    return record(0x03f9, data);
  };
  const list = slides.flatMap(({ texts = [] }, at) => [
    record(0x03f3, words(10 + at, 0, texts.length, 256 + at, 0)),
    ...texts.flatMap(([type, text]) => textOf(type, text)),
  ]);
  const notes = slides.flatMap(({ notes: text }, at) =>
    text === undefined ? [] : [record(0x03f3, words(100 + at, 0, 0, 1000 + at, 0))],
  );
  const places = new Map<number, Buffer>();
  places.set(1, container(0x03e8, [container(0x0ff0, list), container(0x0ff0, notes, 2)]));
  for (const [at, { boxes = [], hidden = false, notes: text, more = [] }] of slides.entries()) {
    places.set(10 + at, container(0x03ee, [slideAtom(at), show(hidden), container(0x040c, boxes), ...more]));
    if (text !== undefined)
      places.set(100 + at, container(0x03f0, [container(0x040c, [box(...textOf(2, text))])]));
  }
  for (const [at, object] of objects.entries()) places.set(200 + at, object);
  const offsets = new Map<number, number>();
  let length = 0;
  for (const [number, bytes] of places) {
    offsets.set(number, length);
    stored.push(bytes);
    length += bytes.length;
  }
  const directory = record(
    0x1772,
    words(...[...offsets].flatMap(([number, offset]) => [(1 << 20) | number, offset])),
  );
  const edit = record(0x0ff5, words(0, 0, 0, length, 1, 0, 0));
  const user = record(0x0ff6, words(20, 0xe391c05f, length + directory.length, 0));
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/PowerPoint Document', Buffer.concat([...stored, directory, edit]));
  CFB.utils.cfb_add(file, '/Current User', user);
  return new Uint8Array(CFB.write(file, { type: 'buffer' }));
}
