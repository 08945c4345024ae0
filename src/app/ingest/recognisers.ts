import { ReadingPool } from '../../formats/process/pool.ts';
import { readingProgram } from './readers.ts';
import type { ReadingLimits } from './reading-limits.ts';
import {
  type EngineChoice,
  languagesOf,
  type RecogniseJob,
  type RecogniseResult,
  type SheetName,
  unrecognised,
} from './recognise-job.ts';

/** The processes that recognise. */
export interface Recognisers {
  readonly count: number;
  /** Rejects only when work is interrupted. */
  recognise(source: RecogniseJob['source'], sheet: number): Promise<RecogniseResult>;
  /** Ends them; settles when they are gone. */
  close(): Promise<void>;
}

/** The keeper of a process waits a little longer for it than the process for its engine, which then still can say so. */
const grace = 5000;

/** Starts the processes. A sheet that crashes one, hangs or takes too much memory costs that sheet alone. */
export function startRecognisers(
  engine: EngineChoice,
  limits: ReadingLimits,
  signal: AbortSignal,
  forced: boolean,
  passwords: readonly string[] = [],
): Recognisers {
  const pool = new ReadingPool<RecogniseJob, RecogniseResult>({
    module: readingProgram(),
    size: limits.workers,
    timeLimit: limits.timeoutMilliseconds + grace,
    memoryLimit: limits.memoryBytes,
    signal,
  });
  const { timeoutMilliseconds: timeLimit, memoryBytes: memoryLimit } = limits;
  return {
    count: limits.workers,
    close: () => pool.close(),
    async recognise({ file, fileHash, readAs, members }, sheet) {
      const inside = members === undefined ? {} : { members };
      const secrets = passwords.length === 0 ? {} : { passwords };
      const source = { file, fileHash, readAs, ...inside, ...secrets };
      const wanted = { sheet, engine, forced, timeLimit, memoryLimit };
      const outcome = await pool.run({ type: 'recognise', source, ...wanted });
      if (outcome.type === 'done') return outcome.result;
      return { type: 'recognised', sheet: unrecognised(nameOf(engine, sheet), outcome.reason) };
    },
  };
}

/** The version of the built-in engine is known to the process that runs it; one that ended did not tell. */
function nameOf(engine: EngineChoice, sheet: number): SheetName {
  const languages = languagesOf(engine);
  if (engine.type === 'native')
    return { sheet, engine: 'tesseract', engineVersion: engine.version, languages };
  return { sheet, engine: 'tesseract.js', engineVersion: 'unknown', languages };
}
