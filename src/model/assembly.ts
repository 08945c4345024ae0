/*
 * WebAssembly that is part of the program. A process of pincite lives for a tenth of a second to some seconds: V8 runs
 * most loops over many numbers before it has compiled them well, many times slower than it could. The few that matter
 * are written in AssemblyScript, in a file `X.assembly.ts`, of which `npm run assemble` makes `X.wasm.ts`.
 */

/** What is used of the JavaScript interface of WebAssembly, which the types of Node do not describe. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Imports,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** What a module calls and works in that is not its own, by the names of the modules that it asks for it. */
type Imports = Readonly<Record<string, object>>;

/** A module that runs: its functions, what it says of itself in numbers, and its memory. Where the memory grows, it has another buffer afterwards. */
export interface Assembly<Call extends string, Constant extends string> {
  readonly calls: Readonly<Record<Call, (...numbers: number[]) => number>>;
  readonly constants: Readonly<Record<Constant, number>>;
  readonly memory: { readonly buffer: ArrayBuffer };
}

/**
 * Starts a module, which takes a fraction of a millisecond: do it when it is first needed.
 * @param code Base64.
 * @param imports None for a module that stands by itself.
 * @throws Error when it lacks something that is named.
 */
export function startAssembly<Call extends string, Constant extends string>(
  code: string,
  calls: readonly Call[],
  constants: readonly Constant[],
  imports: Imports = {},
): Assembly<Call, Constant> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(code)), imports);
  const { memory } = exports;
  const numbers: Record<string, unknown> = {};
  for (const name of constants) numbers[name] = constantIn(exports[name]);
  if (!haveCalls(exports, calls) || !haveNumbers(numbers, constants) || !isMemory(memory))
    throw new Error('a part of the program is not of its version: build it again');
  return { calls: exports, constants: numbers, memory };
}

/** What `start` gives, which runs when that is first asked for. */
export function whenNeeded<Started extends object>(start: () => Started): () => Started {
  let started: Started | undefined;
  return () => {
    started ??= start();
    return started;
  };
}

/** A browser has no Buffer; in Node atob is JavaScript, which runs cold here and takes longer than all the rest. */
function bytesOf(code: string): Uint8Array {
  return typeof Buffer === 'undefined'
    ? Uint8Array.from(atob(code), (character) => character.charCodeAt(0))
    : Buffer.from(code, 'base64');
}

/** Constants are exported as globals. */
function constantIn(global: unknown): unknown {
  return typeof global === 'object' && global !== null && 'value' in global ? global.value : undefined;
}

function haveCalls<Name extends string>(
  exports: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): exports is Readonly<Record<Name, (...numbers: number[]) => number>> {
  return names.every((name) => typeof exports[name] === 'function');
}

function haveNumbers<Name extends string>(
  values: Record<string, unknown>,
  names: readonly Name[],
): values is Record<Name, number> {
  return names.every((name) => typeof values[name] === 'number');
}

function isMemory(value: unknown): value is Assembly<never, never>['memory'] {
  return (
    typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer
  );
}
