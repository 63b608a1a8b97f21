import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pages } from './pages.mjs';
import { none, site, visit } from './support/visit.mjs';

for (const { kind, path, status } of pages) {
  test(`${kind} asks no other host, sets no cookie and leaves the console clean`, async () => {
    await visit(path, { status }, async ({ page, context, response, requests, troubles }) => {
      await page.mouse.move(640, 600);
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(200);
      none(requests.filter((address) => !address.startsWith(`${site}/`) && !address.startsWith('data:')));
      none(await context.cookies());
      none(troubles);
      const headers = response.headers();
      assert.equal(headers['set-cookie'], undefined);
      assert.match(headers['content-security-policy'] ?? '', /default-src 'none'/);
      assert.doesNotMatch(headers['content-security-policy'], /unsafe-inline|unsafe-eval|https?:/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    });
  });
}
