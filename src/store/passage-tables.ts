import { joinPassages, type PassageColumns, passagesOfOne } from '../query/passage-columns.ts';
import { DamagedColumns, loops, problems } from './columns.ts';
import { decodeUnits, firstStored } from './encoding.ts';

/**
 * Where the passages of many documents begin, from their tables of units, which lie one behind the other as they are
 * stored: to read them one by one takes many times what the reading itself does.
 * @param count How many they are.
 * @throws DamagedColumns when the bytes are not so many tables from `encodeUnits`, none of them deflated.
 */
export function readPassages(tables: Uint8Array, count: number): PassageColumns {
  const { calls, bytes } = loops();
  const parts: PassageColumns[] = [];
  let done = 0;
  for (let at = 0; at < tables.length; ) {
    const rest = tables.subarray(at, at + bytes.length);
    bytes.set(rest);
    const read = calls.readTables(rest.length);
    if (read < 0) throw new DamagedColumns(problems[read] ?? 'a table is damaged');
    if (read > 0) {
      parts.push(partRead(read));
      at += calls.position();
      done += read;
    } else {
      const long = firstStored(rest);
      parts.push(passagesOfOne(decodeUnits(long)));
      at += long.length;
      done += 1;
    }
  }
  if (done !== count) throw new DamagedColumns('there are not as many tables as documents');
  return joinPassages(parts);
}

/** What the loops have left in their rooms. */
function partRead(documents: number): PassageColumns {
  const { numbers, seconds, counts } = loops();
  const passageBounds = new Uint32Array(documents + 1);
  const endBounds = new Uint32Array(documents + 1);
  for (let document = 0; document < documents; document++) {
    // bounds have one more than there are documents, counts two for each
    passageBounds[document + 1] = (passageBounds[document] as number) + (counts[document * 2] as number);
    endBounds[document + 1] = (endBounds[document] as number) + (counts[document * 2 + 1] as number);
  }
  return {
    passage: numbers.slice(0, passageBounds[documents]),
    passageBounds,
    ends: seconds.slice(0, endBounds[documents]),
    endBounds,
  };
}
