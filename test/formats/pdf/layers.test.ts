import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mayHaveLayers } from '../../../src/formats/pdf/layers.ts';

const packed = (text: string) => {
  const body = deflateSync(Buffer.from(text)).toString('latin1');
  return `5 0 obj << /Type /ObjStm /Filter /FlateDecode /Length ${body.length} >>\nstream\n${body}\nendstream`;
};

test.each<[string, string, boolean]>([
  ['in plain sight', '<< /Type /Catalog /OCProperties 3 0 R >>', true],
  ['in a packed object', packed('<< /Type /Catalog /OCProperties 3 0 R >>'), true],
  ['in the second of two', packed('<< >>') + packed('<< /OCProperties 3 0 R >>'), true],
  ['nowhere', `<< /Type /Catalog >>${packed('<< /Type /Pages >>')}`, false],
  ['where nobody can look', '<< /Encrypt 4 0 R >>', true],
  ['in a packed object that is damaged', '<< /Type /ObjStm >>\nstream\nxxxx\nendstream', true],
])('layers %s', (_, text, expected) => {
  expect(mayHaveLayers(Buffer.from(text, 'latin1'))).toBe(expected);
});
