//! One subject: who stands out, every council with its verdict first, and what is published about it.

use maud::{Markup, html};

use super::council_table::{self, Shown};
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::subject_published::{
    council_link, count, decisions, england, most_about, only_counts, published_by_council, subcategories,
};
use super::subject_texts::{fault_words, promises};
use super::table::swatch;
use super::{feed, links, map, sources};
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::measure::round_half_up;
use crate::domain::subject::{ServiceArea, Subject};
use crate::read::case_filter::CaseFilter;
use crate::read::feed::FeedQuery;
use crate::read::map::{MapPage, Selection};
use crate::read::rankings::RankingQuery;
use crate::read::standing::{Band, MapRow, Order};
use crate::read::subject::{SubjectCouncil, SubjectPage, SubjectQuery};

/// Councils named on each side before the rest is left to the table.
const NAMED: usize = 7;

/// The page.
pub fn page(frame: &Frame, page: &SubjectPage) -> Markup {
    let head = Head {
        title: title(page),
        description: page.finding().unwrap_or_else(|| page.published_sentence()),
        feed: Some(feed::link(&feed_query(page))),
        year: Some(page.year),
        ..Head::default()
    };
    let subject = &page.query.subject;
    let whole = Subject { category: subject.category, subcategory: None };
    layout(
        frame,
        &head,
        &html! {
            @match &subject.subcategory {
                None => { (breadcrumbs(&[("England", "/".to_owned()), ("Subjects", links::subjects(page.query.year))], subject.category.title())) }
                Some(slug) => { (breadcrumbs(&[
                    ("England", "/".to_owned()), ("Subjects", links::subjects(page.query.year)),
                    (subject.category.title(), links::subject_of(&SubjectQuery { subject: whole, ..page.query.clone() })),
                ], &words(slug))) }
            }
            (tabs(page))
            h1 { (heading(page)) }
            (controls(page))
            (map::patterns())
            @if subject.subcategory.is_none() { (whole_subject(page)) } @else { (part(page)) }
        },
    )
}

/// The subject as a heading.
fn heading(page: &SubjectPage) -> String {
    let Subject { category, subcategory } = &page.query.subject;
    subcategory.as_deref().map_or_else(|| category.title().to_owned(), words)
}

fn title(page: &SubjectPage) -> String {
    let category = page.query.subject.category.title();
    let subject = match page.query.subject.subcategory {
        Some(_) => format!("{}, {}", heading(page), format::uncapital(category)),
        None => category.to_owned(),
    };
    let narrowed = page.query.kind.map(|kind| kind.group().to_owned()).into_iter().chain(page.query.region.clone());
    let year = page.year.to_string();
    let parts: Vec<String> = std::iter::once(subject).chain(narrowed).chain([year]).collect();
    format!("Complaints by subject: {}", parts.join(", "))
}

fn tabs(page: &SubjectPage) -> Markup {
    let here = page.query.subject.category;
    html! {
        nav.tabs.subjects aria-label="Subjects" {
            @for category in Category::ALL {
                @let subject = Subject { category: *category, subcategory: None };
                @let mark = if page.query.subject.subcategory.is_some() { "true" } else { "page" };
                a href=(links::subject_of(&SubjectQuery { subject, ..page.query.clone() })) aria-current=[(*category == here).then_some(mark)] { (category.title()) }
            }
        }
    }
}

fn controls(page: &SubjectPage) -> Markup {
    let query = &page.query;
    html! {
        form.controls.auto method="get" action=(links::subject(&query.subject)) {
            label { "Year " select name="year" {
                @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
            } }
            label { "Councils " select name="kind" {
                option value="" selected[query.kind.is_none()] { "all kinds" }
                @for kind in CouncilKind::ALL { option value=(kind.as_str()) selected[query.kind == Some(kind)] { (kind.group()) } }
            } }
            label { "Region " select name="region" {
                option value="" selected[query.region.is_none()] { "all of England" }
                @for region in &page.regions { option value=(region) selected[query.region.as_ref() == Some(region)] { (region) } }
            } }
            button type="submit" { "Show" }
        }
    }
}

/// A category: complaints received, compared; then what is published.
fn whole_subject(page: &SubjectPage) -> Markup {
    html! {
        @if let Some(finding) = page.finding() { p.finding { (finding) } }
        @if let Some(area) = page.area {
            (caution(page, area))
            @if page.compared() > 0 { (standing_out(page, area)) }
            (ways_on(page, Some(area)))
            @if page.with_figures() > 0 { (all_councils(page, area)) }
        } @else { (ways_on(page, None)) }
        section {
            h2 #published { "What is published" }
            p { (page.published_sentence()) " " (only_counts()) }
            (subcategories(page))
            (fault_words(page))
            @if !page.most_published().is_empty() { h3.years { "By council" } (published_by_council(page)) }
        }
        (promises(page))
        (england(page))
        (sources::list(page.files.iter().map(|file| (page.year, file))))
    }
}

/// A subcategory: only what is published, and why there is no more.
fn part(page: &SubjectPage) -> Markup {
    html! {
        p.finding { (page.published_sentence()) }
        @if let Some(sentence) = most_about(page) { p { (sentence) } }
        (cannot_say(page))
        (ways_on(page, page.area))
        @if !page.most_published().is_empty() {
            section {
                h2 { "By council, " (page.year) }
                (published_by_council(page))
                (fault_words(page))
            }
        }
        (promises(page))
        (england(page))
    }
}

fn cannot_say(page: &SubjectPage) -> Markup {
    let subject = Subject { category: page.query.subject.category, subcategory: None };
    let whole = links::subject_of(&SubjectQuery { subject, ..page.query.clone() });
    html! {
        div.notice {
            p {
                strong { "What this cannot say. " }
                "The Ombudsman counts the complaints it receives by service area, not by subcategory: how many it received about "
                (page.words()) " is not published for any council. So this page counts published decisions only. A council with more of them may have more residents, or more complaints that were looked into, and no verdict can be given. "
                (only_counts())
            }
            @if let Some(area) = page.area {
                p {
                    "What can be compared is the service area it belongs to, " (area.words) ": "
                    a href=(whole) { "which councils stand out" }
                    @if page.councils.iter().any(|one| one.row.figure.is_some()) { ". The last column below repeats that verdict" }
                    "."
                }
            }
        }
    }
}

fn caution(page: &SubjectPage, area: ServiceArea) -> Markup {
    html! {
        p.note {
            "More complaints need not mean a worse council: people also complain more where they know how. Each council is compared with the rate of its kind for as many residents. "
            @if page.compared() > 0 { (format::marks("councils", page.marks())) " " }
            @if area.is_wider { "Complaints received are counted for the whole service area, " (area.words) ", of which this subject is a part. " }
            a href="/about/statistics" { "How to read the figures" }
        }
    }
}

/// Who stands out in tables, beside the map of all verdicts.
fn standing_out(page: &SubjectPage, area: ServiceArea) -> Markup {
    html! {
        div.cols {
            div { (outliers(page)) }
            @if let Some(map) = &page.map {
                figure {
                    (map::small(map))
                    figcaption.note { "Verdicts on complaints received about " (area.words) ", " (page.year) ". " (key(map)) }
                }
            }
        }
    }
}

/// The verdicts on the map with how many councils have each.
fn key(map: &MapPage) -> Markup {
    let used: Vec<Band> = Band::all().filter(|band| map.count(*band) > 0).collect();
    html! {
        @for band in used { span.v { (swatch(band)) (map.count(band)) " " (format::uncapital(band.title(map.judgement()))) } " " }
    }
}

fn outliers(page: &SubjectPage) -> Markup {
    let sides = [("More complaints", Verdict::Higher), ("Fewer complaints", Verdict::Lower)];
    html! {
            @for (words, verdict) in sides {
                @let all = page.standing_out(verdict);
                @if !all.is_empty() {
                    div.scroll role="region" aria-label={ (words) " than expected" } tabindex="0" {
                        table.outliers {
                            caption { (words) " than expected"
                                @if all.len() > NAMED { ": " (NAMED) " of " (all.len()) ", those furthest from it; the " a href="#councils" { "table" } " has all" }
                            }
                            thead { tr {
                                th scope="col" { "Council" } th.n scope="col" { "Received" } th.n scope="col" { "Expected" } th.n scope="col" { "Per 100,000" }
                            } }
                            tbody { @for one in all.iter().take(NAMED) { tr {
                                th scope="row" { span.v { (swatch(one.band())) a href=(council_link(page, one)) { (one.row.council.name) } } }
                                td.n { b { (received(one)) } }
                                td.n { (expected(one)) }
                                td.n { (rate(one)) }
                            } } }
                        }
                    }
                }
            }
    }
}

fn received(one: &SubjectCouncil) -> String {
    let number = one.row.figure.as_ref().and_then(|one| one.figure.numerator);
    number.map_or_else(|| "–".to_owned(), format::count)
}

fn expected(one: &SubjectCouncil) -> String {
    one.expected().map_or_else(
        || "–".to_owned(),
        |number| match number {
            number if number < 10.0 => format!("{number:.1}"),
            number => crate::domain::figure::whole(round_half_up(number)).map_or_else(String::new, format::count),
        },
    )
}

fn rate(one: &SubjectCouncil) -> String {
    one.row.figure.as_ref().map_or_else(|| "–".to_owned(), |one| format::value(&one.figure))
}

/// Map, decisions, reports, promises and feed of the same choice.
fn ways_on(page: &SubjectPage, area: Option<ServiceArea>) -> Markup {
    let query = &page.query;
    let address = links::subject_of(query);
    let (feed_title, feed) = feed::link(&feed_query(page));
    html! {
        p.ways {
            @if let Some(area) = area {
                @let tier = query.kind.map_or(area.tier, |kind| kind.tiers().first().copied().unwrap_or_default());
                a href=(links::map(&Selection { tier, measure: area.measure, year: query.year, kind: query.kind, ..Selection::default() })) { "Map of " (area.words) } " · "
                a href=(links::rankings(&ranking(page, area))) { "All councils, to sort and filter" } " · "
            }
            @if page.published.decisions() > 0 { a href=(decisions(page, "/decisions", &[])) { "The decisions" } " · " }
            @if page.published.reports > 0 { a href=(decisions(page, "/reports", &[])) { "The public reports" } " · " }
            a href=(links::with_query("/improvements", &[("category", Some(query.subject.category.as_str())), ("kind", query.kind.map(CouncilKind::as_str))])) {
                "What councils promised about " (format::uncapital(query.subject.category.title()))
            } " · "
            a href=(links::twin(&address, "csv")) { "CSV" } " · "
            a href=(links::twin(&address, "json")) { "JSON" } " · "
            a href=(feed) { "Feed: " (feed_title) }
        }
    }
}

fn feed_query(page: &SubjectPage) -> FeedQuery {
    let subject = &page.query.subject;
    FeedQuery::of(CaseFilter {
        category: Some(subject.category),
        subcategory: subject.subcategory.clone(),
        council_kind: page.query.kind,
        region: page.query.region.clone(),
        ..CaseFilter::default()
    })
}

fn all_councils(page: &SubjectPage, area: ServiceArea) -> Markup {
    let (compared, rest): (Vec<&SubjectCouncil>, Vec<&SubjectCouncil>) = page
        .councils
        .iter()
        .filter(|one| one.row.council.active_in(page.year))
        .partition(|one| one.band().is_compared());
    html! {
        section {
            h2 #councils { "Complaints received about " (area.words) ", " (page.year) }
            @if !compared.is_empty() { (verdict_table(page, area, &compared, "Councils that can be compared")) }
            @if !rest.is_empty() {
                details.rest open[compared.is_empty()] {
                    summary { (rest_words(&rest)) }
                    (verdict_table(page, area, &rest, "Councils that cannot be compared"))
                }
            }
        }
    }
}

fn rest_words(rest: &[&SubjectCouncil]) -> String {
    let of = |fits: &dyn Fn(Band) -> bool| count(rest.iter().filter(|one| fits(one.band())).count());
    let few = of(&|band| band == Band::Verdict(Verdict::TooFew));
    let unknown = of(&|band| band == Band::NoFigure);
    let other = count(rest.len()) - few - unknown;
    let parts = [
        (few, "fewer than 5 complaints, which says nothing about a council"),
        (other, "a figure that cannot be compared"),
        (unknown, "no figure here"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{} with {words}", format::counted_of(number, "councils")))
        .collect();
    format::listed(&parts)
}

/// Rows of the table of councils; another order is an order of the list of all councils with the measure.
fn verdict_table(page: &SubjectPage, area: ServiceArea, rows: &[&SubjectCouncil], caption: &str) -> Markup {
    let rows: Vec<MapRow> = rows.iter().map(|one| one.row.clone()).collect();
    let order = |order| links::rankings(&RankingQuery { order, ..ranking(page, area) });
    let shown = Shown { measure: area.measure, year: page.year, order: (Order::default(), &order) };
    html! { div.scroll role="region" aria-label=(caption) tabindex="0" { (council_table::table(&rows, &shown)) } }
}

/// The list of all councils with the measure, chosen alike.
fn ranking(page: &SubjectPage, area: ServiceArea) -> RankingQuery {
    let SubjectQuery { year, kind, region, .. } = page.query.clone();
    RankingQuery { measure: area.measure, year, kind, region, ..RankingQuery::default() }
}
