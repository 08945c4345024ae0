import { runPiped } from '../process/piped-program.ts';
import { type OcrEngine, segmentationModes } from './engine.ts';
import { pgmOf } from './raster.ts';
import { wordsOfTsv } from './tsv.ts';

/** The `tesseract` of this machine. */
export interface NativeProgram {
  /** Name or path, as it is started. */
  readonly program: string;
  readonly version: string;
  /** Codes of the languages that are installed for it. */
  readonly languages: readonly string[];
  /** What it needs of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

const questionLimit = 10_000;

/**
 * Asks the `tesseract` on the PATH what it is. Undefined when there is none, or it does not answer.
 * @param surroundings Of the environment PATH, TESSDATA_PREFIX and the search path of libraries are used.
 */
export async function findNative(
  surroundings: Readonly<Record<string, string | undefined>>,
): Promise<NativeProgram | undefined> {
  const env = environmentFrom(surroundings);
  const options = { timeLimit: questionLimit, env };
  try {
    const [about, list] = [
      await runPiped('tesseract', ['--version'], options),
      await runPiped('tesseract', ['--list-langs'], options),
    ];
    const version = /^tesseract v?(\d[\w.-]*)/m.exec(about.stdout + about.stderr)?.[1];
    const languages = (list.stdout + list.stderr)
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
    if (version === undefined || list.code !== 0) return undefined;
    return {
      program: 'tesseract',
      version,
      env,
      languages: languages.filter((code) => code !== '' && code !== 'osd'),
    };
  } catch (error) {
    // Not there, not to be started, or too slow to answer: the engine that comes with pincite does without it.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const passedOn = ['PATH', 'TESSDATA_PREFIX', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot'] as const;

function environmentFrom(surroundings: Readonly<Record<string, string | undefined>>): Record<string, string> {
  // There is a process for each core already; Tesseract's own threads only get into each other's way.
  const env: Record<string, string> = { OMP_THREAD_LIMIT: '1' };
  for (const name of passedOn) {
    const value = surroundings[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** What one run of the program may take: milliseconds, and bytes of memory. */
export interface RunLimits {
  readonly timeLimit: number;
  readonly memoryLimit: number;
}

/** @param limits What a look at a page may take. */
export function nativeEngine(
  { program, version, env }: Pick<NativeProgram, 'program' | 'version' | 'env'>,
  languages: string,
  limits: RunLimits,
): OcrEngine {
  return {
    name: 'tesseract',
    version,
    async recognise(raster, segmentation) {
      const words = [
        ...[
          'stdin',
          'stdout',
          '-l',
          languages,
          '--oem',
          '1',
          '--psm',
          String(segmentationModes[segmentation]),
        ],
        ...['--dpi', String(Math.round(raster.dpi)), '-c', 'tessedit_create_tsv=1'],
      ];
      const { code, stdout, stderr } = await runPiped(program, words, {
        input: pgmOf(raster),
        ...limits,
        env,
      });
      if (code === 0) return wordsOfTsv(stdout);
      const said = stderr.trim().split('\n').at(-1);
      throw new Error(
        `tesseract ended with ${code === null ? 'a signal' : `code ${code}`}${said ? `: ${said}` : ''}`,
      );
    },
  };
}
