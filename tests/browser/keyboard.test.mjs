import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAP, none, visit } from './support/visit.mjs';

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  // An area of the map is ringed by the stroke of its shape.
  const shape = element.closest('svg') ? element.querySelector('path, use, polygon') : null;
  const style = getComputedStyle(element);
  const outline = style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth);
  return {
    name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 80) || element.getAttribute('name') || element.tagName,
    href: element.getAttribute('href') ?? '',
    inTable: element.closest('table') !== null || element.querySelector?.('table') !== null && element !== document.body,
    inMap: element.closest('svg') !== null && element.closest('figure') !== null,
    ring: shape ? Number.parseFloat(getComputedStyle(shape).strokeWidth) * shape.getScreenCTM().a : outline,
  };
});

test('five presses of Tab are enough to reach the table', async () => {
  await visit('/?view=table', {}, async ({ page }) => {
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
    await page.locator('main input[name="q"]').first().focus();
    let stops = 0;
    for (let press = 0; press < 25; press += 1) {
      await page.keyboard.press('Tab');
      if ((await focused(page)).inMap) stops += 1;
    }
    assert.equal(stops, 1);
  });
});

test('arrow keys go from council to neighbouring council and Enter opens it', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator(`${MAP} a[tabindex="0"]`).first().focus();
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

test('keys alone lead from the first view to Cornwall, 2021-22, compliance, and on to its neighbour', async (t) => {
  await visit('/', {}, async ({ page }) => {
    const finding = () => page.locator('#finding').innerText();
    const tabTo = async (wanted) => {
      for (let press = 0; press < 40; press += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), wanted)) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`Tab does not reach ${wanted}`);
    };
    for (const [choice, letters] of [['measure', 'Did what'], ['year', '2021']]) {
      await tabTo(`#filters select[name="${choice}"]`);
      await page.keyboard.type(letters);
    }
    // Choices made with keys wait for the button.
    const before = await finding();
    await tabTo('#filters button');
    await page.keyboard.press('Enter');
    await page.waitForFunction((before) => document.querySelector('#finding').innerText !== before, before);
    const { searchParams } = new URL(page.url());
    assert.deepEqual([searchParams.get('measure'), searchParams.get('year')], ['compliance', '2021-22']);
    await tabTo('#map a');
    let steps = 0;
    let at = await focused(page);
    for (; steps < 60 && !at.name.startsWith('Cornwall:'); steps += 1) {
      const before = at.name;
      // To the west, and along the coast where there is nothing further west.
      for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowUp']) {
        await page.keyboard.press(key);
        at = await focused(page);
        if (at.name !== before) break;
      }
    }
    assert.match(at.name, /^Cornwall: (\d+%|no cases)/i);
    const card = await page.locator('main [role="tooltip"], main .tip, main .card').allInnerTexts();
    t.diagnostic(`after ${steps} arrows: ${at.name}; ${card.join(' ')}`);
    await page.keyboard.press('ArrowRight');
    assert.match((await focused(page)).name, /^(Plymouth|West Devon|Torridge|South Hams): /);
  });
});

test('one Tab leaves the map again', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator(`${MAP} a`).first().focus();
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
        none(faint);
      });
    });
  }
}

/** Presses Tab until the focused element is a wanted one, at most `most` times. */
async function tabTo(page, selector, most = 120) {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by ${most} presses of Tab`);
}

test('keys alone narrow decisions down, turn the page and open one', async () => {
  await visit('/decisions', {}, async ({ page }) => {
    await tabTo(page, '.facet a[href*="outcome=not-upheld"], .facet a[href*="outcome=upheld"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/outcome=/);
    const narrowed = await page.locator('h1, .lede, main p').allTextContents();
    assert.ok(narrowed.join(' ').match(/\d/), 'the number found is said');
    await tabTo(page, '.pages a[rel="next"]', 160);
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=2/);
    assert.match(page.url(), /outcome=/, 'turning the page keeps the choice');
    await tabTo(page, '.cases > li > h2 > a');
    const { href } = await focused(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${href}`);
    assert.match(await page.locator('h1').innerText(), /\w/);
  });
});

test('a choice made with the arrow keys waits for the button', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator('select[name="measure"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(300);
    assert.equal(new URL(page.url()).search, '', 'the page went away under the keys');
    const chosen = await page.locator('select[name="measure"]').inputValue();
    assert.notEqual(chosen, 'upheld');
    await tabTo(page, '.ctl button[type="submit"]', 8);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('measure') === chosen);
  });
});
