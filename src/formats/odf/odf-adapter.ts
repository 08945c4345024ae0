import { isZip } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { withRefusals } from '../refusals.ts';
import { OdfPackage } from './odf-package.ts';

type ReadPackage = (file: OdfPackage, options: ReadOptions) => Iterable<Extraction>;

/** The adapter for a kind of packed OpenDocument files, by what reads the package, in which version. */
export function odfAdapter(name: string, version: number, read: ReadPackage): Adapter {
  return {
    name,
    version,
    recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
    read: (bytes, options) => readOdf(bytes, options, read),
  };
}

/** What is in a packed file, opened with the passwords given; or why it cannot be. */
export function readOdf(
  bytes: Uint8Array,
  options: ReadOptions,
  read: ReadPackage,
): AsyncIterable<Extraction> {
  return withRefusals(() => read(new OdfPackage(bytes, options.passwords), options));
}
