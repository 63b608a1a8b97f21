import { site } from './support/visit.mjs';

const { decisions: [{ reference }] } = await (await fetch(`${site}/decisions.json?q=housing`)).json();

// Every kind of page the site has, once each. A new kind of page is added here and is then held to all the rules:
// accessible in light and dark, whole without scripts, 320 px wide, no other host, no cookie, a clean console.
export const pages = [
  { kind: 'the map', path: '/' },
  { kind: 'the map as hexagons', path: '/?view=hex' },
  { kind: 'the map as a table', path: '/?view=table' },
  { kind: 'the map of county services', path: '/?tier=county' },
  { kind: 'the councils of a postcode', path: '/find?q=DE1+2FS' },
  { kind: 'a name with a typing error', path: '/find?q=Derbey' },
  { kind: 'the list of councils', path: '/councils' },
  { kind: 'a council', path: '/councils/derby-city-council' },
  { kind: 'a council that was abolished', path: '/councils/northamptonshire-county-council' },
  { kind: 'statistics of all years', path: '/councils/derby-city-council/statistics' },
  { kind: 'councils side by side', path: '/compare?c=derby-city-council&c=amber-valley-borough-council&c=northamptonshire-county-council' },
  { kind: 'one measure of councils side by side', path: '/compare?c=derby-city-council&c=leicester-city-council&measure=upheld' },
  { kind: 'a comparison to be chosen', path: '/compare' },
  { kind: 'the tracker of improvements', path: '/improvements' },
  { kind: 'improvements of a council', path: '/councils/leeds-city-council/improvements' },
  { kind: 'the letters to a council', path: '/councils/north-northamptonshire-council/letters' },
  { kind: 'a letter', path: '/councils/derby-city-council/letters/2019-20' },
  { kind: 'a year without a letter', path: '/councils/derby-city-council/letters/2009-10', status: 404 },
  { kind: 'the list of decisions', path: '/decisions' },
  { kind: 'a search of decisions', path: '/decisions?q=homelessness+delay&outcome=upheld' },
  { kind: 'a search that finds nothing', path: '/decisions?q=zebra+crossing+unicorn' },
  { kind: 'the decisions about a council', path: '/councils/derby-city-council/decisions' },
  { kind: 'the public reports', path: '/reports' },
  { kind: 'the national review', path: '/national' },
  { kind: 'the reports about a council', path: '/councils/derby-city-council/reports' },
  { kind: 'a decision', path: `/decisions/${reference.replaceAll(' ', '-')}` },
  { kind: 'the log of changes', path: '/changes' },
  { kind: 'the accessibility statement', path: '/accessibility' },
  { kind: 'about the site', path: '/about' },
  { kind: 'how to read the figures', path: '/about/statistics' },
  { kind: 'where the data comes from', path: '/about/data' },
  { kind: 'a page that does not exist', path: '/no-such-page', status: 404 },
];
