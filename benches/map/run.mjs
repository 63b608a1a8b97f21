// The map of the site beside the same map in Leaflet, MapLibre and d3-geo, in one run: bytes, requests, time to the drawn map,
// blocked time, frames while panning, memory. After it what a choice on the home page costs.
//
//     npm ci && node run.mjs [--program ../../target/release/council-map] [--rounds 5] [--choices]
//
// All are served brotli-compressed over the same 1.6 Mbit/s with 150 ms of delay to a processor slowed four times. Geometry and values
// are those of the site's own page; the peers draw the map alone, without search, finding, key, names and list.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { areas } from './geometry.mjs';
import { PEERS } from './peers.mjs';
import { measureChoices } from './switch.mjs';

const { values: asked } = parseArgs({ options: { program: { type: 'string', default: '../../target/release/council-map' }, rounds: { type: 'string', default: '5' }, choices: { type: 'boolean', default: false } } });
const here = new URL('.', import.meta.url).pathname;
const { chromium } = createRequire(join(here, '../../tests/browser/package.json'))('playwright-core');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Kilobits and milliseconds of a slow telephone, as the budgets have them. */
const NETWORK = { offline: false, downloadThroughput: (1.6e6 / 8), uploadThroughput: (750e3 / 8), latency: 150 };
const SLOWED = 4;
const PANNING = 3000;

async function startSite() {
  const folder = await mkdtemp(join(tmpdir(), 'council-map-peers-'));
  const program = spawn(join(here, asked.program), ['serve', '--listen', '127.0.0.1:0', '--pages-ahead', 'false', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [program.stdout, program.stderr]) {
      stream.on('data', (bytes) => {
        said += bytes;
        const found = /listening on (http:\/\/[\d.:]+)/.exec(said);
        if (found) resolve(found[1]);
      });
    }
    program.on('exit', () => reject(new Error(`the program ended: ${said}`)));
  });
  return { address, stop: async () => { program.kill(); await rm(folder, { recursive: true, force: true }); } };
}

/** One server for all peers: page, script, style and areas of each under its name. */
async function servePeers(geojson) {
  const files = new Map([['/areas.json', ['application/json', JSON.stringify(geojson)]]]);
  for (const [name, { style, script }] of Object.entries(PEERS)) {
    const { outputFiles: [{ text }] } = await build({ stdin: { contents: script, resolveDir: here }, bundle: true, minify: true, format: 'esm', write: false });
    const css = style.map((file) => readFileSync(join(here, 'node_modules', file), 'utf8')).join('\n');
    const links = css ? `<link rel="stylesheet" href="/${name}.css">` : '';
    files.set(`/${name}`, ['text/html', `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">${links}<style>body{margin:0}#map{width:860px;height:780px;margin-left:400px}</style><div id="map"></div><script type="module" src="/${name}.js"></script></html>`]);
    files.set(`/${name}.css`, ['text/css', css]);
    files.set(`/${name}.js`, ['text/javascript', text]);
  }
  const packed = new Map([...files].map(([path, [type, text]]) => [path, [type, brotliCompressSync(text)]]));
  const server = createServer((request, response) => {
    const [type, bytes] = packed.get(request.url) ?? [];
    if (!bytes) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'content-length': bytes.length }).end(bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Memory of the processes that draw pages, in MB. */
async function memory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU');
  const kept = pages.map(({ id }) => Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))[1]));
  return kept.reduce((sum, one) => sum + one, 0) / 1024;
}

async function measure(address, isDrawn, comeCloser, at) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => console.error(`${address}: ${error}`));
    page.on('console', (message) => message.type() === 'error' && console.error(`${address}: ${message.text()}`));
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Network.enable');
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
    await protocol.send('Network.emulateNetworkConditions', NETWORK);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    let [bytes, requests] = [0, 0];
    protocol.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; requests += 1; });
    // As text: the policy of the site forbids `eval`.
    await page.addInitScript({ content: `
      window.blocked = 0;
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) window.blocked += Math.max(0, task.duration - 50);
      }).observe({ type: 'longtask', buffered: true });
      // What a frame finds is on the screen with the next.
      requestAnimationFrame(function look() {
        if (${isDrawn}) requestAnimationFrame(() => { window.drawnAt = performance.now(); });
        else requestAnimationFrame(look);
      });` });
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.drawnAt, null, { timeout: 20_000 });
    await page.waitForLoadState('networkidle');
    // The buttons of the site come with its script.
    if (address.endsWith('/')) await page.waitForSelector('button[aria-label="Zoom in"]');
    const loaded = { bytes, requests };
    const { drawn, blocked } = await page.evaluate(() => ({ drawn: window.drawnAt, blocked: window.blocked }));
    for (let step = 0; step < 2; step += 1) {
      await page.evaluate(comeCloser);
      await page.waitForTimeout(800);
    }
    await page.evaluate(() => {
      window.frames = [];
      let before = performance.now();
      const frame = (now) => { window.frames.push(now - before); before = now; requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
    });
    const [x, y] = at;
    await page.mouse.move(x, y);
    await page.mouse.down();
    const end = Date.now() + PANNING;
    for (let step = 0; Date.now() < end; step += 1) await page.mouse.move(x + 120 * Math.sin(step / 9), y + 120 * Math.cos(step / 9));
    await page.mouse.up();
    const frames = (await page.evaluate(() => window.frames)).slice(1);
    const smooth = frames.filter((one) => one < 33).length / frames.length * 100;
    return { ...loaded, drawn, blocked, smooth, frames: frames.length / (PANNING / 1000), memory: await memory(browser) };
  } finally {
    await browser.close();
  }
}

const site = await startSite();
if (asked.choices) {
  await measureChoices(chromium, executablePath, site.address, Number(asked.rounds));
  await site.stop();
  process.exit(0);
}
const html = await (await fetch(`${site.address}/`)).text();
const peers = await servePeers(areas(html));
const contenders = [
  ['Council Map', `${site.address}/`, "document.querySelector('#map path')", () => document.querySelector('button[aria-label="Zoom in"]').click(), [850, 500]],
  ...Object.keys(PEERS).map((name) => [name, `${peers.address}/${name}`, 'window.drawn', () => window.closer(), [830, 400]]),
];
const results = new Map(contenders.map(([name]) => [name, []]));
for (let round = 0; round < Number(asked.rounds); round += 1) {
  for (const [name, ...rest] of contenders) results.get(name).push(await measure(...rest));
}
peers.stop();

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(`${asked.rounds} rounds in turn, medians; ${cpus().length} x ${cpus()[0].model}, slowed ${SLOWED} times; 1.6 Mbit/s, 150 ms\n`);
console.log('| | kB | requests | drawn, s | blocked, ms | frames under 33 ms | frames a second | memory, MB |');
console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
for (const [name, all] of results) {
  const of = (key, digits = 0, factor = 1) => (median(all.map((one) => one[key])) * factor).toFixed(digits);
  console.log(`| ${name} | ${of('bytes', 1, 1e-3)} | ${of('requests')} | ${of('drawn', 2, 1e-3)} | ${of('blocked')} | ${of('smooth')}% | ${of('frames')} | ${of('memory')} |`);
}
console.log('\nA choice on the home page:\n');
await measureChoices(chromium, executablePath, site.address, Number(asked.rounds));
await site.stop();
