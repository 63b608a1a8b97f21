//! Improvements, letters, feeds, statistics and the national review, read over HTTP from imported files.

mod feeds;
mod improvements;
mod letters;
mod replies;
mod site;
mod statistics;
