//! The way to complain: to the council first, then to the Ombudsman.

use maud::{Markup, html};

use super::council_head::names;
use super::links;
use crate::domain::council::Council;

/// The two steps. `after` are the councils that took over from one that is no more; `shared` is whether two councils serve the
/// place.
pub fn route(after: &[Council], shared: bool) -> Markup {
    html! {
        section.route {
            h2 { "To complain" }
            ol {
                li {
                    @if after.is_empty() { b { "Ask the council first." } } @else { b { "Ask the council that took over first:" } " " (names(after, links::council)) "." }
                    " "
                    @if shared { "Take it to the one that runs the service: each has a complaints page of its own. " }
                    "It should say within 5 working days that it has your complaint, and answer within 10 more, or within 20 if you ask for a review."
                }
                li {
                    b { "Still not right? Go to the Ombudsman." }
                    " It is free and independent. Do so within 12 months of finding out. "
                    a href="https://www.lgo.org.uk/make-a-complaint" { "Complain to the Ombudsman" }
                }
            }
            p.note { "This site takes no complaints. It shows how they ended." }
        }
    }
}
