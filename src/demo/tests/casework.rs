//! Decisions and improvements.

use super::*;
use crate::domain::decision::{DecisionType, Outcome};
use crate::domain::improvement::ImprovementState;

#[test]
fn references_are_unique_and_older_than_their_decisions() {
    let all = decisions(&register(), &Options { decisions: 60_000, ..Options::default() });
    assert_eq!(all.len(), 60_000);
    let references: BTreeSet<String> = all.iter().map(|one| one.decision.reference.address()).collect();
    assert_eq!(references.len(), all.len());
    let cases: BTreeSet<String> = all.iter().map(|one| one.decision.reference.case()).collect();
    assert_eq!(all.len() - cases.len(), 60_000 / 110, "joint cases share their number");
    for one in &all {
        let registered: i16 = one.decision.reference.address().split('-').next().unwrap().parse().unwrap();
        let decided = ReportingYear::containing(one.decision.decision_date).start_year() - 2000;
        assert!((0..=3).contains(&(decided - registered)), "{} {}", one.decision.reference, one.decision.decision_date);
    }
}

#[test]
fn decisions_follow_the_statistics_of_their_year() {
    let register = register();
    let all = decisions(&register, &Options::default());
    for (year, target) in targets::targets() {
        let of_year: Vec<_> =
            all.iter().filter(|one| ReportingYear::containing(one.decision.decision_date) == year).collect();
        let count = |outcome| size(of_year.iter().filter(|one| one.decision.outcome == outcome).count());
        let (upheld, not) = (count(Outcome::Upheld), count(Outcome::NotUpheld));
        near(upheld / (upheld + not), target.upheld, 0.03, &year.to_string());
        let reports = of_year.iter().filter(|one| one.decision.kind == DecisionType::Report).count();
        assert!((55..=60).contains(&reports), "{year}: {reports}");
    }
    let rows = invent(&register, &Options::default());
    for row in &rows {
        let listed = all.iter().filter(|one| {
            one.body == BodyName::Council(row.council)
                && one.decision.outcome == Outcome::Upheld
                && ReportingYear::containing(one.decision.decision_date) == row.year
        });
        assert!(size(listed.count()) <= float(row.upheld()), "never more listed than counted");
    }
}

#[test]
fn summaries_are_whole_varied_sentences() {
    let all = decisions(&register(), &Options::default());
    let distinct: BTreeSet<&str> = all.iter().map(|one| one.decision.summary.as_str()).collect();
    assert!(distinct.len() > 11_000, "{}", distinct.len());
    let mut lengths: Vec<usize> = all.iter().map(|one| one.decision.summary.len()).collect();
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 20] >= 240 && lengths[lengths.len() * 19 / 20] <= 480);
    for one in &all {
        let texts = one.sections.iter().map(|section| section.text.as_str()).chain([one.decision.summary.as_str()]);
        for text in texts {
            assert!(!text.contains(['{', '}']) && text.ends_with('.') && !text.contains("  "), "{text}");
        }
        assert!(one.url.is_none());
    }
    let whole = all.iter().filter(|one| !one.sections.is_empty()).count();
    assert!((500..=1200).contains(&whole), "{whole}");
}

#[test]
fn subjects_fit_the_services_of_the_council() {
    let register = register();
    for decision in decisions(&register, &small()) {
        let BodyName::Council(id) = decision.body else { continue };
        let category = decision.decision.category.as_str();
        match register.get(id).unwrap().kind {
            CouncilKind::District => assert!(!["education", "children-s-care-services", "health"].contains(&category)),
            CouncilKind::County => assert!(!["housing", "benefits-and-tax"].contains(&category)),
            _ => {}
        }
    }
}

#[test]
fn improvements_belong_to_upheld_decisions_and_reach_every_state() {
    let register = register();
    let upheld: BTreeMap<String, DecisionRecord> = decisions(&register, &Options::default())
        .into_iter()
        .filter(|one| one.decision.outcome == Outcome::Upheld && matches!(one.body, BodyName::Council(_)))
        .map(|one| (one.decision.reference.address(), one))
        .collect();
    let all = improvements(&register, &Options::default());
    near(size(all.len()) / size(upheld.len()), 0.3, 0.03, "share");
    let mut states = BTreeMap::new();
    for one in &all {
        let decision = &upheld[&one.reference.address()];
        assert_eq!(decision.body, BodyName::Council(one.council));
        assert!(one.agreed_on >= decision.decision.decision_date && one.due_on.unwrap() > one.agreed_on);
        assert!(one.achieved_on.is_none_or(|day| day >= one.agreed_on));
        let state = ImprovementState::on("2025-06-30".parse().unwrap(), one.due_on, one.achieved_on);
        *states.entry(state).or_insert(0) += 1;
    }
    let of = |state| float(states.get(&state).copied().unwrap_or(0));
    assert!(of(ImprovementState::Achieved) > 0.75 * size(all.len()), "{states:?}");
    assert!(of(ImprovementState::AchievedLate) > 50.0 && of(ImprovementState::Overdue) > 10.0, "{states:?}");
}
