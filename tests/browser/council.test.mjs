import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site, visit } from './support/visit.mjs';

const DERBY = '/councils/derby-city-council';

test('a council page shows the three statistics, each as a sentence with its counts', async () => {
  await visit(DERBY, {}, async ({ page }) => {
    assert.match(await page.locator('h1').innerText(), /Derby/);
    const main = await page.locator('main').innerText();
    for (const name of [/upheld|fault/i, /complian|recommendations|complied/i, /satisfactory remed/i]) assert.match(main, name);
    assert.ok((main.match(/\d+ of (the )?\d+/g) ?? []).length >= 3, 'each rate names its counts');
    assert.match(main, /1 April \d{4} to 31 March \d{4}/);
    assert.match(main, /similar authorities/i);
  });
});

for (const slug of ['derbyshire-county-council', 'hampshire-county-council', 'birmingham-city-council', 'amber-valley-borough-council', 'isles-of-scilly']) {
  test(`the committee pack of ${slug} prints on two sheets at most`, async () => {
    await visit(`/councils/${slug}/pack`, {}, async ({ page }) => {
      const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
      assert.ok(sheets.length <= 2, `${sheets.length} sheets`);
    });
  });
}

test('the page and its JSON twin give the same figures', async () => {
  const twin = await (await fetch(`${site}${DERBY}.json`)).json();
  await visit(DERBY, {}, async ({ page }) => {
    const main = await page.locator('main').innerText();
    const shown = twin.statistics.filter(({ measure }) => ['upheld', 'compliance', 'satisfactory-remedies'].includes(measure));
    assert.equal(shown.length, 3);
    for (const figure of shown) assert.ok(main.includes(figure.shown), `${figure.measure}: ${figure.shown} is not on the page`);
  });
});

test('invented figures are announced on every council page', async () => {
  const { data } = await (await fetch(`${site}/version`)).json();
  assert.equal(data.synthetic, true);
  await visit(DERBY, {}, async ({ page }) => {
    assert.match(await page.locator('body').innerText(), /invented|demonstration/i);
  });
});

test('a district names the county council of the same place, and the county its districts', async () => {
  await visit('/councils/amber-valley-borough-council', {}, async ({ page }) => {
    assert.ok(await page.locator('main a[href*="/councils/derbyshire-county-council"]').count() > 0);
  });
});

test('a council that was abolished names who took over', async () => {
  await visit('/councils/northamptonshire-county-council', {}, async ({ page }) => {
    for (const successor of ['north-northamptonshire-council', 'west-northamptonshire-council']) {
      assert.ok(await page.locator(`main a[href*="/councils/${successor}"]`).count() > 0, successor);
    }
    assert.match(await page.locator('main').innerText(), /2021/);
  });
});

for (const path of ['/councils/atlantis-borough-council', `${DERBY}?year=1901-02`, `${DERBY}?colour=red`]) {
  test(`${path} is refused with a page that helps`, async () => {
    const { status } = await fetch(site + path);
    assert.ok([400, 404].includes(status), `status ${status}`);
    await visit(path, { status }, async ({ page }) => {
      assert.ok((await page.locator('h1').innerText()).length > 0);
      assert.ok(await page.locator('main a[href]').count() > 0, 'a way on');
    });
  });
}
