import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, MAP, none, slugs, visit } from './support/visit.mjs';

const TABLE = '#table table';
const unique = (list) => [...new Set(list)].sort();
const areasOf = (path) => visit(path, {}, async ({ page }) => unique(await slugs(page, MAP)));
const rowsOf = (path) => visit(path, {}, async ({ page }) => unique(await slugs(page, TABLE)));

test('the maps of both tiers show all 317 current councils, and so does the table', async () => {
  assert.equal(unique([...await areasOf('/'), ...await areasOf('/?tier=county')]).length, 317);
  assert.equal((await rowsOf('/?view=table')).length, 317);
});

test('the map of district services draws the county councils as lines around their districts', async () => {
  await visit('/', {}, async ({ page }) => {
    assert.equal(await page.locator('#map .county').count(), 21);
  });
});

for (const [tier, count] of [['district', 296], ['county', 153]]) {
  test(`the map of ${tier} services has an area for each of its ${count} councils, and the table names the same`, async () => {
    const areas = await areasOf(`/?tier=${tier}`);
    assert.equal(areas.length, count);
    const rows = await rowsOf(`/?view=table&tier=${tier}`);
    assert.deepEqual(rows.filter((slug) => areas.includes(slug)), areas);
  });
}

test('the hexagons show the same councils as the map', async () => {
  const hexagons = await areasOf('/?view=hex');
  assert.equal(hexagons.length, 296);
  assert.deepEqual(hexagons, await areasOf('/'));
});

test('closer, hexagons say the names of their councils whole, in two lines where one is too short', async () => {
  await visit('/?view=hex', {}, async ({ page }) => {
    const names = new Set(await page.locator('#map .areas a').evaluateAll((all) => all.map((one) => (one.getAttribute('aria-label') ?? one.textContent).split(': ')[0])));
    assert.equal(await page.locator('#map .names text').count(), 0, 'no names on the whole map but of those that stand out');
    for (let step = 0; step < 3; step += 1) await page.locator('.zoom button').last().click();
    await page.locator('#map .names text').first().waitFor({ state: 'attached' });
    const written = await page.locator('#map .names text').evaluateAll((all) => all.map((one) => [one.getAttribute('x'), one.textContent]));
    assert.ok(written.length > 10, `only ${written.length} lines`);
    for (const [at, [x, line]] of written.entries()) {
      const two = written[at + 1]?.[0] === x ? `${line} ${written[at + 1][1]}` : '';
      const before = written[at - 1]?.[0] === x ? `${written[at - 1][1]} ${line}` : '';
      assert.ok([line, two, before].some((name) => names.has(name)), line);
    }
  });
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
    assert.equal(total, (await rowsOf('/?view=table')).length, 'the counts of the legend add up to the table');
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

/** Top and bottom of what the first screen is made of. */
async function places(page) {
  const found = {};
  for (const [name, selector] of [['search', 'main input[name="q"]'], ['finding', '#finding'], ['controls', '#filters'], ['map', MAP], ['key', '#key'], ['list', '#stand']]) {
    const { y, height } = await page.locator(selector).first().boundingBox();
    found[name] = { top: Math.round(y), bottom: Math.round(y + height) };
  }
  return found;
}
const told = (found) => Object.entries(found).map(([name, { top, bottom }]) => `${name} ${top} to ${bottom}`).join(', ');

for (const [width, height] of [[1280, 800], [1440, 900]]) {
  test(`at ${width} by ${height} the whole map stands on the first screen with the search, the finding and the key`, async (t) => {
    await visit('/', { width, height }, async ({ page }) => {
      const found = await places(page);
      t.diagnostic(`${width} by ${height}: ${told(found)}`);
      for (const name of ['search', 'finding', 'controls', 'map', 'key']) assert.ok(found[name].bottom <= height, `${name}: ${told(found)}`);
      assert.ok(found.map.bottom - found.map.top >= 600, told(found));
      const [bar, one] = await Promise.all([page.locator('header.top').boundingBox(), page.locator('#filters').boundingBox()]);
      assert.ok(bar.height < 60 && one.height < 60, `the head is ${bar.height} px high, the controls ${one.height} px`);
    });
  });
}

test('on a phone the search stands within 250 px and the map begins above 480 px', async (t) => {
  await visit('/', { width: 390, height: 844 }, async ({ page }) => {
    const found = await places(page);
    t.diagnostic(`390 by 844: ${told(found)}`);
    assert.ok(found.search.bottom <= 250 && found.map.top < 480, told(found));
  });
});

for (const path of ['/', '/?view=hex', '/?view=table', '/?measure=received-housing-per-100k&tier=county']) {
  test(`at 320 px nothing of ${path} scrolls sideways, the page or a part of it`, async () => {
    await visit(path, { width: 320, height: 640 }, async ({ page }) => {
      none(await page.evaluate(() => [document.scrollingElement, ...document.querySelectorAll('main *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
        .filter((one) => one === document.scrollingElement || ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
        .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth} in ${one.clientWidth} px`)));
    });
  });
}

/** What a page did while `act` ran: bytes that came, and whether it was loaded anew. */
async function switching(page, context, act) {
  const protocol = await context.newCDPSession(page);
  await protocol.send('Network.enable');
  let bytes = 0;
  const paths = new Map();
  const came = [];
  protocol.on('Network.responseReceived', ({ requestId, response }) => paths.set(requestId, new URL(response.url).pathname));
  // What comes, without the headers, which take 600 bytes of any answer.
  protocol.on('Network.dataReceived', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  protocol.on('Network.loadingFinished', ({ requestId }) => came.push(paths.get(requestId)));
  await page.evaluate(() => { globalThis.same = true; });
  const before = await page.locator('#finding').innerText();
  await act();
  await page.waitForFunction((before) => document.querySelector('#finding').innerText !== before, before);
  const same = await page.evaluate(() => globalThis.same === true);
  return { bytes, came, same };
}

test('another measure or year comes in at most 6 kB, in place, with scroll and focus kept and the finding said once', async (t) => {
  await visit('/', { height: 800 }, async ({ page, context }) => {
    await page.evaluate(() => scrollTo(0, 60));
    const measure = page.locator('#measure');
    await measure.focus();
    const { bytes, came, same } = await switching(page, context, () => measure.selectOption('received-housing-per-100k'));
    t.diagnostic(`another measure: ${bytes} bytes, ${came.join(', ')}`);
    assert.ok(same && bytes <= 6000, `${bytes} bytes, ${came.join(', ')}`);
    assert.equal(await page.evaluate(() => scrollY), 60);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'measure');
    assert.equal(new URL(page.url()).searchParams.get('measure'), 'received-housing-per-100k');
    const finding = await page.locator('#finding').innerText();
    assert.equal(await page.locator('[role="status"]').innerText(), finding);
    const shown = await page.locator('#map .areas a').evaluateAll((areas) => areas.map((area) => [area.querySelector('path').getAttribute('class'), area.querySelector('title')?.textContent ?? area.getAttribute('aria-label')]));
    const fresh = await visit(page.url().replace(/^.*?:\/\/[^/]*/, ''), { scripts: false }, ({ page: other }) => other.locator('#map .areas a').evaluateAll((areas) => areas.map((area) => [area.querySelector('path').getAttribute('class'), area.querySelector('title').textContent])));
    assert.deepEqual(shown, fresh, 'the map is that of the page under the new address');
    await page.goBack();
    await page.waitForFunction((finding) => document.querySelector('#finding').innerText !== finding, finding);
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.evaluate(() => globalThis.same), true, 'back is in place too');
  });
});

for (const [what, selector, expected] of [['tier', '#filters .seg a:has-text("Schools")', 'tier=county'], ['view', '#filters .push a:has-text("Table")', 'view=table']]) {
  test(`another ${what} comes in place, with scroll and focus kept`, async (t) => {
    await visit('/', { height: 800 }, async ({ page, context }) => {
      await page.evaluate(() => scrollTo(0, 60));
      const { bytes, same } = await switching(page, context, () => page.locator(selector).click());
      t.diagnostic(`another ${what}: ${bytes} bytes`);
      assert.ok(same);
      assert.match(page.url(), new RegExp(expected));
      assert.equal(await page.evaluate(() => scrollY), 60);
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-current')), 'true');
    });
  });
}

test('without scripts a choice leads back to the map', async () => {
  await visit('/', { scripts: false }, async ({ page }) => {
    await choose(page, 'measure', 'compliance');
    assert.equal(new URL(page.url()).hash, '#atlas');
    assert.equal(new URL(await page.locator('#filters a[rel="prev"]').evaluate((link) => link.href)).hash, '#atlas');
  });
});

test('a tap on a phone opens the card of a council, which leads to it and to those around it', async () => {
  await visit('/', { width: 390, height: 844, touch: true }, async ({ page }) => {
    const cornwall = page.locator(`${MAP} a[href*="/councils/cornwall-council"] path`);
    await cornwall.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await cornwall.boundingBox();
    await page.touchscreen.tap(x + width * 0.55, y + height * 0.45);
    const sheet = page.locator('.councilsheet');
    await sheet.waitFor();
    assert.match(await sheet.innerText(), /Cornwall[^]*expected|Cornwall[^]*say/);
    assert.equal(await sheet.locator('a.go').first().getAttribute('href'), '/councils/cornwall-council');
    assert.ok(await sheet.locator('button').count() >= 4, 'neighbours are offered');
    await sheet.locator('.close').click();
    assert.ok(await sheet.isHidden());
  });
});

test('the wheel scrolls the page over the map, and names appear where the map is closer', async () => {
  await visit('/', { height: 800 }, async ({ page }) => {
    await page.mouse.move(760, 500);
    await page.mouse.wheel(0, 200);
    await page.waitForFunction(() => scrollY > 0);
    assert.equal(await page.locator('#map').getAttribute('viewBox'), await page.locator('#map').getAttribute('data-whole'));
    await page.evaluate(() => scrollTo(0, 0));
    for (let press = 0; press < 4; press += 1) await page.locator('.zoom button').last().click();
    await page.locator('.lab.names text').first().waitFor();
    const covered = await page.locator('.lab.names text').evaluateAll((names) => {
      const boxes = names.map((name) => name.getBBox());
      return boxes.filter((a, at) => boxes.some((b, other) => other < at && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)).length;
    });
    assert.equal(covered, 0, `${covered} names lie over others`);
  });
});

test('a zoomed map follows the pointer to where it is let go, and no council opens', async () => {
  await visit('/', { height: 800 }, async ({ page }) => {
    for (let press = 0; press < 2; press += 1) await page.locator('.zoom button').last().click();
    const council = `${MAP} a[href*="/councils/leeds-city-council"] path`;
    const box = () => page.locator(council).first().boundingBox();
    const before = await box();
    const from = [before.x + before.width / 2, before.y + before.height / 2];
    await page.mouse.move(...from);
    await page.mouse.down();
    // Slowly: each step alone is less than a drag.
    await page.mouse.move(from[0] - 60, from[1] + 40, { steps: 30 });
    const held = await box();
    await page.mouse.up();
    const after = await box();
    for (const shown of [held, after]) {
      assert.ok(Math.abs(shown.x - before.x + 60) < 2 && Math.abs(shown.y - before.y - 40) < 2, JSON.stringify([before, held, after]));
      assert.ok(Math.abs(shown.width - before.width) < 2);
    }
    assert.equal(new URL(page.url()).pathname, '/');
    await page.mouse.click(from[0] - 60, from[1] + 40);
    await page.waitForURL('**/councils/leeds-city-council**');
  });
});
