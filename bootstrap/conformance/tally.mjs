// Counts the checks of a conformance run: tally.mjs OUT REVISION...
// Prints every check that is neither a success nor skipped; one such check, or a scenario without checks,
// makes the run fail.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SCENARIOS = { '2025-11-25': 33, '2026-07-28': 50 }; // of suite 0.2.0-alpha.12, scored or not
const [out, ...revisions] = process.argv.slice(2);
let passed = 0;
let failed = 0;

for (const revision of revisions) {
  const folder = join(out, revision);
  const scenarios = existsSync(folder) ? readdirSync(folder).sort() : [];
  const counts = {};
  let told = 0;
  for (const scenario of scenarios) {
    const file = join(folder, scenario, 'checks.json');
    if (!existsSync(file)) continue;
    told++;
    for (const check of JSON.parse(readFileSync(file, 'utf8'))) {
      counts[check.status] = (counts[check.status] ?? 0) + 1;
      if (check.status === 'SUCCESS') passed++;
      if (check.status !== 'FAILURE' && check.status !== 'WARNING') continue;
      failed++;
      console.log(`${revision} ${scenario}: ${check.status} ${check.id}: ${check.errorMessage ?? check.description ?? ''}`);
    }
  }
  const silent = SCENARIOS[revision] - told;
  if (silent > 0) {
    failed += silent;
    console.log(`${revision}: ${silent} of ${SCENARIOS[revision]} scenarios left no checks`);
  }
  console.log(`${revision}: ${told} scenarios, ${Object.entries(counts).map(([status, n]) => `${n} ${status}`).join(', ')}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
