//! One area: what its figures add up to, its councils with their verdicts, complaints received by service.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::national_regions::{about, number, over, per_100k, unknown_rate, why_unknown};
use super::table::swatch;
use super::{assets, council_head, feed, links, map, sources};
use crate::db::figures::SourcedFigure;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};
use crate::domain::subject::Subject;
use crate::read::area::{AreaCouncil, AreaPage, AreaRate, measures_of_councils};
use crate::read::areas::AreaKind;
use crate::read::case_filter::CaseFilter;
use crate::read::feed::FeedQuery;
use crate::read::rankings::RankingQuery;
use crate::read::standing::Band;
use crate::read::subject::SubjectQuery;

/// The page.
pub fn page(frame: &Frame, page: &AreaPage) -> Markup {
    let head = Head {
        title: format!("{}: complaints {}", format::capital(&page.area.described()), page.year),
        description: page.finding(),
        feed: feed_query(page).as_ref().map(feed::link),
        year: Some(page.year),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(
                &[("England", "/".to_owned()), ("Councils", "/councils".to_owned()), ("Regions and areas", "/areas".to_owned())],
                &page.area.name,
            ))
            h1 { (page.area.name) }
            p.sub { (what_it_is(page)) (ended(page)) }
            (year_choice(page))
            p.finding { (page.finding()) }
            link rel="stylesheet" href=(assets::STACK.href);
            (map::patterns())
            div.three { @for rate in page.rates.iter().take(3) { (block(rate)) } }
            (standing_out(page))
            (councils(page))
            (received(page))
            (ways_on(page))
            (sources::list(page.files.iter().map(|file| (page.year, file))))
        },
    )
}

fn what_it_is(page: &AreaPage) -> String {
    let councils = format::counted_of(u64::try_from(page.councils.len()).unwrap_or(0), "councils");
    match (page.area.kind, page.area.established_by) {
        (AreaKind::Combined, Some(law)) => format!(
            "The {councils} of {} that make up the authority, or whose work passed to those that do. Established by {law}.",
            page.year
        ),
        (AreaKind::County, _) => {
            format!("The county council and the districts in its area: {councils} in {}.", page.year)
        }
        _ => format!("A region of England with {councils} in {}.", page.year),
    }
}

/// Of the area of a former county council until when it was, and where its later figures stand.
fn ended(page: &AreaPage) -> Markup {
    html! {
        @if let (Some(county), Some((end, successors))) = (&page.county, &page.ended) {
            " " strong { (county.official_name) " was abolished on " (format::date(*end)) "." }
            @if !successors.is_empty() { " Later figures are those of " (council_head::names(successors, links::council)) "." }
        }
    }
}

fn year_choice(page: &AreaPage) -> Markup {
    html! {
        div.yearhead {
            h2 { "The year to " (format::date(page.year.last_day())) }
            form.year.auto method="get" action=(links::area(&page.area)) {
                label { "Year " select name="year" {
                    @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                } }
                button type="submit" { "Show" }
            }
        }
        @if let Some(words) = page.year.break_before() { div.notice { p { strong { "A break in the series. " } (words) "." } } }
    }
}

/// A measure of the whole area; it is not judged, since an area agreed to nothing and decided nothing.
fn block(rate: &AreaRate) -> Markup {
    let unit = rate.measure.unit();
    html! {
        section.stat {
            h3 { (rate.measure.title_of_all()) }
            @match rate.value() {
                Some(value) => {
                    p.big { (unit.show(value)) }
                    p.counts { (format::count(rate.now.rate_numerator)) " of " (format::count(rate.now.denominator)) " " (rate.measure.denominator()) }
                }
                None => {
                    p.big.none { "Not known" }
                    p.counts { (coverage(rate)) }
                }
            }
            p {
                @if let Some(england) = rate.of_england() { "England: " (unit.show(england)) ". " }
                @if rate.value().is_some() && rate.now.with_rates < rate.now.councils { (format::capital(&coverage(rate))) ". " }
            }
        }
    }
}

/// How many of the councils have the counts of a rate: "counts of 61 of 317 councils".
fn coverage(rate: &AreaRate) -> String {
    format!("counts of {} of {} councils", rate.now.with_rates, rate.now.councils)
}

fn standing_out(page: &AreaPage) -> Markup {
    let found = page.standing_out();
    let marks = page.marks();
    html! {
        @if marks.compared > 0 {
            section {
                h2 { "Which of its councils stand out clearly" }
                @if found.is_empty() { p { "None, beyond the 99.8% limit, in any measure below." } }
                @else {
                    ul.plain {
                        @for (council, one) in &found {
                            li {
                                (swatch(Band::Verdict(one.figure.verdict))) " "
                                a href=(council_link(page, &council.slug)) { (council.name) } ", "
                                (format::uncapital(one.figure.measure.term())) ": "
                                (format::uncapital(one.figure.verdict.title(one.figure.measure.judgement())))
                                " (" (said(one)) ")"
                            }
                        }
                    }
                }
                p.note {
                    "Each figure of a council is compared with all of its kind in England, not with its neighbours. " (format::marks("figures", marks)) " "
                    a href="/about/statistics" { "How to read the figures" }
                }
            }
        }
    }
}

/// The value with its counts, as one reads it.
fn said(one: &SourcedFigure) -> String {
    let figure = &one.figure;
    let counts = match figure.measure.unit() {
        Unit::Percent => format::counts(figure),
        Unit::PerHundredThousand => figure.numerator.map(|number| format!("{} in all", format::count(number))),
    };
    let similar = format::similar(figure).map(|value| format!("its kind {value}"));
    let parts: Vec<String> = [Some(format::value(figure)), counts, similar].into_iter().flatten().collect();
    parts.join(", ")
}

fn council_link(page: &AreaPage, slug: &crate::domain::council::Slug) -> String {
    page.asked.map_or_else(|| links::council(slug), |year| links::council_in(slug, year))
}

fn councils(page: &AreaPage) -> Markup {
    let bands: std::collections::BTreeSet<Band> =
        page.councils.iter().flat_map(|one| measures_of_councils().map(move |measure| band(one, measure))).collect();
    html! {
        section {
            h2 { "Its councils" }
            div.scroll role="region" aria-label="Its councils" tabindex="0" {
                table.areas-councils.stack.cells {
                    caption { "Each figure with its verdict against councils of the same kind, " (page.year) }
                    thead { tr {
                        th scope="col" { "Council" } th scope="col" { "Kind" }
                        @for measure in measures_of_councils() { th scope="col" { (measure.term()) } }
                    } }
                    tbody { @for one in &page.councils { tr {
                        th scope="row" { a href=(council_link(page, &one.council.slug)) { (one.council.name) } }
                        td { (one.council.kind.as_str()) }
                        @for measure in measures_of_councils() { td data-name=(measure.term()) { (cell(one, measure)) } }
                    } } }
                }
            }
            ul.states.bands aria-label="Key" {
                @for band in bands { li { (swatch(band)) " " (band_title(band)) } }
            }
        }
    }
}

/// Words that hold for measures that may be judged and for others.
fn band_title(band: Band) -> &'static str {
    band.title(crate::domain::measure::Judgement::Neutral)
}

fn band(one: &AreaCouncil, measure: Measure) -> Band {
    one.figures.get(&measure).map_or(Band::NoFigure, |one| Band::Verdict(one.figure.verdict))
}

fn cell(one: &AreaCouncil, measure: Measure) -> Markup {
    let band = band(one, measure);
    html! {
        @match one.figures.get(&measure) {
            None => { span.nk { "no figure" } }
            Some(found) => {
                span.v {
                    (swatch(band)) b { (format::value(&found.figure)) }
                    span.vh { ", " (format::uncapital(band.title(measure.judgement()))) }
                }
                @match measure.unit() {
                    Unit::Percent => { @if let Some(counts) = format::counts(&found.figure) { " " small { (counts) } } }
                    Unit::PerHundredThousand => { @if let Some(number) = found.figure.numerator { " " small { (format::count(number)) " in all" } } }
                }
            }
        }
    }
}

fn received(page: &AreaPage) -> Markup {
    let known = page.received.iter().any(|rate| rate.now.with_counts > 0);
    // One reason for the whole table is said once.
    let mut reasons = page.received.iter().map(|rate| why_unknown(rate.now));
    let reason = reasons.next().flatten().filter(|first| reasons.all(|one| one == Some(*first)));
    html! {
        section {
            h2 { "Complaints received" }
            @if !known { p { "No complaints received in " (page.year) " are loaded for its councils. That is not a zero." } }
            @else {
                div.scroll role="region" aria-label="Complaints received" tabindex="0" {
                    table.stack {
                        caption { "By service area; residents of a county and its districts are counted once" }
                        thead { tr {
                            th scope="col" { "About" } th.n scope="col" { "Received" } th.n scope="col" { "Per 100,000" } th.n scope="col" { "England" }
                            th.n scope="col" { (page.year.previous()) } th.n scope="col" { "Change" }
                        } }
                        tbody { @for rate in &page.received { (received_row(page, rate, reason.is_some())) } }
                    }
                }
                @if let Some(reason) = reason { p { "No rate per 100,000 residents is known here: " (reason) "." } }
                p.note { "Sums and rates per 100,000 are worked out here: sums over all councils that have the count, rates over those of which the number of residents is known too. A rate needs a county council and its districts, since each provides some of the services. A change is given where every council of both years has the count." }
            }
        }
    }
}

fn received_row(page: &AreaPage, rate: &AreaRate, explained: bool) -> Markup {
    let unit = rate.measure.unit();
    let (now, before) = rate.counts();
    html! {
        tr.total[rate.measure == Measure::ReceivedPer100k] {
            th scope="row" { @if let Some(href) = subject(page, rate.measure) { a href=(href) { (about(rate.measure)) } } @else { (about(rate.measure)) } }
            td.n data-name="Received" { (number(rate)) }
            td.n data-name="Per 100,000" { @if explained { span.nk { "not known" } } @else { (per_100k(rate)) } }
            td.n data-name="England" { @match rate.of_england() { Some(value) => { (unit.show(value)) (over(rate.england)) }, None => (unknown_rate(rate.england)) } }
            td.n data-name=(page.year.previous()) { @match before { Some(number) => (format::count(number)), None => span.nk { "not known" } } }
            td.n data-name="Change" { (format::difference(now, before)) }
        }
    }
}

/// Which councils of a region stand out for the service area. Of two categories that share an area, the page of education
/// says that it is wider.
fn subject(page: &AreaPage, measure: Measure) -> Option<String> {
    let region = page.area.region()?.to_owned();
    let counted_in = |category: &&Category| category.service_area().is_some_and(|area| area.measure == measure);
    let category = *Category::ALL.iter().filter(counted_in).max_by_key(|category| **category == Category::Education)?;
    let subject = Subject { category, subcategory: None };
    Some(links::subject_of(&SubjectQuery { subject, year: page.asked, kind: None, region: Some(region) }))
}

fn feed_query(page: &AreaPage) -> Option<FeedQuery> {
    let county = page.county.clone().filter(|county| county.kind == CouncilKind::County);
    let region = page.area.region().map(str::to_owned);
    (county.is_some() || region.is_some())
        .then(|| FeedQuery { county, ..FeedQuery::of(CaseFilter { region, ..CaseFilter::default() }) })
}

fn ways_on(page: &AreaPage) -> Markup {
    let address = links::area_in(&page.area, page.asked);
    html! {
        p.ways {
            @if let Some(region) = page.area.region() {
                a href=(links::with_query("/councils", &[("region", Some(region))])) { "Its councils, A to Z" } " · "
                a href=(links::with_query("/signs", &[("year", page.asked.map(|year| year.to_string()).as_deref()), ("region", Some(region))])) { "Early signs of its councils" } " · "
                a href=(links::rankings(&RankingQuery { year: page.asked, region: Some(region.to_owned()), ..RankingQuery::default() })) { "Its councils as a table" } " · "
            }
            a href=(links::twin(&address, "csv")) { "CSV" } " · "
            a href=(links::twin(&address, "json")) { "JSON" }
            @if let Some(query) = feed_query(page) { @let (title, href) = feed::link(&query); " · " a href=(href) { "Feed: " (title) } }
        }
    }
}
