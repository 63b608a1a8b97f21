//! All areas that several councils share.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::links;
use crate::domain::format;
use crate::read::areas::{AreaKind, AreasPage};

/// The page.
pub fn page(frame: &Frame, page: &AreasPage) -> Markup {
    let head = Head {
        title: "Regions, combined authorities and counties".to_owned(),
        description: "Each with its councils, their verdicts, and its figures added up.".to_owned(),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&[("England", "/".to_owned()), ("Councils", "/councils".to_owned())], "Regions and areas"))
            h1 { "Regions, combined authorities and counties" }
            p.lede { "Each with its councils and their verdicts, and with its figures added up." }
            @for kind in AreaKind::ALL {
                section {
                    h2 { (kind.title_of_all()) }
                    ul.az {
                        @for (area, councils) in page.areas.iter().filter(|(area, _)| area.kind == kind) {
                            li {
                                a href=(links::area(area)) { (area.name) }
                                span.meta {
                                    @if *councils == 0 { " until it was abolished" }
                                    @else { " " (format::counted_of(u64::try_from(*councils).unwrap_or(0), "councils")) }
                                }
                            }
                        }
                    }
                }
            }
            p.note { "Combined authorities are listed with their constituent councils, as the order or the regulations that established each name them (legislation.gov.uk). Where those are county councils, their districts are on the county’s own page." }
        },
    )
}
