//! Service improvements: what councils agreed to change after decisions, and whether they did.

use jiff::civil::{Date, date};

use super::case::Case;
use super::rng::DemoRng;
use super::row::days_after;
use super::summaries;
use crate::domain::decision::Outcome;
use crate::domain::location::Location;
use crate::domain::record::{BodyName, ImprovementRecord};

/// The day on which the demonstration was made up: nothing was achieved after it.
const KNOWN_UNTIL: Date = date(2025, 6, 30);

/// The share of upheld decisions that lead to a change in the service.
const SHARE: f64 = 0.3;

/// The improvement agreed in a case, if any.
pub(super) fn of(case: &Case, seed: u64) -> Option<ImprovementRecord> {
    let record = &case.record;
    let BodyName::Council(council) = record.body else { return None };
    let mut rng = DemoRng::new(seed, "improvement", [case.ordinal, 0]);
    if record.decision.outcome != Outcome::Upheld || !rng.chance(SHARE) {
        return None;
    }
    let agreed_on = days_after(record.decision.decision_date, rng.between(0, 20));
    let due_on = days_after(agreed_on, rng.between(30, 184));
    Some(ImprovementRecord {
        reference: record.decision.reference.clone(),
        council,
        category: record.decision.category,
        subcategory: record.decision.subcategory.clone(),
        summary: summaries::improvement(case.subject, &mut rng),
        agreed_on,
        due_on: Some(due_on),
        achieved_on: achieved(agreed_on, due_on, &mut rng),
        location: Location::default(),
    })
}

/// Most are achieved in time, one in eight late, a few of the last year or so not at all.
fn achieved(agreed: Date, due: Date, rng: &mut DemoRng) -> Option<Date> {
    let span = i32::try_from(due.duration_since(agreed).as_hours() / 24).unwrap_or(30);
    let left_undone = rng.chance(0.08) && due >= date(2024, 4, 1);
    let day =
        if rng.chance(0.12) { days_after(due, rng.between(3, 120)) } else { days_after(agreed, rng.between(14, span)) };
    (!left_undone && day <= KNOWN_UNTIL).then_some(day)
}
