import { strToU8, zipSync } from 'fflate';
import { objectInBytes } from '../embedded-objects.ts';
import type { Child, Extraction } from '../extraction.ts';
import type { OdfPackage } from './odf-package.ts';

/** Documents within a document; charts and formulas are parts of its own picture. */
const documentType = /^application\/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation|graphics)$/;

/** The documents that are set into an OpenDocument text, as files: a folder of the package becomes a package. */
export function* embeddedDocuments(archive: OdfPackage, targets: readonly string[]): Iterable<Extraction> {
  for (const target of new Set(targets)) {
    const name = target.replace(/\/$/, '');
    const type = documentTypeOf(archive, name);
    if (type !== undefined) yield documentInFolder(archive, name, type);
    else if (archive.mediaType(`${name}/`) === '') {
      const bytes = archive.part(name);
      if (bytes !== undefined) yield objectInBytes(bytes, name);
    }
  }
}

/** The media type of a document that has a folder of the package for itself; undefined when the folder is none, or of a chart or a formula. */
export function documentTypeOf(archive: OdfPackage, folder: string): string | undefined {
  const type = archive.mediaType(`${folder}/`);
  return documentType.test(type) ? type : undefined;
}

/** A folder of the package as a package by itself. */
export function documentInFolder(archive: OdfPackage, name: string, type: string): Child {
  const files: Record<string, Uint8Array> = { mimetype: strToU8(type) };
  for (const member of archive.names) {
    if (!member.startsWith(`${name}/`) || member.endsWith('/')) continue;
    const bytes = archive.part(member);
    if (bytes !== undefined) files[member.slice(name.length + 1)] = bytes;
  }
  // The same bytes at every reading: the time is a fixed one.
  const bytes = zipSync(files, { level: 1, mtime: new Date(1980, 0, 1) });
  return { type: 'child', relation: 'embedded', name, bytes };
}
