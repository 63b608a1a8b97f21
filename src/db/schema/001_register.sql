-- Councils, their dated codes and what follows them. A council is not its polygon (docs/adr/0002).
CREATE TABLE releases (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    source_url TEXT,
    licence TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    retrieved_at TEXT NOT NULL,
    published_at TEXT NOT NULL,
    synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1))
);

-- Releases that were seen and taken back: that they were, and nothing of what they held.
CREATE TABLE withdrawn_releases (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    published_at TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL
) WITHOUT ROWID;

-- A file (and sheet) of a release, with the address a row was published at. Every value points here.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    release_id INTEGER NOT NULL REFERENCES releases (id),
    file TEXT NOT NULL,
    sheet TEXT,
    url TEXT
);
CREATE UNIQUE INDEX sources_by_place ON sources (release_id, file, ifnull(sheet, ''), ifnull(url, ''));

-- What each release added, changed or removed, for the page of changes. `old` and `new` are as shown.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    release_id INTEGER NOT NULL REFERENCES releases (id),
    action TEXT NOT NULL CHECK (action IN ('added', 'changed', 'removed')),
    noun TEXT NOT NULL,
    council_id INTEGER,
    year TEXT,
    what TEXT NOT NULL,
    old TEXT,
    new TEXT
);
CREATE INDEX changes_by_release ON changes (release_id);

CREATE TABLE councils (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    official_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('county', 'district', 'unitary', 'metropolitan', 'london')),
    region TEXT NOT NULL,
    county_id INTEGER REFERENCES councils (id),
    active_from TEXT,
    active_to TEXT
);
CREATE TABLE council_codes (
    code TEXT PRIMARY KEY,
    council_id INTEGER NOT NULL REFERENCES councils (id)
) WITHOUT ROWID;
CREATE TABLE successions (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    successor_id INTEGER NOT NULL REFERENCES councils (id),
    PRIMARY KEY (council_id, successor_id)
) WITHOUT ROWID;
-- Further names by which files call a council, folded (domain::names::fold).
CREATE TABLE aliases (
    folded TEXT PRIMARY KEY,
    council_id INTEGER NOT NULL REFERENCES councils (id)
) WITHOUT ROWID;
-- Names in files that are no council's, folded, and what becomes of their rows.
CREATE TABLE no_councils (
    folded TEXT PRIMARY KEY,
    treatment TEXT NOT NULL CHECK (treatment IN ('other body', 'left out'))
) WITHOUT ROWID;
-- Residents by calendar year: mid-2020 of the register, the census of 2021, and what else was imported.
CREATE TABLE populations (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    year INTEGER NOT NULL,
    population INTEGER NOT NULL CHECK (population >= 0),
    PRIMARY KEY (council_id, year)
) WITHOUT ROWID;
CREATE TABLE neighbours (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    model TEXT NOT NULL,
    rank INTEGER NOT NULL,
    neighbour_id INTEGER NOT NULL REFERENCES councils (id),
    PRIMARY KEY (council_id, model, rank)
) WITHOUT ROWID;

-- Polygons by code and date, as GeoJSON geometry.
CREATE TABLE boundaries (
    code TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    geometry TEXT NOT NULL
);
CREATE UNIQUE INDEX boundaries_by_code ON boundaries (code, ifnull(valid_from, ''));
-- The packed postcode table, when one other than the binary's own has been imported.
CREATE TABLE blobs (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
