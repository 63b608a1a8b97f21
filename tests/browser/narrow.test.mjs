import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pages } from './pages.mjs';
import { MAP, visit } from './support/visit.mjs';

for (const { kind, path, status } of pages) {
  test(`${kind} does not scroll sideways at 320 px`, async () => {
    await visit(path, { width: 320, height: 640, status }, async ({ page }) => {
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

test('on a phone the search box comes before the map', async () => {
  await visit('/', { width: 390, height: 844 }, async ({ page }) => {
    const box = await page.locator('main input[name="q"]').first().boundingBox();
    const map = await page.locator(MAP).first().boundingBox();
    assert.ok(box.y + box.height <= map.y, `box at ${box.y}, map at ${map.y}`);
    assert.ok(box.y < 844, 'the box is on the first screen');
  });
});
