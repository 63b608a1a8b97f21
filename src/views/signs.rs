//! Early signs: the block on a council's overview, and the list of all councils by sign.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::{links, signs_feed};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::format;
use crate::domain::sign::{Evidence, Found, Sign};
use crate::read::signs::{Signs, SignsFilter, SignsPage};

/// The signs of one council, each with its evidence and the way to it.
pub fn block(council: &Council, signs: &Signs) -> Markup {
    first(council, signs, usize::MAX)
}

/// The first of them, as many as there is room for, and how many more there are.
pub fn first(council: &Council, signs: &Signs, most: usize) -> Markup {
    let told = signs.told();
    let more = u64::try_from(told.len().saturating_sub(most)).unwrap_or(0);
    html! {
        section {
            h2 #signs { "Early signs" }
            @for (titles, found) in told.into_iter().take(most) {
                div.sign {
                    p { strong { (titles) ". " } (found.evidence) }
                    p { a href=(links::evidence(&council.slug, signs.year, found)) { (way(found)) } }
                }
            }
            @if more > 0 {
                div.sign { p { (format::counted(more, "more sign stands", "more signs stand")) " on " a href=(links::council_in(&council.slug, signs.year)) { "the council’s own page" } "." } }
            }
            @if signs.found.is_empty() {
                div.sign.quiet { p {
                    @let (strong, rest) = signs.nothing();
                    @if let Some(strong) = strong { strong { (strong) } " " }
                    (rest)
                } }
            }
            p.note { "Where to look first, by open rules; no score. " a href=(all_of(signs)) { "All councils by sign" } }
        }
    }
}

fn all_of(signs: &Signs) -> String {
    links::signs(&SignsFilter { year: Some(signs.year), ..SignsFilter::default() })
}

/// Where a link to the evidence leads; the measure is named for those who hear the link alone.
fn way(found: &Found) -> Markup {
    html! {
        @match found.stands {
            Evidence::Statistics(measure) => { "All years" span.vh { " of: " (measure.term()) } }
            Evidence::Reports => "Reports of the year",
            Evidence::Improvements => "Every promise and its date",
        }
    }
}

/// The rules, one for each sign.
pub fn rules() -> Markup {
    html! {
        dl.words { @for sign in Sign::ALL { dt { (sign.title()) } dd { (sign.rule()) } } }
    }
}

/// The page.
pub fn page(frame: &Frame, page: &SignsPage) -> Markup {
    let title = page.title();
    let feed = signs_feed::link(&title, &page.filter);
    let head = Head {
        title: title.clone(),
        feed: Some(feed.clone()),
        description: format!(
            "{title}: which of eight open rules apply to which English council, each with its evidence. No score, no ranking."
        ),
        year: Some(page.year),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&[("England", "/".to_owned())], "Early signs"))
            h1 { (title) }
            p.lede { (finding(page)) }
            (filters(page))
            (chips(page))
            @match page.filter.sign {
                Some(sign) => (whole(page, sign)),
                None => { @for sign in Sign::ALL { (brief(page, sign)) } },
            }
            (ways_on(page, &feed))
            (reading(page))
        },
    )
}

fn finding(page: &SignsPage) -> String {
    let councils = page.filter.kind.map_or("councils", CouncilKind::group);
    let all = page.all;
    let unknown = match page.unknown {
        0 => String::new(),
        unknown => format!(
            " Of {unknown} no figure of the year is known here that rests on enough cases, so nothing can be said."
        ),
    };
    if all == 0 {
        return format!("None of the {councils} of {} fit the filters.", page.year);
    }
    let have = if page.councils.len() == 1 { "has" } else { "have" };
    let shown = match page.filter.sign {
        Some(_) => format!("{} of {all} {councils} {have} this sign.", page.councils.len()),
        None => format!(
            "{} of {all} {councils} {have} at least one of eight signs; at {} nothing stands out clearly.",
            page.councils.len(),
            page.quiet
        ),
    };
    format!("{shown}{unknown} A sign says where to look first, not who works well.")
}

fn filters(page: &SignsPage) -> Markup {
    let filter = &page.filter;
    html! {
        form.controls.auto method="get" action="/signs" {
            label { "Year " select name="year" {
                @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                @if page.years.is_empty() { option value="" { "none loaded" } }
            } }
            label { "Councils " select name="kind" {
                option value="" { "all kinds" }
                @for kind in CouncilKind::ALL { option value=(kind.as_str()) selected[filter.kind == Some(kind)] { (kind.group()) } }
            } }
            label { "Region " select name="region" {
                option value="" { "all of England" }
                @for region in &page.regions { option value=(region) selected[filter.region.as_ref() == Some(region)] { (region) } }
            } }
            @if let Some(sign) = filter.sign { input type="hidden" name="sign" value=(sign.as_str()); }
            button type="submit" { "Show" }
        }
    }
}

fn chips(page: &SignsPage) -> Markup {
    let to = |sign| links::signs(&SignsFilter { sign, ..page.filter.clone() });
    let chosen = page.filter.sign;
    html! {
        nav.chips aria-label="Signs" {
            a href=(to(None)) aria-current=[chosen.is_none().then_some("true")] { "All signs" }
            @for sign in Sign::ALL {
                a href=(to(Some(sign))) aria-current=[(chosen == Some(sign)).then_some("true")] { (sign.title()) " " b { (page.count(sign).councils) } }
            }
        }
    }
}

/// The rule of a sign, and how many of its kind chance alone would raise.
fn rule(page: &SignsPage, sign: Sign) -> Markup {
    html! {
        p.found { (sign.rule()) @if sign.compares() { " " strong { (by_chance(page, sign)) } } }
    }
}

fn by_chance(page: &SignsPage, sign: Sign) -> String {
    let count = page.count(sign);
    let times = match count.by_chance {
        few if few < 0.5 => "hardly ever".to_owned(),
        few if few < 1.5 => "about once".to_owned(),
        more => format!("about {more:.0} times"),
    };
    // A council can have the same sign for several measures, so there may be more figures than councils.
    let here = match (count.signs, count.councils) {
        (0, _) => String::new(),
        (1, _) => "; here one figure raises it".to_owned(),
        (signs, councils) if signs == councils => format!("; here {signs} figures raise it"),
        (signs, 1) => format!("; here {signs} figures of one council raise it"),
        (signs, councils) => format!("; here {signs} figures of {councils} councils raise it"),
    };
    format!("If all councils of a kind were alike, chance alone would raise it {times}{here}.")
}

/// What is said where no council has a sign: it was looked for only where there are figures.
fn none(page: &SignsPage, sign: Sign) -> String {
    match page.count(sign).looked {
        all if all == page.all => format!("No council here has this sign in {}.", page.year),
        0 if sign == Sign::PublicReport => {
            format!("No public report of {} is loaded here. That is not a zero.", page.year)
        }
        0 if sign == Sign::Overdue => "No promise agreed by then is loaded here. That is not a zero.".to_owned(),
        0 => format!("For no council here are there figures of {} in which to look for this sign.", page.year),
        looked => format!(
            "None has this sign in {} of the {looked} councils here with figures, and enough cases, in which to look for it.",
            page.year
        ),
    }
}

/// A sign with the names of its councils.
fn brief(page: &SignsPage, sign: Sign) -> Markup {
    let filter = SignsFilter { sign: Some(sign), ..page.filter.clone() };
    let councils: Vec<&Council> = page.with(sign).map(|(council, _)| council).collect();
    html! {
        section {
            h2 id=(sign.as_str()) { (sign.title()) ": " (councils.len()) }
            (rule(page, sign))
            @if councils.is_empty() {
                p { (none(page, sign)) }
            } @else {
                p { a href=(links::signs(&filter)) { "With the evidence of each" } }
                ul.az { @for council in councils { li { a href=(href(page, council)) { (council.name) } } } }
            }
        }
    }
}

/// A sign with the evidence of each of its councils.
fn whole(page: &SignsPage, sign: Sign) -> Markup {
    html! {
        section {
            (rule(page, sign))
            @if page.councils.is_empty() {
                p { (none(page, sign)) }
            } @else {
                ul.list {
                    @for (council, found) in page.with(sign) { li {
                        a href=(href(page, council)) { (council.name) } span.meta { " " (council.kind_title()) ", " (council.region) }
                        @for one in found { p.promise { (one.evidence) " " a href=(links::evidence(&council.slug, page.year, one)) { (way(one)) } } }
                    } }
                }
            }
        }
    }
}

fn href(page: &SignsPage, council: &Council) -> String {
    format!("{}#signs", links::council_in(&council.slug, page.year))
}

fn ways_on(page: &SignsPage, (title, feed): &(String, String)) -> Markup {
    let address = links::signs(&page.filter);
    html! {
        p.ways {
            a href=(links::twin(&address, "csv")) { "CSV" } " · "
            a href=(links::twin(&address, "json")) { "JSON" } " · "
            a href=(feed) { "Feed: " (title) }
        }
    }
}

fn reading(page: &SignsPage) -> Markup {
    html! {
        section {
            h2 { "How to read this" }
            p.found { "Each sign is a rule over published figures, reports and promises, the same for every council. Signs have no weight and are never added up. One sign can come of one hard case, and a council without any may have problems that nobody took to the Ombudsman." }
            p.found { "Promises are looked at as they stood on " (format::date(page.day)) ". What nobody has reported as done counts as not done." }
            p { a href="/about/statistics" { "How councils are compared" } }
        }
    }
}
