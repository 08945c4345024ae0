import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompoundStreams } from '../../../src/formats/compound-streams.ts';
import { compoundFileOf } from '../../../src/formats/compound-writer.ts';
import { blockLine, extractions, linesOf } from '../word-processor/block-lines.ts';

const sample = new Uint8Array(
  readFileSync(resolve(import.meta.dirname, '../../../fixtures/formats/amended-statement.doc')),
);

const storedFile = (streams: Readonly<Record<string, Uint8Array>>) =>
  compoundFileOf(new Map(Object.entries(streams)));

/** The streams of the sample, some of them changed. */
function streamsOf(
  change: (name: string, bytes: Uint8Array) => Uint8Array | undefined,
): Record<string, Uint8Array> {
  const streams = new CompoundStreams(sample);
  return Object.fromEntries(
    streams.names.flatMap((name) => {
      const bytes = change(name, (streams.stream(name) ?? new Uint8Array()).slice());
      return bytes === undefined ? [] : [[name, bytes]];
    }),
  );
}

function withFlags(change: (flags: number) => number): Uint8Array {
  return storedFile(
    streamsOf((name, bytes) => {
      if (name !== 'WordDocument') return bytes;
      const view = new DataView(bytes.buffer);
      view.setUint16(10, change(view.getUint16(10, true)), true);
      return bytes;
    }),
  );
}

/** A file of Word 6: one stream, whose text stands in one piece. */
function oldFile(text: string, notes = ''): Uint8Array {
  const start = 0x300;
  const all = text + notes;
  const bytes = Buffer.alloc(start + all.length);
  bytes.writeUInt16LE(0xa5dc, 0);
  bytes.writeUInt16LE(0x65, 2);
  bytes.writeUInt32LE(start, 0x18);
  bytes.writeUInt32LE(start + all.length, 0x1c);
  bytes.writeUInt32LE(text.length, 0x34);
  bytes.writeUInt32LE(notes.length, 0x38);
  bytes.write(all, start, 'latin1');
  return storedFile({ WordDocument: bytes });
}

describe('Word 6 and 95', () => {
  test('give their text, and say what is not known', async () => {
    const [found] = await extractions(
      oldFile('Caf\xe9 \x93open\x94\rTime\x07Call\x07\x0710.02\x07Rang\x07\x07\x13 PAGE \x1412\x15 end\r'),
      'doc',
    );
    if (found?.type !== 'text' || found.content.layout !== 'blocks') throw new Error(found?.type);
    expect(found.content.blocks.map(blockLine)).toEqual([
      'paragraph: Café “open”',
      'row: Time\tCall',
      'row: 10.02\tRang',
      'paragraph: 12 end',
    ]);
    expect(found.remarks).toEqual([expect.stringMatching(/before Word 97.*without list numbers/)]);
  });

  test('keep the text of their notes', async () => {
    expect(await linesOf(oldFile('a\x02\r', '\x02 seen\r'), 'doc')).toEqual(['paragraph: a', 'note:  seen']);
  });

  test('a field that never ends swallows nothing', async () => {
    expect(await linesOf(oldFile('a \x13 PAGE b\rc\r'), 'doc')).toEqual([
      'paragraph: a  PAGE b',
      'paragraph: c',
    ]);
  });
});

describe('what cannot be read', () => {
  test.each<[what: string, bytes: Uint8Array, outcome: string, reason: RegExp]>([
    ['a password', withFlags((flags) => flags | 0x0100), 'encrypted', /password/],
    [
      'rights management',
      storedFile({ ...streamsOf((_, bytes) => bytes), '\tDRMContent': new Uint8Array(8) }),
      'encrypted',
      /rights management/,
    ],
    ['no document in the stream', storedFile({ WordDocument: new Uint8Array(9000) }), 'failed', /damaged/],
    ['no text', oldFile('\r\r'), 'failed', /No text could be read/],
  ])('%s', async (_, bytes, outcome, reason) => {
    const [found] = await extractions(bytes, 'doc');
    expect(found).toMatchObject({ type: 'unreadable', outcome });
    expect(found?.type === 'unreadable' && found.reason).toMatch(reason);
  });
});

describe('damage', () => {
  test('pieces that all stand for the whole stream give no more text than there are bytes', async () => {
    const pieces = 20_000;
    const table = Buffer.alloc(5 + 4 * (pieces + 1) + 8 * pieces);
    table[0] = 2;
    table.writeUInt32LE(table.length - 5, 1);
    for (let at = 0; at <= pieces; at++) table.writeUInt32LE(at * 5000, 5 + 4 * at);
    for (let at = 0; at < pieces; at++) table.writeUInt32LE(0x40000000, 5 + 4 * (pieces + 1) + 8 * at + 2);
    const streams = streamsOf((name, bytes) => (name === '1Table' ? table : bytes));
    const main = new DataView((streams['WordDocument'] ?? new Uint8Array()).buffer);
    main.setUint32(154 + 8 * 33, 0, true);
    main.setUint32(154 + 8 * 33 + 4, table.length, true);
    const [found] = await extractions(storedFile(streams), 'doc');
    expect(JSON.stringify(found).length).toBeLessThan(200_000);
  });

  test('without its tables the text is given as it is stored, and said to be', async () => {
    const [found] = await extractions(
      storedFile(streamsOf((name, bytes) => (/Table$/.test(name) ? undefined : bytes))),
      'doc',
    );
    expect(found).toMatchObject({
      type: 'text',
      remarks: [expect.stringMatching(/given as it is stored/)],
    });
    expect(JSON.stringify(found)).toContain('Harbour Row');
  });

  test('tables of nothing but high numbers end', async () => {
    for (const fill of [0x00, 0x01, 0x02, 0x7f, 0xff]) {
      const bytes = storedFile(
        streamsOf((name, stream) => (/Table$/.test(name) ? stream.fill(fill) : stream)),
      );
      expect((await extractions(bytes, 'doc')).length).toBeGreaterThan(0);
    }
  });
});

describe('embedded objects', () => {
  test('come out as files where they are kept as such, and are named where they are not', async () => {
    const bytes = storedFile({
      ...streamsOf((_, stream) => stream),
      'ObjectPool/_1/Package': Uint8Array.of(80, 75, 3, 4),
      'ObjectPool/_2/Workbook': Uint8Array.of(1),
      'ObjectPool/_3/Equation Native': Uint8Array.of(1),
    });
    const [, ...objects] = await extractions(bytes, 'doc');
    expect(objects).toMatchObject([
      { type: 'child', relation: 'embedded', name: '_1' },
      { type: 'child', relation: 'embedded', name: '_2' },
      { type: 'lost-child', relation: 'embedded', name: '_3', outcome: 'unsupported' },
    ]);
    const workbook = objects[1]?.type === 'child' ? objects[1].bytes : new Uint8Array();
    expect(new CompoundStreams(workbook).names).toEqual(['Workbook']);
  });
});
