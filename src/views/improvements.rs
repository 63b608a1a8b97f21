//! The promise tracker: all councils' and one council's.

use jiff::civil::Date;
use maud::{Markup, html};

use super::council_head::{Part, head as council_head};
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::{links, under};
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::improvement::ImprovementState;
use crate::domain::interval::float;
use crate::read::improvements::{ImprovementFilter, ImprovementRow, ImprovementsPage, StateCounts};

/// Councils listed before the rest is folded away.
const LISTED_COUNCILS: usize = 15;

/// The page.
pub fn page(frame: &Frame, page: &ImprovementsPage) -> Markup {
    let finding = finding(page);
    let council = page.filter.council.as_ref();
    let first = ImprovementFilter { page: 1, ..page.filter.clone() };
    let head = Head {
        title: title(page),
        description: format!(
            "{finding}. What councils agreed to change after a complaint, by when, and whether they did."
        ),
        feed: Some((
            format!("Council Map: {}", format::uncapital(&named(&page.filter))),
            links::twin(&address(&first), "atom"),
        )),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            @match council.filter(|_| page.filter.of_council) {
                Some(council) => (council_head(council, Part::Improvements, &finding, &page.parts)),
                None => {
                    (breadcrumbs(&[("England", "/".to_owned())], "Improvements"))
                    h1 { (finding) }
                }
            }
            p.lede.after { "When the Ombudsman finds fault, a council can agree to change how it works. Each promise has a day by which it is due." }
            (bar(page.states))
            (filters(page))
            div.cols.lists {
                div { (list(page)) }
                aside { (by_category(page)) @if !page.filter.of_council { (by_council(page)) } (calendar(page)) }
            }
        },
    )
}

/// The finding: how many of those that fit are overdue.
fn finding(page: &ImprovementsPage) -> String {
    let all = page.states.total();
    let of = scope(&page.filter);
    match (all, page.states.overdue) {
        (0, _) => format!("No agreed improvement{of}"),
        (1, 0) => format!("The one agreed improvement{of} is not overdue"),
        (all, 0) => format!("None of {} agreed improvements{of} is overdue", format::count(all)),
        (1, _) => format!("The one agreed improvement{of} is overdue"),
        (all, 1) => format!("1 of {} agreed improvements{of} is overdue", format::count(all)),
        (all, overdue) => {
            format!("{} of {} agreed improvements{of} are overdue", format::count(overdue), format::count(all))
        }
    }
}

/// What narrows the list down, in words: " of Derby City Council in housing".
fn scope(filter: &ImprovementFilter) -> String {
    let whose = match (&filter.council, filter.query.kind) {
        (Some(council), Some(kind)) => format!(" of {}, among {}", council.official_name, kind.group()),
        (Some(council), None) => format!(" of {}", council.official_name),
        (None, Some(kind)) => format!(" of {}", kind.group()),
        (None, None) => String::new(),
    };
    let area =
        filter.query.category.map(|category| format!(" in {}", category.title().to_lowercase())).unwrap_or_default();
    format!("{whose}{area}")
}

fn title(page: &ImprovementsPage) -> String {
    let number = if page.filter.page > 1 { format!(", page {}", page.filter.page) } else { String::new() };
    format!("{}{number}", named(&page.filter))
}

/// The list with every filter in its name.
pub(super) fn named(filter: &ImprovementFilter) -> String {
    let state = filter.query.state.map(|state| format!(", {}", state.title().to_lowercase())).unwrap_or_default();
    format!("Agreed improvements{}{state}", scope(filter))
}

/// The address of the tracker with a filter.
pub fn address(filter: &ImprovementFilter) -> String {
    let (path, council) = match &filter.council {
        Some(council) if filter.of_council => (links::council_part(&council.slug, "improvements"), None),
        other => ("/improvements".to_owned(), other.as_ref().map(|council| council.slug.as_str())),
    };
    let number = (filter.page > 1).then(|| filter.page.to_string());
    links::with_query(
        &path,
        &[
            ("state", filter.query.state.map(ImprovementState::as_str)),
            ("category", filter.query.category.map(Category::as_str)),
            ("council", council),
            ("kind", filter.query.kind.map(CouncilKind::as_str)),
            ("page", number.as_deref()),
        ],
    )
}

fn with_state(page: &ImprovementsPage, state: Option<ImprovementState>) -> String {
    let mut filter = page.filter.clone();
    filter.query.state = state;
    filter.page = 1;
    address(&filter)
}

pub(super) fn class(state: ImprovementState) -> &'static str {
    match state {
        ImprovementState::Overdue => "over",
        ImprovementState::Agreed => "open",
        ImprovementState::AchievedLate => "late",
        ImprovementState::Achieved => "done",
    }
}

/// All states as one bar, drawn to scale; the list under it says the same in words.
fn bar(states: StateCounts) -> Markup {
    let total = float(states.total());
    let mut start = 0.0;
    let parts: Vec<(ImprovementState, f64, f64)> = ImprovementState::ALL
        .into_iter()
        .filter(|state| states.of(*state) > 0)
        .map(|state| {
            let width = float(states.of(state)) / total * 1000.0;
            let part = (state, start, width);
            start += width;
            part
        })
        .collect();
    html! {
        @if !parts.is_empty() {
            svg.statebar viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true" {
                @for (state, from, width) in parts {
                    rect class=(class(state)) x=(format!("{from:.1}")) y="1" width=(format!("{width:.1}")) height="20" {}
                }
            }
        }
    }
}

fn filters(page: &ImprovementsPage) -> Markup {
    let query = &page.filter.query;
    let base = page.filter.council.as_ref().filter(|_| page.filter.of_council);
    let action = base.map_or_else(|| "/improvements".to_owned(), |one| links::council_part(&one.slug, "improvements"));
    html! {
        nav.states aria-label="State" {
            a href=(with_state(page, None)) aria-current=[query.state.is_none().then_some("true")] { "All " b { (format::count(page.states.total())) } }
            @for state in ImprovementState::ALL {
                a class=(class(state)) href=(with_state(page, Some(state))) aria-current=[(query.state == Some(state)).then_some("true")] {
                    (state.title()) " " b { (format::count(page.states.of(state))) }
                }
            }
        }
        form.controls.auto method="get" action=(action) {
            @if let Some(state) = query.state { input type="hidden" name="state" value=(state.as_str()); }
            label { "Area " select name="category" {
                option value="" { "all areas" }
                @for category in Category::ALL { option value=(category.as_str()) selected[query.category == Some(*category)] { (category.title()) } }
            } }
            @if base.is_none() {
                label { "Kind of council " select name="kind" {
                    option value="" { "all kinds" }
                    @for kind in CouncilKind::ALL { option value=(kind.as_str()) selected[query.kind == Some(kind)] { (kind.group()) } }
                } }
                @if let Some(council) = &page.filter.council {
                    input type="hidden" name="council" value=(council.slug);
                    span { "Only " (council.official_name) }
                }
            }
            button type="submit" { "Show" }
            @if *query != bare(page) { a href=(action) { "Clear all" } }
        }
    }
}

/// The query without any choice of the reader.
fn bare(page: &ImprovementsPage) -> crate::db::improvements::ImprovementQuery {
    let council = page.filter.query.council.filter(|_| page.filter.of_council);
    crate::db::improvements::ImprovementQuery { council, ..Default::default() }
}

fn list(page: &ImprovementsPage) -> Markup {
    html! {
        h2.first { (heading(page)) }
        @let first = address(&ImprovementFilter { page: 1, ..page.filter.clone() });
        @if page.total > 0 {
            p.meta {
                (under::download(usize::try_from(page.total).unwrap_or(usize::MAX), &first)) " · "
                a href=(links::twin(&first, "atom")) { "What is new as a feed" }
            }
        }
        @if page.rows.is_empty() {
            p { @if page.total == 0 { "Nothing fits. " } @else { "There is no such page. " } a href=(with_state(page, None)) { "Show all states" } }
        } @else {
            ul.list { @for row in &page.rows { (entry(page, row)) } }
            (pager(page))
        }
    }
}

fn heading(page: &ImprovementsPage) -> String {
    let count = format::counted(page.total, "improvement", "improvements");
    match page.filter.query.state {
        Some(ImprovementState::Overdue) => format!("{count} overdue, the longest overdue first"),
        Some(ImprovementState::Agreed) => format!("{count} agreed and not due yet, the nearest first"),
        Some(ImprovementState::AchievedLate) => format!("{count} achieved late, the newest first"),
        Some(ImprovementState::Achieved) => format!("{count} achieved in time, the newest first"),
        None if page.states.overdue > 0 => format!("{count}, overdue ones first"),
        None => count,
    }
}

fn entry(page: &ImprovementsPage, row: &ImprovementRow) -> Markup {
    let one = &row.improvement;
    html! {
        li {
            p.promise { span class={ "tag " (class(row.state)) } { (row.state.title()) } " " (one.summary) }
            p.meta {
                @if !page.filter.of_council { a href=(links::council_part(&row.council.slug, "improvements")) { (row.council.name) } " · " }
                (one.category.title()) @if let Some(sub) = &one.subcategory { ", " (words(sub).to_lowercase()) }
                " · "
                @if row.published { a href=(links::decision(&one.reference)) { "case " (one.reference) } } @else { "case " (one.reference) }
            }
            p.meta { (dates(row, page.today)) }
        }
    }
}

/// The promise's days in a sentence.
pub(super) fn dates(row: &ImprovementRow, today: Date) -> String {
    let one = &row.improvement;
    let agreed = format!("Agreed {}", format::date(one.agreed_on));
    let due = one.due_on.map_or_else(|| ", no day set".to_owned(), |day| format!(", due {}", format::date(day)));
    let end = match (row.state, one.due_on, one.achieved_on) {
        (ImprovementState::Overdue, Some(due), _) => format!(", {} overdue.", days(due, today)),
        (ImprovementState::AchievedLate, Some(due), Some(done)) => {
            format!(", achieved {}, {} late.", format::date(done), days(due, done))
        }
        (_, _, Some(done)) => format!(", achieved {}.", format::date(done)),
        _ => ".".to_owned(),
    };
    format!("{agreed}{due}{end}")
}

fn days(from: Date, to: Date) -> String {
    let days = from.until(to).map_or(0, |span| span.get_days());
    format::counted(u64::try_from(days).unwrap_or(0), "day", "days")
}

fn pager(page: &ImprovementsPage) -> Markup {
    let here = page.filter.page.max(1);
    let to = |number: u32| address(&ImprovementFilter { page: number, ..page.filter.clone() });
    html! {
        @if page.pages > 1 {
            nav.pager aria-label="Pages" {
                @if here > 1 { a rel="prev" href=(to(here - 1)) { "Previous" } }
                span { "Page " (here) " of " (page.pages) }
                @if here < page.pages { a rel="next" href=(to(here + 1)) { "Next" } }
            }
        }
    }
}

fn by_category(page: &ImprovementsPage) -> Markup {
    let link = |category: Category| {
        let mut filter = page.filter.clone();
        (filter.query.category, filter.page) = (Some(category), 1);
        address(&filter)
    };
    html! {
        section {
            h2.first { "By area" }
            div.scroll role="region" aria-label="By area" tabindex="0" {
                table.tight {
                    caption { "Agreed improvements by area of service and state" }
                    (columns("Area"))
                    tbody { @for (category, counts) in &page.categories { (line(category.title(), &link(*category), *counts)) } }
                }
            }
        }
    }
}

fn by_council(page: &ImprovementsPage) -> Markup {
    let link = |council: &crate::domain::council::Council| links::council_part(&council.slug, "improvements");
    let (first, rest) = page.councils.split_at(page.councils.len().min(LISTED_COUNCILS));
    html! {
        section {
            h2 { "By council" }
            div.scroll role="region" aria-label="By council" tabindex="0" {
                table.tight {
                    (columns("Council"))
                    tbody { @for (council, counts) in first { (line(&council.name, &link(council), *counts)) } }
                }
            }
            @if !rest.is_empty() {
                details.src {
                    summary { "The other " (rest.len()) " councils" }
                    div.scroll role="region" aria-label="By council, continued" tabindex="0" {
                        table.tight {
                            (columns("Council"))
                            tbody { @for (council, counts) in rest { (line(&council.name, &link(council), *counts)) } }
                        }
                    }
                }
            }
        }
    }
}

fn columns(what: &str) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (what) } th.n scope="col" { "Overdue" } th.n scope="col" { "Agreed" } th.n scope="col" { "Achieved late" } th.n scope="col" { "Achieved" }
        } }
    }
}

fn line(title: &str, href: &str, counts: StateCounts) -> Markup {
    html! {
        tr {
            th scope="row" { a href=(href) { (title) } }
            @for state in ImprovementState::ALL { td.n { (format::count(counts.of(state))) } }
        }
    }
}

fn calendar(page: &ImprovementsPage) -> Markup {
    let all = ImprovementFilter { page: 1, ..page.filter.clone() };
    html! {
        section {
            h2 { "In your calendar" }
            p { "These deadlines as a calendar to subscribe to: " a href=(links::twin(&address(&all), "ics")) { "iCalendar" } "." }
            p.note { "States are as of " (format::date(page.today)) ". What nobody has reported as done counts as not done. Personal remedies are never published." }
        }
    }
}
