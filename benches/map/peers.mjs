// The same map in three libraries, each as its documentation shows it: areas filled by verdict, a name on hover, panning and zoom.

/** Colours of verdicts, as the style sheet of the site has them. */
const COLOURS = `const colours = { hi: '#7a2a55', phi: '#b98aa4', in: '#e5dcc9', plo: '#86aeb0', lo: '#0f5a5e', few: '#f1ede4', due: '#f7f5f0', nof: '#fff' };
const colour = (feature) => colours[feature.properties.verdict] ?? '#fff';
const areas = await (await fetch('/areas.json')).json();
`;

export const PEERS = {
  Leaflet: {
    style: ['leaflet/dist/leaflet.css'],
    script: `import L from 'leaflet';
${COLOURS}
const map = L.map('map', { attributionControl: false, zoomSnap: 0.25 });
const layer = L.geoJSON(areas, { style: (feature) => ({ color: '#fff', weight: 1, fillColor: colour(feature), fillOpacity: 1 }) });
layer.bindTooltip((one) => one.feature.properties.slug).addTo(map);
map.fitBounds(layer.getBounds(), { animate: false });
window.drawn = true;
window.closer = () => map.setZoom(map.getZoom() + 1, { animate: false });`,
  },
  MapLibre: {
    style: ['maplibre-gl/dist/maplibre-gl.css'],
    script: `import { Map } from 'maplibre-gl';
${COLOURS}
for (const feature of areas.features) feature.properties.colour = colour(feature);
const map = new Map({ container: 'map', attributionControl: false, fadeDuration: 0, bounds: [[-2.7, -3.3], [2.7, 3.3]], style: { version: 8, sources: { areas: { type: 'geojson', data: areas } }, layers: [
  { id: 'fill', type: 'fill', source: 'areas', paint: { 'fill-color': ['get', 'colour'] } },
  { id: 'line', type: 'line', source: 'areas', paint: { 'line-color': '#fff' } }] } });
map.once('idle', () => { window.drawn = true; });
window.closer = () => map.jumpTo({ zoom: map.getZoom() + 1 });`,
  },
  'd3-geo': {
    style: [],
    script: `import { geoIdentity, geoPath } from 'd3-geo';
import { select } from 'd3-selection';
import { zoom } from 'd3-zoom';
${COLOURS}
const box = document.getElementById('map').getBoundingClientRect();
const path = geoPath(geoIdentity().reflectY(true).fitSize([box.width, box.height], areas));
const svg = select('#map').append('svg').attr('width', box.width).attr('height', box.height);
const all = svg.append('g');
all.selectAll('path').data(areas.features).join('path').attr('d', path).attr('fill', colour).attr('stroke', '#fff').append('title').text((one) => one.properties.slug);
const zooming = zoom().on('zoom', (event) => all.attr('transform', event.transform));
svg.call(zooming);
window.drawn = true;
window.closer = () => svg.call(zooming.scaleBy, 2);`,
  },
};
