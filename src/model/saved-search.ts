/** A query that is kept under a name, as it was typed, with who kept it last, and when. */
export interface SavedSearch {
  readonly name: string;
  readonly query: string;
  /** How it is to be read; what is absent is as for any query. */
  readonly reading: {
    readonly scope?: 'passage' | 'page';
    readonly any?: true;
    readonly stem?: true;
  };
  readonly note?: string;
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
}

/** The last time that a saved search was asked. */
export interface SavedRun {
  readonly name: string;
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
  readonly hits: number;
  /** What it found, packed by `app/seen-hits.ts`. */
  readonly seen: Uint8Array;
}
