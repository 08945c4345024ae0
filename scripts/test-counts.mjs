// Adds up what vitest's JSON reporter counted, names the tests that were left out, and prints the closing line
// "N passed, N failed, N skipped". Usage: node scripts/test-counts.mjs RESULT.json…
import { existsSync, readFileSync } from 'node:fs';

const counts = { passed: 0, failed: 0, skipped: 0 };
const leftOut = new Set();
for (const file of process.argv.slice(2).filter((name) => existsSync(name))) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests + filesThatBroke(result);
  for (const suite of result.testResults) {
    for (const { status, ancestorTitles, title } of suite.assertionResults) {
      if (status !== 'skipped' && status !== 'pending') continue;
      counts.skipped += 1;
      leftOut.add([ancestorTitles[0], title].filter(Boolean).join(': '));
    }
  }
}
console.log(`\nLeft out: ${leftOut.size === 0 ? 'nothing' : [...leftOut].join('; ')}.`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);

/** Files whose tests could not even be collected count as a failure each. */
function filesThatBroke({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
}
