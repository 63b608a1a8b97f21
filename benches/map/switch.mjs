// What a choice on the home page costs: bytes over the wire with their headers, and work of the main thread, slowed four times.

/** A choice: what is done, where, and what was chosen before it. */
const click = (test) => `[...document.querySelectorAll('#filters a')].find((a) => ${test}).click();`;
const select = (name, value) => `{ const menu = document.querySelector('#filters [name="${name}"]'); menu.value = '${value}'; menu.dispatchEvent(new Event('change', { bubbles: true })); }`;
const schools = click("a.closest('.step + .seg') && !a.ariaCurrent");
const CHOICES = [
  ['another measure', '/', select('measure', 'received-housing-per-100k')],
  ['another year', '/', click("a.rel === 'prev'")],
  ['one kind of councils', '/', select('kind', 'district')],
  ['the other services', '/', schools],
  ['the services before', '/', schools, schools],
  ['hexagons', '/', click("a.textContent === 'Hexagons'")],
  ['back to the map', '/', click("a.textContent === 'Map'"), click("a.textContent === 'Hexagons'")],
  ['table', '/', click("a.textContent === 'Table'")],
  ['back from the table', '/', click("a.textContent === 'Map'"), click("a.textContent === 'Table'")],
];

async function measure(chromium, executablePath, address, [, path, act, before]) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Network.enable');
    await page.goto(address + path, { waitUntil: 'networkidle' });
    await page.evaluate(before ?? '');
    await page.waitForTimeout(1000);
    let bytes = 0;
    protocol.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
    const events = [];
    protocol.on('Tracing.dataCollected', ({ value }) => events.push(...value));
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await protocol.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'toplevel'] } });
    await page.evaluate(act);
    // Nothing looks at the page meanwhile: to ask it is work as well.
    await page.waitForTimeout(1500);
    const ended = new Promise((done) => { protocol.once('Tracing.tracingComplete', done); });
    await protocol.send('Tracing.end');
    await ended;
    // The page is drawn by the thread that lays out most.
    const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const of = ({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid && event.dur);
    const [main] = threads.map(of).sort((a, b) => b.length - a.length);
    const tasks = main.filter(({ name }) => name === 'ThreadControllerImpl::RunTask').map(({ dur }) => dur / 1000);
    const spent = (...names) => main.filter(({ name }) => names.includes(name)).reduce((sum, { dur }) => sum + dur / 1000, 0);
    return {
      bytes, longest: Math.max(...tasks), total: tasks.reduce((sum, one) => sum + one, 0),
      style: spent('UpdateLayoutTree'), layout: spent('Layout'), paint: spent('PrePaint', 'Paint', 'Layerize', 'Commit'),
    };
  } finally {
    await browser.close();
  }
}

/** Prints the table of choices, medians of some rounds. */
export async function measureChoices(chromium, executablePath, address, rounds) {
  console.log('| | kB | longest task, ms | all tasks, ms | style | layout | paint |');
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const choice of CHOICES) {
    const all = [];
    for (let round = 0; round < rounds; round += 1) all.push(await measure(chromium, executablePath, address, choice));
    const of = (key, factor = 1, digits = 0) => (all.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(rounds / 2)] * factor).toFixed(digits);
    console.log(`| ${choice[0]} | ${of('bytes', 1e-3, 1)} | ${of('longest')} | ${of('total')} | ${of('style')} | ${of('layout')} | ${of('paint')} |`);
  }
}
