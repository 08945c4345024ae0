import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { png } from '../../fixtures/layout/grey-png.ts';
import { openCaseFrom } from '../../src/app/case.ts';
import { pdf, pngOf, scan, scannedPdf } from '../formats/ocr/scans.ts';
import { emptyFolder, ended, pincite, start } from './pincite.ts';

const first = ['The telephone was handed in at the', 'front counter on Saturday morning.'];
const second = ['It bore the exhibit mark JP/7 and', 'was sealed in a clear plastic bag.'];

interface Folder {
  readonly folder: string;
  run(...words: string[]): Promise<string>;
  json(...words: string[]): Promise<Record<string, unknown>>;
  put(name: string, bytes: Uint8Array): void;
}

/** A case whose OCR is done by the engine that comes with pincite, whatever else is installed here. */
async function newCase(): Promise<Folder> {
  const folder = emptyFolder();
  const run = async (...words: string[]) => {
    const { stdout, stderr, code } = await pincite(folder, words);
    if (code !== 0 && code !== 1 && code !== 3) throw new Error(`${code}: ${stderr}`);
    return stdout;
  };
  await run('init');
  mkdirSync(join(folder, 'papers'));
  await run('settings', 'ocr.engine', 'built-in');
  return {
    folder,
    run,
    json: async (...words) => JSON.parse(await run(...words, '--format', 'json')),
    put: (name, bytes) => writeFileSync(join(folder, 'papers', name), bytes),
  };
}

async function places({ json }: Folder, query: string): Promise<unknown[]> {
  const { hits } = await json('search', query);
  return (hits as { place: unknown }[]).map(({ place }) => place);
}

describe('ingest', () => {
  test('recognises scanned sheets and pictures once all text is read, and says so of every place', async () => {
    const one = await newCase();
    one.put('scan.pdf', await scannedPdf([await scan(first), await scan(second, { turns: 2, askew: 1.5 })]));
    one.put('photo.png', pngOf(await scan(['Found beside the quay'], { turns: 1 })));
    const summary = await one.json('ingest', 'papers');
    expect(summary).toMatchObject({ indexed: 2, partly: 0, pages: 3, unread: [], awaitingSheets: 0 });
    expect(summary['recognition']).toMatchObject({ sheets: 3, failedSheets: 0, documents: 2, left: 0 });
    const [place] = await places(one, '"handed in at the front counter"');
    expect(place).toMatchObject({ ocr: 'ours', sheet: 1 });
    expect((place as { confidence: number }).confidence).toBeGreaterThan(0.8);
    expect(await places(one, '"sealed in a clear plastic bag"')).toMatchObject([{ ocr: 'ours', sheet: 2 }]);
    expect(await places(one, '"beside the quay"')).toMatchObject([{ ocr: 'ours' }]);
    const status = await one.run('status');
    expect(status).toContain('3 sheets recognised by OCR');
    expect(status).toContain('tesseract.js');
    expect(await one.run('verify')).toBe('The case is whole.\n');
  }, 120_000);

  test('reads a sheet with a text layer as it is, and no sheet twice', async () => {
    const one = await newCase();
    const typed = await pdf([420, 300], (document) => {
      document.fontSize(14).text(first.join(' '), 40, 40, { width: 340 });
      document.addPage({ size: [420, 300], margin: 0 });
      document.image(Buffer.from(pngOf(scanOnce)), 0, 0, { width: 420, height: 300 });
      document.fontSize(10).text('INQ000777_0002', 20, 280, { lineBreak: false });
    });
    one.put('mixed.pdf', typed);
    const { recognition } = await one.json('ingest', 'papers');
    expect(recognition).toMatchObject({ sheets: 1 });
    expect(await places(one, 'telephone')).toHaveLength(1);
    expect(await places(one, 'exhibit')).toMatchObject([{ sheet: 2, ocr: 'ours' }]);
    expect(await places(one, '(telephone OR exhibit) is:ocr')).toMatchObject([{ sheet: 2 }]);
    expect(await places(one, '(telephone OR exhibit) NOT is:ocr')).toMatchObject([{ sheet: 1 }]);
    expect(await places(one, 'INQ000777_0002 OR zone:stamp INQ000777_0002')).toHaveLength(1);
    expect((await one.json('ingest', 'papers', '--reread'))['recognition']).toBeUndefined();
    expect(await places(one, 'exhibit')).toHaveLength(1);
  }, 120_000);
});

test('is:ocr also keeps text that whoever made the file had recognised', async () => {
  const one = await newCase();
  const sample = resolve(import.meta.dirname, '../../fixtures/formats/scan-with-text-layer.pdf');
  one.put('scan.pdf', readFileSync(sample));
  await one.run('ingest', 'papers', '--ocr', 'off');
  expect(await places(one, 'harbour is:ocr')).toMatchObject([{ ocr: 'file' }]);
  expect(await places(one, 'harbour NOT is:ocr')).toEqual([]);
});

const scanOnce = await scan(second);

describe('ocr', () => {
  test('does later what ingest left, with the same contents in the end, and moves tags', async () => {
    const bytes = await scannedPdf([await scan(first), scanOnce]);
    const mixed = await pdf([420, 300], (document) => {
      document.fontSize(14).text('Typed words about a ferry ticket.', 40, 40);
      document.addPage({ size: [420, 300], margin: 0 });
      document.image(Buffer.from(pngOf(scanOnce)), 0, 0, { width: 420, height: 300 });
    });
    const [whole, later] = [await newCase(), await newCase()];
    for (const one of [whole, later]) {
      one.put('a.pdf', bytes);
      one.put('b.pdf', bytes);
      one.put('mixed.pdf', mixed);
      one.put('manifest.csv', Buffer.from('file,title,date\na.pdf,A scan,2014-11-22\n'));
    }
    await whole.run('ingest', 'papers', '--manifest', 'papers/manifest.csv');
    const left = await later.json('ingest', 'papers', '--manifest', 'papers/manifest.csv', '--ocr', 'off');
    expect(left).toMatchObject({ partly: 1, awaitingSheets: 3 });
    expect((left['unread'] as unknown[]).length).toBe(2);
    await later.run('tag', 'add', 'ticket', '--query', '"ferry ticket"');
    await later.run('ocr');
    expect((await later.json('tag', 'list'))['tags']).toMatchObject([{ tag: 'ticket' }]);
    await later.run('tag', 'remove', 'ticket', '--all');
    expect(await later.run('verify', '--digest')).toBe(await whole.run('verify', '--digest'));
    expect(await later.run('ocr')).toBe('Nothing waits for OCR.\n');
    const docs = (await later.json('docs'))['documents'] as Record<string, unknown>[];
    expect(docs).toContainEqual(expect.objectContaining({ title: 'A scan', date: '2014-11-22' }));
  }, 180_000);

  test('goes on where it was killed, page by page', async () => {
    const one = await newCase();
    const scans = await Promise.all(
      ['ferry', 'harbour', 'lighthouse', 'warehouse'].map((word) => scan([`A note about the ${word}`])),
    );
    const file = await scannedPdf(scans);
    one.put('scan.pdf', file);
    const child = start(one.folder, ['ingest', 'papers', '--workers', '1']);
    const end = ended(child);
    while (child.exitCode === null && !(await isKept(one, file)))
      await new Promise((wake) => setTimeout(wake, 20));
    child.kill('SIGKILL');
    await end;
    expect(await one.run('verify')).toBe('The case is whole.\n');
    const { recognition } = await one.json('ingest', 'papers');
    expect((recognition as { sheets: number }).sheets).toBeLessThan(4);
    expect(await places(one, 'lighthouse')).toHaveLength(1);
    const other = await newCase();
    other.put('scan.pdf', file);
    await other.run('ingest', 'papers');
    expect(await one.run('verify', '--digest')).toBe(await other.run('verify', '--digest'));
  }, 180_000);

  test('replaces a text layer when it is forced to, and never stands beside it', async () => {
    const one = await newCase();
    const covered = await pdf([420, 300], (document) => {
      document.image(Buffer.from(pngOf(scanOnce)), 0, 0, { width: 420, height: 300 });
      // Text that is neither filled nor stroked, as programs for OCR lay it over a scan (ISO 32000, 9.3.6).
      document.addContent('3 Tr').fontSize(8);
      document.text(
        'Thc exhibit mork was rcad wrong by somebody who had made a text layer of it, in many words, long ago, and more.',
        20,
        200,
        { width: 380 },
      );
    });
    one.put('old.pdf', covered);
    await one.run('ingest', 'papers');
    expect(await places(one, 'mork')).toHaveLength(1);
    await one.run('ocr', 'old.pdf', '--force');
    expect(await places(one, 'mork')).toHaveLength(0);
    expect(await places(one, '"exhibit mark"')).toMatchObject([{ ocr: 'ours' }]);
  }, 120_000);
});

describe('what cannot be recognised', () => {
  test('is accounted for: a picture that is too large, one that is damaged, one without words', async () => {
    const one = await newCase();
    one.put('bomb.png', png(100_000, 100_000, { depth: 8, colour: 2 }, new Uint8Array(100)));
    one.put('cut.png', Buffer.from(pngOf(scanOnce)).subarray(0, 300));
    one.put(
      'blank.png',
      png(
        300,
        200,
        { depth: 8, colour: 0 },
        new Uint8Array(200 * 301).fill(255).map((v, i) => (i % 301 === 0 ? 0 : v)),
      ),
    );
    const { unread } = await one.json('ingest', 'papers');
    expect(unread).toEqual([
      expect.objectContaining({ path: expect.stringContaining('blank.png'), outcome: 'empty' }),
      expect.objectContaining({ path: expect.stringContaining('bomb.png'), outcome: 'too-large' }),
      expect.objectContaining({ path: expect.stringContaining('cut.png'), outcome: 'failed' }),
    ]);
  }, 120_000);

  test.skipIf(process.platform !== 'linux')(
    'is a page over which the machine’s own engine takes too much memory; the others are (on Linux)',
    async () => {
      const one = await newCase();
      const programs = join(one.folder, 'programs');
      mkdirSync(programs);
      writeFileSync(join(programs, 'tesseract'), hoardingTesseract, { mode: 0o755 });
      await one.run('settings', 'ocr.engine', 'native');
      const sheets = await pdf([420, 300], (document) => {
        document.image(Buffer.from(pngOf(scanOnce)), 0, 0, { width: 420, height: 300 });
        document.addPage({ size: [210, 150], margin: 0 });
        document.image(Buffer.from(pngOf(scanOnce)), 0, 0, { width: 210, height: 150 });
      });
      one.put('scan.pdf', sheets);
      const words = ['ingest', 'papers', '--memory', '512', '--format', 'json'];
      const { stdout } = await pincite(one.folder, words, { env: { PATH: programs } });
      expect(JSON.parse(stdout)).toMatchObject({ partly: 1, recognition: { sheets: 1, failedSheets: 1 } });
      const status = await one.run('status', '--full');
      expect(status.replaceAll(/\s+/g, ' ')).toContain(
        'sheet 1 (on the first, OCR failed: reading it took more than 512 MB of memory)',
      );
    },
    120_000,
  );

  test('is a language that there is no data for: nothing is read, and what there is is named', async () => {
    const { folder } = await newCase();
    const { code, stderr } = await pincite(folder, ['ingest', 'papers', '--lang', 'eng+tlh']);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no OCR data for “tlh”.');
    expect(stderr).toContain('There is data for: eng');
  });
});

/** A program that says it is Tesseract, reads one word on any picture, and on large ones hoards memory; where nobody stops it, it ends by itself. */
const hoardingTesseract = `#!${process.execPath}
const [first] = process.argv.slice(2);
if (first === '--version') console.log('tesseract 5.0.0');
else if (first === '--list-langs') console.log('List of available languages (1):\\neng');
else {
  let bytes = 0;
  process.stdin.on('data', (piece) => (bytes += piece.length));
  process.stdin.on('end', () => {
    const held = [];
    const row = [5, 1, 1, 1, 1, 1, 10, 10, 90, 30, 96, 'lamp'].join('\\t');
    const end = () => { console.log('level\\tpage_num\\n' + row); process.exit(0); };
    if (bytes < 1e6) end();
    else setInterval(() => held.push(Buffer.alloc(2 ** 25, 1)) === 60 && end(), 20);
  });
}
`;

/** Whether what was recognised of a sheet of the file is in the case already. */
async function isKept({ folder }: Folder, file: Buffer): Promise<boolean> {
  const open = await openCaseFrom(folder, undefined, 'read');
  try {
    return (await open.store.recognised(createHash('sha256').update(file).digest('hex'))).length > 0;
  } finally {
    await open.close();
  }
}
