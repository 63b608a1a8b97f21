import { site } from './support/visit.mjs';

const json = async (path) => (await fetch(`${site}${path}`)).json();
const { decisions: [{ reference }] } = await json('/decisions.json?q=housing');
const parts = {
  slug: 'derby-city-council', year: '2019-20', reference: reference.replaceAll(' ', '-'),
  category: 'education', subcategory: 'special-educational-needs', region: 'south-west', area: 'derbyshire',
};

// Every page the site says it has, once each, from its own description.
export const described = Object.entries((await json('/openapi.json')).paths)
  .filter(([, { get }]) => get.responses[200]?.content['text/html'])
  .map(([path, { get }]) => ({ kind: `${get.summary} (${path})`, path: path.replace(/\{(\w+)\}/g, (_, name) => parts[name]) }));

// States in which they look different. All are held to all the rules: accessible in light and dark, whole without
// scripts, 320 px wide, no other host, no cookie, a clean console.
export const states = [
  { kind: 'the map as hexagons', path: '/?view=hex' },
  { kind: 'the map as a table', path: '/?view=table' },
  { kind: 'the map of county services', path: '/?tier=county' },
  { kind: 'the councils of a postcode', path: '/find?q=DE1+2FS' },
  { kind: 'two councils of a town', path: '/find?q=Belper' },
  { kind: 'a name of several towns', path: '/find?q=Ripley' },
  { kind: 'a former council’s name', path: '/find?q=Poole' },
  { kind: 'a name with a typing error', path: '/find?q=Derbey' },
  { kind: 'a council that was abolished', path: '/councils/northamptonshire-county-council' },
  { kind: 'councils side by side', path: '/compare?c=derby-city-council&c=amber-valley-borough-council&c=northamptonshire-county-council' },
  { kind: 'one measure of councils side by side', path: '/compare?c=derby-city-council&c=leicester-city-council&measure=upheld' },
  { kind: 'the letters to a council and to those before it', path: '/councils/north-northamptonshire-council/letters' },
  { kind: 'a year without a letter', path: '/councils/derby-city-council/letters/2009-10', status: 404 },
  { kind: 'a search of decisions', path: '/decisions?q=homelessness+delay&outcome=upheld' },
  { kind: 'a search that finds nothing', path: '/decisions?q=zebra+crossing+unicorn' },
  { kind: 'a page that does not exist', path: '/no-such-page', status: 404 },
];

export const pages = [...described, ...states];
