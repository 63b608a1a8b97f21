import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site, slugs, visit } from './support/visit.mjs';

/** Types into the search box of the first page and sends it. Gives the councils it leads to, in order. */
export async function find(words, options, look) {
  return visit('/', options, async ({ page }) => {
    const box = page.locator('input[name="q"]').first();
    await box.fill(words);
    await Promise.all([page.waitForURL((address) => address.pathname !== '/'), box.press('Enter')]);
    const { pathname } = new URL(page.url());
    const led = pathname.startsWith('/councils/') ? [pathname.split('/')[2]] : await slugs(page, 'main');
    return look([...new Set(led)], page);
  });
}

test('the postcode DE1 2FS leads to Derby alone', async () => {
  await find('DE1 2FS', {}, (councils) => assert.deepEqual(councils, ['derby-city-council']));
});

test('a postcode in Amber Valley shows two councils, the lower tier first', async () => {
  await find('de53bt', {}, (councils) => {
    assert.deepEqual(councils, ['amber-valley-borough-council', 'derbyshire-county-council']);
  });
});

test('a name with a typing error offers the council that was meant', async () => {
  await find('Derbey', {}, (councils) => assert.ok(councils.includes('derby-city-council'), councils.join(', ')));
});

test('a GSS code leads to its council', async () => {
  await find('E06000015', {}, (councils) => assert.equal(councils[0], 'derby-city-council'));
});

for (const [words, expected] of [
  ['CF10 1AA', /Wales|Welsh/],
  ['EH1 1YZ', /Scotland|Scottish/],
  ['zzzzqqq', /nothing|not found|no council|could not|did not/i],
]) {
  test(`"${words}" finds no council and says why`, async () => {
    const response = await fetch(`${site}/find?q=${encodeURIComponent(words)}`);
    assert.ok(response.status < 500, `status ${response.status}`);
    await visit(`/find?q=${encodeURIComponent(words)}`, { status: response.status }, async ({ page }) => {
      assert.match(await page.locator('main').innerText(), expected);
      assert.ok(await page.locator('input[name="q"]').count() > 0, 'the search box stays at hand');
    });
  });
}

test('completion offers councils while the name is typed', async () => {
  await visit('/', {}, async ({ page }) => {
    const box = page.locator('input[name="q"]').first();
    await box.click();
    await box.pressSequentially('amber v', { delay: 30 });
    await page.waitForFunction(() => [...document.querySelectorAll('datalist option, [role="option"]')]
      .some((option) => /Amber Valley/.test(option.value || option.textContent)), undefined, { timeout: 5000 });
  });
});
