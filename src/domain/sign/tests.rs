use jiff::civil::date;

use super::*;
use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::figure::{Figure, FigureValue, SimilarAverage};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

fn year(text: &str) -> ReportingYear {
    ReportingYear::parse(text).unwrap()
}

fn figure(measure: Measure, top: u64, bottom: u64, verdict: Verdict) -> Figure {
    use crate::domain::interval::float;
    Figure {
        council: CouncilId(1),
        measure,
        numerator: Some(top),
        denominator: Some(bottom),
        residents_year: None,
        late: None,
        value: FigureValue::Rate(float(top) / float(bottom) * measure.unit().factor()),
        published_value: None,
        interval: None,
        similar: SimilarAverage {
            published: None,
            computed: Some(21.0),
            group: CouncilKind::County,
            count: 21,
            with_counts: 21,
        },
        verdict,
        chance_of_mark: None,
        shrunken: None,
        rank_range: None,
        pooled: None,
        change: None,
    }
}

fn signs_of(figures: &[(&str, Figure)]) -> Vec<Found> {
    facts("2024-25", figures).signs()
}

fn facts<'a>(of: &str, figures: &'a [(&str, Figure)]) -> Facts<'a> {
    Facts {
        year: year(of),
        figures: figures.iter().map(|(of, figure)| (year(of), figure)).collect(),
        reports: None,
        overdue: None,
        lists: Lists { reports: true, promises: true },
        day: date(2026, 11, 26),
    }
}

fn words(found: &[Found]) -> Vec<&'static str> {
    found.iter().map(|one| one.sign.as_str()).collect()
}

#[test]
fn every_sign_reads_back_and_says_its_rule() {
    for sign in Sign::ALL {
        assert_eq!(Sign::parse(sign.as_str()), Ok(sign));
        assert!(sign.rule().ends_with('.') && !sign.title().ends_with('.'), "{sign:?}");
    }
    let message = Sign::parse("worst").unwrap_err().to_string();
    assert!(message.contains("worst") && message.contains("public-report"), "{message}");
}

#[test]
fn lateness_beyond_the_limit_is_told_with_its_counts_and_its_group() {
    let found = signs_of(&[("2024-25", figure(Measure::LateCompliance, 19, 39, Verdict::Higher))]);
    assert_eq!(words(&found), ["outside-limits", "late"]);
    assert_eq!(
        found[1].evidence,
        "Late compliance rate, 2024-25: 49% (19 of 39) against 21% for all county councils together; worse than expected, \
         beyond the 99.8% limit."
    );
    assert_eq!(found[1].stands, Evidence::Statistics(Measure::LateCompliance));
    let possibly = signs_of(&[("2024-25", figure(Measure::LateCompliance, 15, 39, Verdict::PossiblyHigher))]);
    assert_eq!(words(&possibly), ["late"]);
}

#[test]
fn the_better_side_of_what_may_be_judged_is_no_sign() {
    let found = signs_of(&[
        ("2024-25", figure(Measure::LateCompliance, 0, 39, Verdict::Lower)),
        ("2024-25", figure(Measure::Upheld, 5, 39, Verdict::Lower)),
    ]);
    assert_eq!(words(&found), ["outside-limits"]);
    assert_eq!(found[0].stands, Evidence::Statistics(Measure::Upheld));
}

#[test]
fn two_of_three_years_outside_on_the_same_side_are_a_sign_and_one_on_each_side_are_none() {
    let with = |verdicts: [(&'static str, Verdict); 3]| {
        let figures: Vec<(&str, Figure)> =
            verdicts.map(|(of, verdict)| (of, figure(Measure::Upheld, 30, 31, verdict))).into();
        signs_of(&figures)
    };
    let (high, low, within) = (Verdict::PossiblyHigher, Verdict::PossiblyLower, Verdict::Within);
    let found = with([("2022-23", high), ("2023-24", within), ("2024-25", high)]);
    assert_eq!(words(&found), ["outside-again"]);
    assert_eq!(
        found[0].evidence,
        "Uphold rate above the range expected in 2 of the 3 years 2022-23 to 2024-25: 97% (30 of 31) in 2022-23 and 97% \
         (30 of 31) in 2024-25."
    );
    assert!(with([("2022-23", high), ("2023-24", within), ("2024-25", low)]).is_empty());
}

#[test]
fn years_before_a_break_do_not_count() {
    assert_eq!(comparable_years(year("2023-24")), [year("2023-24"), year("2022-23")]);
    assert_eq!(comparable_years(year("2022-23")), [year("2022-23")]);
    let figures: Vec<(&str, Figure)> = ["2020-21", "2021-22", "2022-23"]
        .map(|of| (of, figure(Measure::Upheld, 30, 31, Verdict::PossiblyHigher)))
        .into();
    assert!(facts("2022-23", &figures).signs().is_empty());
    assert_eq!(words(&facts("2021-22", &figures).signs()), ["outside-again"]);
}

#[test]
fn what_was_agreed_and_not_done_is_a_sign_whatever_the_verdict() {
    let found = signs_of(&[("2024-25", figure(Measure::Compliance, 38, 39, Verdict::Within))]);
    assert_eq!(words(&found), ["not-carried-out"]);
    assert_eq!(
        found[0].evidence,
        "In 1 of 39 cases of 2024-25 the council had not done what it agreed (compliance 97%)."
    );
    assert!(signs_of(&[("2024-25", figure(Measure::Compliance, 39, 39, Verdict::Within))]).is_empty());
}

#[test]
fn reports_and_promises_are_told_with_their_days() {
    let mut one = facts("2024-25", &[]);
    one.reports = Some(Counted { count: 2, day: date(2025, 3, 3) });
    one.overdue = Some(Counted { count: 1, day: date(2025, 7, 15) });
    let found = one.signs();
    assert_eq!(words(&found), ["public-report", "overdue"]);
    assert_eq!(found[0].evidence, "2 public reports in 2024-25, the last of 3 March 2025.");
    assert_eq!(found[1].evidence, "1 promise was overdue on 26 November 2026: it was due on 15 July 2025.");
    assert!(!one.can_look_for(Sign::OutsideLimits), "no figure of the year is loaded");
}

#[test]
fn one_service_with_far_more_and_far_fewer_in_all_are_signs_only_beyond_the_outer_limit() {
    let with = |service, all| {
        words(&signs_of(&[
            ("2024-25", figure(Measure::ReceivedEducation, 300, 800_000, service)),
            ("2024-25", figure(Measure::ReceivedPer100k, 40, 800_000, all)),
        ]))
    };
    assert_eq!(with(Verdict::Higher, Verdict::Lower), ["one-service", "few-received"]);
    assert!(with(Verdict::PossiblyHigher, Verdict::PossiblyLower).is_empty());
    assert!(with(Verdict::Lower, Verdict::Higher).is_empty());
}

#[test]
fn chance_raises_few_signs_and_none_of_those_that_do_not_compare() {
    let figures = [("2024-25", figure(Measure::LateCompliance, 19, 39, Verdict::Higher))];
    let facts = facts("2024-25", &figures);
    let late = facts.by_chance(Sign::LateMoreOften);
    assert!(late > 0.005 && late < 0.025, "{late}");
    assert!(facts.by_chance(Sign::OutsideLimits) < 0.001);
    for sign in Sign::ALL.into_iter().filter(|sign| !sign.compares()) {
        assert!(facts.by_chance(sign).abs() < f64::EPSILON);
    }
}
