// Stands in for detect-libc in the bundle: tells which C library Node was linked with from the head of Node's own file,
// as detect-libc does first, but without its thread to close that file, which a search would wait for.
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { familySync as detectedFamily, GLIBC, MUSL } from '../node_modules/detect-libc/lib/detect-libc.js';
import { interpreterPath } from '../node_modules/detect-libc/lib/elf.js';

export { GLIBC, MUSL };

const nodeItself = '/proc/self/exe';
const headLength = 2048;

/** `glibc`, `musl`, or null where it is neither. */
export function familySync() {
  const interpreter = existsSync(nodeItself) ? interpreterPath(headOf(nodeItself)) : null;
  if (interpreter?.includes('/ld-musl-')) return MUSL;
  return interpreter?.includes('/ld-linux-') ? GLIBC : detectedFamily(); // null where it is no Linux
}

function headOf(file) {
  const head = Buffer.alloc(headLength);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head, 0, headLength, 0);
  } finally {
    closeSync(descriptor);
  }
  return head;
}
