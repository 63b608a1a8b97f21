import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { none, site } from './support/visit.mjs';

const grammar = fileURLToPath(new URL('support/atom.rng', import.meta.url));

/** Everything that the validator of libxml2 says against these feeds, a line each. */
function complaints(feeds) {
  const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
  try {
    const files = feeds.map((body, at) => {
      const file = join(folder, `${at}.xml`);
      writeFileSync(file, body);
      return file;
    });
    try {
      execFileSync('xmllint', ['--noout', '--nonet', '--relaxng', grammar, ...files], { stdio: 'pipe' });
      return [];
    } catch (failure) {
      if (failure.code === 'ENOENT') throw new Error('xmllint is missing: apt-get install libxml2-utils');
      return String(failure.stderr).split('\n').filter((line) => !line.endsWith(' validates') && line !== '').slice(0, 20);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('every Atom feed of the list of feeds, and that of a search, is valid', async () => {
  const list = await (await fetch(`${site}/feeds.opml`)).text();
  const addresses = [...list.matchAll(/xmlUrl="([^"]+)"/g)].map(([, address]) => new URL(address.replaceAll('&amp;', '&')));
  assert.ok(addresses.length > 300, `only ${addresses.length} feeds are listed`);
  const feeds = [];
  for (const { pathname, search } of [...addresses, new URL('/feed.atom?q=homelessness', site)]) {
    const answer = await fetch(site + pathname + search);
    assert.equal(answer.status, 200, pathname + search);
    feeds.push(await answer.text());
  }
  none(complaints(feeds));
  const ids = feeds.map((feed) => feed.match(/<id>([^<]+)<\/id>/)[1]);
  none(ids.filter((id, at) => ids.indexOf(id) !== at));
});

test('the validator refuses feeds that break a rule', async () => {
  const feed = await (await fetch(`${site}/feed.atom`)).text();
  for (const [from, to] of [['<updated>', '<updated>about '], [/<id>[^<]*<\/id>/, ''], ['<summary>', '<p>']]) {
    const broken = feed.replace(from, to).replace(to === '<p>' ? '</summary>' : '\0', '</p>');
    assert.ok(complaints([broken]).length > 0, `${from} may be broken`);
  }
});
