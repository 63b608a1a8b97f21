// Fails when a dependency may be used only under a licence that is not on the list of deny.toml.
// Reads `cargo metadata` and the npm lock file; asks no network. Usage: node tools/licences.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const rules = readFileSync(new URL('../deny.toml', import.meta.url), 'utf8').replaceAll(/#.*/g, '');
const list = /^\[licenses\]\s+allow = \[([^\]]*)\]/m.exec(rules)?.[1] ?? '';
const allowed = new Set([...list.matchAll(/"([^"]+)"/g)].map(([, licence]) => licence));
if (!allowed.has('MIT')) throw new Error('deny.toml has no list of licences');

// Packages that name no licence in their manifest, with the one that their LICENSE file was read to be.
const readByHand = { 'parse-cache-control 1.0.1': 'BSD-3-Clause' };

/** Whether an SPDX expression leaves a choice of allowed licences alone. The old `MIT/Apache-2.0` means OR. */
export function isAllowed(expression) {
  const tokens = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
  const either = () => {
    let met = both();
    while (tokens[0] === 'OR') { tokens.shift(); met = both() || met; }
    return met;
  };
  const both = () => {
    let met = one();
    while (tokens[0] === 'AND') { tokens.shift(); met = one() && met; }
    return met;
  };
  const one = () => {
    let token = tokens.shift();
    if (token === '(') {
      const met = either();
      tokens.shift();
      return met;
    }
    if (tokens[0] === 'WITH') token += ` ${tokens.shift()} ${tokens.shift()}`;
    return allowed.has(token);
  };
  return tokens.length > 0 && either() && tokens.length === 0;
}

for (const [expression, expected] of [
  ['MIT/Apache-2.0', true], ['GPL-3.0-only OR MIT', true], ['MIT AND GPL-2.0', false], ['AGPL-3.0', false],
  ['(MIT OR Apache-2.0) AND Unicode-3.0', true], ['', false],
]) {
  if (isAllowed(expression) !== expected) throw new Error(`the licence reader is wrong about "${expression}"`);
}

const cargo = JSON.parse(execFileSync('cargo', ['metadata', '--locked', '--quiet', '--format-version', '1'], {
  encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'],
}));
const crates = cargo.packages.map(({ name, version, license, source }) => ({ name, version, license, source }));

const lock = JSON.parse(readFileSync(new URL('../tests/browser/package-lock.json', import.meta.url), 'utf8'));
const modules = Object.entries(lock.packages)
  .filter(([place]) => place !== '')
  .map(([place, { version, license }]) => ({ name: place.replace(/.*node_modules\//, ''), version, license }))
  .map((module) => ({ ...module, license: module.license ?? readByHand[`${module.name} ${module.version}`] }));

const problems = [
  ...[...crates, ...modules]
    .filter(({ license }) => !isAllowed(license ?? ''))
    .map(({ name, version, license }) => `${name} ${version}: ${license ?? 'no licence named'}`),
  ...crates
    .filter(({ source }) => source !== null && !source.startsWith('registry+'))
    .map(({ name, source }) => `${name}: comes from ${source}, not from the registry`),
];
for (const problem of problems) console.error(problem);
console.log(`${crates.length} crates and ${modules.length} npm packages, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
