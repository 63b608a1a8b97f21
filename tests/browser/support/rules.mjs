// What every page is held to: the page is opened once with scripts and once without.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { MAP, none, open, site, visit } from './visit.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** What axe finds wrong on an opened page, and how many rules it could apply. */
async function axeOn(page, runOnly) {
  const { violations, passes } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }), runOnly,
  );
  const wrong = violations.map(({ id, help, nodes }) => `${page.url()} ${id}: ${help}; ${nodes.length} times, first ${nodes[0].html.slice(0, 160)} (${nodes[0].failureSummary.replaceAll('\n', ' ').slice(0, 200)})`);
  return { wrong, applied: passes.length };
}

const words = async (page) => new Set((await page.locator('main').innerText()).match(/[\p{L}\d]+/gu));

/** Tests of all the rules on one page. */
export function hold({ kind, path, status = 200 }) {
  describe(kind, () => {
    let opened;
    before(async () => { opened = await open(path, { status }); });
    after(() => opened?.context.close());

    test(`${kind} asks no other host, sets no cookie and leaves the console clean`, async () => {
      const { page, context, response, requests, troubles } = opened;
      assert.equal(response.status(), status);
      await page.mouse.move(640, 600);
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(200);
      none(requests.filter((address) => !address.startsWith(`${site}/`) && !address.startsWith('data:')));
      none(await context.cookies());
      none(troubles);
      const headers = response.headers();
      assert.equal(headers['set-cookie'], undefined);
      assert.match(headers['content-security-policy'] ?? '', /default-src 'none'/);
      assert.doesNotMatch(headers['content-security-policy'], /unsafe-inline|unsafe-eval|https?:/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    });

    test(`${kind} has one h1, a title of its own, its language and a skip link`, async () => {
      const { page } = opened;
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB');
      assert.ok((await page.title()).length > 5);
      const first = page.locator('body a[href]').first();
      assert.match(await first.getAttribute('href'), /^#/);
      assert.equal(await page.locator(await first.getAttribute('href')).count(), 1, 'the skip link leads somewhere');
    });

    test(`${kind} says the same with scripts off`, async () => {
      const withScripts = await words(opened.page);
      const without = await visit(path, { scripts: false, status }, ({ page }) => words(page));
      assert.ok(without.size > 10, `only ${without.size} different words`);
      const lost = [...withScripts].filter((word) => !without.has(word));
      // A script may offer what only a script can do ("Use my location"), in a few words.
      assert.ok(lost.length <= 6, `only with scripts: ${lost.slice(0, 30).join(' ')}`);
    });

    test(`axe finds nothing wrong on ${kind}`, async () => {
      await opened.page.evaluate(axe);
      const { wrong, applied } = await axeOn(opened.page, everyRule);
      none(wrong);
      assert.ok(applied > 10, `only ${applied} rules applied: is this a page?`);
    });

    // Light and dark are the same document in other colours.
    test(`axe finds no contrast wrong on ${kind} in the dark`, async () => {
      await opened.page.emulateMedia({ colorScheme: 'dark' });
      const { wrong, applied } = await axeOn(opened.page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
      none(wrong);
      assert.ok(applied > 0, 'no colour was looked at');
    });

    test(`${kind} keeps its words and its links in forced colours`, async () => {
      const { page } = opened;
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
      assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
      assert.ok(await page.locator('h1').isVisible());
      const areas = page.locator(`${MAP} a`);
      if (await areas.count() > 0) assert.ok((await areas.first().boundingBox()).width > 0);
    });

    test(`${kind} does not scroll sideways at 320 px`, async () => {
      const { page } = opened;
      await page.emulateMedia({ forcedColors: 'none' });
      await page.setViewportSize({ width: 320, height: 640 });
      const { width, widest } = await page.evaluate(() => {
        const past = [...document.querySelectorAll('main *, header *, footer *')]
          .filter((element) => element.getBoundingClientRect().right > 321)
          .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
        return { width: document.scrollingElement.scrollWidth, widest: [...new Set(past)].slice(0, 5) };
      });
      assert.ok(width <= 320, `${width} px wide; past the edge: ${widest.join(', ')}`);
    });
  });
}

/** What axe finds wrong at an address. */
export async function wrongAt(path) {
  return visit(path, {}, async ({ page, response }) => {
    assert.equal(response.status(), 200, path);
    await page.evaluate(axe);
    return (await axeOn(page, everyRule)).wrong;
  });
}
