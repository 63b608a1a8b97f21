import { test } from 'node:test';
import { pages, states } from './pages.mjs';
import { hold, wrongAt } from './support/rules.mjs';
import { none, visit } from './support/visit.mjs';

states.forEach(hold);

test('axe finds nothing wrong on the letters of every year and kind of council', async () => {
  const found = [];
  const slugs = ['kent-county-council', 'adur-district-council', 'leeds-city-council', 'london-borough-of-barnet'];
  // The forms of the letters differ by year and by kind, and not by both together.
  for (const [at, year] of ['2018-19', '2019-20', '2020-21', '2021-22', '2022-23', '2023-24', '2024-25'].entries()) {
    found.push(...await wrongAt(`/councils/${slugs[at % slugs.length]}/letters/${year}`));
  }
  none(found);
});

test('no two kinds of page share a title', async () => {
  const titles = [];
  for (const { path, status } of pages.filter((page) => (page.status ?? 200) === 200)) {
    titles.push(await visit(path, { status, scripts: false }, ({ page }) => page.title()));
  }
  none(titles.filter((title, at) => titles.indexOf(title) !== at));
});
