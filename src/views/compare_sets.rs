//! Ready sets of councils as links, and what must be said about the councils that stand together.

use maud::{Markup, html};

use super::links;
use crate::domain::council_set::{CouncilSet, Group, Relation, region_in_a_sentence};
use crate::domain::format;
use crate::read::compare::{ComparePage, UnknownName};

/// Sets around the council in the middle.
pub fn ready(page: &ComparePage) -> Markup {
    let Some(centre) = page.ready.first().and_then(CouncilSet::around) else { return html! {} };
    let current = page.set.as_ref().map(|ready| &ready.set);
    html! {
        nav.sets aria-label={ "Ready sets around " (centre.name) } {
            b { (centre.name) " with" }
            ul {
                @for set in &page.ready {
                    li { a href=(links::compare_set(set, page.measure, page.asked_year)) rel="nofollow" aria-current=[(current == Some(set)).then_some("true")] { (title(set)) } }
                }
            }
        }
    }
}

/// The others of a set around a council, as a link names them; nothing for a whole group.
pub fn title(set: &CouncilSet) -> String {
    let CouncilSet::Around(relation, council) = set else { return String::new() };
    match relation {
        Relation::Kind => format!("the nearest {}", council.kind.group()),
        Relation::Neighbours => "its neighbours by border".to_owned(),
        Relation::County => "the districts of the county".to_owned(),
        Relation::Region => format!("all councils in {}", region_in_a_sentence(&council.region)),
        Relation::Statistical => "its statistical neighbours".to_owned(),
        Relation::Population => format!("{} of its size", council.kind.group()),
    }
}

/// Whole groups.
pub fn groups(page: &ComparePage) -> Markup {
    let current = page.set.as_ref().map(|ready| &ready.set);
    let (kinds, rest): (Vec<&Group>, Vec<&Group>) =
        page.groups.iter().partition(|group| matches!(group, Group::Kind(_)));
    let (regions, combined): (Vec<&Group>, Vec<&Group>) =
        rest.into_iter().partition(|group| matches!(group, Group::Region(_)));
    html! {
        nav.sets aria-label="Whole groups" {
            @for (name, groups) in [("Whole kinds", kinds), ("Regions", regions), ("Combined authorities", combined)] {
                b { (name) }
                ul {
                    @for group in groups {
                        @let set = CouncilSet::Whole(group.clone());
                        li { a href=(links::compare_set(&set, page.measure, page.asked_year)) aria-current=[(current == Some(&set)).then_some("true")] { (format::capital(&group.short_title())) } }
                    }
                }
            }
        }
    }
}

/// A set that holds nobody, with the reason.
pub fn nobody(page: &ComparePage) -> Markup {
    html! {
        @if let Some(ready) = page.set.as_ref().filter(|ready| ready.is_empty) {
            div.notice role="status" { p { (ready.sentence) } }
        }
    }
}

/// That no year shows all of the councils, since some had ended before others began.
pub fn never_together(page: &ComparePage) -> Markup {
    html! {
        div.notice { p {
            "These councils never all existed in the same year, so no year shows them side by side. In " (page.year) " there "
            @match page.existing().count() {
                0 => { "was none of them." }
                1 => { "was only " (page.existing().map(|one| one.label.as_str()).collect::<String>()) "." }
                _ => { "were " (format::listed(&page.existing().map(|one| one.label.as_str()).collect::<Vec<_>>())) "." }
            }
        } }
    }
}

/// Names that are none of a council, each with those that may have been meant.
pub fn unknown(page: &ComparePage) -> Markup {
    html! {
        @for one in &page.unknown {
            div.notice role="status" { p {
                @if one.several { "More than one council may be meant by “" (one.text) "”" }
                @else { "No council or group of councils is called “" (one.text) "”" }
                "; the others stay. "
                (meant(page, one))
            } }
        }
    }
}

fn meant(page: &ComparePage, one: &UnknownName) -> Markup {
    html! {
        @if !one.meant.is_empty() {
            (if one.several { "Choose " } else { "Perhaps " })
            @for (place, council) in one.meant.iter().enumerate() {
                @if place > 0 { (if place + 1 == one.meant.len() { " or " } else { ", " }) }
                @let slugs = page.councils.iter().map(|other| &other.council.slug).chain([&council.slug]);
                a href=(links::compare(slugs, page.measure, page.asked_year)) rel="nofollow" { (council.official_name) }
            }
            (if one.several { "." } else { "?" })
        }
    }
}

/// Councils of several kinds are not measured against the same average.
pub fn kinds(page: &ComparePage) -> Markup {
    let kinds = page.kinds();
    let groups: Vec<&str> = kinds.iter().map(|kind| kind.group()).collect();
    html! {
        @if kinds.len() > 1 {
            div.notice { p {
                "These councils are of different kinds (" (format::listed(&groups)) "). They run different services and get different complaints, so each group has an average of its own, and each council is compared with its own group."
            } }
        }
    }
}
