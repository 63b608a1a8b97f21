//! What a comparison shows, in one sentence.

use super::compare::{ComparePage, Standing};
use crate::domain::compare::Verdict;
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};

/// How many councils a heading names with one verdict.
const MOST_NAMED: usize = 2;

/// Councils that share a verdict on a measure.
struct Outside {
    measure: Measure,
    verdict: Verdict,
    names: Vec<String>,
}

impl ComparePage {
    /// The finding that stands over the comparison. It repeats verdicts and makes none.
    pub fn finding(&self) -> String {
        let names: Vec<&str> = self.councils.iter().map(|one| one.label.as_str()).collect();
        match names.as_slice() {
            [] => return "Compare councils".to_owned(),
            [only] => return format!("Compare {only} with other councils"),
            _ => {}
        }
        if let (true, Some(measure)) = (self.is_whole_group(), self.measure) {
            return self.finding_of_group(measure);
        }
        let outside = self.outside();
        let figures: usize = outside.iter().map(|one| one.names.len()).sum();
        match outside.first() {
            Some(first) => {
                let rest = match (figures - first.names.len(), self.measure) {
                    (0, _) => String::new(),
                    (1, Some(_)) => "; one other council is outside the range expected".to_owned(),
                    (more, Some(_)) => format!("; {more} other councils are outside the range expected"),
                    (1, None) => format!("; one other figure of {} is outside the range expected", self.of_what()),
                    (more, None) => {
                        format!("; {more} other figures of {} are outside the range expected", self.of_what())
                    }
                };
                format!("{}{rest}", self.sentence(first))
            }
            None if self.standings_in(|verdict| verdict == Verdict::Within) > 0 => self.nothing_outside(),
            None if self.standings_in(|verdict| verdict == Verdict::NotCompared) > 0 => {
                format!("No average is loaded that the figures of {} could be compared with", self.year)
            }
            None if self.standings_in(|verdict| verdict == Verdict::TooFew) > 0 => {
                format!("Too few cases in {} to say how these councils compare", self.year)
            }
            None => format!("These councils have no figures for {} that could be compared", self.year),
        }
    }

    /// What stands out in a whole group, verdict after verdict: by name where few do, else by number.
    fn finding_of_group(&self, measure: Measure) -> String {
        let noun = self.set.as_ref().map_or("councils", |ready| ready.noun.as_str());
        let what = format!("{} of {} {noun} in {}", measure.term(), self.councils.len(), self.year);
        let parts: Vec<String> = [Verdict::Higher, Verdict::Lower, Verdict::PossiblyHigher, Verdict::PossiblyLower]
            .into_iter()
            .filter_map(|verdict| self.part(measure, verdict))
            .collect();
        if !parts.is_empty() {
            return format!("{what}: {}", parts.join(", "));
        }
        match self.standings_in(|verdict| verdict == Verdict::Within) {
            0 => format!("{what}: nothing can be compared"),
            all if all == self.councils.len() => format!("{what}: all are within the range expected"),
            1 => format!("{what}: the one that can be compared is within the range expected"),
            2 => format!("{what}: both that can be compared are within the range expected"),
            some => format!("{what}: all {some} that can be compared are within the range expected"),
        }
    }

    fn part(&self, measure: Measure, verdict: Verdict) -> Option<String> {
        let with = self.standings(measure).filter(|(_, standing)| verdict_of(standing) == Some(verdict));
        let names: Vec<&str> = with.map(|(one, _)| one.label.as_str()).collect();
        let how = verdict.title(measure.judgement()).to_lowercase();
        let how = how.strip_suffix(" than expected").unwrap_or(&how);
        match names.len() {
            0 => None,
            few if few <= MOST_NAMED => Some(format!("{} {how}", format::listed(&names))),
            many => Some(format!("{many} {how}")),
        }
    }

    /// Verdicts outside the range expected, the surest first.
    fn outside(&self) -> Vec<Outside> {
        let sure = [Verdict::Higher, Verdict::Lower];
        let possible = [Verdict::PossiblyHigher, Verdict::PossiblyLower];
        let mut found = Vec::new();
        for verdicts in [sure, possible] {
            for measure in self.measures() {
                for verdict in verdicts {
                    let names: Vec<String> = self
                        .standings(measure)
                        .filter(|(_, standing)| verdict_of(standing) == Some(verdict))
                        .map(|(one, _)| one.label.clone())
                        .collect();
                    if !names.is_empty() {
                        found.push(Outside { measure, verdict, names });
                    }
                }
            }
        }
        found
    }

    fn standings_in(&self, wanted: impl Fn(Verdict) -> bool) -> usize {
        self.measures()
            .into_iter()
            .map(|measure| self.standings(measure).filter(|(_, one)| verdict_of(one).is_some_and(&wanted)).count())
            .sum()
    }

    fn sentence(&self, outside: &Outside) -> String {
        let how = outside.verdict.title(outside.measure.judgement()).to_lowercase();
        let term = format::uncapital(outside.measure.term());
        let what = match outside.measure.unit() {
            Unit::Percent => format!("The {term}"),
            Unit::PerHundredThousand => format!("The number of {term}"),
        };
        format!("{what} of {} was {how} in {}", format::listed(&outside.names), self.year)
    }

    /// That nothing stands out, of which measures, and of how many figures. Councils that did not exist have none.
    fn nothing_outside(&self) -> String {
        let compared = self.standings_in(|verdict| verdict == Verdict::Within);
        let of_those_there =
            |measure| self.standings(measure).filter(|(_, one)| !matches!(one, Standing::DidNotExist)).count();
        let all: usize = self.measures().into_iter().map(of_those_there).sum();
        let gone = self.councils.iter().any(|one| !one.council.active_in(self.year));
        let of = if gone { " of the councils that existed then" } else { "" };
        let (what, year) = (format!("{}{of}", self.of_what()), self.year);
        let within = format!("within the range expected in {year}");
        match compared {
            every if every == all => format!("Every figure of {what} was {within}"),
            1 => format!("Of {all} figures of {what}, the one that can be compared was {within}"),
            2 => format!("Of {all} figures of {what}, both that can be compared were {within}"),
            some => format!("Of {all} figures of {what}, the {some} that can be compared were {within}"),
        }
    }

    /// The measures that the heading speaks of.
    fn of_what(&self) -> String {
        match self.measure {
            Some(measure) => format!("the {}", format::uncapital(measure.term())),
            None => "the four measures of the letters".to_owned(),
        }
    }
}

fn verdict_of(standing: &Standing<'_>) -> Option<Verdict> {
    match standing {
        Standing::Figure(one) => Some(one.figure.verdict),
        Standing::NothingLoaded | Standing::DidNotExist => None,
    }
}
