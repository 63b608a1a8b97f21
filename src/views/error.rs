//! Pages for what went wrong: what happened, and where to go.

use maud::{Markup, html};

use super::layout::{Frame, Head, page as layout};

/// Somewhere to go instead.
#[derive(Clone, Debug)]
pub struct Help {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// What a visitor is told.
#[derive(Clone, Debug)]
pub struct ErrorPage {
    /// HTTP status.
    pub status: u16,
    /// Heading.
    pub title: &'static str,
    /// What happened, in a sentence.
    pub message: String,
    /// Where to go instead.
    pub help: Vec<Help>,
}

/// The page.
pub fn page(frame: &Frame, error: &ErrorPage) -> Markup {
    let head = Head {
        title: error.title.to_owned(),
        description: "This address could not be answered.".to_owned(),
        hidden: true,
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            div.narrow {
                h1 { (error.title) }
                p.lede { (error.message) }
                @if !error.help.is_empty() {
                    h2 { "Perhaps you meant" }
                    ul.plain { @for one in &error.help { li { a href=(one.href) { (one.title) } } } }
                }
                h2 { "Find a council" }
                (super::find::form("", None))
                p { a href="/councils" { "All councils from A to Z" } " · " a href="/" { "The map" } " · " a href="/about" { "About this site" } }
            }
        },
    )
}
