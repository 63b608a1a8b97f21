-- Decisions and reports, improvements, letters, replies.
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    council_id INTEGER UNIQUE REFERENCES councils (id)
);

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    base_reference TEXT NOT NULL,
    body_id INTEGER NOT NULL REFERENCES bodies (id),
    type TEXT NOT NULL,
    outcome TEXT NOT NULL,
    category TEXT NOT NULL,
    subcategory TEXT,
    decision_date TEXT NOT NULL,
    summary TEXT NOT NULL,
    url TEXT,
    document TEXT,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    row INTEGER
);
CREATE INDEX decisions_by_base_reference ON decisions (base_reference);
CREATE INDEX decisions_by_body ON decisions (body_id, decision_date DESC);
CREATE INDEX decisions_by_date ON decisions (decision_date DESC);
CREATE INDEX decisions_by_subject ON decisions (category, subcategory, decision_date DESC);
CREATE INDEX reports_by_date ON decisions (decision_date DESC) WHERE type = 'report';

-- Digests of the references of withdrawn decisions, with a key that is not published: no later list brings them back. That of
-- nothing tells by which key they were made.
CREATE TABLE withdrawn_decisions (digest TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE decision_sections (
    decision_id INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (decision_id, position)
) WITHOUT ROWID;

CREATE TABLE improvements (
    id INTEGER PRIMARY KEY,
    council_id INTEGER NOT NULL REFERENCES councils (id),
    reference TEXT NOT NULL,
    category TEXT NOT NULL,
    subcategory TEXT,
    summary TEXT NOT NULL,
    agreed_on TEXT NOT NULL,
    due_on TEXT,
    achieved_on TEXT,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    row INTEGER,
    UNIQUE (council_id, reference, summary)
);
CREATE INDEX improvements_by_reference ON improvements (reference);
-- Holds all that the counts by council, category and state need.
CREATE INDEX improvements_by_dates ON improvements (council_id, category, due_on, achieved_on);
CREATE INDEX improvements_by_subject ON improvements (category, subcategory);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL
);
CREATE TABLE letters (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    year TEXT NOT NULL,
    letter_date TEXT NOT NULL,
    -- The office that it is addressed to.
    office TEXT,
    text TEXT,
    -- The text as a page, cleaned when it was imported (import::letter_text).
    html TEXT,
    document_id INTEGER REFERENCES documents (id),
    url TEXT,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    row INTEGER,
    PRIMARY KEY (council_id, year)
) WITHOUT ROWID;
-- What councils say about their figures: plain text, shown escaped.
CREATE TABLE replies (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    year TEXT NOT NULL,
    -- The word of the measure; empty for a reply about the year as a whole.
    measure TEXT NOT NULL,
    replied_on TEXT NOT NULL,
    author TEXT,
    text TEXT NOT NULL,
    url TEXT,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    row INTEGER,
    PRIMARY KEY (council_id, year, measure)
) WITHOUT ROWID;
