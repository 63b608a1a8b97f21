import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, MAP, slugs, visit } from './support/visit.mjs';

const off = { scripts: false };

test('without scripts the map and its table are there', async () => {
  await visit('/', off, async ({ page }) => {
    assert.equal(new Set(await slugs(page, MAP)).size, 296);
  });
  await visit('/?view=table', off, async ({ page }) => {
    assert.equal(new Set(await slugs(page, 'main table')).size, 317);
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
