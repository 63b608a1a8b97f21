import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './support/visit.mjs';

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return {
    name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 80) || element.getAttribute('name') || element.tagName,
    href: element.getAttribute('href') ?? '',
    inTable: element.closest('table') !== null || element.querySelector?.('table') !== null && element !== document.body,
    inMap: element.closest('svg') !== null && element.closest('figure') !== null,
    ring: style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
  };
});

test('five presses of Tab are enough to reach the table', async () => {
  await visit('/', {}, async ({ page }) => {
    for (let presses = 1; presses <= 5; presses += 1) {
      await page.keyboard.press('Tab');
      const at = await focused(page);
      if (at.inTable) return;
      // A skip link is followed, as a reader would.
      if (at.href.startsWith('#') && /table/i.test(at.name)) await page.keyboard.press('Enter');
    }
    assert.fail(`still at ${(await focused(page)).name}`);
  });
});

test('the map is one stop for Tab', async () => {
  await visit('/', {}, async ({ page }) => {
    const stops = await page.locator('main figure svg').first().evaluate((map) => [map, ...map.querySelectorAll('*')]
      .filter((element) => element.tabIndex >= 0 && (element.hasAttribute('tabindex') || element.tagName === 'a')).length);
    assert.equal(stops, 1);
  });
});

test('arrow keys go from council to neighbouring council and Enter opens it', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator('main figure svg').first().evaluate((map) => {
      const stop = map.tabIndex >= 0 && map.hasAttribute('tabindex') ? map : [...map.querySelectorAll('a')].find((area) => area.tabIndex >= 0);
      stop.focus();
    });
    const visited = [(await focused(page)).href];
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowRight']) {
      await page.keyboard.press(key);
      const at = await focused(page);
      assert.ok(at.inMap, `${key} left the map for ${at.name}`);
      visited.push(at.href);
    }
    assert.ok(new Set(visited).size >= 3, `only ${[...new Set(visited)].join(', ')}`);
    const { href } = await focused(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${href}`);
  });
});

test('one Tab leaves the map again', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator('main figure svg a').first().focus();
    await page.keyboard.press('Tab');
    assert.ok(!(await focused(page)).inMap);
  });
});

for (const [kind, path] of [['the map', '/'], ['a council page', '/councils/derby-city-council'], ['the list of councils', '/councils']]) {
  for (const scheme of ['light', 'dark']) {
    test(`every stop of Tab on ${kind} shows where it is, ${scheme}`, async () => {
      await visit(path, { scheme }, async ({ page }) => {
        const faint = [];
        for (let press = 0; press < 25; press += 1) {
          await page.keyboard.press('Tab');
          const at = await focused(page);
          if (at.name !== 'BODY' && at.ring < 2) faint.push(`${at.name} (${at.ring} px)`);
        }
        assert.deepEqual(faint, []);
      });
    });
  }
}
