import fc from 'fast-check';

// Properties are tried on other values each time they run on a person's machine. Where CI decides whether a change goes
// in they are tried on the same ones, so that a change is judged by what it changes. PINCITE_SEED repeats any run.
const asked = process.env['PINCITE_SEED'] ?? (process.env['CI'] ? '1' : undefined);
if (asked !== undefined) fc.configureGlobal({ seed: Number(asked) });
