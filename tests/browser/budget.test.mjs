import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './support/visit.mjs';

/** What crossed the wire for a first view, headers included, as Chromium counted it. */
async function load(path) {
  return visit(path, {}, async ({ page, context }) => {
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.enable');
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
    const seen = new Map();
    protocol.on('Network.responseReceived', ({ requestId, response, type }) => seen.set(requestId, { url: response.url, type, encoding: response.headers['content-encoding'], bytes: 0 }));
    protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (seen.has(requestId)) seen.get(requestId).bytes = encodedDataLength;
    });
    await page.reload({ waitUntil: 'networkidle' });
    return [...seen.values()].filter(({ url }) => url.startsWith('http'));
  });
}

const list = (files) => files.map(({ url, bytes }) => `${new URL(url).pathname} ${bytes}`).join(', ');

for (const path of ['/', '/?view=hex', '/?tier=county']) {
  test(`the first view of ${path} is at most 45 kB in at most 3 requests`, async () => {
    const files = await load(path);
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(total > 1000, 'nothing was measured');
    assert.ok(files.length <= 3, list(files));
    assert.ok(total <= 45_000, `${total} bytes: ${list(files)}`);
  });
}

for (const [type, name, most] of [['Stylesheet', 'style sheet', 8000], ['Script', 'script', 8000]]) {
  test(`there is one ${name}, compressed, of at most ${most / 1000} kB`, async () => {
    const files = (await load('/')).filter((file) => file.type === type);
    assert.equal(files.length, 1, list(files));
    assert.match(files[0].encoding ?? 'not compressed', /^(br|gzip)$/);
    assert.ok(files[0].bytes <= most, list(files));
  });
}

test('a council overview is at most 20 kB of HTML with its charts', async () => {
  const [document] = (await load('/councils/derby-city-council')).filter(({ type }) => type === 'Document');
  assert.ok(document.bytes <= 20_000, list([document]));
});

/** Choices of the home page, as a visitor makes them: what is acted upon, and how. */
const measure = ['another measure', '[name="measure"]', (one) => one.selectOption('received-per-100k')];
const year = ['another year', '[rel="prev"]', (one) => one.click()];
const tier = ['the other services', '.opts > .seg a:not([aria-current])', (one) => one.click()];
const hexagons = ['the hexagons', '.push a:has-text("Hexagons")', (one) => one.click()];
const map = ['the map', '.push a:has-text("Map")', (one) => one.click()];
const table = ['the table', '.push a:has-text("Table")', (one) => one.click()];
const kind = ['one kind of councils', '[name="kind"]', (one) => one.selectOption('district')];

/** Makes a choice; what came for it with its headers, and what moved without being asked to. */
async function choice(page, protocol, [, selector, act]) {
  let bytes = 0;
  const count = ({ encodedDataLength }) => { bytes += encodedDataLength; };
  protocol.on('Network.loadingFinished', count);
  const one = page.locator(`#filters ${selector}`);
  await one.evaluate((chosen) => { for (const folded of document.querySelectorAll('#filters details')) folded.open = folded.contains(chosen); });
  // What opens moves what is under it, and so does the search when its button comes.
  await page.waitForTimeout(700);
  await page.evaluate(() => { window.shifts = []; document.querySelector('#said').textContent = ''; });
  await one.evaluate((chosen) => chosen.focus({ preventScroll: true }));
  const before = await page.evaluate(() => [scrollY, location.href, history.length]);
  await act(one);
  await page.waitForFunction((href) => location.href !== href && document.querySelector('#said').textContent !== '', before[1]);
  await page.waitForTimeout(300);
  protocol.off('Network.loadingFinished', count);
  const now = await page.evaluate(() => ({
    shifts: window.shifts, scroll: scrollY, entries: history.length, within: Boolean(document.activeElement.closest('#filters')),
    said: document.querySelector('#said').textContent, finding: document.querySelector('#finding').textContent,
  }));
  assert.equal(now.scroll, before[0], 'the page scrolled');
  assert.equal(now.entries, before[2] + 1, 'the choice is a step of the history');
  assert.ok(now.within, 'the focus left the choices');
  assert.ok(now.finding.startsWith(now.said) && now.said.length > 20, `said: ${now.said}`);
  return { bytes, shifts: now.shifts };
}

/** Collects what moves, with the names of what moved. */
const watchShifts = () => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      for (const { node } of one.sources) window.shifts.push([node?.parentElement?.closest('#atlas') ? 'atlas' : 'beside', `${node?.nodeName} ${node?.id ?? ''}: ${one.value.toFixed(4)}`]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

for (const [width, height] of [[1280, 800], [390, 844]]) {
  test(`at ${width} by ${height} nothing moves while the home page comes, nor its map at another measure, year, map or kind`, async (t) => {
    await visit('/', { width, height }, async ({ page, context }) => {
      await page.addInitScript(watchShifts);
      const protocol = await context.newCDPSession(page);
      await protocol.send('Network.enable');
      await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
      await page.reload({ waitUntil: 'networkidle' });
      await page.waitForTimeout(300);
      assert.deepEqual(await page.evaluate(() => window.shifts), [], 'at load');
      await page.evaluate(() => scrollTo(0, 60));
      // A map that was shown before comes with the bytes of its values alone.
      for (const [one, most] of [[measure, 6000], [year, 6000], [tier, 32_000], [tier, 6000], [hexagons, 32_000], [map, 6000], [kind, 32_000]]) {
        const { bytes, shifts } = await choice(page, protocol, one);
        t.diagnostic(`${one[0]}: ${bytes} bytes`);
        assert.ok(bytes > 500 && bytes <= most, `${one[0]}: ${bytes} bytes`);
        // A longer finding moves what stands under it: on phones the map too.
        if (width > 800) assert.deepEqual(shifts.filter(([where]) => where === 'atlas'), [], one[0]);
        const menus = await page.locator('#filters select').evaluateAll((all) => all.filter((menu) => menu.length < 6).map(({ name }) => name));
        assert.deepEqual(menus, [], `menus cut short by ${one[0]}`);
      }
    });
  });
}

test('the table comes in one answer, and the map it was chosen from comes back with its values alone', async (t) => {
  await visit('/', { height: 800 }, async ({ page, context }) => {
    await page.evaluate(watchShifts);
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.enable');
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
    for (const [one, most] of [[table, 16_000], [map, 6000]]) {
      const { bytes } = await choice(page, protocol, one);
      t.diagnostic(`${one[0]}: ${bytes} bytes`);
      assert.ok(bytes > 500 && bytes <= most, `${one[0]}: ${bytes} bytes`);
    }
    assert.equal(await page.locator('#map .areas a').count(), 296);
  });
});
