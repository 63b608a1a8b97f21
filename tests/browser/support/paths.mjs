// The paths of the map as rings of points.

/** The rings of a path of relative lines, in units of the drawing; the map draws nothing else. Each ends where it begins. */
export function rings(path) {
  const found = [];
  let [x, y] = [0, 0];
  for (const part of path.split('z').filter(Boolean)) {
    const ring = [];
    for (const [, command, numbers] of part.matchAll(/([mlhv])([^mlhv]*)/g)) {
      const values = numbers.match(/-?(?:\d*\.\d+|\d+)/g).map(Number);
      const step = command === 'm' || command === 'l' ? 2 : 1;
      for (let at = 0; at < values.length; at += step) {
        if (command === 'v') y = tenth(y + values[at]);
        else x = tenth(x + values[at]);
        if (step === 2) y = tenth(y + values[at + 1]);
        ring.push([x, y]);
      }
    }
    const [first] = ring;
    [x, y] = first;
    found.push([...ring, first]);
  }
  return found;
}

/** Coordinates have a digit after the point; sums of them are to have no more. */
const tenth = (value) => Math.round(value * 10) / 10;

/** The areas that are links in the markup of a map: name in addresses, class of the verdict, path. */
export function areasOf(map) {
  const area = /<a(?: class="at")? href="\/councils\/([^"?]+)[^>]*>(?:<title>[^<]*<\/title>)?<path class="([^"]*)" d="([^"]+)"/g;
  return [...map.matchAll(area)].map(([, slug, verdict, path]) => ({ slug, verdict, path }));
}
