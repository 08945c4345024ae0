import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A picture as Leptonica holds it: rows of 32-bit words, the leftmost pixel in the highest bits. */
export interface Pix {
  get_w(): number;
  get_h(): number;
  /** Bits a pixel: 1, 2, 4, 8, 16, or 32 for red, green, blue and, with `get_spp` 4, alpha. */
  get_d(): number;
  get_spp(): number;
  /** 32-bit words a row. */
  get_wpl(): number;
  /** Pixels an inch; 0 when the file does not say. */
  get_xres(): number;
  /** Address of the pixels. */
  get_data(): number;
  get_colormap(): object;
}

/** Tesseract's own interface (baseapi.h), as far as it is called. */
export interface TessBaseApi {
  Version(): string;
  /** 0 when it worked. */
  Init(dataPath: string | null, languages: string, engineMode: number): number;
  SetVariable(name: string, value: string): boolean;
  /** Reads `/input`; 0 when it worked. */
  SetImageFile(exif: number, angle: number): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
  Clear(): void;
}

/** Tesseract with Leptonica in a WebAssembly memory of its own. */
export interface TesseractCore {
  readonly memory: WebAssembly.Memory;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
  /** The address of the picture; 0 when the bytes are none that Leptonica reads. */
  readonly _pixReadMem: (address: number, bytes: number) => number;
  /** Takes the address of an address. */
  readonly _pixDestroy: (address: number) => void;
  readonly getPointer: (value: object) => number;
  readonly wrapPointer: (address: number, kind: unknown) => Pix;
  readonly Pix: unknown;
  readonly TessBaseAPI: new () => TessBaseApi;
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
}

let compiled: WebAssembly.Module | undefined;

/**
 * A fresh instance of the engine of tesseract.js, without its worker threads and its ways of fetching things. Code is
 * compiled once a process; each instance starts with 17 MB of memory, which grows and is never given back.
 */
export async function startTesseractCore(): Promise<TesseractCore> {
  const { default: start } = await import('tesseract.js-core/tesseract-core-simd-lstm.js');
  const file = createRequire(import.meta.url).resolve('tesseract.js-core/tesseract-core-simd-lstm.wasm');
  const code = compiled ?? new WebAssembly.Module(readFileSync(file));
  compiled = code;
  let memory: unknown;
  const silent = () => undefined;
  const core = await start({
    print: silent,
    printErr: silent,
    // The package keeps its memory to itself; whoever instantiates it sees what it exports.
    instantiateWasm(imports: object, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(code, imports);
      memory = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory);
      done(instance);
      return instance.exports;
    },
  });
  const whole: object = Object.assign(core, { memory });
  if (!isTesseractCore(whole)) throw new Error('this build of Tesseract lacks a function that pincite calls');
  return whole;
}

function isTesseractCore(core: object): core is TesseractCore {
  const calls = [
    '_malloc',
    '_free',
    '_pixReadMem',
    '_pixDestroy',
    'getPointer',
    'wrapPointer',
    'TessBaseAPI',
  ];
  return (
    'memory' in core &&
    core.memory instanceof WebAssembly.Memory &&
    'FS' in core &&
    calls.every((name) => typeof Reflect.get(core, name) === 'function')
  );
}
