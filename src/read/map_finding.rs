//! What the map is said to show: the sentence over it.

use super::map::MapPage;
use super::standing::{Band, MapRow};
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::format;

/// More names than this a side are a list, not a sentence.
const MOST_NAMES: usize = 2;

impl MapPage {
    /// The finding that stands over the map: one sentence, which names who stands out clearly and counts who does possibly.
    pub fn finding(&self) -> String {
        let of = |verdict| self.count(Band::Verdict(verdict));
        let all = self.rows.len();
        let known = all - self.count(Band::NoFigure);
        let councils = self.selection.kind.map_or("councils", CouncilKind::group);
        if known == 0 {
            return format!("No figures have been loaded for the {all} {councils} of {}.", self.year);
        }
        let who = if known < all {
            format!("Of the {known} {councils} with figures")
        } else {
            format!("Of {all} {councils}")
        };
        let (higher, lower) = (self.with_verdict(Verdict::Higher), self.with_verdict(Verdict::Lower));
        let possibly = of(Verdict::PossiblyHigher) + of(Verdict::PossiblyLower);
        if higher.len() + lower.len() + possibly + of(Verdict::Within) == 0 {
            return format!("{who}, none can be compared for {}.", self.year);
        }
        let counted = known - self.count(Band::Verdict(Verdict::NotCompared));
        let who = if counted < known { format!("Of the {counted} {councils} with counts here") } else { who };
        let words = &self.selection.measure.definition().sentences;
        let (subject, more, less) = (words.subject, words.more, words.less);
        let rest = |both: &str| match possibly {
            0 => String::new(),
            _ => format!(", possibly {both} in {possibly} more"),
        };
        let either = format!("{more} or {less}");
        match (higher.as_slice(), lower.as_slice()) {
            ([], []) if possibly == 0 => format!("{who}, {subject} {either} than expected in none."),
            ([], []) => format!("{who}, {subject} {either} than expected in none clearly, in {possibly} possibly."),
            (high, []) => format!("{who}, {subject} {more} than expected in {}{}.", named(high), rest(&either)),
            ([], low) => format!("{who}, {subject} {less} than expected in {}{}.", named(low), rest(&either)),
            (high, low) => {
                let (high, low) = (named(high), named(low));
                format!("{who}, {subject} {more} than expected in {high}, {less} in {low}{}.", rest("so"))
            }
        }
    }
}

/// `Hampshire`, `Hampshire and Kent`, `Hampshire, Kent and 3 more`.
fn named(rows: &[&MapRow]) -> String {
    let mut names: Vec<String> = rows.iter().take(MOST_NAMES).map(|row| row.council.name.clone()).collect();
    let more = rows.len() - names.len();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    format::listed(&names)
}
