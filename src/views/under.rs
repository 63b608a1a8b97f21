//! What stands under a figure or a chart: ways to cite it, to set it into another page, to share it, to take it away.

use maud::{Markup, html};

use super::frame::Frame;
use super::links;
use crate::domain::council::Council;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// The way to take a whole list away, beside its count.
pub(super) fn download(total: usize, address: &str) -> Markup {
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    html! {
        a href=(links::twin(address, "csv")) {
            "Download " @if total == 1 { "this one" } @else { "these " (format::count(total)) } " as CSV"
        }
    }
}

/// A figure, a chart or a page, as others refer to it.
#[derive(Clone, Debug)]
pub(super) struct Under<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The page with it, by an address that names its year.
    pub page: &'a str,
    /// Its values as a table.
    pub csv: Option<&'a str>,
    /// The drawing, without the extension of its form.
    pub chart: Option<&'a str>,
    /// What another site sets into a frame.
    pub frame: Option<&'a str>,
    /// The picture that is shown for a link to it.
    pub share: Option<&'a str>,
}

/// The row under a figure or a chart.
pub(super) fn row(frame: &Frame, under: &Under) -> Markup {
    html! {
        div.under role="group" aria-label={ "Use: " (under.title) } {
            details { summary { "Cite" } (citation(frame, under.title, under.page)) }
            @if let Some(snippet) = snippet(frame, under) {
                details { summary { "Embed" } p { "Paste this into a page of yours. It holds no script." } pre tabindex="0" { code { (snippet) } } }
            }
            @if let Some(href) = under.share { a href=(href) { "Share" } }
            @if let Some(href) = under.csv { a href=(href) { "CSV" } }
            @if let Some(chart) = under.chart {
                a href=(links::twin(chart, "svg")) { "SVG" }
                a href=(links::twin(chart, "png")) { "PNG" }
            }
        }
    }
}

/// The row under the chart of a measure over the years of a council. `year` is that of the card to share.
pub(super) fn trend(frame: &Frame, council: &Council, measure: Measure, year: ReportingYear) -> Markup {
    of_years(frame, council, "trend", measure, year)
}

/// The same under a funnel.
pub(super) fn funnel(frame: &Frame, council: &Council, measure: Measure, year: ReportingYear) -> Markup {
    of_years(frame, council, "funnel", measure, year)
}

fn of_years(frame: &Frame, council: &Council, chart: &str, measure: Measure, year: ReportingYear) -> Markup {
    let slug = &council.slug;
    let statistics = links::council_part(slug, "statistics");
    let what = if chart == "funnel" { "among councils of its kind" } else { "year by year" };
    row(
        frame,
        &Under {
            title: &format!("{}: {}, {what}", council.official_name, format::uncapital(measure.term())),
            page: &format!("{statistics}#{}", measure.as_str()),
            csv: Some(&links::twin(&statistics, "csv")),
            chart: Some(&links::chart(slug, chart, measure, None)),
            frame: None,
            share: Some(&links::share(slug, measure, Some(year))),
        },
    )
}

/// The row under the chart of a rate of England, on the page of a year.
pub(super) fn england(frame: &Frame, year: ReportingYear, measure: Measure) -> Markup {
    let address = links::with_query("/national", &[("year", Some(&year.to_string()))]);
    row(
        frame,
        &Under {
            title: &format!("England: {}, year by year", format::uncapital(measure.term())),
            page: &address,
            csv: Some(&links::twin(&address, "csv")),
            chart: Some(&links::national_trend(measure)),
            frame: None,
            share: None,
        },
    )
}

/// The row under the chart of a measure of the councils that a page compares.
pub(super) fn compared(frame: &Frame, measure: Measure, year: ReportingYear) -> Markup {
    row(
        frame,
        &Under {
            title: &format!("Councils compared: {}, {year}", format::uncapital(measure.term())),
            page: &format!("{}#{}", links::in_year(&frame.address, year), measure.as_str()),
            csv: Some(&links::twin(&frame.address, "csv")),
            chart: None,
            frame: None,
            share: None,
        },
    )
}

/// Markup for another site: the frame where there is one, else the drawing with a link to its page.
fn snippet(frame: &Frame, under: &Under) -> Option<String> {
    let origin = &frame.origin;
    let markup = match (under.frame, under.chart) {
        (Some(address), _) => html! {
            iframe src={ (origin) (address) } title=(under.title) width="300" height="250" loading="lazy" {}
        },
        (None, Some(chart)) => html! {
            a href={ (origin) (under.page) } { img src={ (origin) (links::twin(chart, "svg")) } alt=(under.title) width="600"; }
        },
        (None, None) => return None,
    };
    Some(markup.into_string())
}

/// How to cite something of the site, in words and as BibTeX, by an address that will say what changed since.
pub(super) fn citation(frame: &Frame, title: &str, page: &str) -> Markup {
    let address = format!("{}{}", frame.origin, links::cited(page, frame.published_at));
    let invented = if frame.synthetic { " Invented figures." } else { "" };
    html! {
        p {
            "Council Map, “" (title) "”, data as of " (frame.published_on) ", version " (frame.edition) "." (invented) " " (address)
        }
        pre tabindex="0" { code { (bibtex(frame, title, &address)) } }
        p { "The address stays: it leads to the page and says what changed since." }
    }
}

fn bibtex(frame: &Frame, title: &str, address: &str) -> String {
    // The last word of a day is its year.
    let year = frame.published_on.rsplit(' ').next().unwrap_or_default();
    let invented = if frame.synthetic { ". Invented figures" } else { "" };
    format!(
        "@misc{{{},\n  title = {{{{{}}}}},\n  author = {{{{Council Map}}}},\n  year = {{{year}}},\n  version = {{{}}},\n  note = {{Data as of {}{invented}}},\n  url = {{{address}}}\n}}",
        key(title),
        escaped(title),
        frame.edition,
        frame.published_on,
    )
}

/// The key of an entry: lower-case letters and digits of the title, and hyphens.
fn key(title: &str) -> String {
    let plain: String =
        title.to_lowercase().chars().map(|one| if one.is_ascii_alphanumeric() { one } else { ' ' }).collect();
    format!("council-map-{}", plain.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// A title without what TeX would take for its own.
fn escaped(title: &str) -> String {
    title.chars().flat_map(|one| "%&$#_{}".contains(one).then_some('\\').into_iter().chain([one])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_for_a_bibliography_has_a_plain_key_and_escapes_what_tex_reads() {
        let frame = Frame {
            address: "/".to_owned(),
            origin: "https://map.example".to_owned(),
            synthetic: true,
            preview: None,
            edition: "0003-9f2c".to_owned(),
            published_at: "2026-07-29T09:30:00Z".parse().unwrap(),
            published_on: "29 July 2026".to_owned(),
            twins: Vec::new(),
        };
        let entry = bibtex(&frame, "King’s Lynn & West: 54% upheld", "https://map.example/councils/x?year=2024-25");
        assert_eq!(
            entry,
            "@misc{council-map-king-s-lynn-west-54-upheld,\n  title = {{King’s Lynn \\& West: 54\\% upheld}},\n  author = {{Council Map}},\n  year = {2026},\n  version = {0003-9f2c},\n  note = {Data as of 29 July 2026. Invented figures},\n  url = {https://map.example/councils/x?year=2024-25}\n}"
        );
    }
}
