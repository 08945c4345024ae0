import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExpectedPassage } from '../../fixtures/layout/expectation.ts';
import type { ExpectedHit } from '../../fixtures/scan/scan.ts';
import { type Case, openCaseFrom } from '../../src/app/case.ts';
import type { DocumentKind } from '../../src/model/document.ts';
import { pincite, sampleManifest, samplePapers } from '../cli/pincite.ts';

const fixtures = join(samplePapers, '..');

export interface ExpectedInput {
  readonly path: string;
  readonly bytes: number;
  readonly outcome: string;
  readonly sheets?: number;
  readonly copyOf?: string;
  readonly unreadableSheets?: readonly number[];
}

export interface ExpectedDocument {
  readonly file: string;
  readonly sheets?: string;
  readonly title: string;
  readonly source: string;
  readonly kind: DocumentKind;
  readonly date?: string;
  readonly day?: number;
  readonly reference?: string;
  readonly witness?: string;
  readonly witnesses?: readonly {
    readonly name: string;
    readonly fromPage: number;
    readonly fromLine: number;
    readonly toPage: number;
    readonly toLine: number;
    readonly examiners: readonly string[];
  }[];
  readonly exhibits?: readonly string[];
  readonly printedPages?: number;
  readonly numberedParagraphs?: number;
  /** File of the passages, below `fixtures/`. */
  readonly passages: string;
}

export interface ExpectedQuery {
  readonly query: string;
  /** What must be recognised beyond words, phrases, AND OR NOT, prefixes and filters on documents. */
  readonly needs?: string;
  readonly totals: { readonly documents: number; readonly hits: number };
  readonly hits: readonly ExpectedHit[];
}

export const expectedCase: {
  readonly inputs: readonly ExpectedInput[];
  readonly documents: readonly ExpectedDocument[];
} = fixture('case.expected.json');

export const expectedQueries: readonly ExpectedQuery[] = fixture('queries.expected.json');

export function expectedPassages({ passages }: ExpectedDocument): readonly ExpectedPassage[] {
  return lines(readFileSync(join(fixtures, passages), 'utf8'));
}

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(fixtures, name), 'utf8'));
}

/** JSON lines as written by a command or a fixture. */
export function lines<T>(text: string): readonly T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export interface OpenSample {
  readonly folder: string;
  readonly open: Case;
  close(): Promise<void>;
}

/** Ingests the sample papers with the real program and opens the case for reading. */
export async function openSample(): Promise<OpenSample> {
  const folder = mkdtempSync(join(tmpdir(), 'pincite-app-'));
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', samplePapers, '--manifest', sampleManifest, '--ocr', 'off']);
  const open = await openCaseFrom(folder, undefined, 'read');
  return {
    folder,
    open,
    close: async () => {
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
