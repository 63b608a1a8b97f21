// One Chromium per test file, one fresh context per visit, and a record of everything the page did.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

/** Where the site under test listens. */
export const site = process.env.SITE ?? '';
if (site === '') throw new Error('SITE is not set: start these tests with run.mjs');

export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Without the background flags Chromium calls other hosts on its own account. */
export const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

let browser;
after(() => browser?.close());

/**
 * Opens a page in a context of its own, with the response and what was recorded: every request's address, and every
 * trouble (console message above information, uncaught error, breach of the content security policy).
 */
export async function open(path, options = {}) {
  const { scripts = true, scheme = 'light', width = 1280, height = 900, status = 200, touch = false } = options;
  // A Chromium that died fails the test it died in, not the rest of the file.
  if (!browser?.isConnected()) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  const context = await browser.newContext({
    javaScriptEnabled: scripts, hasTouch: touch, colorScheme: scheme, viewport: { width, height }, locale: 'en-GB',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const requests = [];
    const troubles = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      // Chromium reports an expected 404 of the page itself as an error.
      const expected = status >= 400 && message.text().startsWith('Failed to load resource') && message.location().url === site + path;
      if (['error', 'warning'].includes(message.type()) && !expected) troubles.push(message.text());
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy ${event.effectiveDirective} broken by ${event.blockedURI}`);
      });
    });
    const response = await page.goto(site + path, { waitUntil: 'load' });
    return { page, context, response, requests, troubles };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Opens a page, hands it to `look` and closes it. */
export async function visit(path, options, look) {
  const opened = await open(path, options);
  try {
    return await look(opened);
  } finally {
    await opened.context.close();
  }
}

/** The drawn map; the hidden graphic beside it only holds patterns. */
export const MAP = 'main figure svg:not([aria-hidden])';

/** Chooses from a select that sends its own form, or sends the form where scripts do not. */
export async function choose(page, name, value) {
  const select = page.locator(`main select[name="${name}"]`);
  const arrived = page.waitForURL((address) => address.searchParams.get(name) === value);
  await select.selectOption(value);
  const button = select.locator('xpath=ancestor::form').locator('button[type="submit"]');
  // Where the choice acts at once the button stands aside, or has been replaced already.
  const waits = await button.evaluate((one) => one.isConnected && one.getBoundingClientRect().left > 0).catch(() => false);
  if (waits && await button.isVisible()) await button.click();
  await arrived;
}

/** The slugs of the councils that the links under `selector` lead to, in page order. */
export function slugs(page, selector) {
  return page.locator(`${selector} a[href*="/councils/"]`).evaluateAll((links) => links.map((link) => {
    const href = link.getAttribute('href');
    return new URL(href, location.href).pathname.split('/')[2];
  }));
}

/** Fails with the findings themselves, one a line, when there are any. */
export function none(findings) {
  assert.ok(findings.length === 0, findings.join('\n'));
}
