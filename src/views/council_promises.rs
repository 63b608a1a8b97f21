//! What a council promised to change: a line for each promise from the day it was agreed, past the day it was due, to the day it
//! was done, or to today.

use jiff::civil::{Date, date};
use maud::{Markup, html};

use super::chart::{invented, r};
use super::links;
use crate::db::improvements::ListedImprovement;
use crate::domain::format;
use crate::domain::improvement::ImprovementState;
use crate::read::council::CouncilPage;

/// Promises drawn: the overdue ones and the newest of the others.
const DRAWN: usize = 16;
/// Promises of a state that are named.
const NAMED: usize = 4;
/// Letters of a promise that are shown before it is cut.
const LONGEST: usize = 140;

const WIDTH: f64 = 440.0;
const LEFT: f64 = 6.0;
const RIGHT: f64 = 432.0;
/// Over the first row stand the years.
const TOP: f64 = 26.0;
const ROW: f64 = 14.0;

/// The section.
pub fn section(page: &CouncilPage) -> Markup {
    let improvements = links::council_part(&page.council.slug, "improvements");
    let (overdue, due) =
        (page.improvements_in(ImprovementState::Overdue), page.improvements_in(ImprovementState::Agreed));
    html! {
        section #promises {
            h2 { (title(page)) }
            @if page.improvements.is_empty() {
                p { "No agreed improvement of it is loaded here." }
            } @else {
                (drawing(page))
                @if !overdue.is_empty() { (named(page, "Overdue", &overdue)) }
                @if !due.is_empty() { (named(page, "Due next", &due)) }
                p {
                    "As things stood on " (format::date(page.today)) ". "
                    a href=(improvements) { "Every promise and its date" }
                }
            }
        }
    }
}

/// How many promises are in each state: "Promises: 11 kept in time, 3 late, 2 overdue".
fn title(page: &CouncilPage) -> String {
    let states = page.states();
    let parts = [
        (ImprovementState::Achieved, "kept in time"),
        (ImprovementState::AchievedLate, "kept late"),
        (ImprovementState::Agreed, "not due yet"),
        (ImprovementState::Overdue, "overdue"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .map(|(state, words)| (states.of(state), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", format::count(count)))
        .collect();
    if told.is_empty() { "Promises".to_owned() } else { format!("Promises: {}", told.join(", ")) }
}

fn named(page: &CouncilPage, heading: &str, promises: &[&ListedImprovement]) -> Markup {
    let more = u64::try_from(promises.len().saturating_sub(NAMED)).unwrap_or(0);
    html! {
        h3.years { (heading) }
        ul.list.owed {
            @for one in promises.iter().take(NAMED) {
                li { (cut(&one.summary)) p.meta { (when(page, one)) } }
            }
        }
        @if more > 0 { p.note { "and " (format::count(more)) " more" } }
    }
}

fn cut(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
}

fn when(page: &CouncilPage, one: &ListedImprovement) -> String {
    let Some(due) = one.due_on else { return format!("{}, without a date", one.reference) };
    let days = due.until(page.today).map_or(0, |span| span.get_days());
    let late = if days > 0 { format!(", {days} days ago") } else { String::new() };
    format!("{} · due {}{late}", one.reference, format::date(due))
}

/// The lines of the promises, the first agreed on top.
fn drawing(page: &CouncilPage) -> Markup {
    let mut drawn: Vec<(&ListedImprovement, ImprovementState)> =
        page.improvements.iter().map(|one| (one, page.state(one))).collect();
    drawn.sort_by_key(|(one, state)| (*state != ImprovementState::Overdue, std::cmp::Reverse(one.agreed_on)));
    let left_out = drawn.len().saturating_sub(DRAWN);
    drawn.truncate(DRAWN);
    drawn.sort_by_key(|(one, _)| (one.agreed_on, one.due_on));
    let ends = drawn.iter().flat_map(|(one, _)| [Some(one.agreed_on), one.due_on, one.achieved_on]).flatten();
    let first = ends.clone().min().unwrap_or(page.today);
    let last = ends.max().unwrap_or(page.today).max(page.today);
    let axis = Axis { first: date(first.year(), 1, 1), days: days(date(first.year(), 1, 1), last).max(1.0) };
    let bottom = drawn.iter().fold(TOP, |y, _| y + ROW);
    let rows = std::iter::successors(Some(TOP + ROW / 2.0), |y| Some(y + ROW));
    let years: Vec<i16> = (first.year()..=last.year()).collect();
    html! {
        svg.promises viewBox={ "0 0 " (WIDTH) " " (r(bottom + 22.0)) } role="img" aria-label={ (title(page)) ", each from the day it was agreed. The lists say which are overdue." } {
            @for (place, year) in years.iter().rev().enumerate() {
                @let x = axis.x(date(*year, 1, 1));
                line.ax x1=(r(x)) x2=(r(x)) y1="20" y2=(r(bottom)) {}
                // Letters are larger on a phone.
                @if x < RIGHT - 34.0 { text.odd[place % 2 == 1] x=(r(x)) y="14" { (year) } }
            }
            @for ((one, state), y) in drawn.iter().zip(rows) { (promise(one, *state, &axis, page.today, y)) }
            (invented(page.synthetic, RIGHT, bottom + 17.0, "end"))
        }
        p.chartkey {
            span { svg.keymark viewBox="0 0 32 14" aria-hidden="true" { path.open d="M2 7H22" {} path.tick d="M26 2V12" {} circle.kept cx="22" cy="7" r="3.5" {} } "agreed to done, tick: due" }
            span { svg.keymark viewBox="0 0 32 14" aria-hidden="true" { path.late d="M2 7H26" {} circle.done cx="26" cy="7" r="3.5" {} } "past its due date" }
            span { svg.keymark viewBox="0 0 32 14" aria-hidden="true" { path.late d="M2 7H24" {} path.arrow d="M22 2L31 7 22 12z" {} } "still not done" }
        }
        @if left_out > 0 { p.note { "Drawn: those overdue and the newest, " (DRAWN) " of " (format::count(u64::try_from(page.improvements.len()).unwrap_or(0))) "." } }
    }
}

/// The days of a drawing.
struct Axis {
    first: Date,
    days: f64,
}

impl Axis {
    fn x(&self, day: Date) -> f64 {
        LEFT + (days(self.first, day) / self.days).clamp(0.0, 1.0) * (RIGHT - LEFT)
    }
}

fn days(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

fn promise(one: &ListedImprovement, state: ImprovementState, axis: &Axis, today: Date, y: f64) -> Markup {
    let end = one.achieved_on.unwrap_or(today);
    let past = one.due_on.filter(|due| *due < end);
    let x = |day: Date| r(axis.x(day));
    let tip = axis.x(end);
    html! {
        path.open d={ "M" (x(one.agreed_on)) " " (r(y)) "H" (x(past.unwrap_or(end))) } {}
        @if let Some(due) = past { path.late d={ "M" (x(due)) " " (r(y)) "H" (r(tip)) } {} }
        @if let Some(due) = one.due_on { path.tick d={ "M" (x(due)) " " (r(y - 4.0)) "V" (r(y + 4.0)) } {} }
        @match state {
            ImprovementState::Achieved => circle.kept cx=(r(tip)) cy=(r(y)) r="3.4" {},
            ImprovementState::AchievedLate => circle.done cx=(r(tip)) cy=(r(y)) r="3.4" {},
            ImprovementState::Overdue => path.arrow d={ "M" (r(tip - 3.0)) " " (r(y - 5.0)) "l9 5-9 5z" } {},
            ImprovementState::Agreed => path.wait d={ "M" (r(tip - 3.0)) " " (r(y - 4.5)) "l8 4.5-8 4.5z" } {},
        }
    }
}
