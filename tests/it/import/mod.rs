//! The import, driven through the real command.

mod any_bytes;
mod as_printed;
mod bad_input;
mod contradictions;
mod estimates;
mod faults;
mod letters;
mod limits;
mod lost_pointer;
mod mutations;
mod neighbours;
mod odd_cells;
mod published;
mod reader;
mod releases;
mod repair;
mod replies;
mod report;
mod rows_and_names;
mod support;
mod tables;
mod together;
mod variants;
