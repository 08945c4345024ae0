import { createCase } from '../../../src/store/sqlite/case-folder.ts';
import { testStore } from '../contract.ts';
import { removeTemporaryFolders, temporaryFolder, versions } from './temporary-folders.ts';

testStore('SQLite', {
  make: async () => createCase(temporaryFolder(), versions).store,
  cleanUp: async () => removeTemporaryFolders(),
});
