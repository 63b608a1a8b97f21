-- What the words of closed lists mean, as pages say it: whoever opens the file need not look them up.
CREATE TABLE labels (
    what TEXT NOT NULL,
    word TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (what, word)
) WITHOUT ROWID;

-- The tables with codes, names and labels beside each other, for whoever opens the file without this program.
CREATE VIEW readable_councils AS
SELECT c.code, c.slug, c.name, c.official_name, c.kind, k.label AS kind_label, c.region,
    county.code AS county_code, county.official_name AS county, c.active_from, c.active_to,
    (SELECT group_concat(s.code, '|') FROM successions x JOIN councils s ON s.id = x.successor_id WHERE x.council_id = c.id)
        AS successor_codes
FROM councils c
LEFT JOIN councils county ON county.id = c.county_id
LEFT JOIN labels k ON k.what = 'kind' AND k.word = c.kind;

CREATE VIEW readable_figures AS
SELECT c.code, c.slug, c.official_name AS council, c.kind, c.region, f.year, f.measure, m.label AS measure_label,
    f.numerator, f.denominator, f.value, f.state, f.published_value, f.low AS interval_low, f.high AS interval_high,
    f.similar_published, f.similar_computed, f.similar_group, f.verdict, v.label AS verdict_label, f.shrunken,
    f.rank_best, f.rank_worst, f.rank_of, f.residents_year, r.key AS release, s.file, s.sheet, f.row
FROM figures f
JOIN councils c ON c.id = f.council_id
LEFT JOIN labels m ON m.what = 'measure' AND m.word = f.measure
LEFT JOIN labels v ON v.what = 'verdict' AND v.word = f.verdict
LEFT JOIN sources s ON s.id = f.source_id
LEFT JOIN releases r ON r.id = s.release_id;

CREATE VIEW readable_cells AS
SELECT c.code, c.slug, c.official_name AS council, x.year, x.field, x.value, r.key AS release, s.file, s.sheet, x.row,
    s.url AS source_url
FROM cells x
JOIN councils c ON c.id = x.council_id
JOIN sources s ON s.id = x.source_id
JOIN releases r ON r.id = s.release_id;

CREATE VIEW readable_improvements AS
SELECT i.reference, c.code, c.slug, c.official_name AS council, i.category, k.label AS category_label, i.subcategory,
    i.summary, i.agreed_on, i.due_on, i.achieved_on
FROM improvements i
JOIN councils c ON c.id = i.council_id
LEFT JOIN labels k ON k.what = 'category' AND k.word = i.category;

CREATE VIEW readable_letters AS
SELECT c.code, c.slug, c.official_name AS council, l.year, l.letter_date, l.office, l.text, l.url
FROM letters l
JOIN councils c ON c.id = l.council_id;

-- A column of this name leads from the search to its decision: programs look for the row number that a view does not have.
CREATE VIEW readable_decisions AS
SELECT d.id AS rowid, d.reference, c.code, c.slug, b.name AS body, d.type, t.label AS type_label,
    d.outcome, o.label AS outcome_label, d.category, k.label AS category_label, d.subcategory,
    trim(ifnull(k.label, d.category) || ' ' || replace(ifnull(d.subcategory, ''), '-', ' ')) AS subject,
    d.decision_date, d.summary,
    (SELECT group_concat(text, char(10)) FROM (SELECT text FROM decision_sections WHERE decision_id = d.id ORDER BY position))
        AS sections,
    d.url, d.document
FROM decisions d
JOIN bodies b ON b.id = d.body_id
LEFT JOIN councils c ON c.id = b.council_id
LEFT JOIN labels t ON t.what = 'type' AND t.word = d.type
LEFT JOIN labels o ON o.what = 'outcome' AND o.word = d.outcome
LEFT JOIN labels k ON k.what = 'category' AND k.word = d.category;

-- Full-text search over decisions. The index holds no texts, they stay in their tables, and the view leads to them;
-- Datasette finds the index by the name of the view. Nothing here needs more than SQLite 3.31. Positions are kept, for
-- phrases. No index of prefixes: it would take a third more space, and only a word that nothing holds as it stands is
-- looked for as a beginning.
CREATE VIRTUAL TABLE decision_search USING fts5 (
    summary, subject, body, sections,
    content="readable_decisions",
    tokenize = "porter unicode61 remove_diacritics 2"
);
-- Words are gathered in 16 MiB of memory before they are written, not in 1 MiB: 12,000 summaries take 0.57 s
-- instead of 0.91 s (SQLite 3.40, one core), since fewer pieces have to be merged afterwards.
INSERT INTO decision_search (decision_search, rank) VALUES ('hashsize', 16777216);
