//! Council Map: the Ombudsman's yearly figures for every English council, as a server-rendered site.
//!
//! `docs/architecture.md` holds the module map and the life of a request. The library is there for the program alone:
//! [`run`] is all that it does. Its modules are private, so that the compiler names what nothing uses. Those that only hold
//! files are listed here, so that the house can be seen from its door and a new file is entered once.

mod cli;
mod db;
mod demo;

/// Pure types and rules: no input or output, no SQL, no HTML.
mod domain {
    pub mod area;
    pub mod chance;
    pub mod change;
    pub mod comparator;
    pub mod compare;
    pub mod council;
    pub mod council_set;
    pub mod decision;
    pub mod digest;
    pub mod field;
    pub mod figure;
    pub mod format;
    pub mod funnel;
    pub mod history;
    pub mod improvement;
    pub mod interval;
    pub mod letter;
    pub mod location;
    pub mod london;
    pub mod measure;
    pub mod names;
    pub mod odd_character;
    pub mod postcode;
    pub mod progress;
    pub mod record;
    pub mod release;
    pub mod reply;
    pub mod representation;
    pub mod search;
    pub mod series;
    pub mod shrinkage;
    pub mod sign;
    pub mod subject;
    pub mod tally;
    pub mod telling;
    pub mod year;
}

/// Read models as JSON, CSV and XLSX: the same rows as the page.
mod export {
    pub mod area;
    pub mod areas;
    pub mod calendar;
    pub mod changes;
    pub mod compare;
    pub mod council;
    pub mod councils;
    pub mod csv;
    pub mod csvw;
    pub mod datapackage;
    pub mod dataset;
    pub mod decisions;
    pub mod downloads;
    pub mod failure;
    pub mod figure;
    pub mod find;
    pub mod folder;
    pub mod geojson;
    pub mod improvements;
    pub mod letters;
    pub mod map;
    pub mod national;
    pub mod national_csv;
    pub mod openapi;
    pub mod pack;
    pub mod pdf;
    pub mod provenance;
    pub mod rankings;
    pub mod replies;
    pub mod signs;
    pub mod sitemap;
    mod sources;
    pub mod statistics;
    pub mod subject;
    pub mod subjects;
    pub mod tables;
    mod word;
    pub mod xlsx;
}

mod geo;
mod import;

/// One file for each family of pages: what its address says, what is read for it, the representations it has. They know
/// nothing of the web server, which `web` puts in front of them.
mod pages {
    pub(crate) mod about;
    pub(crate) mod ahead;
    pub(crate) mod areas;
    pub(crate) mod asked;
    pub(crate) mod changes;
    pub(crate) mod charts;
    pub(crate) mod cited;
    pub(crate) mod compare;
    pub(crate) mod context;
    pub(crate) mod council;
    pub(crate) mod councils;
    pub(crate) mod data;
    pub(crate) mod decisions;
    pub(crate) mod downloads;
    pub(crate) mod embed;
    pub(crate) mod error;
    pub(crate) mod feed;
    pub(crate) mod find;
    pub(crate) mod improvements;
    pub(crate) mod letters;
    pub(crate) mod map;
    pub(crate) mod national;
    pub(crate) mod pack;
    pub(crate) mod page;
    pub(crate) mod params;
    pub(crate) mod rankings;
    pub(crate) mod share;
    pub(crate) mod signs;
    pub(crate) mod sitemap;
    pub(crate) mod statistics;
    pub(crate) mod subjects;
}

mod publish;

/// Read models: what a page, its JSON and its CSV show. Each is made once and rendered three ways, so
/// the three cannot disagree.
mod read {
    pub mod area;
    pub mod areas;
    pub mod atlas;
    mod carried;
    pub mod case_facets;
    pub mod case_filter;
    pub mod case_index;
    pub mod case_order;
    pub mod case_search;
    pub mod case_words;
    pub mod changed;
    pub mod changes;
    pub mod cited;
    pub mod compare;
    pub mod compare_finding;
    pub mod compare_funnel;
    pub mod compare_layout;
    pub mod compare_set;
    pub mod compare_verdicts;
    pub mod council;
    pub mod council_parts;
    pub mod councils;
    pub mod count_tables;
    pub mod decision;
    pub mod decisions;
    pub mod downloads;
    pub mod embed;
    pub mod error;
    pub mod feed;
    pub mod find;
    pub mod find_names;
    pub mod improvements;
    pub mod letters;
    pub mod locator_map;
    pub mod map;
    pub mod map_finding;
    pub mod national;
    pub mod national_regions;
    pub mod pack;
    pub mod provenance;
    pub mod rankings;
    pub mod received;
    pub mod report;
    pub mod serving;
    pub mod share;
    pub mod signs;
    pub mod signs_feed;
    pub mod sources;
    pub mod standing;
    pub mod statistics;
    pub mod subject;
    pub mod subject_counts;
    pub mod subject_finding;
    pub mod subject_words;
    pub mod subject_years;
    pub mod subjects;

    pub use atlas::Atlas;
    pub use error::ReadError;
}

mod site;

/// Pages in maud: read models in, markup out. No SQL, no HTTP, no clock.
mod views {
    pub mod about;
    pub mod area;
    pub mod areas;
    pub mod assets;
    pub mod case_links;
    mod changed;
    pub mod changes;
    mod chart;
    pub mod charts;
    pub mod cited;
    pub mod compare;
    pub mod compare_form;
    pub mod compare_group;
    pub mod compare_sets;
    mod compare_tiles;
    mod complaint;
    pub mod council;
    pub mod council_head;
    mod council_near;
    mod council_promises;
    mod council_received;
    mod council_table;
    pub mod councils;
    pub mod decision;
    pub mod decisions;
    pub mod downloads;
    pub mod embed;
    pub mod error;
    pub mod facets;
    pub mod feed;
    pub mod figure;
    pub mod find;
    pub mod find_answer;
    mod frame;
    pub mod funnel;
    pub mod home;
    pub mod import_report;
    pub mod improvement_feed;
    pub mod improvements;
    pub mod intervals;
    pub mod layout;
    pub mod letters;
    pub mod links;
    pub mod map;
    mod map_choices;
    mod map_labels;
    pub mod map_names;
    pub mod map_part;
    mod map_standouts;
    mod measure_menu;
    pub mod national;
    mod national_kinds;
    mod national_regions;
    pub mod pack;
    pub mod picture;
    pub mod rankings;
    pub mod raster;
    pub mod raw;
    pub mod replies;
    pub mod sentences;
    pub mod share;
    pub mod signs;
    pub mod signs_feed;
    pub mod sources;
    pub mod spark;
    pub mod statistics;
    pub mod strip;
    pub mod subject;
    mod subject_published;
    mod subject_texts;
    pub mod subjects;
    pub mod table;
    pub mod trend;
    mod typeface;
    mod under;
}

mod web;

pub use self::cli::run;

/// What the tests and the benchmark of this repository use besides the command. Nobody else should; it may change with
/// any commit.
pub mod for_tests {
    pub use crate::db::councils::Register;
    pub use crate::db::edition::{Edition, Editions};
    pub use crate::db::write::Draft;
    pub use crate::db::{Connection, DbError, ReadPool, open_reader};
    pub use crate::demo::{Options, releases};
    pub use crate::domain::compare::Verdict;
    pub use crate::domain::decision::{Category, Outcome};
    pub use crate::domain::digest::sha256;
    pub use crate::domain::measure::{Family, Judgement, Measure};
    pub use crate::domain::progress::Unwatched;
    pub use crate::domain::record::Records;
    pub use crate::domain::release::{ImportKind, Release};
    pub use crate::domain::search::SearchText;
    pub use crate::domain::year::ReportingYear;
    pub use crate::export::dataset::Dataset;
    pub use crate::export::openapi::{Answer, Described};
    pub use crate::import::{Context, InputFile, Taught, read};
    pub use crate::publish::generated::bootstrap;
    pub use crate::read::Atlas;
    pub use crate::read::case_filter::CaseFilter;
    pub use crate::read::case_order::Sort;
    pub use crate::read::decisions::{DecisionQuery, DecisionsPage, Extent, Listing};
    pub use crate::web::routes::described;
}

/// What the fuzz targets of `fuzz/` reach besides; compiled for them alone.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod for_fuzzing {
    pub use crate::db::data_dir::{is_plain_name, is_release_key, is_version_file, stays_below};
    pub use crate::domain::council::{GssCode, Slug};
    pub use crate::domain::decision::Reference;
    pub use crate::domain::postcode::{Outcode, Postcode, Typed};
    pub use crate::domain::progress::unwatched;
    pub use crate::geo::AreaRef;
    pub use crate::geo::boundaries::parse as boundaries;
    pub use crate::geo::layer::{Detail, Drawing};
    pub use crate::geo::locate::Locator;
    pub use crate::geo::postcodes::PostcodeAnswer;
    pub use crate::geo::postcodes::pack::pack;
    pub use crate::import::fuzzed::document_text;
    pub use crate::import::letter_text::clean;
    pub use crate::publish::fuzzed::{Meta, order};
    pub use crate::publish::import::{Ending, Request, import};
    pub use crate::read::find::{Completions, FindPage, FindQuery};
    pub use crate::web::fuzzed::{Addresses, Heard, headers};
}
