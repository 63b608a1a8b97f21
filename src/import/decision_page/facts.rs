//! What a saved page says: reference, body, subject, outcome, day and text, from whichever place has them.

use jiff::civil::Date;
use scraper::{Html, Selector};

use super::blocks::{Block, Flattener};
use super::labels::{BODY, DATE, FRAME, OUTCOME, PARTS, REFERENCE, begins_with, tidy};
use crate::domain::decision::{Category, Outcome, Reference, Section};
use crate::import::is_url;

/// The blocks of a page with what its head says.
pub(super) struct Facts {
    blocks: Vec<Block>,
    title: String,
    /// The address that the page gives as its own.
    pub(super) url: Option<String>,
}

impl Facts {
    pub(super) fn of(page: &Html) -> Self {
        let first = |selector: &str| {
            let selector = Selector::parse(selector).ok()?;
            page.select(&selector).next()
        };
        let content = ["main", "[role=main]", "article", "#content", "body"]
            .iter()
            .filter_map(|selector| first(selector))
            .find(|element| !element.text().all(|text| text.trim().is_empty()));
        let mut flat = Flattener::default();
        if let Some(content) = content {
            flat.walk(content);
            flat.end();
        }
        let url = first("link[rel=canonical]")
            .and_then(|link| link.attr("href"))
            .or_else(|| first("meta[property='og:url']").and_then(|meta| meta.attr("content")));
        Self {
            blocks: flat.blocks,
            title: first("title").map(|title| tidy(&title.text().collect::<String>())).unwrap_or_default(),
            url: url.filter(|url| is_url(url)).map(str::to_owned),
        }
    }

    /// The first value with one of these labels.
    pub(super) fn label(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.blocks.iter().find_map(|block| match block {
                Block::Labelled(label, value) if label == name => Some(value.as_str()),
                _ => None,
            })
        })
    }

    /// Headings in their order, then the title: where the body and its reference stand.
    fn headings(&self) -> impl Iterator<Item = &str> {
        let headings = self.blocks.iter().filter_map(|block| match block {
            Block::Heading(text) => Some(text.as_str()),
            _ => None,
        });
        headings.chain([self.title.as_str()])
    }

    pub(super) fn reference(&self, file: &str) -> Option<Reference> {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(before, _)| before);
        let address = self.url.as_deref().and_then(|url| url.trim_end_matches('/').rsplit('/').next());
        self.label(REFERENCE)
            .and_then(Reference::first_in)
            .or_else(|| self.headings().find_map(Reference::first_in))
            .or_else(|| address.and_then(Reference::first_in))
            .or_else(|| Reference::first_in(stem))
    }

    pub(super) fn authority(&self) -> Option<String> {
        let before_reference = |text: &str| {
            let at = text.char_indices().find_map(|(at, _)| {
                let rest = text.get(at..)?;
                rest.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
                starts_with_reference(rest).then_some(at)
            })?;
            let name = text.get(..at)?.trim_end_matches([' ', '(', '-', '–', '—', ':', '|', ',']).trim();
            (name.chars().filter(|c| c.is_alphabetic()).count() >= 3).then(|| name.to_owned())
        };
        self.label(BODY)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .or_else(|| self.headings().find_map(before_reference))
    }

    /// Category and subcategory: as labelled, else as the page's own address has them.
    pub(super) fn subject(&self) -> Option<(Category, String)> {
        let labelled = self.label(&["category"]).and_then(|text| {
            let mut parts = text.split(['>', '›', '»', '/']).map(str::trim);
            let category = category(parts.next()?)?;
            Some((category, parts.next().unwrap_or_default().to_owned()))
        });
        labelled.or_else(|| {
            let mut parts = self.url.as_deref()?.split("/decisions/").nth(1)?.split('/');
            let category = category(parts.next()?)?;
            let subcategory = parts.next().filter(|part| Reference::first_in(part).is_none()).unwrap_or_default();
            Some((category, subcategory.to_owned()))
        })
    }

    pub(super) fn outcome(&self) -> Option<Outcome> {
        let text = self.label(OUTCOME)?.to_lowercase();
        if text.starts_with("not upheld") || text.starts_with("not-upheld") {
            Some(Outcome::NotUpheld)
        } else if text.starts_with("upheld") || text.starts_with("report issued: upheld") {
            Some(Outcome::Upheld)
        } else if text.starts_with("closed") {
            Some(Outcome::Closed)
        } else {
            None
        }
    }

    pub(super) fn date(&self) -> Option<Date> {
        DATE.iter().filter_map(|name| self.label(&[name])).find_map(day)
    }

    pub(super) fn is_report(&self) -> bool {
        let labelled = self
            .label(&["type", "decision type", "document type"])
            .is_some_and(|text| text.to_lowercase().contains("report"));
        let headed = self.headings().any(|text| {
            let text = text.to_lowercase();
            ["public report", "report by the local government", "public interest report"]
                .iter()
                .any(|start| text.starts_with(start))
        });
        labelled || headed
    }

    /// Summary and parts: everything after the first heading of a part.
    pub(super) fn text(&self) -> (String, Vec<Section>) {
        let mut summary = self.label(&["summary"]).map(str::to_owned).unwrap_or_default();
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Option<Section> = None;
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    sections.extend(open.take());
                    if begins_with(text, &PARTS) && !begins_with(text, &FRAME) {
                        open = Some(Section { heading: text.clone(), text: String::new() });
                    } else if !sections.is_empty() && !begins_with(text, &FRAME) {
                        // A heading between the known ones is a part too; one after the frame began is not.
                        open = Some(Section { heading: text.clone(), text: String::new() });
                    }
                }
                Block::Paragraph(text) => {
                    if let Some(section) = &mut open {
                        if !section.text.is_empty() {
                            section.text.push_str("\n\n");
                        }
                        section.text.push_str(text);
                    }
                }
                Block::Labelled(label, value) => {
                    if let Some(section) = &mut open
                        && label != "summary"
                    {
                        section.text.push_str(&format!(
                            "{}{label}: {value}",
                            if section.text.is_empty() { "" } else { "\n\n" }
                        ));
                    }
                }
            }
        }
        sections.extend(open);
        sections.retain(|section| !section.text.is_empty());
        if let Some(place) = sections.iter().position(|section| section.heading.eq_ignore_ascii_case("summary")) {
            let own = sections.remove(place);
            if summary.is_empty() {
                summary = own.text;
            }
        }
        (summary, sections)
    }
}

fn category(text: &str) -> Option<Category> {
    let slug = |text: &str| {
        crate::domain::council::Slug::from_name(&text.replace(['’', '\''], "-")).map(|slug| slug.to_string())
    };
    let wanted = slug(text)?;
    Category::ALL
        .iter()
        .copied()
        .find(|one| one.as_str() == wanted || slug(one.title()).as_deref() == Some(wanted.as_str()))
}

fn starts_with_reference(text: &str) -> bool {
    let start: String = text.chars().take(14).collect();
    Reference::first_in(&start).is_some_and(|reference| {
        let digits: String = reference.address().chars().filter(char::is_ascii_digit).collect();
        let own: String = start.chars().filter(char::is_ascii_digit).take(8).collect();
        digits == own
    })
}

/// A day as these pages write it: `22 Nov 2019`, `22 November 2019`, `22/11/2019`, `2019-11-22`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%A %d %B %Y"]
        .iter()
        .find_map(|form| Date::strptime(form, text).ok())
}
