/** Something wrong in what a person typed, as a value. `start` and `end` are UTF-16 offsets into the input. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

export const exitCodes = { done: 0, nothingFound: 1, wrongUse: 2, inputsUnread: 3, caseUnusable: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a sentence that says what happened, a hint that says what to do, and an exit code. Never shown with a stack. */
export class UserError extends Error {
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, options: { hint?: string; exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCodes.wrongUse;
  }
}
