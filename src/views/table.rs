//! Small parts that tables and lists share.

use maud::{Markup, html};

use crate::domain::compare::Verdict;
use crate::domain::decision::{DecisionType, Outcome};
use crate::read::standing::Band;

/// The class that fills a band; the pattern and the words carry the meaning, colour is decoration.
pub fn band_class(band: Band) -> &'static str {
    match band {
        Band::Verdict(Verdict::Higher) => "hi",
        Band::Verdict(Verdict::PossiblyHigher) => "phi",
        Band::Verdict(Verdict::Within) => "in",
        Band::Verdict(Verdict::PossiblyLower) => "plo",
        Band::Verdict(Verdict::Lower) => "lo",
        Band::Verdict(Verdict::TooFew) => "few",
        Band::Verdict(Verdict::NoRate) => "due",
        Band::Verdict(Verdict::NotCompared) => "cmp",
        Band::NoFigure => "nof",
    }
}

/// A small swatch of a band.
pub fn swatch(band: Band) -> Markup {
    html! { svg.sw viewBox="0 0 24 24" aria-hidden="true" { rect class=(band_class(band)) x="1" y="1" width="22" height="22" rx="3" {} } }
}

/// The tag in front of a decision.
pub fn tag(kind: DecisionType, outcome: Outcome) -> Markup {
    html! {
        @if kind == DecisionType::Report {
            span.tag.rep { "Public report" }
        } @else {
            span.tag.up[outcome == Outcome::Upheld].no[outcome != Outcome::Upheld] { (outcome.title()) }
        }
    }
}

/// Paragraphs of a plain text.
pub fn paragraphs(text: &str) -> Markup {
    html! { @for paragraph in text.split("\n\n").map(str::trim).filter(|one| !one.is_empty()) { p { (paragraph) } } }
}
