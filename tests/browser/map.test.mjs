import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, MAP, none, slugs, visit } from './support/visit.mjs';

const TABLE = 'main table';
const unique = (list) => [...new Set(list)].sort();

async function both(path) {
  return visit(path, {}, async ({ page }) => ({
    areas: unique(await slugs(page, MAP)), rows: unique(await slugs(page, TABLE)),
  }));
}

test('the map and its table show all 317 current councils over both tiers', async () => {
  const district = await both('/');
  const county = await both('/?tier=county');
  assert.equal(unique([...district.areas, ...county.areas]).length, 317);
  assert.equal(unique([...district.rows, ...county.rows]).length, 317);
});

for (const [tier, count] of [['district', 296], ['county', 153]]) {
  test(`the map of ${tier} services has an area for each of its ${count} councils, and the table names the same`, async () => {
    const { areas, rows } = await both(`/?tier=${tier}`);
    assert.equal(areas.length, count);
    assert.deepEqual(rows.filter((slug) => areas.includes(slug)), areas);
  });
}

test('the hexagons show the same councils as the map', async () => {
  const map = await both('/?view=map');
  const hexagons = await both('/?view=hex');
  assert.equal(hexagons.areas.length, 296);
  assert.deepEqual(hexagons.areas, map.areas);
});

test('the table view shows the same councils as the map', async () => {
  const map = await both('/?view=map');
  const table = await both('/?view=table');
  assert.equal(map.areas.length, 296);
  none(map.areas.filter((slug) => !table.rows.includes(slug)));
});

test('areas have size, and the south lies below the north', async () => {
  await visit('/', {}, async ({ page }) => {
    const top = async (slug) => page.locator(`${MAP} a[href*="/councils/${slug}"]`).first().boundingBox();
    const [north, south] = [await top('northumberland-county-council'), await top('cornwall-council')];
    assert.ok(north.width > 10 && north.height > 10, 'Northumberland is too small to see');
    assert.ok(north.y + north.height < south.y, 'Cornwall should lie below Northumberland');
    assert.ok(south.x < north.x, 'Cornwall should lie west of Northumberland');
  });
});

test('the finding stands in words over the map, and the legend gives counts', async () => {
  await visit('/', {}, async ({ page }) => {
    assert.match(await page.locator('main #finding').innerText(), /\d+ .*(expected|higher|lower|too few)/is);
    const counts = await page.locator('main .key li b').allInnerTexts();
    assert.ok(counts.length >= 4, `a legend of only ${counts.length} lines`);
    const total = counts.reduce((sum, count) => sum + Number(count), 0);
    assert.equal(total, await page.locator(`${TABLE} tbody tr`).count(), 'the counts of the legend add up to the table');
  });
});

test('choosing another measure changes the address and keeps the map', async () => {
  await visit('/', {}, async ({ page }) => {
    const measure = page.locator('main select[name="measure"]');
    const chosen = await measure.locator('option').nth(1).getAttribute('value');
    await choose(page, 'measure', chosen);
    assert.ok((await slugs(page, MAP)).length >= 296);
  });
});

test('a click on an area opens its council', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator(`${MAP} a[href*="/councils/cornwall-council"]`).first().click();
    await page.waitForURL('**/councils/cornwall-council*');
    assert.match(await page.locator('h1').innerText(), /Cornwall/);
  });
});

test('on a phone the search box comes before the map', async () => {
  await visit('/', { width: 390, height: 844 }, async ({ page }) => {
    const box = await page.locator('main input[name="q"]').first().boundingBox();
    const map = await page.locator(MAP).first().boundingBox();
    assert.ok(box.y + box.height <= map.y, `box at ${box.y}, map at ${map.y}`);
    assert.ok(box.y < 844, 'the box is on the first screen');
  });
});
