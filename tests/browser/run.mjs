// Runs the browser tests against one running site: `node run.mjs [WORD]` takes the files whose names hold WORD. With --together
// only those that may run beside others, with --alone only those that judge speed and may not.
// SITE=http://... uses a site that runs already. Prints a line per file and the whole of each failure.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSite } from './support/site.mjs';

const which = process.argv.find((argument) => argument.startsWith('--'));
const [word = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const here = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs') && name.includes(word)).map((name) => here + name);
const judgesSpeed = (name) => ['lighthouse.test.mjs', 'speed.test.mjs'].includes(basename(name));
const alone = which === '--together' ? [] : files.filter(judgesSpeed);
const together = which === '--alone' ? [] : files.filter((name) => !judgesSpeed(name));

/** The start says what is wrong; where Chromium died, the end of its log says how. */
const shorten = (text) => (text.length > 3000 ? `${text.slice(0, 1500)}\n...\n${text.slice(-1500)}` : text);

let passed = 0;
let failed = 0;

async function runFiles(chosen, concurrency) {
  const tally = new Map(chosen.map((file) => [file, { passed: 0, failed: 0, seconds: 0 }]));
  const settle = (event, key) => {
    if (event.details.type === 'suite') return;
    // Rules that several files share are counted where they are written.
    if (!tally.has(event.file)) tally.set(event.file, { passed: 0, failed: 0, seconds: 0 });
    const own = tally.get(event.file);
    own[key] += 1;
    own.seconds += event.details.duration_ms / 1000;
  };
  await new Promise((resolve, reject) => {
    run({ files: chosen, concurrency, timeout: 600_000 })
      .on('test:pass', (event) => {
        if (event.skip !== undefined || event.todo !== undefined) return;
        settle(event, 'passed');
        if (event.details.type !== 'suite') passed += 1;
      })
      .on('test:fail', (event) => {
        settle(event, 'failed');
        if (event.details.type === 'suite') return;
        failed += 1;
        const cause = event.details.error?.cause ?? event.details.error;
        console.log(`FAILED ${basename(event.file ?? '')}: ${event.name}\n  ${shorten(String(cause?.message ?? cause)).replaceAll('\n', '\n  ')}`);
      })
      .on('test:stderr', (event) => process.stderr.write(event.message))
      .on('error', reject)
      .on('end', resolve)
      .resume();
  });
  for (const [file, own] of tally) {
    console.log(`${basename(file, '.test.mjs').padEnd(18)} ${own.passed} passed, ${own.failed} failed, ${own.seconds.toFixed(0)} s`);
  }
}

const started = process.env.SITE ? undefined : await startSite();
process.env.SITE ??= started.address;
try {
  if (together.length > 0) await runFiles(together, 2);
  if (alone.length > 0) await runFiles(alone, 1);
} finally {
  started?.stop();
}
const errors = started?.log().split('\n').filter((line) => /\b(ERROR|panicked)\b/.test(line)) ?? [];
if (errors.length > 0) {
  failed += 1;
  console.log(`FAILED the site logged errors while it was tested\n  ${errors.slice(0, 20).join('\n  ')}`);
}
console.log(`${passed} browser tests passed`);
console.log(`${failed} browser tests failed`);
// A word may name no file of one of the two kinds, and of neither where it names Rust tests; ./test holds the sum to be more than none.
process.exit(failed === 0 && (passed > 0 || files.length > 0 || which) ? 0 : 1);
