/** The engine of tesseract.js by itself. It has no types; what it gives is looked at where it is used. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export default function start(options: object): Promise<object>;
}

/** What is used of WebAssembly: a part of every Node, but not of its types. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module, imports: object);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
  }
}
