//! Watching for publications: a thread that looks at the pointer several times a second.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::Site;

/// A publication shows within a second; opening an edition takes a part of that.
const EVERY: Duration = Duration::from_millis(150);

/// Starts the watch; it ends with the site.
pub fn start(site: &Arc<Site>) {
    let site = Arc::downgrade(site);
    thread::spawn(move || {
        if let Some(site) = site.upgrade() {
            site.warm();
        }
        while let Some(site) = site.upgrade() {
            match site.refresh() {
                Ok(switched) => {
                    if switched {
                        tracing::info!(edition = site.snapshot().edition.id, "switched to another edition");
                    }
                    site.note_trouble(None);
                }
                Err(error) => {
                    let text = error.to_string();
                    if site.note_trouble(Some(error)) {
                        tracing::error!(error = text, "the data directory cannot be read; the edition in force stays");
                    }
                }
            }
            drop(site);
            thread::sleep(EVERY);
        }
    });
}
