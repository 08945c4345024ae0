// Compiles each X.assembly.ts of src into X.wasm.ts beside it, which is committed: the build needs no compiler.
// Usage: npm run assemble. A test fails when a source was changed and this was not run.
import { writeFileSync } from 'node:fs';
import { assemble, assemblySources, codeFileOf } from './assembly.ts';

for (const source of assemblySources()) writeFileSync(codeFileOf(source), await assemble(source));
