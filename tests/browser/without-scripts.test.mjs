import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pages } from './pages.mjs';
import { slugs, visit } from './support/visit.mjs';

const off = { scripts: false };

test('without scripts the map and its table are there', async () => {
  await visit('/', off, async ({ page }) => {
    assert.equal(new Set(await slugs(page, 'main figure svg')).size, 296);
    assert.ok(new Set(await slugs(page, 'main table')).size >= 296);
  });
});

test('without scripts the measure is chosen by a form', async () => {
  await visit('/', off, async ({ page }) => {
    const measure = page.locator('main select[name="measure"]');
    const chosen = await measure.locator('option').nth(1).getAttribute('value');
    await measure.selectOption(chosen);
    await measure.locator('xpath=ancestor::form').locator('button, input[type=submit]').first().click();
    await page.waitForURL((address) => address.searchParams.get('measure') === chosen);
    assert.equal(new Set(await slugs(page, 'main figure svg')).size, 296);
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
      const text = await page.locator('main').evaluate((main) => main.textContent);
      return new Set(text.match(/[\p{L}\d]+/gu));
    });
    const [withScripts, without] = [await words(true), await words(false)];
    assert.ok(without.size > 20, `only ${without.size} different words`);
    const lost = [...withScripts].filter((word) => !without.has(word));
    assert.ok(lost.length <= withScripts.size * 0.03, `only with scripts: ${lost.slice(0, 30).join(' ')}`);
  });
}
