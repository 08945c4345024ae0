// Stands in for @neon-rs/load in the bundle. That asks Node for a whole diagnostic report to learn which C library is
// there, which takes as long as a search may take for everything else; detect-libc reads it from a file.
import { familySync, MUSL } from 'detect-libc';

/** The name of the package of libsql's binary for this machine. */
export function currentTarget() {
  const { platform, arch } = process;
  if (platform === 'darwin') return `darwin-${arch}`;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  if (platform !== 'linux') throw new Error(`libsql has no binary for ${platform}`);
  if (arch === 'arm') return 'linux-arm-gnueabihf';
  return `linux-${arch}-${familySync() === MUSL ? 'musl' : 'gnu'}`;
}

/** A binary built in place, as libsql's own developers have it: never here. */
export function load() {
  return null;
}
