//! Council Map: the Ombudsman's yearly figures for every English council, as a server-rendered site.
//!
//! `docs/architecture.md` holds the module map and the life of a request.

pub mod cli;
pub mod db;
pub mod demo;
pub mod domain;
pub mod export;
pub mod geo;
pub mod import;
pub mod pages;
pub mod publish;
pub mod read;
pub mod site;
pub mod views;
pub mod web;
