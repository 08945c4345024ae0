import { expect, test } from 'vitest';
import { wordsOfTsv } from '../../../src/formats/ocr/tsv.ts';

test('words come with their boxes, confidences, lines and blocks; other rows are passed over', () => {
  const table = [
    'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext',
    '1\t1\t0\t0\t0\t0\t0\t0\t500\t400\t-1\t',
    '4\t1\t1\t1\t1\t0\t10\t20\t90\t12\t-1\t',
    '5\t1\t1\t1\t1\t1\t10\t20\t40\t12\t96.4321\tSeal',
    '5\t1\t1\t1\t1\t2\t60\t20\t40\t12\t101\tA114072',
    '5\t1\t1\t1\t2\t1\t10\t40\t40\t12\t-3\twas',
    '5\t1\t2\t1\t1\t1\t210\t20\t40\t12\t12.5\ttab\tin it',
    '5\t1\t2\t1\t1\t2\t260\t20\t5\t12\t95\t ',
    '',
  ].join('\n');
  expect(wordsOfTsv(table)).toEqual([
    { text: 'Seal', confidence: 0.96, line: 0, block: 0, box: { left: 10, top: 20, right: 50, bottom: 32 } },
    { text: 'A114072', confidence: 1, line: 0, block: 0, box: { left: 60, top: 20, right: 100, bottom: 32 } },
    { text: 'was', confidence: 0, line: 1, block: 0, box: { left: 10, top: 40, right: 50, bottom: 52 } },
    {
      text: 'tab\tin it',
      confidence: 0.13,
      line: 2,
      block: 1,
      box: { left: 210, top: 20, right: 250, bottom: 32 },
    },
  ]);
});
