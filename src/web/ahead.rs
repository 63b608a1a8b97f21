//! Pages made before anybody asks: those that most visitors see first, as soon as an edition is opened, and so before its hour.
//! A council's takes 15 ms, the home page 165 ms, and nobody has to wait for either.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::rt::Runtime;
use actix_web::rt::time::sleep;

use super::route::{Route, Serve};
use super::routes::ROUTES;
use crate::domain::representation::Representation;
use crate::pages::ahead::Ahead;
use crate::pages::asked::Asked;
use crate::pages::context::RequestContext;
use crate::site::Site;
use crate::site::public_address::PublicAddress;
use crate::site::snapshot::Snapshot;
use crate::site::work::Lane;

/// While visitors wait for pages, none are made ahead.
const VISITORS_FIRST: Duration = Duration::from_millis(20);

/// Makes them in a thread of its own, for visitors who reach the site at this address. It ends with the edition.
pub(super) fn begin(site: &Arc<Site>, snapshot: Arc<Snapshot>, reached_at: PublicAddress) {
    let site = Arc::clone(site);
    thread::spawn(move || match Runtime::new() {
        Ok(runtime) => runtime.block_on(make(site, snapshot, reached_at)),
        Err(error) => tracing::warn!(%error, "no pages are made ahead"),
    });
}

async fn make(site: Arc<Site>, snapshot: Arc<Snapshot>, reached_at: PublicAddress) {
    let began = Instant::now();
    let (mut made, mut failed) = (0_u32, 0_u32);
    let edition = &snapshot.edition.id;
    for route in ROUTES.iter().filter(|route| !matches!(route.ahead, Ahead::No)) {
        for (part, query) in route.ahead.addresses(&snapshot.atlas) {
            while site.work().waiting(Lane::Pages).0 > 0 {
                sleep(VISITORS_FIRST).await;
            }
            if !site.opened().iter().any(|one| Arc::ptr_eq(one, &snapshot)) {
                return;
            }
            let context = RequestContext::ahead(&site, Arc::clone(&snapshot), reached_at.clone());
            match page(route, context, part, &query).await {
                Some(()) => made += 1,
                None => failed += 1,
            }
        }
        tracing::debug!(edition, path = route.path, made, failed, "made ahead");
    }
    tracing::info!(edition, made, failed, milliseconds = began.elapsed().as_millis(), "pages made ahead");
}

/// Makes one page, which is kept with its edition.
async fn page(route: &Route, context: RequestContext, part: Option<String>, query: &str) -> Option<()> {
    let Serve::Kept(make) = route.serve else { return None };
    let parts: Vec<(&'static str, String)> = route.parts().zip(part).collect();
    let path =
        parts.iter().fold(route.path.to_owned(), |path, (name, text)| path.replace(&format!("{{{name}}}"), text));
    let parts = parts.into_iter().collect();
    let asked = Asked::read(context, Representation::Html, &path, parts, query, route.parameters).ok()?;
    make(asked).await.ok().map(|_| ())
}
