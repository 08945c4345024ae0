import { fileTypes } from '../detect.ts';
import type { Adapter } from '../extraction.ts';
import { readTar } from './tar.ts';
import { readTarHeader } from './tar-header.ts';

export const tarAdapter: Adapter = {
  name: 'tar',
  version: 1,
  recognises: ({ head }) => (readTarHeader(head) === undefined ? 0 : 1),
  read: (bytes) => readTar([bytes], fileTypes.tar),
};
