// What a screen reader is given, in its order: the accessibility tree of the pages that people meet first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { none, visit } from './support/visit.mjs';

/** The lines of the tree, without addresses. */
const tree = (path) => visit(path, {}, async ({ page }) => {
  const text = await page.locator('body').ariaSnapshot();
  return text.split('\n').map((line) => line.trim().replace(/^- /, '').replace(/^'(.*?)'(?=:|$)/, '$1')).filter((line) => !line.startsWith('/url'));
});

/** Fails unless lines that match follow each other in this order. */
function reads(lines, expected) {
  let at = 0;
  for (const one of expected) {
    const found = lines.findIndex((line, place) => place >= at && one.test(line));
    assert.ok(found >= 0, `${one} does not come after "${lines[at - 1] ?? 'the start'}"`);
    at = found + 1;
  }
}

/** What holds of every page that is read aloud. */
function wellRead(lines) {
  none(lines.filter((line) => /^(link|button|combobox|searchbox|textbox|checkbox)(:| \[|$)/.test(line)).map((line) => `without a name: ${line}`));
  none(lines.filter((line) => /^listitem: ›|^text: [›×]$/.test(line)).map((line) => `a sign is spoken: ${line}`));
  const headings = lines.map((line) => /^heading .*\[level=(\d)\]/.exec(line)?.[1]).filter(Boolean).map(Number);
  assert.equal(headings[0], 1, 'the first heading is that of the page');
  headings.forEach((level, at) => assert.ok(at === 0 || level <= headings[at - 1] + 1, `heading ${at + 1} leaves a level out`));
}

test('home is read as sentences: question, search, finding, choices, every council with its figure and verdict', async () => {
  const lines = await tree('/');
  wellRead(lines);
  reads(lines, [
    /^link "Skip to the content"/, /^link "Skip to the map"/, /^link "Skip to the filters"/,
    /^banner/, /^navigation "Main"/, /^main/, /^heading "How well does your council put things right\?" \[level=1\]/,
    /^search/, /^combobox "Postcode, council or case reference"/,
    /^heading "Of 317 councils, .*\." \[level=2\]/,
    /^region "Map"/, /^form "What is shown"/, /^combobox "Measure"/, /^group "Year"/, /^combobox "Year"/, /^group "Services"/, /^navigation "View"/,
    /^paragraph: "?317 councils: \d+ higher than expected/,
    /^figure "Of 317 councils/, /^link "Cornwall: \d+% \(\d+ of \d+\), unitary councils \d+%: [a-z ]+"/,
    /^contentinfo/,
  ]);
  const councils = lines.filter((line) => /^link "[^"]+: (\d+%|no rate|no cases|not known|no figure)/i.test(line));
  assert.ok(councils.length >= 296, `${councils.length} councils have a name with their figure`);
});

test('a council’s page is read as sentences: what it is, what was found, four figures with their averages, history, promises', async () => {
  const lines = await tree('/councils/derbyshire-county-council');
  wellRead(lines);
  reads(lines, [
    /^banner/, /^main/, /^navigation "Breadcrumb"/, /^heading "Derbyshire County Council" \[level=1\]/,
    /^paragraph: County council\. It runs schools, social care, roads and transport\./, /^navigation "About this council"/,
    /^listitem: In \d+% of the cases investigated \(\d+ of \d+\) the Ombudsman found fault\. That is /,
    /^listitem: In .*the Ombudsman was satisfied that the council did what it had agreed/,
    /^listitem: \d+ of the \d+ improvements that it agreed are overdue/,
    /^heading "The figures of 2024-25" \[level=2\]/,
    ...['Complaints upheld', 'Did what it agreed', 'Put it right before being asked', 'Upheld per 100,000 residents'].flatMap((title) => [
      new RegExp(`^heading "${title}" \\[level=3\\]`),
      /^img "Derbyshire at .*, 95% interval .*, whose average is .* Range expected: /,
      /^paragraph: .*(expected|Too few cases to say)/,
      /^paragraph: "Average .*similar authorities \(county councils\) .*England /,
    ]),
    /^heading "Uphold rate, year by year" \[level=2\]/,
    /^img "Uphold rate of Derbyshire by year: 2018-19 \d+% \(.*; counted anew from 2022-23 .* Average, /,
    /^contentinfo/,
  ]);
});
