//! A drawing as a file of its own: with its style, its title over it, and under it what it is and where it is from.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::chart::r;
use super::layout::Frame;
use super::typeface::{Typeface, lines};
use super::{assets, map, raw};

/// The style that every drawing carries, as a content security policy names it.
pub static STYLE_HASH: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(assets::PICTURE_STYLE.as_bytes()))));

/// Room around a chart, and the lines of text over and under it.
const EDGE: f64 = 20.0;
const TITLE: (f64, f64) = (17.0, 23.0);
const SAID: (f64, f64) = (13.0, 18.0);
/// From where the first line of text stands up to its chart.
const UP: f64 = 8.0;

/// A chart of a page with what must be said where it stands alone.
pub(super) struct Picture<'a> {
    /// What it shows.
    pub title: &'a str,
    /// How it is read, and what it cannot say.
    pub said: &'a str,
    /// Width and height of the chart's own view box.
    pub size: (f64, f64),
    /// The chart, as the page has it.
    pub chart: Markup,
}

/// The file.
pub(super) fn file(frame: &Frame, picture: &Picture) -> String {
    let (width, height) = picture.size;
    let title = lines(Typeface::SansSemibold, TITLE.0, width, picture.title);
    let said = format!("{} {}", picture.said, source(frame));
    let said = lines(Typeface::Sans, SAID.0, width, &said);
    let top = title.iter().fold(EDGE, |y, _| y + TITLE.1) + UP;
    let foot = top + height + UP;
    let end = said.iter().fold(foot, |y, _| y + SAID.1) + EDGE;
    let (all_width, all_height) = (r(width + 2.0 * EDGE), r(end));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (all_width) " " (all_height) } width=(all_width) height=(all_height) {
            title { (picture.title) }
            style { (raw::picture_style()) }
            rect.sheet width="100%" height="100%" {}
            (map::patterns())
            (text("title", &title, EDGE + TITLE.0, TITLE.1))
            svg x=(r(EDGE)) y=(r(top)) width=(r(width)) height=(r(height)) { (picture.chart) }
            (text("said", &said, foot + SAID.0, SAID.1))
        }
    }
    .into_string()
}

fn text(class: &str, lines: &[String], first: f64, step: f64) -> Markup {
    let places = std::iter::successors(Some(first), |y| Some(y + step));
    html! { @for (line, y) in lines.iter().zip(places) { text class=(class) x=(r(EDGE)) y=(r(y)) { (line) } } }
}

/// Where the figures of a picture come from, what marks them, and as of when: it is seen far from the site.
pub(super) fn source(frame: &Frame) -> String {
    // What is invented is not credited to anyone.
    let from = if frame.synthetic {
        "Invented figures, for demonstration, not the Ombudsman’s,"
    } else {
        "Source: Local Government and Social Care Ombudsman,"
    };
    let preview = frame.preview.as_ref().map(|_| "Preview: not published. ").unwrap_or_default();
    format!("{preview}{from} by Council Map, data as of {}.", frame.published_on)
}
