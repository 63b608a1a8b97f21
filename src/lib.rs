//! Council Map: the Ombudsman's yearly figures for every English council, as a server-rendered site.
//!
//! `docs/architecture.md` holds the module map and the life of a request. The library is there for the program alone:
//! [`run`] is all that it does. Its modules are private, so that the compiler names what nothing uses.

mod cli;
mod db;
mod demo;
mod domain;
mod export;
mod geo;
mod import;
mod pages;
mod publish;
mod read;
mod site;
mod views;
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
    pub use crate::domain::decision::{Category, Outcome};
    pub use crate::domain::measure::{Family, Judgement, Measure};
    pub use crate::domain::progress::Unwatched;
    pub use crate::domain::record::Records;
    pub use crate::domain::release::{ImportKind, Release};
    pub use crate::domain::search::SearchText;
    pub use crate::domain::year::ReportingYear;
    pub use crate::export::dataset::Dataset;
    pub use crate::export::openapi::{Answer, Described};
    pub use crate::import::{Context, InputFile, read};
    pub use crate::publish::generated::bootstrap;
    pub use crate::read::Atlas;
    pub use crate::read::case_filter::CaseFilter;
    pub use crate::read::case_order::Sort;
    pub use crate::read::decisions::{DecisionQuery, DecisionsPage, Extent, Listing};
    pub use crate::web::routes::described;
}
