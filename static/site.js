// Improves pages that are whole without it: no feature lives here alone but zoom and the card of one council.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, props, ...children) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
};
const press = (textContent, onclick, className = '') => make('button', { type: 'button', textContent, className, onclick });

// Forms of choices send themselves, but not under the arrow keys of somebody who is still choosing: they get the button.
function choices(form) {
  let keys = false;
  form.addEventListener('keydown', () => { keys = true; form.classList.remove('auto'); });
  form.addEventListener('pointerdown', () => { keys = false; });
  form.addEventListener('change', () => { if (!keys) form.requestSubmit(); });
}

// The search box completes names and offers the place.
function search(box) {
  const list = make('datalist', { id: 'names' });
  box.after(list);
  box.setAttribute('list', 'names');
  box.oninput = async () => {
    const { query, names } = await (await fetch(`/find/names.json?${new URLSearchParams({ q: box.value })}`)).json();
    if (query === box.value) list.replaceChildren(...names.map((one) => make('option', one)));
  };
  if (!navigator.geolocation) return;
  const button = press('Use my location', () => {
    button.textContent = 'Looking …';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { location = `/find?lat=${coords.latitude.toFixed(5)}&lon=${coords.longitude.toFixed(5)}`; },
      () => { button.textContent = 'Your location is not available. Type a postcode.'; },
    );
  }, 'locate');
  $('.here').append(button);
}

function drawing(map) {
  const shape = (tag) => document.createElementNS(map.namespaceURI, tag);
  const figure = map.closest('figure');
  const pane = map.parentNode;
  const areas = $$('.areas a', map);
  const path = (area) => area.getAttribute('href').split('?')[0];
  const land = (area) => $('path', area);
  // The inset of London repeats areas of the map, which have the words.
  const again = new Map($$('.inset a', figure).map((area) => [path(area), area]));
  // What a link of the map says: name, value with what it stands beside, verdict.
  const told = (area) => {
    const label = $('title', area)?.textContent ?? area.getAttribute('aria-label');
    return label?.split(': ') ?? told(areas.find((one) => path(one) === path(area)));
  };
  // Links are given another year when they are met: all at once cost a slow phone 15 ms.
  let query = null;
  const link = (area) => {
    const href = path(area) + query;
    if (query !== null && area.getAttribute('href') !== href) area.setAttribute('href', href);
    return area.getAttribute('href');
  };
  for (const kind of ['pointerover', 'focusin', 'click']) {
    figure.addEventListener(kind, ({ target }) => {
      const area = target.closest('.areas a, .inset a');
      if (area) link(area);
    }, true);
  }
  const middle = new Map();
  const box = (area) => {
    if (!middle.has(area)) {
      const { x, y, width, height } = area.getBBox();
      const { a, e, f } = area.transform.baseVal.consolidate()?.matrix ?? { a: 1, e: 0, f: 0 };
      middle.set(area, [a * (x + width / 2) + e, a * (y + height / 2) + f, a * width, a * height]);
    }
    return middle.get(area);
  };

  // One tab stop: the arrow keys move it to the nearest area in their direction.
  const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const neighbour = (from, [dx, dy]) => {
    const [x, y] = box(from);
    let best = null;
    let least = Infinity;
    for (const area of areas) {
      const [u, v] = box(area);
      const along = (u - x) * dx + (v - y) * dy;
      const across = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      const cost = along + 2 * across;
      if (area !== from && along > across * 0.4 && cost < least) [best, least] = [area, cost];
    }
    return best;
  };

  // The card says what the link says.
  const card = figure.appendChild(make('div', { className: 'card', hidden: true }));
  const inside = (area) => {
    const [name, value, verdict] = told(area);
    const words = verdict ?? value;
    const mark = make('span', { className: `d ${land(area).getAttribute('class')}` });
    return [make('b', { textContent: name }), mark, words[0].toUpperCase() + words.slice(1), ...verdict ? [make('br', {}), value] : []];
  };
  const show = (area, x, y) => {
    card.replaceChildren(...inside(area));
    card.hidden = false;
    const frame = figure.getBoundingClientRect();
    const left = Math.min(Math.max(x - frame.left + 14, 0), Math.max(frame.width - card.offsetWidth, 0));
    // Over the pointer, or under it where the window ends.
    const over = y - card.offsetHeight - 14;
    card.style.left = `${left}px`;
    card.style.top = `${(over < 0 ? y + 24 : over) - frame.top}px`;
  };
  const ring = map.appendChild(shape('path'));
  ring.setAttribute('class', 'ring');
  const mark = (area) => {
    ring.setAttribute('d', area ? $('path', area).getAttribute('d') : '');
    ring.setAttribute('transform', area?.getAttribute('transform') ?? '');
  };
  // Under a finger areas are small: a tap says which council it met, and offers those around it.
  const sheet = figure.appendChild(make('section', { className: 'councilsheet', hidden: true }));
  sheet.setAttribute('aria-label', 'Council');
  const hide = () => {
    if (!sheet.hidden) mark(null);
    card.hidden = sheet.hidden = true;
  };
  const open = (area) => {
    const [x, y] = box(area);
    const far = (other) => Math.hypot(box(other)[0] - x, box(other)[1] - y);
    const near = areas.filter((one) => one !== area).sort((a, b) => far(a) - far(b)).slice(0, 4);
    const href = link(area);
    const [, , slug] = href.split(/[/?]/);
    sheet.replaceChildren(
      press('Close', () => { hide(); area.focus({ preventScroll: true }); }, 'close'),
      make('p', {}, ...inside(area)),
      make('a', { className: 'go', href, textContent: `Open ${told(area)[0]}` }),
      make('a', { className: 'go', href: `/compare?set=kind&c=${slug}`, textContent: 'Compare' }),
      make('p', {}, 'Meant a neighbour? ', ...near.map((one) => press(told(one)[0], () => open(one)))),
    );
    sheet.hidden = false;
    mark(area);
    $('.go', sheet).focus({ preventScroll: true });
    const under = map.getBoundingClientRect().bottom - sheet.getBoundingClientRect().top;
    if (under > 0) scrollBy(0, Math.min(under, map.getBoundingClientRect().top));
  };
  addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
  figure.addEventListener('pointermove', (event) => {
    const area = event.target.closest('.map a, .inset a');
    if (area && event.pointerType === 'mouse') show(area, event.clientX, event.clientY); else card.hidden = true;
  });
  figure.addEventListener('pointerleave', () => { card.hidden = true; });
  // On the box around it: Chromium makes a drawing that listens for focus a stop of Tab.
  figure.addEventListener('focusin', ({ target }) => {
    const area = target.closest('.areas a');
    if (!area || !sheet.hidden) return;
    follow(area);
    if (area.matches(':focus-visible')) mark(area);
    const { right, top } = area.getBoundingClientRect();
    show(area, right, top);
  });
  figure.addEventListener('focusout', ({ target }) => {
    if (!target.closest('.areas a')) return;
    card.hidden = true;
    if (sheet.hidden) mark(null);
  });
  // Titles would show a second card. They go when a pointer comes: a page that is only read need not pay for it.
  figure.addEventListener('pointerenter', () => {
    for (const title of $$('a > title', figure)) {
      title.parentNode.setAttribute('aria-label', title.textContent);
      title.remove();
    }
  }, { once: true });

  // Zoom is a smaller view box; finer lines come when they can be seen.
  const numbers = (name) => map.getAttribute(name).split(' ').map(Number);
  const whole = numbers('data-whole');
  let view = numbers('viewBox');
  // Stripes and dots keep their size as well.
  const patterns = $$('#phi, #plo, #few');
  for (const pattern of patterns) pattern.dataset.turn ??= pattern.getAttribute('patternTransform') ?? '';
  const hex = map.classList.contains('hex');
  const meets = ([x, y, width, height]) => Math.abs(x - view[0] - view[2] / 2) < (width + view[2]) / 2 && Math.abs(y - view[1] - view[3] / 2) < (height + view[3]) / 2;
  let asked = null;
  let coarse = null;
  // Finer lines for what is in view, a few in each frame: all at once held a slow phone for 0.3 s.
  const refine = async () => {
    if (!asked) {
      const chosen = new URLSearchParams(location.search);
      const query = new URLSearchParams(['tier', 'year'].filter((key) => chosen.get(key)).map((key) => [key, chosen.get(key)]));
      asked = fetch(`/map/shapes.json?${query}`).then((answer) => answer.json());
      coarse = new Set([...$$('.county', map), ...areas.map((area) => $('path', area))]);
    }
    const { paths } = await asked;
    for (let few = [1]; few.length > 0;) {
      await new Promise(requestAnimationFrame);
      // The end of the drag settles again.
      if (held) return;
      few = [...coarse].filter((line) => line.dataset.slug || meets(box(line.parentNode))).slice(0, 8);
      for (const line of few) {
        coarse.delete(line);
        const path = paths[line.dataset.slug ?? line.parentNode.getAttribute('href').split(/[/?]/)[2]];
        if (!path) continue;
        line.setAttribute('d', path);
        const halo = line.previousSibling;
        if (halo?.matches?.('.halo')) halo.setAttribute('d', path);
      }
    }
    const focused = $('.areas a:focus-visible', map);
    if (focused) mark(focused);
  };
  // Closer, names stand on the areas that have room for them.
  const names = map.insertBefore(shape('g'), ring);
  names.setAttribute('class', 'lab names');
  names.setAttribute('aria-hidden', 'true');
  const write = () => {
    const pixel = view[2] / map.clientWidth;
    const letters = 13 * pixel;
    const taken = [];
    const made = [];
    const there = areas.map((area) => [area, ...box(area)]).filter(([, x, y]) => x > view[0] && x < view[0] + view[2] && y > view[1] && y < view[1] + view[3]);
    for (const [area, x, y, width] of there.sort((a, b) => b[3] * b[4] - a[3] * a[4])) {
      const [name] = told(area);
      // On a hexagon a long name has two lines.
      const lines = hex && name.length * letters * 0.55 > width ? name.split(/ (?=\S+$)/) : [name];
      const half = Math.max(...lines.map((line) => line.length)) * letters * 0.31;
      if (width < half * 1.7 || taken.some(([u, v, h]) => Math.abs(u - x) < h + half && Math.abs(v - y) < letters * 1.2)) continue;
      taken.push([x, y, half]);
      lines.forEach((line, at) => {
        const text = shape('text');
        text.textContent = line;
        for (const [key, value] of [['x', x], ['y', y + letters * (0.33 + 1.15 * (at - lines.length / 2 + 0.5))], ['text-anchor', 'middle'], ['class', land(area).matches('.hi, .lo, .phi, .plo') ? '' : 'town']]) text.setAttribute(key, value);
        made.push(text);
      });
    }
    names.replaceChildren(...made);
  };
  let last = 1;
  let settling;
  // What is drawn, and while a finger moves it the way from there to the screen.
  let base = view;
  let held = null;
  // What takes its time waits until the map stands still.
  const settle = () => {
    if (held) return;
    const named = last < 0.7;
    figure.classList.toggle('named', named);
    if (named) write(); else names.replaceChildren();
    if (last < 0.5 && !hex) refine();
  };
  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(Math.max(view[2] * factor, whole[2] / 24), whole[2]);
    const scale = width / view[2];
    view = [x - (x - view[0]) * scale, y - (y - view[1]) * scale, width, view[3] * scale];
    view[0] = Math.min(Math.max(view[0], whole[0]), whole[0] + whole[2] - view[2]);
    view[1] = Math.min(Math.max(view[1], whole[1]), whole[1] + whole[3] - view[3]);
    if (held) {
      // Drawn anew in every frame, the map had 23 frames a second at a quarter of the speed; moved as a picture it has 50.
      pane.style.translate = `${held.a * (base[0] - view[0])}px ${held.a * (base[1] - view[1])}px`;
      figure.classList.add('drag');
      return;
    }
    base = view;
    map.setAttribute('viewBox', view.map((value) => value.toFixed(1)).join(' '));
    const share = width / whole[2];
    if (share !== last) {
      last = share;
      map.style.setProperty('--z', share);
      figure.classList.toggle('near', share < 1);
      for (const pattern of patterns) pattern.setAttribute('patternTransform', `${pattern.dataset.turn} scale(${share})`);
    }
    clearTimeout(settling);
    settling = setTimeout(settle, 120);
  };
  if (view[2] < whole[2]) zoom(1);
  // Focus never leaves what is in view.
  const follow = (area) => {
    const [x, y] = box(area);
    if (x > view[0] && x < view[0] + view[2] && y > view[1] && y < view[1] + view[3]) return;
    view = [x - view[2] / 2, y - view[3] / 2, view[2], view[3]];
    zoom(1);
  };
  const point = ({ clientX, clientY }) => {
    const at = new DOMPoint(clientX, clientY).matrixTransform((held ?? map.getScreenCTM()).inverse());
    return [at.x + view[0] - base[0], at.y + view[1] - base[1]];
  };
  // The wheel scrolls the page; with Ctrl it zooms, which is said to those who try without.
  map.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      figure.classList.add('tell');
      setTimeout(() => figure.classList.remove('tell'), 1500);
      return;
    }
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, ...point(event));
  }, { passive: false });
  map.addEventListener('dblclick', (event) => { event.preventDefault(); zoom(0.5, ...point(event)); });
  const letGo = () => {
    if (!held) return;
    held = null;
    figure.classList.remove('drag');
    pane.style.translate = '';
    zoom(1);
  };
  // One pointer drags what is zoomed, two pinch.
  const fingers = new Map();
  let moved = false;
  let from;
  let grip = null;
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return other && [Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 }];
  };
  figure.addEventListener('pointerdown', (event) => {
    if (event.target !== figure && !map.contains(event.target)) return;
    letGo();
    fingers.set(event.pointerId, event);
    from = event;
    moved = fingers.size > 1;
    grip = fingers.size > 1 ? spread()[0] : view[2] < whole[2] ? point(event) : null;
  });
  addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId) || grip === null) return;
    fingers.set(event.pointerId, event);
    moved ||= Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > 4;
    if (!moved) return;
    if (fingers.size > 1) {
      const [apart, between] = spread();
      zoom(grip / apart, ...point(between));
      grip = apart;
      return;
    }
    held ??= map.getScreenCTM();
    const [x, y] = point(event);
    view = [view[0] + grip[0] - x, view[1] + grip[1] - y, view[2], view[3]];
    zoom(1);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      grip = null;
      letGo();
    });
  }
  map.addEventListener('click', (event) => {
    if (moved) { event.preventDefault(); return; }
    if (event.pointerType !== 'touch') return;
    const [x, y] = point(event);
    const far = (area) => Math.hypot(box(area)[0] - x, box(area)[1] - y);
    const met = event.target.closest('.areas a') ?? areas.reduce((a, b) => (far(a) < far(b) ? a : b));
    event.preventDefault();
    if (event.target.closest('.areas a') || far(met) < view[2] / 12) open(met); else hide();
  });
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
    } else if (area && (event.key === '+' || event.key === '=')) zoom(0.6, ...box(area));
    else if (event.key === '-') zoom(1 / 0.6);
    else if (event.key === '0') zoom(99);
  });
  const tools = make('div', { className: 'zoom' });
  for (const [text, label, factor] of [['−', 'Zoom out', 1 / 0.6], ['+', 'Zoom in', 0.6]]) {
    const button = press(text, () => zoom(factor));
    button.ariaLabel = label;
    tools.append(button);
  }
  figure.append(tools);

  // Other values on the same drawing. Each change is paid for, so only what changes is changed.
  const wear = (one, next) => { if (one.getAttribute('class') !== next) one.setAttribute('class', next); };
  const change = ({ classes, values, beside, similar, counties, verdicts, query: year, view: part }) => {
    hide();
    query = year;
    const kinds = classes.split(' ');
    areas.forEach((area, at) => {
      const kind = kinds[at];
      const value = [values[at], similar[beside[at]]].filter(Boolean).join(', ');
      const label = [told(area)[0], value, verdicts[kind]].filter(Boolean).join(': ');
      const title = $('title', area);
      if (title) title.firstChild.data = label; else area.setAttribute('aria-label', label);
      wear(land(area), kind);
      const twin = again.get(path(area));
      if (twin) wear(land(twin), kind);
    });
    const lines = counties.split(' ');
    for (const [at, line] of $$('.county', map).entries()) {
      const kind = lines[at];
      if (line.matches(`.${kind}`)) continue;
      wear(line, `county ${kind}`);
      if (line.previousSibling?.matches('.halo')) line.previousSibling.remove();
      if (!/^p?(hi|lo)$/.test(kind)) continue;
      const halo = line.cloneNode();
      wear(halo, 'halo');
      line.before(halo);
    }
    if (part !== map.dataset.view) {
      map.dataset.view = part;
      view = part.split(' ').map(Number);
      zoom(1);
    }
    if (figure.matches('.named')) write();
  };
  map.dataset.view = map.getAttribute('viewBox');
  // All drawings share the patterns, which the last may have left smaller.
  const shown = () => { last = 0; zoom(1); };
  return { change, figure, shown };
}

// Becomes what it is to say, node by node: what is the same stays, and with it focus and what is open.
function become(was, next) {
  if (was.nodeName !== next.nodeName) was.replaceWith(next);
  else if (was.data !== next.data) was.data = next.data;
  else if (was.attributes) {
    for (const { name, value } of next.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value);
    for (const { name } of [...was.attributes]) if (name !== 'open' && !next.hasAttribute(name)) was.removeAttribute(name);
    // Menus are always the same, and come but once: after that what is chosen comes alone.
    if (next.length !== 1) fill(was, next);
    if (was.nodeName === 'SELECT') was.value = next.value;
  }
}
function fill(was, next) {
  const old = [...was.childNodes];
  [...next.childNodes].forEach((one, at) => { if (old[at]) become(old[at], one); else was.append(one); });
  for (const one of old.slice(next.childNodes.length)) if (one.parentNode === was) one.remove();
}

// Who chooses keeps the focus, also where another page came, and the place on the page.
function keepPlace(act) {
  const place = [scrollX, scrollY];
  const was = document.activeElement;
  const { name, textContent: text } = was;
  const within = was.closest('#filters');
  const opened = $$('#filters details').map(({ open }) => open);
  act();
  if (within && !document.activeElement.closest('#filters')) {
    $$('#filters details').forEach((one, at) => { one.open = opened[at] ?? false; });
    ($(`#filters [name="${name}"]`) ?? $$('#filters a, #filters summary, #filters button').find((one) => one.textContent === text) ?? $('#filters [name="year"]')).focus({ preventScroll: true });
  }
  scrollTo(...place);
}

// Drawings are kept by their names, so that each comes but once; all share the page around them.
const kept = new Map();
let drawn;
let home;
function draw(map) {
  drawn = drawing(map);
  kept.set(map.dataset.drawing, drawn);
}
// What decides which drawing is shown, but for the boundaries of a year.
const sort = (search) => ['view', 'tier', 'kind'].map((key) => new URLSearchParams(search).get(key)).join();
const sorts = new Set();

// A choice replaces what it changes, where it stands.
let turn = 0;
let applied = 0;
async function go(href, push) {
  turn += 1;
  const mine = turn;
  const { search } = new URL(href, location);
  let page;
  let values;
  let next;
  for (const address of [sorts.has(sort(search)) && `/map/switch.json${search}`, href].filter(Boolean)) {
    const answer = await fetch(address);
    if (!answer.ok) { location = href; return; }
    if (address === href) page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    else {
      values = await answer.json();
      next = kept.get(values.drawing);
      if (next) break;
    }
  }
  // Somebody has chosen again meanwhile.
  if (mine !== turn) return;
  const main = $('main');
  const map = page && $('#map', page);
  const ids = page ? ['told', 'key', 'filters', 'mapdesc', 'stand', 'notes'] : Object.keys(values.parts);
  const beside = ['key', 'filters', 'mapdesc', 'stand', 'notes'];
  const put = (some) => {
    for (const id of some) {
      const was = $(`#${id}`);
      const markup = page ? $(`#${id}`, page).innerHTML : values.parts[id];
      if (id === 'filters') {
        const fresh = was.cloneNode();
        fresh.innerHTML = markup;
        fill(was, fresh);
      } else was.innerHTML = markup;
    }
  };
  applied = mine;
  sorts.add(sort(search));
  document.title = page ? page.title : `${values.title} · Council Map`;
  // The address that the page says it has names no more than was chosen.
  if (push) history.pushState(null, '', page ? $('link[type="application/json"]', page).getAttribute('href').replace('map.json', '') : values.address);
  shown = location.search;
  if (page && !(map && home)) {
    keepPlace(() => {
      main.replaceChildren(...$('main', page).children);
      start();
    });
  } else {
    keepPlace(() => {
      if (!home[0].isConnected) main.replaceChildren(...home);
      if (page) {
        drawn.figure.replaceWith(map.closest('figure'));
        draw(map);
        drawn.shown();
      } else {
        if (next !== drawn) {
          drawn.figure.replaceWith(next.figure);
          drawn = next;
          drawn.shown();
        }
        drawn.change(values);
      }
      put(ids.filter((id) => !beside.includes(id)));
    });
    // What stands beside the drawing comes with the next frame: in one, a slow phone stood still for longer.
    await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
    if (mine !== applied) return;
    keepPlace(() => put(beside));
  }
  // A region that has just come is not listened to yet.
  setTimeout(() => { $('#said').textContent = $('#finding').textContent; }, page ? 200 : 0);
}
function switches(form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = [...new FormData(form)].filter(([, value]) => value !== '');
    go(`/?${new URLSearchParams(chosen)}`, true);
  });
  form.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href, true);
  });
}
// A jump within the page is no other choice.
let shown = location.search;
addEventListener('popstate', () => { if ($('#filters') && location.search !== shown) go(location.href, false); });

function start() {
  $$('.auto').forEach(choices);
  const box = $('form.find input');
  if (box) search(box);
  const form = $('#filters');
  if (form) switches(form);
  const map = $('#map');
  if (!map || !form) return;
  draw(map);
  home = [...$('main').children];
  sorts.add(sort(location.search));
}
start();
