//! The table of addresses behind `/openapi.json`. A test holds it to the routes that are served.

use super::params::{self as p, Param};
use crate::views::links::XLSX;

/// What an address answers with: media type, and the schema of JSON.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// A page.
    Html,
    /// JSON of a schema in `schemas.json`.
    Json(&'static str),
    /// JSON under another media type.
    JsonAs(&'static str, &'static str),
    /// A table.
    Csv,
    /// A file of another media type.
    File(&'static str),
    /// Only a redirect to another address.
    Redirect,
}

/// One address.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// What it is, in a few words.
    pub summary: &'static str,
    /// What may be asked for.
    pub params: &'static [Param],
    /// What comes back.
    pub answer: Answer,
    /// Whether a well-formed request may find nothing.
    pub may_be_missing: bool,
}

const fn always(path: &'static str, summary: &'static str, params: &'static [Param], answer: Answer) -> Route {
    Route { path, summary, params, answer, may_be_missing: false }
}

const fn sometimes(path: &'static str, summary: &'static str, params: &'static [Param], answer: Answer) -> Route {
    Route { path, summary, params, answer, may_be_missing: true }
}

use Answer::{Csv, File, Html, Json, JsonAs, Redirect};

/// All addresses, in the order of `web/routes.rs`.
pub const ROUTES: &[Route] = &[
    sometimes("/", "Map and search", p::MAP, Html),
    sometimes("/map.json", "All councils with one measure of one year", p::MAP, Json("Map")),
    sometimes("/map.csv", "All councils with one measure of one year", p::MAP, Csv),
    sometimes("/map.geojson", "The map layer as data", p::MAP, JsonAs("application/geo+json", "Layer")),
    always("/map/shapes.json", "Finer outlines for the zoomed map", p::SHAPES, Json("Shapes")),
    always("/find", "Councils by postcode, name, code, reference or place", p::FIND, Html),
    always("/find.json", "Councils by postcode, name, code, reference or place", p::FIND, Json("Found")),
    always("/councils", "All councils, A to Z", p::COUNCILS, Html),
    always("/councils.json", "All councils, A to Z", p::COUNCILS, Json("Councils")),
    always("/councils.csv", "All councils, A to Z", p::COUNCILS, Csv),
    sometimes("/councils/{slug}", "One council", p::COUNCIL, Html),
    sometimes("/councils/{slug}.json", "One council and its statistics of a year", p::COUNCIL, Json("Council")),
    sometimes("/councils/{slug}.csv", "One council and its statistics of all years", p::COUNCIL, Csv),
    sometimes(
        "/councils/{slug}.xlsx",
        "One council and its statistics of all years as a workbook",
        p::COUNCIL,
        File(XLSX),
    ),
    sometimes("/councils/{slug}/statistics", "All statistics of a council", p::SLUG, Html),
    sometimes("/councils/{slug}/statistics.json", "All statistics of a council", p::SLUG, Json("Statistics")),
    sometimes("/councils/{slug}/statistics.csv", "All statistics of a council", p::SLUG, Csv),
    sometimes("/councils/{slug}/decisions", "Decisions about a council", p::DECISIONS_OF, Html),
    sometimes("/councils/{slug}/decisions.json", "Decisions about a council", p::DECISIONS_OF, Json("Decisions")),
    sometimes("/councils/{slug}/decisions.csv", "Decisions about a council", p::DECISIONS_OF, Csv),
    sometimes("/councils/{slug}/reports", "Public reports about a council", p::REPORTS_OF, Html),
    sometimes("/councils/{slug}/reports.json", "Public reports about a council", p::REPORTS_OF, Json("Decisions")),
    sometimes("/councils/{slug}/reports.csv", "Public reports about a council", p::REPORTS_OF, Csv),
    sometimes("/councils/{slug}/improvements", "What a council agreed to improve", p::IMPROVEMENTS_OF, Html),
    sometimes(
        "/councils/{slug}/improvements.json",
        "What a council agreed to improve",
        p::IMPROVEMENTS_OF,
        Json("Improvements"),
    ),
    sometimes("/councils/{slug}/improvements.csv", "What a council agreed to improve", p::IMPROVEMENTS_OF, Csv),
    sometimes(
        "/councils/{slug}/improvements.ics",
        "Deadlines as a calendar",
        p::IMPROVEMENTS_OF,
        File("text/calendar"),
    ),
    sometimes("/councils/{slug}/letters", "Letters to a council", p::SLUG, Html),
    sometimes("/councils/{slug}/letters.json", "Letters to a council", p::SLUG, Json("Letters")),
    sometimes("/councils/{slug}/letters.csv", "Letters to a council", p::SLUG, Csv),
    sometimes("/councils/{slug}/letters/{year}", "One letter", p::LETTER, Html),
    sometimes("/councils/{slug}/letters/{year}.json", "One letter", p::LETTER, Json("Letter")),
    sometimes("/councils/{slug}/letters/{year}.csv", "The figures of a letter", p::LETTER, Csv),
    sometimes("/councils/{slug}/letters/{year}.pdf", "The document of a letter", p::LETTER, File("application/pdf")),
    sometimes("/councils/{slug}/letters/{year}.txt", "The text of a letter", p::LETTER, File("text/plain")),
    sometimes("/decisions", "Search all decisions and reports", p::DECISIONS, Html),
    sometimes("/decisions.json", "Search all decisions and reports", p::DECISIONS, Json("Decisions")),
    sometimes("/decisions.csv", "Search all decisions and reports", p::DECISIONS, Csv),
    sometimes("/reports", "Search all public reports", p::REPORTS, Html),
    sometimes("/reports.json", "Search all public reports", p::REPORTS, Json("Decisions")),
    sometimes("/reports.csv", "Search all public reports", p::REPORTS, Csv),
    sometimes("/decisions/{reference}", "One decision", p::REFERENCE, Html),
    sometimes("/decisions/{reference}.json", "One decision", p::REFERENCE, Json("Decision")),
    sometimes("/decisions/{reference}.csv", "One decision", p::REFERENCE, Csv),
    sometimes("/improvements", "What councils agreed to improve", p::IMPROVEMENTS, Html),
    sometimes("/improvements.json", "What councils agreed to improve", p::IMPROVEMENTS, Json("Improvements")),
    sometimes("/improvements.csv", "What councils agreed to improve", p::IMPROVEMENTS, Csv),
    sometimes("/improvements.ics", "Deadlines as a calendar", p::IMPROVEMENTS, File("text/calendar")),
    sometimes("/feed.atom", "New decisions and letters", p::FEED, File("application/atom+xml")),
    sometimes("/councils/{slug}/feed.atom", "What is new about a council", p::SLUG, File("application/atom+xml")),
    always("/feeds.opml", "All feeds", p::NONE, File("text/x-opml")),
    sometimes("/national", "The national review of a year", p::NATIONAL, Html),
    sometimes("/national.json", "The national review of a year", p::NATIONAL, Json("National")),
    sometimes("/national.csv", "The national review of a year", p::NATIONAL, Csv),
    sometimes("/compare", "Two to eight councils side by side", p::COMPARE, Html),
    sometimes("/compare.json", "Two to eight councils side by side", p::COMPARE, Json("Compared")),
    sometimes("/compare.csv", "Two to eight councils side by side", p::COMPARE, Csv),
    sometimes("/compare.xlsx", "Two to eight councils side by side, and over the years", p::COMPARE, File(XLSX)),
    sometimes("/code/{code}", "To the council that has or had a GSS code", p::CODE, Redirect),
    sometimes("/changes", "What each release changed", p::CHANGES, Html),
    sometimes("/changes.json", "What each release changed", p::CHANGES, Json("Changes")),
    sometimes("/changes.csv", "What each release changed", p::CHANGES, Csv),
    always(
        "/data/council-map.sqlite",
        "Everything public in one SQLite file",
        p::NONE,
        File("application/vnd.sqlite3"),
    ),
    always("/data/datapackage.json", "Frictionless data package of the tables", p::NONE, Json("DataPackage")),
    always(
        "/data/csv-metadata.json",
        "CSVW description of the tables",
        p::NONE,
        JsonAs("application/csvm+json", "CsvMetadata"),
    ),
    sometimes("/data/{name}.csv", "A whole table", p::TABLE, Csv),
    always("/about", "About this site", p::NONE, Html),
    always("/about/statistics", "How to read the figures", p::NONE, Html),
    always("/about/data", "Sources, licences, downloads", p::NONE, Html),
    always("/accessibility", "Accessibility statement", p::NONE, Html),
    sometimes("/assets/{name}", "Style sheet, script, icon", p::ASSET, File("*/*")),
    always("/health", "That the process lives", p::NONE, Json("Health")),
    always("/ready", "Whether the site can answer now; 503 when not", p::NONE, Json("Ready")),
    always("/version", "Version of software and data", p::NONE, Json("Version")),
    always("/openapi.json", "This description", p::NONE, Json("OpenApi")),
    always("/robots.txt", "For crawlers", p::NONE, File("text/plain")),
    always("/sitemap.xml", "For crawlers", p::NONE, File("application/xml")),
    sometimes("/sitemap-{part}.xml", "A part of a long sitemap", p::PART, File("application/xml")),
];
