import { deflateSync } from 'node:zlib';
import { CFB } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { lines, readings, textOf as readText } from '../spreadsheet/xlsx-file.ts';
import { box, container, listed, type PptSlide, pptFile, record, textOf } from './ppt-file.ts';

const extension = 'ppt';
const read = (...slides: readonly PptSlide[]) => lines(pptFile(slides), { extension });

describe('the slides of a PPT file', () => {
  test('boxes in their order; the text of a placeholder stands in the list of slides', async () => {
    const texts = [
      [0, 'The title'],
      [1, 'first point\rsecond point\vgoes on'],
    ] as const;
    const own = box(...textOf(4, 'in a box of its own'));
    expect(await read({ texts, boxes: [own, box(listed(1)), box(listed(0))] }, { boxes: [] })).toEqual([
      'heading 1: The title',
      'paragraph: in a box of its own',
      'paragraph: first point',
      'paragraph: second point\ngoes on',
      'paragraph 2: ',
    ]);
  });

  test('text of one byte a character; a number that the program fills in is no text', async () => {
    const narrow = box(
      record(0x0f9f, Buffer.from([4, 0, 0, 0])),
      record(0x0fa8, Buffer.from('caf\xe9', 'latin1')),
    );
    expect(await read({ boxes: [narrow, box(...textOf(4, '*'))] })).toEqual(['paragraph 1: café']);
  });

  test('notes, comments, footers and words drawn as art', async () => {
    const string = (instance: number, text: string) => record(0x0fba, Buffer.from(text, 'utf16le'), instance);
    const comment = container(0x2ee0, [string(0, 'DC Hale'), string(1, 'check this'), string(2, 'DH')]);
    const tags = container(0x1388, [container(0x138a, [string(0, '___PPT10'), record(0x138b, comment)])]);
    const footer = container(0x0fd9, [string(2, 'OFFICIAL')]);
    const art = Buffer.from('drawn\0', 'utf16le');
    const property = Buffer.alloc(6);
    property.writeUInt16LE(0xc000 | 192, 0);
    property.writeUInt32LE(art.length, 2);
    const drawn = container(0xf004, [record(0xf00b, Buffer.concat([property, art]), 1, 3)]);
    expect(await read({ boxes: [drawn], notes: 'for the speaker', more: [footer, tags] })).toEqual([
      'paragraph 1: drawn',
      'header: OFFICIAL',
      'note: for the speaker',
      'comment: DC Hale: check this',
    ]);
  });

  test('a slide that is not shown stands apart', async () => {
    expect(await read({ boxes: [box(...textOf(4, 'withdrawn'))], hidden: true })).toEqual([
      'paragraph/hidden 1: withdrawn',
    ]);
  });

  test('objects set into it are children, packed or not, but for its macros', async () => {
    const file = (streams: Readonly<Record<string, string>>) => {
      const made = CFB.utils.cfb_new();
      for (const [name, text] of Object.entries(streams))
        CFB.utils.cfb_add(made, `/${name}`, Buffer.from(text));
      return Buffer.from(CFB.write(made, { type: 'buffer' }));
    };
    const packed = (bytes: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(bytes.length, 0);
      // PowerPoint leaves out the checksum at the end.
      return record(0x1011, Buffer.concat([size, deflateSync(bytes).subarray(0, -4)]), 1);
    };
    const objects = [
      packed(file({ CONTENTS: '%PDF-1.4' })),
      record(0x1011, file({ WordDocument: 'words' })),
      packed(file({ 'VBA/Module1': 'Sub' })),
      record(0x1011, Buffer.from([0, 0, 0, 0, 1, 2, 3]), 1),
    ];
    const found = await readings(pptFile([{ boxes: [box(...textOf(4, 'text'))] }], objects), { extension });
    expect(found.slice(1)).toMatchObject([
      { type: 'child', name: 'object 200', bytes: new Uint8Array(Buffer.from('%PDF-1.4')) },
      { type: 'child', name: 'object 201' },
      { type: 'lost-child', name: 'object 203', outcome: 'failed' },
    ]);
  });

  test('without its list of slides the text is still read, and that is told of', async () => {
    const bytes = pptFile([{ boxes: [box(...textOf(4, 'found all the same'))] }]);
    const streams = CFB.read(Buffer.from(bytes), { type: 'buffer' });
    const kept = CFB.utils.cfb_new();
    CFB.utils.cfb_add(kept, '/PowerPoint Document', CFB.find(streams, '/PowerPoint Document').content);
    const file = new Uint8Array(CFB.write(kept, { type: 'buffer' }));
    expect(await lines(file, { extension })).toEqual(['paragraph 1: found all the same']);
    expect((await readText(file, { extension })).remarks).toEqual([
      'The list of its slides is damaged; their text was read without its order.',
    ]);
  });
});
