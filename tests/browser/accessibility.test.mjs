import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { pages } from './pages.mjs';
import { MAP, none, visit } from './support/visit.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on a page. */
async function wrong(path, { scheme = 'light', status = 200 } = {}) {
  return visit(path, { scheme, status }, async ({ page, response }) => {
    assert.equal(response.status(), status, path);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(
      (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), rules,
    );
    assert.ok(passes.length > 10, `only ${passes.length} rules applied: is this a page?`);
    return violations.map(({ id, help, nodes }) => `${path} ${id}: ${help}; ${nodes.length} times, first ${nodes[0].html.slice(0, 160)} (${nodes[0].failureSummary.replaceAll('\n', ' ').slice(0, 200)})`);
  });
}

for (const { kind, path, status = 200 } of pages) {
  for (const scheme of ['light', 'dark']) {
    test(`axe finds nothing wrong on ${kind}, ${scheme}`, async () => none(await wrong(path, { scheme, status })));
  }

  test(`${kind} keeps its words and its links in forced colours`, async () => {
    await visit(path, { forcedColors: 'active', status }, async ({ page }) => {
      assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
      assert.ok(await page.locator('h1').isVisible());
      const areas = page.locator(`${MAP} a`);
      if (await areas.count() > 0) assert.ok((await areas.first().boundingBox()).width > 0);
    });
  });

  test(`${kind} has one h1, a title of its own, its language and a skip link`, async () => {
    await visit(path, { status }, async ({ page }) => {
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB');
      assert.ok((await page.title()).length > 5);
      const first = page.locator('body a[href]').first();
      assert.match(await first.getAttribute('href'), /^#/);
      assert.equal(await page.locator(await first.getAttribute('href')).count(), 1, 'the skip link leads somewhere');
    });
  });
}

test('axe finds nothing wrong on the letters of every year and kind of council', async () => {
  const found = [];
  for (const slug of ['kent-county-council', 'adur-district-council', 'leeds-city-council', 'london-borough-of-barnet']) {
    for (const year of ['2018-19', '2019-20', '2020-21', '2021-22', '2022-23', '2023-24', '2024-25']) {
      found.push(...await wrong(`/councils/${slug}/letters/${year}`));
    }
  }
  none(found);
});

test('no two kinds of page share a title', async () => {
  const titles = [];
  for (const { path, status } of pages.filter((page) => (page.status ?? 200) === 200)) {
    titles.push(await visit(path, { status, scripts: false }, ({ page }) => page.title()));
  }
  none(titles.filter((title, at) => titles.indexOf(title) !== at));
});
