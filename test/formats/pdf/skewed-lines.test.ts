import { describe, expect, it } from 'vitest';
import { rawPdf } from './raw-pdf.ts';
import { readSheets } from './reading.ts';

const rows = 25;
const [firstBaseline, pitch] = [720, 24];
const [numbersLeft, wordsLeft] = [72, 130];

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A page of numbered lines in Courier: each a number, and words with their own places, as programs lay them over a scan. */
function words(): Word[] {
  return Array.from({ length: rows }, (_, row) => {
    const y = firstBaseline - row * pitch;
    const said = `was it on line ${row + 1} that you saw the van go over the bridge`.split(' ');
    let x = wordsLeft;
    const placed = said.map((text) => {
      const word = { text, x, y };
      x += (text.length + 1) * 6;
      return word;
    });
    return [{ text: String(row + 1), x: numbersLeft, y }, ...placed];
  }).flat();
}

const picture = 'q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xf0 EI Q\n';

/** The page as it lies on a scanner, turned about its middle; `level`: each word is level, and only its place is off. */
function scan(degrees: number, level: boolean): Uint8Array {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const drawn = words().map(({ text, x, y }) => {
    const [across, up] = [x - 300, y - 400];
    const at = `${(300 + across * cos - up * sin).toFixed(3)} ${(400 + across * sin + up * cos).toFixed(3)}`;
    const matrix = level
      ? '1 0 0 1'
      : `${cos.toFixed(5)} ${sin.toFixed(5)} ${(-sin).toFixed(5)} ${cos.toFixed(5)}`;
    return `BT 3 Tr /F2 10 Tf ${matrix} ${at} Tm (${text} ) Tj ET\n`;
  });
  return rawPdf([{ content: picture + drawn.join('') }]);
}

describe('the recognised text of a sheet that lay askew', () => {
  it.each([-2, -0.8, 0.5, 1, 2, 4])(
    'by %d degrees is level: lines and columns stand as printed',
    async (degrees) => {
      for (const level of [true, false]) {
        const [sheet] = await readSheets(scan(degrees, level));
        const runs = sheet?.runs ?? [];
        expect(sheet?.ocr).toBe('file');
        for (const { text, box } of runs) {
          const row = /^(\d+)$|on line (\d+)/.exec(text);
          const at = row === null ? -1 : Number(row[1] ?? row[2]) - 1;
          if (at < 0) continue;
          expect(800 - box.bottom).toBeCloseTo(firstBaseline - at * pitch, 0);
          expect(Math.abs(box.left - (row?.[1] === undefined ? wordsLeft : numbersLeft))).toBeLessThan(3);
        }
        expect(runs.filter(({ text }) => text.includes('on line'))).toHaveLength(rows);
        expect(runs).toHaveLength(2 * rows);
      }
    },
  );

  it('is left as it stands where it is level, or where too little of it shows a slope', async () => {
    const [sheet] = await readSheets(scan(0, false));
    expect(new Set(sheet?.runs.map(({ box }) => box.left.toFixed(2)))).toEqual(new Set(['72.00', '130.00']));
    const short = rawPdf([
      { content: `${picture}BT 3 Tr /F2 10 Tf 0.995 0.1 -0.1 0.995 72 700 Tm (a few words alone) Tj ET\n` },
    ]);
    const [few] = await readSheets(short);
    expect(few?.runs[0]?.box.left).toBeCloseTo(72, 1);
  });

  it('does not touch what is printed askew', async () => {
    const printed = Buffer.from(
      Buffer.from(scan(2, false))
        .toString('latin1')
        .replaceAll('3 Tr', '0 Tr')
        .replace(picture, ' '.repeat(picture.length)),
      'latin1',
    );
    const [sheet] = await readSheets(printed);
    const lefts = (sheet?.runs ?? []).filter(({ text }) => /^\d+$/.test(text)).map(({ box }) => box.left);
    expect(Math.max(...lefts) - Math.min(...lefts)).toBeGreaterThan(15);
  });
});
