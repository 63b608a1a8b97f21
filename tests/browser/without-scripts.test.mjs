import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pages } from './pages.mjs';
import { choose, MAP, slugs, visit } from './support/visit.mjs';

const off = { scripts: false };

test('without scripts the map and its table are there', async () => {
  await visit('/', off, async ({ page }) => {
    assert.equal(new Set(await slugs(page, MAP)).size, 296);
    assert.ok(new Set(await slugs(page, 'main table')).size >= 296);
  });
});

test('without scripts the measure is chosen by a form', async () => {
  await visit('/', off, async ({ page }) => {
    const chosen = await page.locator('main select[name="measure"] option').nth(1).getAttribute('value');
    await choose(page, 'measure', chosen);
    assert.equal(new Set(await slugs(page, MAP)).size, 296);
  });
});

test('without scripts a postcode finds its councils and leads to their pages', async () => {
  await visit('/', off, async ({ page }) => {
    await page.locator('input[name="q"]').first().fill('DE5 3BT');
    await page.locator('input[name="q"]').first().press('Enter');
    await page.waitForURL('**/find?**');
    await page.locator('main a[href*="/councils/amber-valley-borough-council"]').first().click();
    await page.waitForURL('**/councils/amber-valley-borough-council*');
    assert.match(await page.locator('h1').innerText(), /Amber Valley/);
    assert.match(await page.locator('main').innerText(), /satisfactory remed/i);
  });
});

for (const { kind, path, status } of pages) {
  test(`${kind} says the same with scripts off`, async () => {
    const words = (scripts) => visit(path, { scripts, status }, async ({ page }) => {
      return new Set((await page.locator('main').innerText()).match(/[\p{L}\d]+/gu));
    });
    const [withScripts, without] = [await words(true), await words(false)];
    assert.ok(without.size > 10, `only ${without.size} different words`);
    const lost = [...withScripts].filter((word) => !without.has(word));
    // A script may offer what only a script can do ("Use my location"), in a few words.
    assert.ok(lost.length <= 6, `only with scripts: ${lost.slice(0, 30).join(' ')}`);
  });
}
