import { Binary } from '../binary.ts';
import { objectInBytes, packagedFile } from '../embedded-objects.ts';
import type { Child, LostChild } from '../extraction.ts';

const embedded = 2;

/** The file in the data of `\objdata`: an OLE 1 object (MS-OLEDS 2.2.5) in hexadecimal digits. @param ordinal from 1. */
export function objectFile(digits: string, ordinal: number): Child | LostChild {
  const name = `object-${ordinal}`;
  const data = new Binary(Buffer.from(digits.replaceAll(/[^0-9a-fA-F]/g, ''), 'hex'));
  let at = 8;
  const className = textAt(data, at);
  for (let strings = 0; strings < 3; strings++) at += 4 + data.long(at);
  const bytes = data.slice(at + 4, data.long(at));
  if (data.long(4) !== embedded || bytes.length === 0) {
    const reason = 'The object is a link, or its data is damaged.';
    return { type: 'lost-child', relation: 'embedded', name, outcome: 'failed', reason };
  }
  if (className === 'Package') return packagedFile(bytes, 0, name);
  return objectInBytes(bytes, name);
}

function textAt(data: Binary, at: number): string {
  return Buffer.from(data.slice(at + 4, Math.max(0, data.long(at) - 1))).toString('latin1');
}
