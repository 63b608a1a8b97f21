// Starts the built program on a free port with an empty data folder, so that it makes its own demonstration.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../../target/debug/council-map', import.meta.url));
// An unoptimised build makes the demonstration on a busy machine; the promise of 10 s is for a release build.
const PATIENCE_MS = 180_000;

/** Resolves to the address, what was logged so far, and a way to stop. */
export async function startSite() {
  const data = mkdtempSync(join(tmpdir(), 'council-map-browser-'));
  const program = process.env.COUNCIL_MAP_BIN ?? built;
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let log = '';
  child.stderr.on('data', (chunk) => { log += chunk; });
  const stop = () => {
    child.kill('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const address = await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not listening after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`stopped with status ${code}`)));
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(late);
        const [, address] = /^listening on (http:\/\/\S+)$/.exec(line) ?? [];
        address ? resolve(address) : reject(new Error(`first line was "${line}"`));
      });
    });
    child.removeAllListeners('exit');
    return { address, stop, log: () => log };
  } catch (error) {
    stop();
    throw new Error(`${program} serve: ${error.message}\n${log.slice(-4000)}`);
  }
}
