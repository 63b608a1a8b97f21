// Improves pages that are whole without it: no feature lives here alone but zoom and the hover card.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, props) => Object.assign(document.createElement(tag), props);

// Forms of choices send themselves, but not under the arrow keys of somebody who is still choosing: they get the button.
for (const form of $$('.auto')) {
  let keys = false;
  form.addEventListener('keydown', () => { keys = true; form.classList.remove('auto'); });
  form.addEventListener('pointerdown', () => { keys = false; });
  form.addEventListener('change', () => { if (!keys) form.requestSubmit(); });
}

// The search box completes names and offers the place.
const box = $('form.find input');
if (box) {
  box.addEventListener('focus', async () => {
    const list = make('datalist', { id: 'names' });
    const { councils } = await (await fetch('/councils.json?former=yes')).json();
    list.append(...councils.map((one) => make('option', { value: one.official_name })));
    box.after(list);
    box.setAttribute('list', 'names');
  }, { once: true });
  if (navigator.geolocation) {
    const button = make('button', { type: 'button', className: 'locate', textContent: 'Use my location' });
    button.addEventListener('click', () => {
      button.textContent = 'Looking …';
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => { location = `/find?lat=${coords.latitude.toFixed(5)}&lon=${coords.longitude.toFixed(5)}`; },
        () => { button.textContent = 'Your location is not available. Type a postcode.'; },
      );
    });
    $('.here').append(button);
  }
}

const map = $('#map');
if (map) {
  const areas = $$('.areas a', map);
  const middle = new Map();
  const centre = (area) => {
    if (!middle.has(area)) {
      const { x, y, width, height } = area.getBBox();
      middle.set(area, [x + width / 2, y + height / 2]);
    }
    return middle.get(area);
  };

  // One tab stop: the arrow keys move it to the nearest area in their direction.
  const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const neighbour = (from, [dx, dy]) => {
    const [x, y] = centre(from);
    let best = null;
    let least = Infinity;
    for (const area of areas) {
      const [u, v] = centre(area);
      const along = (u - x) * dx + (v - y) * dy;
      const across = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      const cost = along + 2 * across;
      if (area !== from && along > across * 0.4 && cost < least) [best, least] = [area, cost];
    }
    return best;
  };

  // The card says what the table says: name, rate, cases, verdict.
  let rows;
  const card = make('div', { className: 'card', hidden: true });
  map.parentNode.append(card);
  const show = (area, x, y) => {
    rows ??= new Map($$('#table tbody tr').map((one) => [$('a', one).getAttribute('href'), one]));
    const row = rows.get(area.getAttribute('href'));
    if (!row) return;
    const [name, , rate, cases, similar, verdict] = [...row.cells].map((cell) => cell.textContent);
    card.replaceChildren(
      make('b', { textContent: name }),
      `${rate}${cases === '–' ? '' : ` (${cases})`}; similar councils ${similar}`,
      make('br', {}),
      verdict,
    );
    card.hidden = false;
    const frame = map.parentNode.getBoundingClientRect();
    const left = Math.min(Math.max(x - frame.left + 14, 0), Math.max(frame.width - card.offsetWidth, 0));
    // Over the pointer, or under it where the window ends.
    const over = y - card.offsetHeight - 14;
    card.style.left = `${left}px`;
    card.style.top = `${(over < 0 ? y + 24 : over) - frame.top}px`;
  };
  const hide = () => { card.hidden = true; };
  addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
  map.addEventListener('pointermove', (event) => {
    const area = event.target.closest('a');
    if (area && event.pointerType !== 'touch') show(area, event.clientX, event.clientY); else hide();
  });
  map.addEventListener('pointerleave', hide);
  // On the box around it: Chromium makes a drawing that listens for focus a stop of Tab.
  const ring = map.appendChild(document.createElementNS(map.namespaceURI, 'path'));
  ring.setAttribute('class', 'ring');
  map.parentNode.addEventListener('focusin', ({ target }) => {
    const area = target.closest('.areas a');
    if (!area) return;
    follow(area);
    if (area.matches(':focus-visible')) ring.setAttribute('d', $('path', area).getAttribute('d'));
    const { right, top } = area.getBoundingClientRect();
    show(area, right, top);
  });
  map.parentNode.addEventListener('focusout', () => {
    hide();
    ring.removeAttribute('d');
  });
  // Titles would show a second card. They go when a pointer comes: a page that is only read need not pay for it.
  map.addEventListener('pointerenter', () => {
    for (const title of $$('a > title', map)) {
      title.parentNode.setAttribute('aria-label', title.textContent);
      title.remove();
    }
  }, { once: true });

  // Zoom is a smaller view box; finer lines come when they can be seen.
  const whole = map.getAttribute('viewBox').split(' ').map(Number);
  let view = [...whole];
  // Stripes and dots keep their size as well.
  const patterns = $$('#phi, #plo, #few', map.parentNode);
  for (const pattern of patterns) pattern.dataset.turn = pattern.getAttribute('patternTransform') ?? '';
  let fine = !map.classList.contains('hex') ? 'wanted' : 'none';
  const refine = async () => {
    fine = 'loaded';
    const asked = new URLSearchParams(location.search);
    const query = new URLSearchParams(['tier', 'year'].filter((key) => asked.get(key)).map((key) => [key, asked.get(key)]));
    const { paths } = await (await fetch(`/map/shapes.json?${query}`)).json();
    for (const area of areas) {
      const path = paths[area.getAttribute('href').split(/[/?]/)[2]];
      if (path) $('path', area).setAttribute('d', path);
    }
    const focused = $('.areas a:focus-visible path', map);
    if (focused) ring.setAttribute('d', focused.getAttribute('d'));
  };
  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(Math.max(view[2] * factor, whole[2] / 24), whole[2]);
    const scale = width / view[2];
    view = [x - (x - view[0]) * scale, y - (y - view[1]) * scale, width, view[3] * scale];
    view[0] = Math.min(Math.max(view[0], 0), whole[2] - view[2]);
    view[1] = Math.min(Math.max(view[1], 0), whole[3] - view[3]);
    map.setAttribute('viewBox', view.map((value) => value.toFixed(1)).join(' '));
    const share = width / whole[2];
    map.style.setProperty('--z', share);
    for (const pattern of patterns) {
      pattern.setAttribute('patternTransform', `${pattern.dataset.turn ?? ''} scale(${share})`);
    }
    if (fine === 'wanted' && width < whole[2] / 2) refine();
  };
  // Focus never leaves what is in view.
  const follow = (area) => {
    const [x, y] = centre(area);
    if (x > view[0] && x < view[0] + view[2] && y > view[1] && y < view[1] + view[3]) return;
    view = [x - view[2] / 2, y - view[3] / 2, view[2], view[3]];
    zoom(1);
  };
  const point = ({ clientX, clientY }) => {
    const at = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse());
    return [at.x, at.y];
  };
  map.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey && view[2] === whole[2]) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, ...point(event));
  }, { passive: false });
  map.addEventListener('dblclick', (event) => { event.preventDefault(); zoom(0.5, ...point(event)); });
  let drag = null;
  map.addEventListener('pointerdown', (event) => { if (view[2] < whole[2]) drag = { at: point(event), moved: false }; });
  addEventListener('pointermove', (event) => {
    if (!drag) return;
    const [x, y] = point(event);
    if (Math.hypot(x - drag.at[0], y - drag.at[1]) > view[2] / 100) drag.moved = true;
    view = [view[0] + drag.at[0] - x, view[1] + drag.at[1] - y, view[2], view[3]];
    zoom(1);
  });
  addEventListener('pointerup', () => setTimeout(() => { drag = null; }));
  map.addEventListener('click', (event) => { if (drag?.moved) event.preventDefault(); });
  map.addEventListener('dragstart', (event) => event.preventDefault());
  map.addEventListener('keydown', (event) => {
    const area = event.target.closest('.areas a');
    const way = ways[event.key];
    if (area && way) {
      event.preventDefault();
      const next = neighbour(area, way);
      if (next) {
        area.setAttribute('tabindex', -1);
        next.setAttribute('tabindex', 0);
        next.focus();
      }
    } else if (area && (event.key === '+' || event.key === '=')) zoom(0.6, ...centre(area));
    else if (event.key === '-') zoom(1 / 0.6);
    else if (event.key === '0') zoom(99);
  });
  const tools = make('div', { className: 'zoom' });
  for (const [text, label, act] of [['+', 'Zoom in', () => zoom(0.6)], ['−', 'Zoom out', () => zoom(1 / 0.6)]]) {
    const button = make('button', { type: 'button', textContent: text, tabIndex: -1 });
    button.setAttribute('aria-label', label);
    button.addEventListener('click', act);
    tools.append(button);
  }
  map.parentNode.append(tools);
}
