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
