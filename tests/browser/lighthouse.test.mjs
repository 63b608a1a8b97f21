import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { chromiumFlags, chromiumPath, none, site } from './support/visit.mjs';

const least = { accessibility: 100, 'best-practices': 100, seo: 100, performance: 98 };

for (const [kind, path] of [['the map', '/'], ['a council page', '/councils/derby-city-council']]) {
  test(`Lighthouse on a phone: ${kind} has 100 in all but speed, and at least 98 there`, async () => {
    const chrome = await launch({ chromePath: chromiumPath, chromeFlags: ['--headless', ...chromiumFlags], logLevel: 'silent' });
    try {
      const judge = async () => {
        const { lhr } = await lighthouse(site + path, { port: chrome.port, output: 'json', logLevel: 'silent', onlyCategories: Object.keys(least) });
        return lhr;
      };
      let lhr = await judge();
      // Speed is measured on a machine that may be busy: one more look, best of two. The other three do not vary.
      if (lhr.categories.performance.score * 100 < least.performance) {
        const second = await judge();
        if (second.categories.performance.score > lhr.categories.performance.score) lhr = second;
      }
      const short = Object.entries(least).filter(([name, score]) => Math.round(lhr.categories[name].score * 100) < score);
      const reasons = short.flatMap(([name]) => [
        `${name}: ${Math.round(lhr.categories[name].score * 100)}`,
        ...lhr.categories[name].auditRefs
          .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
          .map(({ id }) => `  ${id} ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`),
      ]);
      none(reasons);
    } finally {
      await chrome.kill();
    }
  });
}
