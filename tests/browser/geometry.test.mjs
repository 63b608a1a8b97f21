// The lines of the map: what is drawn is one sheet, without gap or overlap, at every level of detail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { none, site } from './support/visit.mjs';
import { areasOf, rings } from './support/paths.mjs';

/** The areas and the county lines of a map, coarse as the page draws them and fine as they are when it is closer. */
async function levels(query) {
  const html = await (await fetch(`${site}/?${query}`)).text();
  const [, map] = /<svg id="map"[^>]*>(.*?)<\/svg>/s.exec(html);
  const areas = Object.fromEntries(areasOf(map).map(({ slug, path }) => [slug, path]));
  const county = /<path class="county[^"]*" data-slug="([^"]+)" d="([^"]+)"/g;
  const lines = Object.fromEntries([...map.matchAll(county)].map(([, slug, path]) => [slug, path]));
  const { paths } = await (await fetch(`${site}/map/shapes.json?${query}`)).json();
  const finer = (all) => Object.fromEntries(Object.keys(all).map((slug) => [slug, paths[slug]]));
  return [{ level: 'coarse', areas, lines }, { level: 'fine', areas: finer(areas), lines: finer(lines) }];
}

const edge = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]) ? `${a} ${b}` : `${b} ${a}`);

/** The edges of rings, without those of no length. */
function* edges(all) {
  for (const ring of all) {
    for (let at = 1; at < ring.length; at += 1) {
      if (ring[at - 1].join() !== ring[at].join()) yield edge(ring[at - 1], ring[at]);
    }
  }
}

/** Those areas that hold a point. */
function finder(areas) {
  const shapes = Object.entries(areas).map(([slug, path]) => {
    const all = rings(path);
    const xs = all.flat().map(([x]) => x);
    const ys = all.flat().map(([, y]) => y);
    return { slug, all, box: [xs, ys].flatMap((values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]) };
  });
  const holds = ({ all, box: [left, right, top, bottom] }, x, y) => {
    if (x < left || x > right || y < top || y > bottom) return false;
    let odd = false;
    for (const ring of all) {
      for (let at = 1; at < ring.length; at += 1) {
        const [[a, b], [c, d]] = [ring[at - 1], ring[at]];
        if ((b > y) !== (d > y) && x < (c - a) * (y - b) / (d - b) + a) odd = !odd;
      }
    }
    return odd;
  };
  const extent = [0, 1, 2, 3].map((side) => shapes.map(({ box }) => box[side]).reduce((a, b) => (side % 2 ? Math.max(a, b) : Math.min(a, b))));
  return { extent, at: (x, y) => shapes.filter((shape) => holds(shape, x, y)).map(({ slug }) => slug) };
}

/** The same numbers in every run. */
function* numbers(seed = 20_000) {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

// Around a point, 3 units away: half a pixel of a phone.
const AROUND = [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => [3 * Math.cos(turn * Math.PI / 4), 3 * Math.sin(turn * Math.PI / 4)]);

// The lines of some districts that were abolished in 2019 and 2020 are not at hand; those of their counties then stand alone.
const maps = await Promise.all([['tier=district', 20_000, true], ['tier=county', 20_000, true], ['tier=district&year=2021-22', 5_000, true], ['tier=district&year=2018-19', 5_000, false]]
  .map(async ([query, points, whole]) => ({ query, points, whole, drawn: await levels(query) })));

for (const { query, points, whole, drawn } of maps) {
  test(`each of ${points} points of England lies in one area of the map at /?${query}, coarse and fine`, () => {
    for (const { level, areas } of drawn) {
      const { extent: [left, right, top, bottom], at } = finder(areas);
      const random = numbers();
      const next = () => random.next().value;
      const wrong = [];
      for (let seen = 0; seen < points;) {
        const [x, y] = [left + next() * (right - left), top + next() * (bottom - top)];
        const there = at(x, y);
        if (there.length === 0) {
          // The sea, unless there is land all around.
          if (AROUND.every(([u, v]) => at(x + u, y + v).length > 0)) wrong.push(`${level}: a gap at ${x} ${y}`);
          continue;
        }
        seen += 1;
        if (there.length > 1) wrong.push(`${level}: ${there.join(' and ')} at ${x} ${y}`);
      }
      none(wrong);
    }
  });

  test(`at /?${query} neighbours share their edges${whole ? ', and the lines of counties are edges of districts' : ''}, coarse and fine`, () => {
    for (const { level, areas, lines } of drawn) {
      const count = new Map();
      for (const path of Object.values(areas)) for (const one of edges(rings(path))) count.set(one, (count.get(one) ?? 0) + 1);
      const times = [...count.values()];
      none([...count].filter(([, many]) => many > 2).map(([one, many]) => `${level}: ${one} is drawn ${many} times`));
      assert.ok(times.filter((many) => many === 2).length > times.length / 4, `${level}: hardly any edge is shared`);
      const strange = Object.entries(lines).flatMap(([slug, path]) => [...edges(rings(path))].filter((one) => !count.has(one)).map((one) => `${level}: ${slug} ${one}`));
      if (whole) none(strange.slice(0, 10));
    }
  });
}
