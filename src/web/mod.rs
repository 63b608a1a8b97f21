//! HTTP: the only place that knows actix.
//!
//! A request is parsed into typed parameters, answered from the bytes kept for the edition in force, or
//! made once on a blocking thread and kept (docs/architecture.md, "The life of a request").

pub mod error;
mod handlers;
mod http;
pub mod page_cache;
mod params;
mod routes;
pub mod site;
mod watch;

use std::io::{self, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use jiff::Timestamp;

pub use self::site::Site;

/// How the site is served.
#[derive(Clone, Debug)]
pub struct Config {
    /// `ADDR:PORT`; port 0 picks a free one.
    pub listen: String,
    /// Folder of the published files.
    pub data_dir: PathBuf,
    /// Serve as if it were this moment; loopback addresses only.
    pub preview_as_of: Option<Timestamp>,
}

/// Queries wait for one of these threads, never on the threads that answer requests.
const BLOCKING_THREADS: usize = 4;

/// Serves until told to stop. Prints `listening on http://ADDR:PORT` once connections are accepted.
///
/// # Errors
/// A listening address that is taken or malformed, a data directory without a published edition, a
/// preview on an address that others can reach.
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
    let site = Site::open(&config.data_dir, config.preview_as_of).map_err(io::Error::other)?;
    let site = Arc::new(site);
    watch::start(&site);
    actix_web::rt::System::new().block_on(async move {
        let data = web::Data::from(Arc::clone(&site));
        let server = HttpServer::new(move || {
            App::new().app_data(data.clone()).wrap(from_fn(http::headers::finish)).configure(routes::configure)
        })
        .workers(2)
        .worker_max_blocking_threads(BLOCKING_THREADS)
        .shutdown_timeout(5)
        .listen(listener)?
        .run();
        let mut out = io::stdout().lock();
        writeln!(out, "listening on http://{address}")?;
        out.flush()?;
        drop(out);
        server.await
    })
}
