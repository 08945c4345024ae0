import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { UserError } from '../../model/diagnostic.ts';
import { type Root, systemReason } from './discover.ts';

/** A place to begin walking: a root and the raw path below it, empty for the root itself. */
export interface Start {
  readonly root: Root;
  readonly rawPath: Uint8Array;
}

/**
 * Finds the root that each path belongs to: one that the case knows and that the path lies in, else a new one, named
 * after the folder (the folder that a single file lies in), with a number behind it where the name is taken.
 * @throws UserError for a path that is not there: before anything is read, since it is likely mistyped.
 */
export async function findStarts(
  paths: readonly string[],
  directory: string,
  knownRoots: ReadonlyMap<string, string>,
): Promise<readonly Start[]> {
  const roots = new Map(knownRoots);
  const starts: Start[] = [];
  for (const path of paths) starts.push(await findStart(resolve(directory, path), path, roots));
  return withoutNested(starts);
}

async function findStart(absolute: string, typed: string, roots: Map<string, string>): Promise<Start> {
  let folder: string;
  try {
    const real = await realpath(absolute);
    folder = (await stat(real)).isDirectory() ? real : dirname(real);
    absolute = real;
  } catch (error) {
    throw new UserError(`${typed} cannot be read (${systemReason(error)}).`, {
      hint: 'Check the path; nothing was read.',
      cause: error,
    });
  }
  for (const [name, rootDirectory] of roots) {
    if (isWithin(absolute, rootDirectory)) return startAt({ name, directory: rootDirectory }, absolute);
  }
  const root = { name: freeName(basename(folder) || 'root', roots), directory: folder };
  roots.set(root.name, root.directory);
  return startAt(root, absolute);
}

function startAt(root: Root, absolute: string): Start {
  return { root, rawPath: Buffer.from(relative(root.directory, absolute)) };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function freeName(wanted: string, roots: ReadonlyMap<string, string>): string {
  if (!roots.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const name = `${wanted}-${number}`;
    if (!roots.has(name)) return name;
  }
}

/** A path named twice, or inside another that is named, is walked once. */
function withoutNested(starts: readonly Start[]): readonly Start[] {
  const full = ({ root, rawPath }: Start) => resolve(root.directory, Buffer.from(rawPath).toString());
  return starts.filter((start, index) =>
    starts.every((other, otherIndex) => {
      if (otherIndex === index || !isWithin(full(start), full(other))) return true;
      return full(start) === full(other) && index < otherIndex;
    }),
  );
}
