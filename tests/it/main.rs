//! One binary for all tests that drive the program from outside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod ahead;
mod architecture;
mod areas;
mod casework;
mod compare;
mod council;
mod decisions;
mod doctor;
mod documented_commands;
mod documents;
mod downloads;
mod embargo;
mod embed;
mod finding;
mod help;
mod import;
mod map;
mod measures;
mod metrics;
mod national;
mod one_edition;
mod pack;
mod provenance;
mod rankings;
mod real;
mod reorganisation;
mod round_trip;
mod routes;
mod share;
mod signs;
mod strangers;
mod subjects;
mod support;
mod swap;
mod terminal;
mod verdicts;
mod workbooks;
