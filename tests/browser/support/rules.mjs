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

/** As on the narrowest phone, in the light. */
async function narrow(page) {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await page.setViewportSize({ width: 320, height: 640 });
}

/** What is seen on a page in letters of fewer pixels, those in drawings measured as they are drawn. */
function smallLetters(page, least) {
  return page.evaluate((least) => {
    const found = new Map();
    const hidden = [...document.querySelectorAll('thead, .vh')].filter((one) => getComputedStyle(one).clipPath !== 'none');
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const { width, height } = element.getBoundingClientRect();
      // What only a screen reader meets is one pixel large, or stands in something that is.
      const unseen = width < 2 || height < 2 || hidden.some((one) => one.contains(element));
      if (own.length === 0 || unseen || !element.checkVisibility({ visibilityProperty: true })) continue;
      const matrix = element.ownerSVGElement ? element.getScreenCTM() : null;
      const size = parseFloat(getComputedStyle(element).fontSize) * (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
      const what = `${element.parentElement.getAttribute('class') ?? ''} > ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
      if (size < least - 0.05) found.set(what, `${what}: ${size.toFixed(1)} px, "${own[0].data.trim().slice(0, 30)}"`);
    }
    return [...found.values()];
  }, least);
}

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

    test(`axe finds nothing wrong on ${kind} in the dark`, async () => {
      await opened.page.emulateMedia({ colorScheme: 'dark' });
      await opened.page.evaluate(axe);
      const { wrong, applied } = await axeOn(opened.page, everyRule);
      none(wrong);
      assert.ok(applied > 10, `only ${applied} rules applied: is this a page?`);
    });

    test(`${kind} has letters of 13 px at least`, async () => none(await smallLetters(opened.page, 13)));

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
      await narrow(page);
      const { width, widest } = await page.evaluate(() => {
        const past = [...document.querySelectorAll('main *, header *, footer *')]
          .filter((element) => element.getBoundingClientRect().right > 321)
          .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
        return { width: document.scrollingElement.scrollWidth, widest: [...new Set(past)].slice(0, 5) };
      });
      assert.ok(width <= 320, `${width} px wide; past the edge: ${widest.join(', ')}`);
    });

    test(`axe finds nothing wrong on ${kind} at 320 px`, async () => {
      await narrow(opened.page);
      none((await axeOn(opened.page, everyRule)).wrong);
    });

    test(`${kind} has letters of 15 px at least on phones`, async () => {
      await narrow(opened.page);
      none(await smallLetters(opened.page, 15));
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
