//! Texts of decisions, reports and improvements, composed from the phrases of their subject.

use std::fmt::Write as _;

use super::case::Case;
use super::rng::DemoRng;
use super::subjects::Subject;
use crate::domain::decision::{DecisionType, Outcome, Section};

/// What a decision says.
pub(super) struct Text {
    pub(super) summary: String,
    pub(super) sections: Vec<Section>,
}

/// A pseudonym and its pronouns.
struct Person {
    name: String,
    they: &'static str,
    them: &'static str,
    their: &'static str,
}

const LETTERS: [&str; 14] = ["X", "Y", "B", "C", "D", "F", "G", "H", "J", "K", "L", "P", "W", "Z"];

const FOUND_FAULT: [&str; 6] = [
    "We found fault.",
    "We upheld the complaint.",
    "The Council was at fault.",
    "There was fault by the Council.",
    "We find fault causing injustice.",
    "The Council accepts it was at fault.",
];

const NO_FAULT: [&str; 5] = [
    "We did not find fault.",
    "There was no fault by the Council.",
    "We have not upheld the complaint.",
    "We ended our investigation without finding fault.",
    "The Council was not at fault.",
];

const EFFECTS: [&str; 10] = [
    "{They} said this had harmed {their} health.",
    "{They} said this had cost {them} money and sleep.",
    "{They} said the worry had affected the whole family.",
    "{They} also said {their} complaint went unanswered for {weeks}.",
    "{They} wanted an apology and a clear explanation.",
    "{They} said {they} had chased for an answer for {months}.",
    "{They} said {they} had lost trust in the service.",
    "{They} also complained about the way officers spoke to {them}.",
    "{They} wanted the decision to be looked at again.",
    "{They} said others would be treated the same way.",
];

const INJUSTICES: [&str; 10] = [
    "This caused avoidable distress and uncertainty.",
    "This put {them} to time and trouble.",
    "It left {them} without a service {they} should have had.",
    "{They} lost the chance to put {their} case.",
    "This caused frustration and a financial loss.",
    "We cannot say the outcome would have been different, but the doubt is an injustice in itself.",
    "The delay caused {them} significant anxiety.",
    "It meant {they} had to borrow from relatives.",
    "This deprived {them} of support for {months}.",
    "The fault added to the strain at a hard time.",
];

const REMEDIES: [&str; 8] = [
    "The Council agreed to apologise, make a payment and {improvement}.",
    "To put this right, the Council will apologise and {improvement}.",
    "The Council has agreed to remedy the injustice and {improvement}.",
    "It agreed to apologise and pay £{pounds} to recognise the distress.",
    "The Council will apologise, reconsider its decision and {improvement}.",
    "It has agreed to apologise, pay £{pounds} and {improvement}.",
    "The Council had already apologised and offered a fair payment, so we asked for nothing more.",
    "The Council agreed to our recommendations: an apology, a payment of £{pounds} and a review of the case.",
];

const CLOSINGS: [&str; 6] = [
    "We could not question the merits of a decision properly made.",
    "We therefore ended our investigation.",
    "{They} may disagree, but disagreement is no evidence of fault.",
    "Any delay was short and caused no significant injustice.",
    "The Council’s answers to the complaint were full and timely.",
    "There was nothing further we could achieve.",
];

const REASONS: [&str; 12] = [
    "there is not enough evidence of fault to justify an investigation",
    "there was another way to have the decision reviewed which it was reasonable to use",
    "the complaint is late and there is no good reason to look at it now",
    "any injustice is not significant enough to warrant our involvement",
    "the Council has already apologised and put matters right, and we could add nothing",
    "the matter is outside our jurisdiction",
    "an investigation would be unlikely to lead to a different outcome",
    "the Council has offered a suitable remedy",
    "{they} could reasonably ask the Council to review its decision first",
    "further enquiries would be out of proportion to the matter",
    "the Council’s complaints procedure has not yet come to its end",
    "we cannot achieve the outcome {they} wanted",
];

const CLOSED: [&str; 6] = [
    "We told {them} how to ask for a review of this decision.",
    "{They} can come back to us if the position changes.",
    "We considered {their} comments on a draft before we decided.",
    "The Council has said it will answer any further questions {they} may have.",
    "Our limited resources go to complaints where we can make a difference.",
    "We recognise {they} will be disappointed.",
];

const REPORT_REASONS: [&str; 5] = [
    "other people are likely to have been affected in the same way",
    "the fault had gone on for a long time and the injustice was serious",
    "the lessons matter to every council with this duty",
    "the Council had been told of the same fault before",
    "there is a public interest in what went wrong",
];

/// Writes a decision: its summary, and its sections for those that are shown whole.
pub(super) fn write(case: &Case, joint: bool, rng: &mut DemoRng) -> Text {
    let person = person(rng);
    let subject = case.subject;
    let issue = rng.phrase(subject.issues);
    let mut sentences = vec![format!("{} complained the Council {issue}.", person.name)];
    if joint {
        sentences.push("We looked at the actions of both bodies together.".to_owned());
    }
    let body = match (case.record.decision.kind, case.record.decision.outcome) {
        (DecisionType::Report, _) => report(subject, rng),
        (_, Outcome::Upheld) => upheld(subject, rng),
        (_, Outcome::NotUpheld) => not_upheld(subject, rng),
        (_, Outcome::Closed) => closed(rng),
    };
    sentences.extend(body);
    let summary = filled(&sentences.join(" "), &person, subject, rng);
    let sections = sections(case, &summary, &person, rng);
    Text { summary, sections }
}

fn upheld(subject: &Subject, rng: &mut DemoRng) -> Vec<String> {
    let parts = [rng.phrase(&FOUND_FAULT), rng.phrase(subject.faults), rng.phrase(&INJUSTICES), rng.phrase(&REMEDIES)];
    parts.map(str::to_owned).to_vec()
}

fn not_upheld(subject: &Subject, rng: &mut DemoRng) -> Vec<String> {
    let parts = [rng.phrase(&EFFECTS), rng.phrase(&NO_FAULT), rng.phrase(subject.no_faults), rng.phrase(&CLOSINGS)];
    parts.map(str::to_owned).to_vec()
}

fn closed(rng: &mut DemoRng) -> Vec<String> {
    let reason = rng.phrase(&REASONS);
    let opening =
        rng.phrase(&["We will not investigate this complaint because", "We have stopped investigating because"]);
    vec![rng.phrase(&EFFECTS).to_owned(), format!("{opening} {reason}."), rng.phrase(&CLOSED).to_owned()]
}

fn report(subject: &Subject, rng: &mut DemoRng) -> Vec<String> {
    let others = rng.between(4, 160);
    vec![
        format!("Our investigation found fault that is likely to have affected at least {others} other people."),
        rng.phrase(subject.faults).to_owned(),
        rng.phrase(&INJUSTICES).to_owned(),
        format!("We issued this public report because {}.", rng.phrase(&REPORT_REASONS)),
        "The Council agreed to apologise, pay £{pounds} and {improvement}.".to_owned(),
    ]
}

/// What the council will do, for the list of improvements.
pub(super) fn improvement(subject: &Subject, rng: &mut DemoRng) -> String {
    const TAILS: [&str; 7] = [
        "",
        ", and tell us when it is done",
        ", and report the result to its scrutiny committee",
        ", and share the lessons of this case with the staff concerned",
        ", and check after six months that it works",
        ", and put the new procedure in writing",
        ", with training for all officers involved",
    ];
    format!("The Council will {}{}.", rng.phrase(subject.improvements), rng.phrase(&TAILS))
}

fn person(rng: &mut DemoRng) -> Person {
    let letter = rng.phrase(&LETTERS);
    let (title, they, them, their) = match rng.between(0, 11) {
        0..=4 => ("Mrs", "she", "her", "her"),
        5..=8 => ("Mr", "he", "him", "his"),
        9..=10 => ("Ms", "she", "her", "her"),
        _ => ("Mr and Mrs", "they", "them", "their"),
    };
    Person { name: format!("{title} {letter}"), they, them, their }
}

/// Puts the person and the numbers into the phrases.
fn filled(text: &str, person: &Person, subject: &Subject, rng: &mut DemoRng) -> String {
    let mut out = String::with_capacity(text.len() + 80);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (word, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        match word {
            "they" => out.push_str(person.they),
            "They" => out.push_str(&capital(person.they)),
            "them" => out.push_str(person.them),
            "their" => out.push_str(person.their),
            "months" => {
                let _ = write!(out, "{} months", rng.between(3, 26));
            }
            "weeks" => {
                let _ = write!(out, "{} weeks", rng.between(5, 48));
            }
            "pounds" => {
                let _ = write!(out, "{}", rng.between(2, 19) * 50);
            }
            "improvement" => out.push_str(rng.phrase(subject.improvements)),
            _ => {}
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The headings of a decision statement (docs/domain.md, "Decisions and public reports").
fn sections(case: &Case, summary: &str, person: &Person, rng: &mut DemoRng) -> Vec<Section> {
    let subject = case.subject;
    let complaint = summary.split_once(". ").map_or(summary, |(first, _)| first);
    let fault = case.record.decision.outcome == Outcome::Upheld;
    let finding = if fault { rng.phrase(subject.faults) } else { rng.phrase(subject.no_faults) };
    let end = match case.record.decision.outcome {
        Outcome::Upheld => "I have found fault causing injustice. The Council has agreed to put this right.",
        Outcome::NotUpheld => "I have not found fault and have completed my investigation.",
        Outcome::Closed => "I have ended my consideration of the complaint for the reasons given above.",
    };
    let name = &person.name;
    let mut parts = vec![
        ("The complaint", format!("{complaint}.\n\n{}", rng.phrase(&EFFECTS))),
        (
            "The Ombudsman’s role and powers",
            "We investigate complaints about fault. Where there is fault we ask whether it caused injustice, and if it did we may suggest a remedy.\n\nWe cannot question whether a decision is right or wrong simply because the complainant disagrees with it.".to_owned(),
        ),
        (
            "How I considered this complaint",
            format!("I spoke to {name} and read the papers {{they}} sent. I made enquiries of the Council and considered its answers.\n\n{name} and the Council commented on a draft of this decision."),
        ),
        ("What I found", format!("{finding}\n\n{}", if fault { rng.phrase(&INJUSTICES) } else { rng.phrase(&CLOSINGS) })),
    ];
    if fault {
        parts.push((
            "Agreed action",
            "Within one month of this decision the Council will apologise and pay £{pounds}.\n\nWithin three months it will {improvement}.".to_owned(),
        ));
    }
    parts.push(("Final decision", end.to_owned()));
    parts
        .into_iter()
        .map(|(heading, text)| Section { heading: heading.to_owned(), text: filled(&text, person, subject, rng) })
        .collect()
}
