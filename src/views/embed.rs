//! One figure for a frame of another site: no script, and links that leave the frame.

use maud::{DOCTYPE, Markup, html};

use super::layout::{Frame, tags};
use super::table::swatch;
use super::{assets, links, strip};
use crate::db::figures::SourcedFigure;
use crate::domain::format;
use crate::read::embed::EmbedPage;
use crate::read::standing::Band;

/// The whole document.
pub fn page(frame: &Frame, page: &EmbedPage) -> Markup {
    let (council, measure) = (&page.council, page.block.measure);
    let band = page.block.figure.as_ref().map_or(Band::NoFigure, |one| Band::Verdict(one.figure.verdict));
    let address = links::council_in(&council.slug, page.year);
    let title = format!("{}: {} {}", council.official_name, format::uncapital(measure.term()), page.year);
    let told = |one: &SourcedFigure| super::sentences::figure(&one.figure, page.block.national);
    let description = page.block.figure.as_ref().map_or_else(|| measure.definition().meaning.to_owned(), told);
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Council Map" }
                (tags(frame, &title, &description, Some(&links::share(&council.slug, measure, Some(page.year)))))
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::EMBED.href);
            }
            body.embed {
                a.skip href="#main" { "Skip to the content" }
                (super::map::patterns())
                main #main {
                    h1 { a href=(address) target="_top" rel="noopener" { (council.official_name) } }
                    @match &page.block.figure {
                        None => p { (measure.title()) ", " (page.year) ": no figure is loaded. That is not a zero." },
                        Some(one) => {
                            p.figure {
                                b { (format::value(&one.figure)) } " "
                                span { (format::uncapital(measure.title())) @if let Some(counts) = format::counts(&one.figure) { ", " (counts) } ", " (page.year) }
                            }
                            (strip::strip(&page.block, &council.name))
                            p.v { (swatch(band)) (band.title(measure.judgement())) }
                        }
                    }
                    p.note {
                        @if let Some(one) = page.block.figure.as_ref().filter(|one| one.figure.interval.is_some()) {
                            @if let Some(average) = format::similar(&one.figure) { "Dashes: the average of " (one.figure.similar.group.group()) ", " (average) ". " }
                            "Line: the 95% interval. "
                        }
                        @if let Some(moment) = &frame.preview { strong.mark.preview { "Preview as of " (moment) ". " } }
                        @if frame.synthetic { strong { "Invented figures. " } }
                        a href=(address) target="_top" rel="noopener" { "Council Map" } ", data as of " (frame.published_on)
                    }
                }
            }
        }
    }
}
