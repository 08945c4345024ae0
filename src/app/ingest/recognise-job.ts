import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { ReadJob } from './read-job.ts';

/** Which engine is to recognise, and in which languages. */
export type EngineChoice =
  /** The one that comes with pincite, with the files of the languages' data. */
  | {
      readonly type: 'built-in';
      readonly languages: readonly { readonly code: string; readonly file: string }[];
    }
  /** The `tesseract` of this machine. */
  | {
      readonly type: 'native';
      readonly program: string;
      readonly version: string;
      readonly env: Readonly<Record<string, string>>;
      /** As for its `-l`: `eng+fra`. */
      readonly languages: string;
    };

/** `eng+fra`, as it is recorded. */
export function languagesOf(engine: EngineChoice): string {
  return engine.type === 'native' ? engine.languages : engine.languages.map(({ code }) => code).join('+');
}

/** What a process is asked that recognises: one sheet of a file. */
export interface RecogniseJob {
  readonly type: 'recognise';
  /** Where the file is, and what opens it. */
  readonly source: Pick<ReadJob, 'file' | 'fileHash' | 'readAs' | 'members' | 'passwords'>;
  readonly sheet: number;
  readonly engine: EngineChoice;
  /** In place of whatever text layer the sheet has. */
  readonly forced: boolean;
  /** Milliseconds that the engine may take for one look at it. */
  readonly timeLimit: number;
  /** Bytes that the engine may hold in memory, where it is a program of its own. */
  readonly memoryLimit: number;
}

/** What it answers. A sheet that breaks the engine is a `RecognisedSheet` with a problem. */
export type RecogniseResult =
  | { readonly type: 'recognised'; readonly sheet: RecognisedSheet }
  /** The file cannot be opened any more, or is not the one that was read: a clause. */
  | { readonly type: 'no-file'; readonly reason: string }
  /** The engine cannot be started: a clause. */
  | { readonly type: 'no-engine'; readonly reason: string };

export type SheetName = Pick<RecognisedSheet, 'sheet' | 'engine' | 'engineVersion' | 'languages' | 'forced'>;

/** A sheet that OCR broke down on. */
export function unrecognised(name: SheetName, reason: string): RecognisedSheet {
  const nothing = { width: 1, height: 1, dpi: 72, turns: 0, straightenedBy: 0, words: [] } as const;
  return { ...name, ...nothing, problem: `OCR failed: ${reason}` };
}

/** As it is recorded with a document: `tesseract 5.3.0 (eng)`. */
export function engineInWords({ engine, engineVersion, languages }: Omit<SheetName, 'sheet'>): string {
  return `${engine} ${engineVersion} (${languages})`;
}
