//! The import, driven through the real command.

mod any_bytes;
mod bad_input;
mod faults;
mod lost_pointer;
mod mutations;
mod published;
mod releases;
mod repair;
mod replies;
mod report;
mod support;
mod tables;
mod variants;
