import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Content } from '../../formats/byte-source.ts';
import type { OcrEngine } from '../../formats/ocr/engine.ts';
import type { RunLimits } from '../../formats/ocr/native-engine.ts';
import { recogniseRaster } from '../../formats/ocr/recognise-raster.ts';
import { openSheetPictures, type SheetPictures } from '../../formats/ocr/sheet-pictures.ts';
import { jobBytes } from './job-bytes.ts';
import {
  type EngineChoice,
  languagesOf,
  type RecogniseJob,
  type RecogniseResult,
  unrecognised,
} from './recognise-job.ts';

/** The file that the last job was about: the next is mostly about its next sheet. */
let open: { readonly fileHash: string; readonly pictures: SheetPictures } | undefined;
let running: { readonly choice: string; readonly engine: OcrEngine } | undefined;

/** Recognises one sheet. Never throws for what is wrong with the sheet: that is a problem of its reading. */
export async function recogniseSheet(job: RecogniseJob): Promise<RecogniseResult> {
  let engine: OcrEngine;
  try {
    engine = await engineFor(job.engine, job);
  } catch (error) {
    return { type: 'no-engine', reason: inWords(error) };
  }
  const named = { sheet: job.sheet, engine: engine.name, engineVersion: engine.version };
  const forced = job.forced ? { forced: true } : {};
  const base = { ...named, languages: languagesOf(job.engine), ...forced };
  try {
    const pictures = await picturesOf(job);
    if (typeof pictures === 'string') return { type: 'no-file', reason: pictures };
    const reading = await recogniseRaster(await pictures.picture(job.sheet), engine);
    return { type: 'recognised', sheet: { ...base, ...reading } };
  } catch (error) {
    open = undefined;
    return { type: 'recognised', sheet: unrecognised(base, inWords(error)) };
  }
}

async function engineFor(choice: EngineChoice, limits: RunLimits): Promise<OcrEngine> {
  const key = JSON.stringify(choice);
  if (running?.choice === key) return running.engine;
  const engine = await startEngine(choice, limits);
  running = { choice: key, engine };
  return engine;
}

async function startEngine(choice: EngineChoice, { timeLimit, memoryLimit }: RunLimits): Promise<OcrEngine> {
  if (choice.type === 'native') {
    const { nativeEngine } = await import('../../formats/ocr/native-engine.ts');
    return nativeEngine(choice, choice.languages, { timeLimit, memoryLimit });
  }
  const { builtInEngine } = await import('../../formats/ocr/built-in-engine.ts');
  const languages = choice.languages.map(async ({ code, file }) => {
    const bytes = await readFile(file);
    return { code, bytes: file.endsWith('.gz') ? gunzipSync(bytes) : bytes };
  });
  return builtInEngine(await Promise.all(languages));
}

/** The sheets of the job's file; a clause where it is not there, or not the same. @throws Error when it cannot be opened as what it is. */
async function picturesOf({ source }: RecogniseJob): Promise<SheetPictures | string> {
  if (open?.fileHash === source.fileHash) return open.pictures;
  open?.pictures.close();
  open = undefined;
  const bytes = await jobBytes(source);
  if (!(bytes instanceof Uint8Array)) return 'type' in bytes ? obstacleIn(bytes) : 'the file is too large';
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== source.fileHash) return changed;
  const { readAs, passwords } = source;
  const pictures = await openSheetPictures(bytes, {
    extension: readAs.extension,
    ...(passwords === undefined ? {} : { passwords }),
  });
  open = { fileHash: hash, pictures };
  return pictures;
}

const changed = 'the file has changed since it was read; ingest it again';

/** Why the bytes of a job cannot be had, as a clause. */
function obstacleIn(found: Exclude<Awaited<ReturnType<typeof jobBytes>>, Content>): string {
  if (found.type !== 'unreadable') return changed;
  return found.reason.replace(/^The file/, 'the file').replace(/\.$/, '');
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
