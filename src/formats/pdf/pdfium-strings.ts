import type { PdfiumInstance } from './pdfium-instance.ts';

/** Fills `size` bytes at `buffer`, where that is no null pointer, and says how many the whole value takes. */
export type Fill = (buffer: number, size: number) => number;

/** A text that PDFium gives as UTF-16LE with a closing zero. */
export function wideText(instance: PdfiumInstance, fill: Fill): string {
  const bytes = filledBytes(instance, fill);
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, Math.max(bytes.length - 2, 0)));
}

/** A text that PDFium gives as bytes with a closing zero. */
export function byteText(instance: PdfiumInstance, fill: Fill): string {
  const bytes = filledBytes(instance, fill);
  return new TextDecoder('utf-8').decode(bytes.subarray(0, Math.max(bytes.length - 1, 0)));
}

/** A copy of the bytes that PDFium gives. */
export function filledBytes({ calls, heap }: PdfiumInstance, fill: Fill): Uint8Array {
  const size = fill(0, 0);
  if (size === 0) return new Uint8Array();
  const buffer = calls.malloc(size);
  if (buffer === 0) throw new Error(`PDFium has no room for ${size} bytes`);
  try {
    fill(buffer, size);
    return heap.HEAPU8.slice(buffer, buffer + size);
  } finally {
    calls.free(buffer);
  }
}

/** Calls with the address of a text in PDFium's memory: bytes with a closing zero. */
export function withBytes<T>(
  { calls, heap }: PdfiumInstance,
  bytes: Uint8Array,
  use: (address: number) => T,
): T {
  const address = calls.malloc(bytes.length + 1);
  heap.HEAPU8.set(bytes, address);
  heap.HEAPU8[address + bytes.length] = 0;
  try {
    return use(address);
  } finally {
    calls.free(address);
  }
}

/** Calls with the address of an ASCII name in PDFium's memory. */
export function withName<T>(instance: PdfiumInstance, name: string, use: (address: number) => T): T {
  return withBytes(instance, Buffer.from(name, 'latin1'), use);
}
