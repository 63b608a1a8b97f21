-- The cells of the yearly tables, each with its source; what is derived from them; the national series.
CREATE TABLE cells (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    year TEXT NOT NULL,
    field TEXT NOT NULL,
    value REAL NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    row INTEGER,
    PRIMARY KEY (council_id, year, field)
) WITHOUT ROWID;
CREATE INDEX cells_by_year ON cells (year);

CREATE TABLE national_cells (
    year TEXT NOT NULL,
    field TEXT NOT NULL,
    value REAL NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    row INTEGER,
    PRIMARY KEY (year, field)
) WITHOUT ROWID;

-- Derived once per version by domain::figure: every page, JSON and CSV repeats these rows.
CREATE TABLE figures (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    year TEXT NOT NULL,
    measure TEXT NOT NULL,
    numerator INTEGER,
    denominator INTEGER,
    residents_year INTEGER,
    late INTEGER,
    state TEXT NOT NULL CHECK (state IN ('rate', 'nothing-due', 'not-known')),
    value REAL,
    published_value REAL,
    low REAL,
    high REAL,
    similar_published REAL,
    similar_computed REAL,
    similar_group TEXT NOT NULL,
    similar_count INTEGER NOT NULL,
    similar_with_counts INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    chance_of_mark REAL,
    shrunken REAL,
    rank_best INTEGER,
    rank_worst INTEGER,
    rank_of INTEGER,
    pooled_years INTEGER,
    pooled_numerator INTEGER,
    pooled_denominator INTEGER,
    pooled_low REAL,
    pooled_high REAL,
    pooled_verdict TEXT,
    change_since TEXT,
    change_verdict TEXT,
    change_against_group TEXT,
    source_id INTEGER REFERENCES sources (id),
    row INTEGER,
    PRIMARY KEY (council_id, year, measure)
) WITHOUT ROWID;
CREATE INDEX figures_by_year ON figures (year, measure);
