// The map of the site as GeoJSON, so that each library draws the same lines with the same values.
import { areasOf, rings } from '../../tests/browser/support/paths.mjs';

/** The areas of the map in the page, each with its name in addresses and the class of its verdict. */
export function areas(html) {
  const [, map] = /<svg id="map"[^>]*>(.*?)<\/svg>/s.exec(html);
  const [, left, top, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(html.slice(html.indexOf('<svg id="map"'))).map(Number);
  const features = areasOf(map).map(({ slug, verdict, path }) => ({
    type: 'Feature',
    properties: { slug, verdict },
    geometry: { type: 'MultiPolygon', coordinates: rings(path).map((ring) => [ring.map(([x, y]) => place(x - left - width / 2, y - top - height / 2))]) },
  }));
  return { type: 'FeatureCollection', features };
}

/** A point of the drawing in degrees around 0, 0, where Mercator's map is level to a thousandth. */
function place(x, y) {
  return [round(x / 1000), round(-y / 1000)];
}

function round(value) {
  return Number(value.toFixed(3));
}
