//! What the site is doing, in numbers for a program that watches it: a second listener, which this machine alone can reach.
//!
//! The format is that of OpenMetrics 1.0. Kinds of pages are the paths of the table of routes. Nothing here tells who asked or
//! for what.

use std::fmt::Write;
use std::io;
use std::net::{TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};

use super::counts::{CLASSES, Counts, STEPS};
use super::routes::ROUTES;
use crate::site::Site;
use crate::site::work::Lane;

/// What parsers know the format by.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// The kind of what no route answers.
const NO_ROUTE: &str = "other";
/// Connections at once; one program that watches needs one.
const MOST_CONNECTIONS: usize = 16;

/// What is watched.
pub(super) struct Watched {
    pub(super) site: Arc<Site>,
    pub(super) counts: Arc<Counts>,
    pub(super) connections: Connections,
}

/// How many connections are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections(Arc<AtomicUsize>);

/// One of them, until it ends.
#[derive(Debug)]
pub(super) struct Open(Connections);

impl Connections {
    /// One more.
    pub(super) fn open(&self) -> Open {
        self.0.fetch_add(1, Ordering::Relaxed);
        Open(self.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Listens on an address that this machine alone can reach.
///
/// # Errors
/// Any other address, or one that is taken or malformed.
pub(super) fn listen(address: &str) -> io::Result<TcpListener> {
    let failed = |error: io::Error| io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"));
    let meant: Vec<_> = address.to_socket_addrs().map_err(failed)?.collect();
    if !meant.iter().all(|one| one.ip().to_canonical().is_loopback()) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!(
                "metrics are served on a loopback address only, such as 127.0.0.1:9100, and {address} is none; to read them from \
                 another machine, forward the port (ssh -L 9100:127.0.0.1:9100 HOST) or put a proxy in front that asks who it is"
            ),
        ));
    }
    TcpListener::bind(meant.as_slice()).map_err(failed)
}

/// The second web server. It ends with the first.
///
/// # Errors
/// A listener that the system does not let it use.
pub(super) fn server(listener: TcpListener, watched: Watched) -> io::Result<Server> {
    let watched = web::Data::new(watched);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(watched.clone())
            .route("/metrics", web::get().to(metrics))
            .route("/metrics", web::head().to(metrics))
            .default_service(web::to(nothing_here))
    });
    Ok(server.workers(1).max_connections(MOST_CONNECTIONS).disable_signals().listen(listener)?.run())
}

async fn metrics(watched: web::Data<Watched>) -> HttpResponse {
    HttpResponse::Ok().content_type(CONTENT_TYPE).body(watched.text())
}

async fn nothing_here() -> HttpResponse {
    HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("Metrics are at /metrics.\n")
}

impl Watched {
    /// All metrics, as they are now.
    fn text(&self) -> String {
        let mut text = Text::default();
        self.answers(&mut text);
        let site = &self.site;
        text.family(
            "council_map_served",
            "counter",
            "",
            "Answers found among the kept pages, made, or refused with 503.",
        );
        for (from, count) in site.tally().all() {
            text.sample(&format!("council_map_served_total{{from=\"{from}\"}}"), count);
        }
        text.family("council_map_jobs_running", "gauge", "", "Jobs that run, by queue.");
        for lane in Lane::ALL {
            text.sample(&format!("council_map_jobs_running{{lane=\"{}\"}}", lane.name()), site.work().running(lane));
        }
        text.family("council_map_jobs_waiting", "gauge", "", "Jobs that wait for their turn, by queue.");
        for lane in Lane::ALL {
            text.sample(&format!("council_map_jobs_waiting{{lane=\"{}\"}}", lane.name()), site.work().waiting(lane).0);
        }
        text.family("council_map_connections_open", "gauge", "", "Connections of visitors and proxies that are open.");
        text.sample("council_map_connections_open", self.connections.0.load(Ordering::Relaxed));
        self.edition(&mut text);
        text.family("council_map_software", "info", "", "The program.");
        text.sample(&format!("council_map_software_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1);
        if let Some(bytes) = resident() {
            text.family("process_resident_memory_bytes", "gauge", "bytes", "Memory that the process holds.");
            text.sample("process_resident_memory_bytes", bytes);
        }
        text.end()
    }

    /// What has been answered. A kind that nobody has asked for yet has no lines.
    fn answers(&self, text: &mut Text) {
        let names = ROUTES.iter().map(|route| route.path).chain([NO_ROUTE]);
        let mut kinds: Vec<_> = names.zip(self.counts.all()).collect();
        kinds.retain(|(_, counted)| counted.steps.iter().any(|number| *number > 0));
        text.family("council_map_requests", "counter", "", "Answers by kind of page and class of status.");
        for (page, counted) in &kinds {
            for (class, count) in CLASSES.iter().zip(counted.statuses) {
                text.sample(&format!("council_map_requests_total{{page=\"{page}\",status=\"{class}\"}}"), count);
            }
        }
        let help = "Time from the head of a request to the head of its answer, by kind of page.";
        text.family("council_map_answer_seconds", "histogram", "seconds", help);
        for (page, counted) in &kinds {
            let mut so_far = 0;
            for (end, count) in STEPS.iter().map(|end| Some(*end)).chain([None]).zip(counted.steps) {
                so_far += count;
                let end = end.map_or_else(|| "+Inf".to_owned(), seconds);
                text.sample(&format!("council_map_answer_seconds_bucket{{page=\"{page}\",le=\"{end}\"}}"), so_far);
            }
            text.sample(&format!("council_map_answer_seconds_count{{page=\"{page}\"}}"), so_far);
            let took = format!("{:.6}", counted.took.as_secs_f64());
            text.sample(&format!("council_map_answer_seconds_sum{{page=\"{page}\"}}"), took);
        }
    }

    /// The version of the data in force.
    fn edition(&self, text: &mut Text) {
        let snapshot = self.site.snapshot();
        text.family("council_map_edition", "info", "", "The version of the data in force.");
        text.sample(&format!("council_map_edition_info{{version=\"{}\"}}", snapshot.edition.id), 1);
        let since = self.site.now().duration_since(snapshot.edition.from).as_secs();
        text.family("council_map_edition_age_seconds", "gauge", "seconds", "Time since that version came into force.");
        text.sample("council_map_edition_age_seconds", since);
        let help = "Whether the data directory cannot be read or was damaged (1); /ready says what is wrong.";
        text.family("council_map_data_trouble", "gauge", "", help);
        text.sample("council_map_data_trouble", u8::from(self.site.trouble().is_some()));
    }
}

/// Text in the format. No value in it needs a mark before it: all of them are paths of the table, names and versions.
#[derive(Default)]
struct Text(String);

impl Text {
    /// Begins a family of metrics.
    fn family(&mut self, name: &str, kind: &str, unit: &str, help: &str) {
        self.0.push_str(&format!("# TYPE {name} {kind}\n"));
        if !unit.is_empty() {
            self.0.push_str(&format!("# UNIT {name} {unit}\n"));
        }
        self.0.push_str(&format!("# HELP {name} {help}\n"));
    }

    fn sample(&mut self, name: &str, value: impl std::fmt::Display) {
        // Writing into text does not fail.
        let _ = writeln!(self.0, "{name} {value}");
    }

    fn end(mut self) -> String {
        self.0.push_str("# EOF\n");
        self.0
    }
}

/// Milliseconds as seconds, as the format writes numbers: with a point.
fn seconds(millis: u64) -> String {
    let text = format!("{}.{:03}", millis / 1_000, millis % 1_000);
    let short = text.trim_end_matches('0');
    if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
}

/// Bytes of memory that the process holds, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_others_can_reach_is_refused_with_the_way_out() {
        for address in ["0.0.0.0:0", "[::]:0", "192.0.2.7:9100"] {
            let error = listen(address).unwrap_err().to_string();
            assert!(error.contains("loopback") && error.contains("ssh -L"), "{error}");
        }
        assert!(listen("127.0.0.1:0").is_ok());
        assert!(listen("9100").is_err());
    }

    #[test]
    fn milliseconds_are_written_as_seconds_with_a_point() {
        let all: Vec<String> = STEPS.iter().map(|end| seconds(*end)).collect();
        assert_eq!(all, ["0.001", "0.005", "0.02", "0.05", "0.1", "0.25", "1.0", "2.5"]);
    }

    #[test]
    fn a_connection_is_open_until_it_is_dropped() {
        let connections = Connections::default();
        let (first, second) = (connections.open(), connections.open());
        drop(first);
        assert_eq!(connections.0.load(Ordering::Relaxed), 1);
        drop(second);
        assert_eq!(connections.0.load(Ordering::Relaxed), 0);
    }
}
