//! `council-map serve`, and `council-map` alone.

use std::env;
use std::io::{self, IsTerminal};
use std::net::IpAddr;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::process;

use anyhow::bail;
use clap::{ArgAction, Args};
use jiff::Timestamp;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::options::{Data, moment};
use super::status::DONE;
use crate::db::data_dir::content;
use crate::db::edition::Editions;
use crate::site::public_address::PublicAddress;
use crate::web;

/// Serve the site. A data directory that is empty gets a demonstration with invented figures first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map serve
  council-map serve --listen 0.0.0.0:80 --data /var/lib/council-map --no-demo
  council-map serve --preview-as-of 2026-07-29T09:00:00+01:00 --listen 127.0.0.1:8081

The first line on standard output, once it accepts connections, is: listening on http://ADDR:PORT
A publication in the data directory is served within a second, without a restart.")]
pub(super) struct Serve {
    /// Address and port; port 0 picks a free one.
    #[arg(long, value_name = "ADDR:PORT", env = "COUNCIL_MAP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    #[command(flatten)]
    pub(super) data: Data,
    /// Show the site as it will be at this moment, every page marked; only on a loopback address.
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    preview_as_of: Option<Timestamp>,
    /// Address under which visitors reach the site, as links in feeds and sitemaps name it, such as
    /// https://map.example.org; from the Host of each request when not given.
    #[arg(long, value_name = "URL", env = "COUNCIL_MAP_PUBLIC_URL")]
    public_url: Option<PublicAddress>,
    /// Proxy whose Forwarded and X-Forwarded headers count; give it once for each.
    #[arg(long, value_name = "ADDR")]
    trusted_proxy: Vec<IpAddr>,
    /// Numbers about the running site for Prometheus and others, at http://ADDR:PORT/metrics; only on a loopback address, such
    /// as 127.0.0.1:9100.
    #[arg(long, value_name = "ADDR:PORT", env = "COUNCIL_MAP_METRICS")]
    metrics: Option<String>,
    /// Whether the pages that most visitors see first are made as soon as an edition is opened, before anybody asks: it takes
    /// some seconds of one processor and 40 MB of memory.
    #[arg(long, value_name = "YES", env = "COUNCIL_MAP_PAGES_AHEAD", action = ArgAction::Set, default_value_t = !cfg!(unoptimised))]
    pages_ahead: bool,
    /// Never make a demonstration: without anything published, say so and end.
    #[arg(long)]
    no_demo: bool,
    /// How much to tell on standard error: off, error, warn, info, debug.
    #[arg(long, value_name = "LEVEL", env = "COUNCIL_MAP_LOG", default_value = "info")]
    log: LevelFilter,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        settle_allocator();
        // The web server's own chatter says nothing that our lines do not.
        let wanted = Targets::new()
            .with_target("council_map", self.log)
            // It calls it an error when somebody sends a broken request.
            .with_target("actix_http", LevelFilter::OFF)
            .with_default(self.log.min(LevelFilter::WARN));
        let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(colours_wanted());
        tracing_subscriber::registry().with(lines.with_target(false)).with(wanted).init();
        if Editions::read(&self.data.dir)?.editions.is_empty() {
            self.make_demonstration()?;
        }
        let config = web::Config {
            listen: self.listen,
            data_dir: self.data.dir,
            preview_as_of: self.preview_as_of,
            public_url: self.public_url,
            trusted_proxies: self.trusted_proxy,
            metrics: self.metrics,
            pages_ahead: self.pages_ahead,
        };
        web::serve(&config)?;
        Ok(DONE)
    }

    /// Fills an empty data directory, unless that is not wanted.
    fn make_demonstration(&self) -> anyhow::Result<()> {
        let dir = &self.data.dir;
        let found = content(dir)?;
        let so = match found.first() {
            _ if self.no_demo => String::new(),
            None => return super::demo::make(dir, &super::demo::options(None, None)),
            Some(name) => format!(", and no demonstration is made since the folder is not empty ({name} is in it)"),
        };
        bail!(
            "nothing has been published in {dir} yet{so}; begin with `council-map import KIND FILE --publish --data {dir}`, \
             or choose another folder with --data",
            dir = dir.display()
        )
    }
}

/// Colours for people at a terminal who have not said that they want none (https://no-color.org).
fn colours_wanted() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The GNU allocator gives every thread an arena of its own and returns little of any: 11,000 different pages asked for
/// twelve at a time left 260 MB with them and 100 MB with one. It also moves the size from which blocks are mapped
/// alone up to 32 MB, so that the tables of the encoder, 2 MB for each page, lie among the small pages that stay:
/// 3,200 decisions as JSON left 187 MB and 8,000 1.3 GB; with the size held at 128 kB the first leave 57 MB. It reads its
/// settings only when a process begins, so the process begins again, once, under the same number; where that fails it
/// goes on as it is. Why no other allocator: docs/adr/0011-allocator.md.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn settle_allocator() {
    use std::os::unix::process::CommandExt;
    const SETTINGS: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "1"), ("MALLOC_MMAP_THRESHOLD_", "131072")];
    if SETTINGS.iter().any(|(name, _)| env::var_os(name).is_none())
        && let Ok(program) = env::current_exe()
    {
        let error = process::Command::new(program).args(env::args_os().skip(1)).envs(SETTINGS).exec();
        tracing::debug!("the allocator keeps its settings: {error}");
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn settle_allocator() {}
