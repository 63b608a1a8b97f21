//! The demonstration: an invented but lifelike set of everything that real imports bring. No complete real
//! data set may be shipped, and a site without figures shows nothing.
//!
//! All of it follows from the seed and the register. Figures are calibrated to the national series and
//! the sizes of the groups (`national`, `temper`); people, cases and letters are made up.

mod case;
mod decisions;
mod improvements;
mod letters;
mod national;
mod options;
mod replies;
mod rng;
mod row;
mod statistics;
mod subjects;
mod summaries;
mod targets;
mod temper;

#[cfg(test)]
mod tests;

use self::decisions::Cases;
pub use self::options::Options;
use self::row::{FILE, place};
use crate::db::councils::Register;
use crate::domain::record::Records;
use crate::domain::release::ImportKind;

/// Decisions and improvements come in parts of this size, so that memory stays bounded.
const CHUNK: usize = 50_000;

/// The records of one release, in parts.
pub type Parts = Box<dyn Iterator<Item = Records>>;

/// All releases of a demonstration with their records made as they are asked for: the way to write one of
/// any size.
pub fn releases(register: &Register, options: &Options) -> Vec<(ImportKind, Parts)> {
    let councils = statistics::invent(register, options);
    let rows = statistics::records(&councils, options.seed);
    let letters = letters::records(register, &councils, &rows);
    let replies = replies::records(register, &councils, options.seed);
    let national = national::records(&councils);
    let once = |records: Records| -> Parts { Box::new(std::iter::once(records)) };
    vec![
        (ImportKind::Statistics, once(Records::Statistics(rows))),
        (ImportKind::National, once(Records::National(national))),
        (ImportKind::Decisions, Box::new(decision_chunks(register, options))),
        (ImportKind::Improvements, Box::new(improvement_chunks(register, options))),
        (ImportKind::Letters, once(Records::Letters(letters))),
        (ImportKind::Replies, once(Records::Replies(replies))),
    ]
}

/// The decisions, 50,000 at a time.
pub fn decision_chunks(register: &Register, options: &Options) -> impl Iterator<Item = Records> + use<> {
    let decisions = Cases::new(register, options).map(|case| case.record);
    chunks(decisions).map(Records::Decisions)
}

/// The improvements agreed in these decisions, 50,000 at a time.
pub fn improvement_chunks(register: &Register, options: &Options) -> impl Iterator<Item = Records> + use<> {
    let seed = options.seed;
    let improvements = Cases::new(register, options).filter_map(move |case| improvements::of(&case, seed));
    let numbered = improvements.zip(2..).map(|(mut record, row)| {
        record.location = place(FILE, row);
        record
    });
    chunks(numbered).map(Records::Improvements)
}

fn chunks<T>(mut items: impl Iterator<Item = T>) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        let chunk: Vec<T> = items.by_ref().take(CHUNK).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}
