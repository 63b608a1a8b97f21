// Pictures of the pages for people who want to look: node tools/screenshot.mjs BASE OUTDIR
// Needs the packages of tests/browser (`npm --prefix tests/browser ci`) and Chromium.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [base, out] = process.argv.slice(2);
if (!base || !out) {
  console.error('usage: node tools/screenshot.mjs BASE OUTDIR, for example http://127.0.0.1:8080 target/screenshots');
  process.exit(2);
}
const { chromium } = createRequire(new URL('../tests/browser/package.json', import.meta.url))('playwright-core');

const pages = {
  home: '/', hexagons: '/?view=hex', counties: '/?tier=county', find: '/find?q=DE5+3BT', councils: '/councils',
  council: '/councils/derby-city-council', abolished: '/councils/northamptonshire-county-council', about: '/about',
};
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB' });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(base.replace(/\/$/, '') + path);
      const file = join(out, `${name}-${size}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
    await context.close();
  }
}
await browser.close();
