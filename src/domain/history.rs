//! What the years of one measure say together, in sentences. The rules:
//!
//! - A run is told when the newest figure and at least the one before it lie on the same side of what is expected, among
//!   the years that can be compared; each year is compared with other councils of that year, so a run may cross a change
//!   in what is counted, and says so.
//! - A change is told against the year before, and against the first year that counts the same where that lies further
//!   back, as far as the exact test allows (`domain/change.rs`).
//! - Every sentence names its years.

use super::change;
use super::compare::Verdict;
use super::figure::Figure;
use super::format;
use super::measure::Judgement;
use super::year::ReportingYear;

/// Years of a run of which all are within the range expected: fewer say little.
const FEWEST_WITHIN: usize = 3;

/// The sentences on one measure of a council: its figures, oldest first.
pub fn sentences(figures: &[(ReportingYear, &Figure)]) -> Vec<String> {
    let Some((newest, figure)) = figures.last() else { return Vec::new() };
    let mut said: Vec<String> = run(figures).into_iter().collect();
    if newest.starts_a_new_series() && figures.len() > 1 {
        said.push(format!("{newest} counts other cases than the years before, so no change is worked out."));
    }
    said.extend(since_the_year_before(figure));
    said.extend(since_the_first(figures));
    said
}

/// On which side of what is expected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Inside,
    Below,
}

fn side(verdict: Verdict) -> Option<Side> {
    match verdict {
        Verdict::Higher | Verdict::PossiblyHigher => Some(Side::Above),
        Verdict::Within => Some(Side::Inside),
        Verdict::PossiblyLower | Verdict::Lower => Some(Side::Below),
        Verdict::TooFew | Verdict::NoRate | Verdict::NotCompared => None,
    }
}

fn run(figures: &[(ReportingYear, &Figure)]) -> Option<String> {
    let (_, newest) = figures.last()?;
    let way = side(newest.verdict)?;
    let compared: Vec<(ReportingYear, Verdict)> =
        figures.iter().filter(|(_, one)| side(one.verdict).is_some()).map(|(year, one)| (*year, one.verdict)).collect();
    let run: Vec<&(ReportingYear, Verdict)> =
        compared.iter().rev().take_while(|(_, verdict)| side(*verdict) == Some(way)).collect();
    let ((last, _), (first, _)) = (run.first()?, run.last()?);
    let fewest = if way == Side::Inside { FEWEST_WITHIN } else { 2 };
    if run.len() < fewest {
        return None;
    }
    let sure = run.iter().all(|(_, verdict)| matches!(verdict, Verdict::Higher | Verdict::Lower));
    let what = match way {
        Side::Inside => "Within the range expected".to_owned(),
        Side::Above | Side::Below => {
            let word = word(way == Side::Above, newest.measure.judgement());
            let possibly = if sure { String::new() } else { format!(", or possibly {},", word.to_lowercase()) };
            format!("{word}{possibly} than expected")
        }
    };
    let years = match run.len() {
        2 => "both of the last two years that can be compared".to_owned(),
        many if many == compared.len() => format!("each of the {many} years that can be compared"),
        many => format!("each of the last {many} years that can be compared"),
    };
    let breaks: Vec<String> = figures
        .iter()
        .filter(|(year, _)| year > first && year <= last && year.starts_a_new_series())
        .map(|(year, _)| year.to_string())
        .collect();
    let across = if breaks.is_empty() {
        String::new()
    } else {
        let breaks = format::listed(&breaks);
        format!(" (what is counted changed in {breaks})")
    };
    Some(format!("{what} in {years}, {first} to {last}{across}."))
}

/// "Higher", or "Better" where the measure may be judged.
fn word(above: bool, judgement: Judgement) -> &'static str {
    match (above, judgement) {
        (true, Judgement::Neutral) => "Higher",
        (false, Judgement::Neutral) => "Lower",
        (true, Judgement::HigherIsBetter) | (false, Judgement::HigherIsWorse) => "Better",
        (true, Judgement::HigherIsWorse) | (false, Judgement::HigherIsBetter) => "Worse",
    }
}

fn since_the_year_before(figure: &Figure) -> Option<String> {
    let change = figure.change?;
    let since = change.since;
    let group = match change.against_group {
        Verdict::Higher | Verdict::PossiblyHigher => Some((true, change.against_group == Verdict::Higher)),
        Verdict::Lower | Verdict::PossiblyLower => Some((false, change.against_group == Verdict::Lower)),
        _ => None,
    };
    let told = moved(change.verdict, since);
    Some(match (told, side(change.verdict)?, group) {
        (told, Side::Inside, None) => format!("{told}."),
        (told, Side::Inside, Some((above, sure))) => {
            let way = if above { "higher" } else { "lower" };
            let possibly = if sure { "" } else { "possibly " };
            format!("{told}, but the rest of its group moved: beside them it is {possibly}{way}.")
        }
        (told, _, None) if change.against_group == Verdict::Within => {
            format!("{told}, though no more than chance beside the change of the rest of its group.")
        }
        (told, _, None) => format!("{told}; whether its group changed alike is not known here."),
        (told, way, Some((above, sure))) => {
            let beside = match (above == (way == Side::Above), sure) {
                (true, true) => "and by more than the rest of its group",
                (true, false) => "and possibly by more than the rest of its group",
                (false, true) => "though the rest of its group moved further the same way",
                (false, false) => "though the rest of its group possibly moved further the same way",
            };
            format!("{told}, {beside}.")
        }
    })
}

/// Against an earlier year, without the full stop.
fn moved(verdict: Verdict, since: ReportingYear) -> String {
    match verdict {
        Verdict::Higher => format!("Higher than in {since}, by more than chance explains"),
        Verdict::PossiblyHigher => format!("Possibly higher than in {since}"),
        Verdict::PossiblyLower => format!("Possibly lower than in {since}"),
        Verdict::Lower => format!("Lower than in {since}, by more than chance explains"),
        _ => format!("No more different from {since} than chance explains"),
    }
}

/// Against the first year that counts the same, where it lies before the year before and chance does not explain it.
fn since_the_first(figures: &[(ReportingYear, &Figure)]) -> Option<String> {
    let (newest, figure) = figures.last()?;
    let start = figures.iter().rposition(|(year, _)| year.starts_a_new_series()).unwrap_or(0);
    let (first, earlier) = figures.get(start..)?.iter().find(|(_, one)| one.counts().is_some())?;
    if *first >= newest.previous() {
        return None;
    }
    let verdict = change::between(figure.measure.unit(), earlier.counts()?, figure.counts()?);
    let told = side(verdict).is_some_and(|way| way != Side::Inside);
    told.then(|| format!("{}.", moved(verdict, *first)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::council::{CouncilId, CouncilKind};
    use crate::domain::figure::{CouncilCells, derive};
    use crate::domain::interval::float;
    use crate::domain::measure::Measure;
    use crate::domain::series::complete;

    /// The sentences on the uphold rate of a district whose seven fellows stay at 50 of 100.
    fn said(years: &[(&str, u64, u64)]) -> Vec<String> {
        let beside: Vec<_> = years.iter().map(|(text, hits, base)| (*text, (*hits, *base), 50)).collect();
        said_beside(&beside)
    }

    /// The sentences on the uphold rate of a district whose seven fellows each have so many of 100.
    fn said_beside(years: &[(&str, (u64, u64), u64)]) -> Vec<String> {
        let mut all: Vec<(ReportingYear, Vec<Figure>)> = years
            .iter()
            .map(|(text, own, fellows)| {
                let counts = std::iter::once(*own).chain((0..7).map(|_| (*fellows, 100)));
                let cells: Vec<CouncilCells> = counts
                    .zip(1..)
                    .map(|((hits, base), id)| CouncilCells {
                        council: CouncilId(id),
                        kind: CouncilKind::District,
                        residents: None,
                        existed: true,
                        cells: [("upheld", hits), ("investigated", base)]
                            .map(|(name, count)| (name.to_owned(), float(count)))
                            .into(),
                    })
                    .collect();
                (ReportingYear::parse(text).unwrap(), derive(&cells))
            })
            .collect();
        complete(&mut all);
        let own: Vec<(ReportingYear, &Figure)> = all
            .iter()
            .filter_map(|(year, figures)| {
                let one = figures.iter().find(|one| one.council == CouncilId(1) && one.measure == Measure::Upheld)?;
                Some((*year, one))
            })
            .collect();
        sentences(&own)
    }

    #[test]
    fn a_run_names_its_years_and_says_that_it_crosses_a_break() {
        let said = said(&[
            ("2019-20", 18, 20),
            ("2020-21", 10, 20),
            ("2021-22", 38, 40),
            ("2022-23", 39, 40),
            ("2023-24", 28, 40),
        ]);
        assert_eq!(
            said[0],
            "Higher, or possibly higher, than expected in each of the last 3 years that can be compared, 2021-22 to 2023-24 (what is counted changed in 2022-23)."
        );
    }

    #[test]
    fn a_change_says_whether_chance_explains_it_and_what_the_group_did() {
        assert_eq!(
            said(&[("2018-19", 10, 20), ("2019-20", 11, 20)]),
            ["No more different from 2018-19 than chance explains."]
        );
        assert_eq!(
            said(&[("2018-19", 30, 60), ("2019-20", 58, 60)]),
            ["Higher than in 2018-19, by more than chance explains, and by more than the rest of its group."]
        );
    }

    #[test]
    fn a_group_that_only_possibly_moved_further_is_not_said_to_have_done_so() {
        let beside = |fellows| said_beside(&[("2018-19", (20, 100), 20), ("2019-20", (50, 100), fellows)]);
        assert_eq!(
            beside(70),
            [
                "Higher than in 2018-19, by more than chance explains, though the rest of its group possibly moved further the same way."
            ]
        );
        assert_eq!(
            beside(85),
            [
                "Higher than in 2018-19, by more than chance explains, though the rest of its group moved further the same way."
            ]
        );
    }

    #[test]
    fn a_slow_change_shows_against_the_first_year_of_the_series() {
        let said = said(&[("2018-19", 25, 40), ("2019-20", 20, 40), ("2020-21", 15, 40), ("2021-22", 9, 40)]);
        assert_eq!(said.last().unwrap(), "Lower than in 2018-19, by more than chance explains.");
    }

    #[test]
    fn nothing_is_carried_across_a_change_in_what_is_counted_nor_made_of_few_cases() {
        let said_2022 = said(&[("2021-22", 20, 40), ("2022-23", 36, 40)]);
        assert_eq!(said_2022, ["2022-23 counts other cases than the years before, so no change is worked out."]);
        assert!(said(&[("2018-19", 1, 2), ("2019-20", 2, 3)]).is_empty());
    }
}
