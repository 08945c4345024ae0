import { describe, expect, test } from 'vitest';
import { findNative, nativeEngine } from '../../../src/formats/ocr/native-engine.ts';
import { recogniseRaster } from '../../../src/formats/ocr/recognise-raster.ts';
import { runPiped } from '../../../src/formats/process/piped-program.ts';
import { scan, transcriptPage } from './scans.ts';

const native = await findNative(process.env);
const limits = { timeLimit: 60_000, memoryLimit: 2 ** 30 };
const hasEnglish = native?.languages.includes('eng') === true;

describe('the tesseract of this machine', () => {
  test('is none where there is none on the PATH', async () => {
    expect(await findNative({ PATH: '/nowhere' })).toBeUndefined();
  });

  test.skipIf(!hasEnglish)(
    'reads a page that lies askew and upside down (needs tesseract with English)',
    async () => {
      if (native === undefined) throw new Error('it was there a moment ago');
      const engine = nativeEngine(native, 'eng', limits);
      const page = await scan(['The seal on the bag was whole,', 'and nobody had broken it.'], {
        turns: 2,
        askew: 2,
      });
      const reading = await recogniseRaster(page, engine);
      expect(reading.words.map(({ text }) => text).join(' ')).toBe(
        'The seal on the bag was whole, and nobody had broken it.',
      );
      expect([reading.turns, Math.abs(reading.straightenedBy + 2) < 0.3]).toEqual([2, true]);
    },
    60_000,
  );

  test.skipIf(!hasEnglish)(
    'reads the numbers of lines and the marks beside them (needs tesseract with English)',
    async () => {
      if (native === undefined) throw new Error('it was there a moment ago');
      const { raster, lines } = await transcriptPage();
      const { words } = await recogniseRaster(raster, nativeEngine(native, 'eng', limits));
      const read = words.map(({ text }) => text);
      expect(read.filter((text) => text === 'A.' || text === 'Q.').length).toBeGreaterThan(10);
      const numbers = new Set(read.filter((text) => /^\d+$/.test(text)));
      expect(numbers.size).toBeGreaterThan(lines.length * 0.8);
    },
    60_000,
  );

  test.skipIf(!hasEnglish)('says what is wrong when it ends badly (needs tesseract)', async () => {
    if (native === undefined) throw new Error('it was there a moment ago');
    const engine = nativeEngine(native, 'nosuchlanguage', limits);
    await expect(engine.recognise(await scan(['x']), 'auto')).rejects.toThrow('tesseract ended with');
  });
});

describe('a piped program', () => {
  const options = { timeLimit: 20_000, env: {} };
  const node = (code: string, more = {}) => runPiped(process.execPath, ['-e', code], { ...options, ...more });

  test('gets its input and gives what it prints', async () => {
    const echo =
      'process.stdin.pipe(process.stdout); process.stdin.on("end", () => { process.exitCode = 3; })';
    const input = Buffer.alloc(300_000, 'word ');
    expect(await node(echo, { input })).toEqual({ code: 3, stdout: input.toString(), stderr: '' });
  });

  test('sees nothing of the environment but what is given', async () => {
    const { stdout } = await node('console.log(process.env.HOME, process.env.GIVEN)', {
      env: { GIVEN: 'yes' },
    });
    expect(stdout).toBe('undefined yes\n');
  });

  test('is stopped when it takes too long', async () => {
    await expect(node('setInterval(() => {}, 1000)', { timeLimit: 300 })).rejects.toThrow(
      'took longer than 0.3 seconds',
    );
  });

  test.skipIf(process.platform !== 'linux')(
    'is stopped when it holds too much memory (on Linux)',
    async () => {
      // It ends by itself in time, so that nothing is left of it where it is not stopped.
      const hoard =
        'const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 25, 1)) === 40 && process.exit(0), 20)';
      await expect(node(hoard, { memoryLimit: 2 ** 28 })).rejects.toThrow(
        'reading it took more than 256 MB of memory',
      );
    },
  );

  test('may end before it has read its input', async () => {
    expect(await node('process.exit(0)', { input: Buffer.alloc(5_000_000) })).toMatchObject({ code: 0 });
  });

  test('that is not there is an error', async () => {
    await expect(runPiped('/no/such/program', [], options)).rejects.toThrow('ENOENT');
  });
});
