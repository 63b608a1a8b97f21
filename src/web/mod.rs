//! HTTP: the only place that knows actix.
//!
//! A request is parsed into typed parameters, answered from the bytes kept for the edition in force, or
//! made once on a blocking thread and kept (docs/architecture.md, "The life of a request").

mod address_policy;
mod ahead;
mod connections;
mod counts;
mod error;
#[cfg(fuzzing)]
pub mod fuzzed;
mod handlers;
mod http;
mod metrics;
mod request;
mod route;
pub mod routes;

use std::io::{self, Write};
use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use actix_web::middleware::from_fn;
use actix_web::rt::net::TcpStream;
use actix_web::rt::spawn;
use actix_web::{App, HttpServer, web};
use jiff::Timestamp;

use self::address_policy::AddressPolicy;
pub use self::connections::connections_for;
use self::counts::Counts;
use self::handlers::fallback::fallback;
use self::http::places::LONG_BODIES;
use self::metrics::{Connections, Watched};
use crate::site::public_address::PublicAddress;
use crate::site::work::{JOBS_AT_ONCE, Work};
use crate::site::{Site, watch};

/// How the site is served.
#[derive(Clone, Debug)]
pub struct Config {
    /// `ADDR:PORT`; port 0 picks a free one.
    pub listen: String,
    /// Folder of the published files.
    pub data_dir: PathBuf,
    /// Serve as if it were this moment; loopback addresses only.
    pub preview_as_of: Option<Timestamp>,
    /// The address under which visitors reach the site; from each request's Host when not given.
    pub public_url: Option<PublicAddress>,
    /// Proxies whose forwarded headers count.
    pub trusted_proxies: Vec<IpAddr>,
    /// `ADDR:PORT` of the numbers about the running site; loopback addresses only.
    pub metrics: Option<String>,
    /// Whether the pages that most visitors see first are made before anybody asks for them.
    pub pages_ahead: bool,
}

/// Threads that answer requests, at most: what is kept they answer as fast as a network can take it.
const MOST_WORKERS: usize = 8;

/// One for each processor that this process may use: two on one only waited for one another.
fn workers() -> usize {
    thread::available_parallelism().map_or(2, usize::from).min(MOST_WORKERS)
}

/// Serves until told to stop. Prints `listening on http://ADDR:PORT` once connections are accepted.
///
/// # Errors
/// A listening address that is taken or malformed, a data directory without a published edition, a
/// preview or metrics on an address that others can reach.
pub fn serve(config: &Config) -> io::Result<()> {
    let listener = TcpListener::bind(&config.listen)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {}: {error}", config.listen)))?;
    let address = listener.local_addr()?;
    if config.preview_as_of.is_some() && !address.ip().is_loopback() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "a preview shows what is not published yet: it is served on a loopback address only, such as 127.0.0.1:8081",
        ));
    }
    let metrics = config.metrics.as_deref().map(metrics::listen).transpose()?;
    let address_policy = AddressPolicy {
        public_url: config.public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        listening: Some(address),
        preview: config.preview_as_of.is_some(),
    };
    let limits = connections::Limits::of_this_machine(&listener);
    LONG_BODIES.allow_half_of(limits.most);
    tracing::info!("{limits}; {}", Work::limits());
    let addresses = connections::Addresses::new(&config.trusted_proxies);
    let site = Site::open(&config.data_dir, config.preview_as_of).map_err(io::Error::other)?;
    let site = Arc::new(site);
    let ahead = config.pages_ahead.then(|| address_policy.clone());
    watch::start(&site, move |site, snapshot| {
        if let Some(policy) = &ahead {
            ahead::begin(site, snapshot, policy.without_host());
        }
    });
    actix_web::rt::System::new().block_on(async move {
        let (site, policy) = (web::Data::from(site), web::Data::new(address_policy));
        let connections = Connections::default();
        let counts = metrics.as_ref().map(|_| Arc::new(Counts::of(routes::ROUTES.len())));
        let watching = match (metrics, &counts) {
            (Some(listener), Some(counts)) => {
                tracing::info!("metrics at http://{}/metrics", listener.local_addr()?);
                let (site, counts) = (site.clone().into_inner(), Arc::clone(counts));
                Some(metrics::server(listener, Watched { site, counts, connections: connections.clone() })?)
            }
            _ => None,
        };
        let workers = workers();
        let server = HttpServer::new(move || {
            let app = App::new().app_data(site.clone()).app_data(policy.clone());
            let app = match &counts {
                Some(counts) => app.app_data(web::Data::from(Arc::clone(counts))),
                None => app,
            };
            app.wrap(from_fn(http::headers::finish))
                .configure(routes::configure)
                .default_service(web::route().to(fallback))
        })
        .on_connect(move |connection, kept| {
            let counted = connection.downcast_ref::<TcpStream>().and_then(|connection| addresses.take(connection));
            // It is dropped with the connection.
            kept.insert((counted, connections.open()));
        })
        .workers(workers)
        .worker_max_blocking_threads(JOBS_AT_ONCE)
        .max_connections(limits.most / workers)
        // A visitor who has gone leaves the queue; so does one who only stops sending, as no browser does.
        .h1_allow_half_closed(false)
        .shutdown_timeout(5)
        .listen(listener)?
        .run();
        let mut out = io::stdout().lock();
        writeln!(out, "listening on http://{address}")?;
        out.flush()?;
        drop(out);
        if let Some(watching) = watching {
            spawn(watching);
        }
        server.await
    })
}
