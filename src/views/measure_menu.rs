//! The menu of measures, grouped by family: the same on the map and in comparisons.

use maud::{Markup, html};

use crate::domain::measure::{Family, Measure};

/// The options of a `select`, the one that is shown selected.
pub(super) fn options(selected: Option<Measure>) -> Markup {
    html! {
        @for family in Family::ALL {
            optgroup label=(family.title()) {
                @for measure in Measure::of_family(family) {
                    option value=(measure.as_str()) selected[selected == Some(measure)] { (measure.title()) }
                }
            }
        }
    }
}
