import { pincite } from './pincite.ts';

/** What tests look at of a hit as `--json` prints it. */
export interface FoundHit {
  readonly ref: string;
  readonly tags: readonly string[];
  readonly document: { readonly id: string; readonly reference?: string };
  readonly place: { readonly page?: number; readonly sheet?: number };
}

/** Every hit of a query, by document and place. */
export async function hitsOf(folder: string, query: string): Promise<readonly FoundHit[]> {
  const options = ['--json', '--limit', 'all', '--sort', 'document'];
  const { stdout } = await pincite(folder, ['search', query, ...options]);
  return JSON.parse(stdout).hits;
}
