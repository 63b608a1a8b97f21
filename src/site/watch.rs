//! Watching for publications: a thread that looks at the pointer several times a second.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;

use super::Site;
use super::snapshot::Snapshot;

/// A publication shows within a second; opening an edition takes a part of that.
const EVERY: Duration = Duration::from_millis(150);

/// Starts the watch; it ends with the site. Tells of each edition that was opened, also of one whose hour comes next, and of both
/// again on a new day, since what is overdue turns at midnight.
pub fn start(site: &Arc<Site>, opened: impl Fn(&Arc<Site>, Arc<Snapshot>) + Send + 'static) {
    let site = Arc::downgrade(site);
    thread::spawn(move || {
        if let Some(site) = site.upgrade() {
            site.warm();
        }
        let mut told: Vec<(Weak<Snapshot>, Date)> = Vec::new();
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
            let today = site.today();
            told.retain(|(snapshot, day)| *day == today && snapshot.strong_count() > 0);
            for snapshot in site.opened() {
                if !told.iter().any(|(one, _)| one.as_ptr() == Arc::as_ptr(&snapshot)) {
                    told.push((Arc::downgrade(&snapshot), today));
                    opened(&site, snapshot);
                }
            }
            drop(site);
            thread::sleep(EVERY);
        }
    });
}
