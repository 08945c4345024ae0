export { account } from '../../src/app/accounting.ts';
export { ask } from '../../src/app/ask.ts';
export { makeCase, openCaseFrom } from '../../src/app/case.ts';
export { withFolderAsCase } from '../../src/app/folder-search.ts';
export { ingest } from '../../src/app/ingest/ingest.ts';
export { startReaders } from '../../src/app/ingest/readers.ts';
export { findStarts } from '../../src/app/ingest/starts.ts';
export { search } from '../../src/app/search.ts';
