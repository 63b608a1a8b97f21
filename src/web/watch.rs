//! Watching for publications: a thread that looks at the pointer several times a second.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::site::Site;

/// A publication shows within a second (INTERFACES.md); opening an edition takes a part of that.
const EVERY: Duration = Duration::from_millis(150);

/// Starts the watch; it ends with the site.
pub(super) fn start(site: &Arc<Site>) {
    let site = Arc::downgrade(site);
    thread::spawn(move || {
        if let Some(site) = site.upgrade() {
            site.warm();
        }
        let mut last_error = String::new();
        while let Some(site) = site.upgrade() {
            match site.refresh() {
                Ok(true) => tracing::info!(edition = site.snapshot().edition.id, "switched to another edition"),
                Ok(false) => last_error.clear(),
                Err(error) => {
                    let text = error.to_string();
                    if text != last_error {
                        tracing::error!(error = text, "the new edition cannot be served; the old one stays");
                        last_error = text;
                    }
                }
            }
            drop(site);
            thread::sleep(EVERY);
        }
    });
}
