//! The frame of every page.

use maud::{DOCTYPE, Markup, html};

use super::assets;
pub use super::frame::Frame;
use super::links;
use super::under::citation;
use crate::domain::representation::Representation;
use crate::domain::year::ReportingYear;

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Title without the name of the site.
    pub title: String,
    /// For search engines and shared links.
    pub description: String,
    /// There is nothing yet that a twin could hold.
    pub no_twins: bool,
    /// Not to be indexed.
    pub hidden: bool,
    /// Title and address of an Atom feed.
    pub feed: Option<(String, String)>,
    /// The picture that other sites show for a link to it.
    pub image: Option<String>,
    /// The year that it shows, which a citation names even where the address leaves it to the newest.
    pub year: Option<ReportingYear>,
    /// Where the skip links lead beside the content: the part of the page and its name.
    pub skips: &'static [(&'static str, &'static str)],
}

const SECTIONS: [(&str, &str); 9] = [
    ("Map", "/"),
    ("Councils", "/councils"),
    ("Subjects", "/subjects"),
    ("Compare", "/compare"),
    ("Decisions", "/decisions"),
    ("Reports", "/reports"),
    ("Improvements", "/improvements"),
    ("National", "/national"),
    ("About", "/about"),
];

/// A whole page around its content. The content brings its own `h1`.
pub fn page(frame: &Frame, head: &Head, content: &Markup) -> Markup {
    let path = frame.address.split('?').next().unwrap_or_default();
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (head.title) " · Council Map" }
                (tags(frame, &head.title, &head.description, head.image.as_deref()))
                @if head.hidden || frame.preview.is_some() { meta name="robots" content="noindex"; }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::STYLE.href);
                link rel="icon" href=(*assets::ICON);
                script type="module" src=(assets::SCRIPT.href) {}
                @for twin in twins(frame, head) {
                    link rel="alternate" type=(twin.media_type()) href=(links::twin(&frame.address, twin.extension()));
                }
                @if let Some((title, href)) = &head.feed {
                    link rel="alternate" type="application/atom+xml" title=(title) href=(href);
                }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                @for (target, name) in head.skips { a.skip href=(target) { "Skip to " (name) } }
                (marks(frame))
                (header(path))
                main.wrap #main tabindex="-1" { (content) }
                (footer(frame, head))
            }
        }
    }
}

/// What search engines and sites that show links say of a page (Open Graph; what X alone reads falls back on it).
pub(super) fn tags(frame: &Frame, title: &str, description: &str, image: Option<&str>) -> Markup {
    html! {
        meta name="description" property="og:description" content={ @if frame.synthetic { "Invented figures. " } (description) };
        meta property="og:title" content=(title);
        meta property="og:type" content="website";
        meta property="og:url" content={ (frame.origin) (frame.address) };
        @if let Some(image) = image { meta property="og:image" content={ (frame.origin) (image) }; }
        meta name="twitter:card" content=(if image.is_some() { "summary_large_image" } else { "summary" });
    }
}

fn marks(frame: &Frame) -> Markup {
    html! {
        @if let Some(moment) = &frame.preview {
            div.mark.preview role="region" aria-label="Preview" {
                div.wrap {
                    strong { "Preview as of " (moment) ". " }
                    "What you see here is not published. Do not pass it on."
                }
            }
        }
        @if frame.synthetic {
            div.mark role="region" aria-label="Demonstration" {
                div.wrap {
                    strong { span.wide { "Demonstration. " } span.slim { "Invented figures. " } }
                    span.wide { "Every figure, decision and letter here is invented. Councils, boundaries and postcodes are real." }
                    " "
                    a href="/about/data" { "What is real" span.wide { " and what is not" } }
                }
            }
        }
    }
}

fn header(path: &str) -> Markup {
    html! {
        header.top {
            div.wrap {
                a.name href="/" { "Council Map" }
                span.indep { "Independent. Not the Ombudsman." }
                nav.main aria-label="Main" { (sections(path)) }
                // Where there is no room for them: to the same list at the foot.
                a.menu href="#pages" { "Menu" }
            }
        }
    }
}

fn sections(path: &str) -> Markup {
    html! {
        ul {
            @for (title, href) in SECTIONS {
                @let here = path == href || (href != "/" && path.starts_with(&format!("{href}/")));
                li { a href=(href) aria-current=[here.then_some("page")] { (title) } }
            }
        }
    }
}

fn twins<'a>(frame: &'a Frame, head: &Head) -> &'a [Representation] {
    if head.no_twins { &[] } else { &frame.twins }
}

/// Its twins for programs and spreadsheets. The page itself leads to a file to print.
fn data<'a>(frame: &'a Frame, head: &Head) -> impl Iterator<Item = Representation> + use<'a> {
    twins(frame, head).iter().copied().filter(|twin| *twin != Representation::Pdf)
}

fn footer(frame: &Frame, head: &Head) -> Markup {
    let path = frame.address.split('?').next().unwrap_or_default();
    html! {
        footer {
            div.wrap {
                nav.pagelist #pages tabindex="-1" aria-label="All pages" { (sections(path)) }
                @if data(frame, head).next().is_some() {
                    details.src {
                        summary { "Cite this page" }
                        (citation(frame, &head.title, &head.year.map_or_else(|| frame.address.clone(), |year| links::in_year(&frame.address, year))))
                    }
                    p.twins {
                        "This page as data: "
                        @for (place, extension) in data(frame, head).map(Representation::extension).enumerate() {
                            @if place > 0 { " · " }
                            a href=(links::twin(&frame.address, extension)) { (extension.to_uppercase()) }
                        }
                        @if let Some((title, href)) = &head.feed { " · What is new as a feed: " a href=(href) { (title) } }
                    }
                }
                p {
                    "All councils: "
                    a href="/rankings" { "as a table" } " · "
                    a href="/signs" { "by early sign" } " · "
                    a href="/subjects" { "by subject" } " · "
                    a href="/areas" { "by region, combined authority or county" }
                }
                p {
                    "Data as of " (frame.published_on) ", version " (frame.edition) " · "
                    a href="/about/data" { "Sources and licences" } " · "
                    a href="/about/statistics" { "How to read the figures" } " · "
                    a href="/accessibility" { "Accessibility" }
                }
                p {
                    "Figures are the Local Government and Social Care Ombudsman’s unless marked as invented; this site is not the Ombudsman’s. "
                    "To complain about a council, go to " a href="https://www.lgo.org.uk/make-a-complaint" { "the Ombudsman" } "."
                }
                p {
                    "Boundaries are approximate. Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
                    "Contains OS data © Crown copyright and database right 2025. "
                    "Contains Royal Mail data © Royal Mail copyright and database right 2025."
                }
            }
        }
    }
}

/// The way down to a page: titles and addresses, the page itself last and unlinked.
pub fn breadcrumbs(steps: &[(&str, String)], here: &str) -> Markup {
    html! {
        nav.crumb aria-label="Breadcrumb" {
            ol {
                @for (title, href) in steps {
                    li { a href=(href) { (title) } }
                }
                li aria-current="page" { (here) }
            }
        }
    }
}
