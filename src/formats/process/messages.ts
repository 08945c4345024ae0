/** What parent and child say to each other. Sent with `serialization: 'advanced'`, so that typed arrays stay typed arrays. */
export interface JobMessage<Job = unknown> {
  readonly type: 'job';
  readonly id: number;
  readonly job: Job;
}

export type ChildMessage<Result = unknown> =
  /** The program is loaded and takes jobs. */
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly result: Result }
  /** Where in the job the handler is now, if it says so: whoever ends the child then knows what it hung over. */
  | { readonly type: 'begun'; readonly id: number; readonly step: unknown }
  /** The handler threw. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  /** Bytes resident, from children whose parent has no /proc to read it from. */
  | { readonly type: 'memory'; readonly bytes: number };

/** What is in the envelope is not looked at: both ends are of one program and name the same `Job` and `Result`. */
export function isJobMessage<Job>(value: unknown): value is JobMessage<Job> {
  return isTyped(value) && value.type === 'job';
}

export function isChildMessage<Result>(value: unknown): value is ChildMessage<Result> {
  return isTyped(value) && ['ready', 'begun', 'done', 'failed', 'memory'].includes(value.type);
}

function isTyped(value: unknown): value is { readonly type: string } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
