//! Whether the verdicts of a comparison change when its councils are compared with each other, not with their kinds.

use super::compare::{ComparePage, Standing};
use crate::domain::chance::{Compared, Marks};
use crate::domain::comparator::SetRate;
use crate::domain::compare::Verdict;
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::{Judgement, Measure};

/// A council whose verdict depends on the comparator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedVerdict {
    /// Its place in addresses.
    pub slug: String,
    /// Its name.
    pub label: String,
    /// Against its own kind.
    pub own: Verdict,
    /// Against the councils here together.
    pub together: Verdict,
}

/// A measure against the pooled rate of the councils that stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparator {
    /// Which measure.
    pub measure: Measure,
    /// The pooled rate.
    pub set: SetRate,
    /// Whether the councils are the whole of their one kind: then both comparators are the same.
    pub is_own_kind: bool,
    /// How many councils can be compared with both.
    pub compared: usize,
    /// Those whose verdict changes.
    pub changed: Vec<ChangedVerdict>,
}

impl ComparePage {
    /// A measure of the year shown against the councils here together; `None` where they are too few, or too few of them
    /// have counts.
    pub fn comparator(&self, measure: Measure) -> Option<Comparator> {
        let existing = || self.councils.iter().filter(|one| one.council.active_in(self.year));
        let figures = || {
            existing().filter_map(move |one| match one.standing(measure, self.year) {
                Standing::Figure(figure) => Some((one, &figure.figure)),
                Standing::NothingLoaded | Standing::DidNotExist => None,
            })
        };
        let councils = u64::try_from(existing().count()).ok()?;
        let set = SetRate::pool(councils, figures().map(|(_, figure)| figure))?;
        let both: Vec<ChangedVerdict> = figures()
            .map(|(one, figure)| ChangedVerdict {
                slug: one.council.slug.to_string(),
                label: one.label.clone(),
                own: figure.verdict,
                together: set.verdict(figure),
            })
            .filter(|one| one.own.is_compared() && one.together.is_compared())
            .collect();
        let kinds = self.kinds();
        let is_own_kind = match kinds.as_slice() {
            [kind] => self.of_kind.get(kind).is_some_and(|count| *count == existing().count()),
            _ => false,
        };
        Some(Comparator {
            measure,
            set,
            is_own_kind,
            compared: both.len(),
            changed: both.into_iter().filter(|one| one.own != one.together).collect(),
        })
    }

    /// How many figures of the measures shown are compared, how many are marked, and what chance alone would mark.
    pub fn marks(&self) -> Marks {
        let figures: Vec<&Figure> = self
            .measures()
            .into_iter()
            .flat_map(|measure| self.standings(measure))
            .filter_map(|(_, standing)| match standing {
                Standing::Figure(one) => Some(&one.figure),
                Standing::NothingLoaded | Standing::DidNotExist => None,
            })
            .collect();
        Marks::of(&figures)
    }

    /// How many councils can be compared with their kinds in the year shown, and how many marks chance alone would make.
    pub fn marked_by_chance(&self, measure: Measure) -> Compared {
        Compared::of(self.standings(measure).filter_map(|(_, standing)| match standing {
            Standing::Figure(one) => Some(&one.figure),
            Standing::NothingLoaded | Standing::DidNotExist => None,
        }))
    }
}

impl Comparator {
    /// More names than this are left to the downloads.
    const MOST_NAMED: usize = 4;

    /// Says in a sentence whether the verdicts depend on what the councils are compared with.
    pub fn sentence(&self) -> String {
        let rate = self.measure.unit().show(self.set.rate * self.measure.unit().factor());
        let together = format!("the {} councils here together ({rate})", self.set.councils);
        if self.is_own_kind {
            return format!("These are all councils of their kind, so {together} are what each is compared with.");
        }
        if self.compared == 0 {
            return format!("Against {together} too, nothing can be said.");
        }
        let judgement = self.measure.judgement();
        match self.changed.as_slice() {
            [] => format!("No verdict changes when each is compared with {together} in place of its own kind."),
            [only] => format!(
                "Compared with {together} in place of its own kind, one verdict of {} changes: {}.",
                self.compared,
                words(only, judgement)
            ),
            some if some.len() <= Self::MOST_NAMED => format!(
                "Compared with {together} in place of their own kinds, {} verdicts of {} change: {}.",
                some.len(),
                self.compared,
                some.iter().map(|one| words(one, judgement)).collect::<Vec<_>>().join("; ")
            ),
            many => {
                let names: Vec<&str> = many.iter().map(|one| one.label.as_str()).collect();
                format!(
                    "Compared with {together} in place of their own kinds, {} verdicts of {} change: those of {}.",
                    many.len(),
                    self.compared,
                    format::listed(&names)
                )
            }
        }
    }
}

fn words(one: &ChangedVerdict, judgement: Judgement) -> String {
    let title = |verdict: Verdict| format::uncapital(verdict.title(judgement));
    format!("{} is {}, not {}", one.label, title(one.together), title(one.own))
}
