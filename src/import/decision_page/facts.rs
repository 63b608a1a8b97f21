//! What a saved page says: reference, body, subject, outcome, day and text, from whichever place has them.

use jiff::civil::Date;
use scraper::{Html, Selector};

use super::blocks::{Block, Flattener};
use super::labels::{BODY, DATE, FRAME, OUTCOME, PARTS, REFERENCE, begins_with, is_signature, tidy};
use crate::domain::decision::{Category, Outcome, Reference, Section};
use crate::import::is_url;
use crate::import::saved_page::Saved;

/// Where the decision may stand in a page, the narrowest first.
const CONTENTS: [&str; 7] = ["#article", "main", "[role=main]", "article", "#content", "#main-content", "body"];

/// The blocks of a page with what its head says.
pub(super) struct Facts {
    blocks: Vec<Block>,
    /// How many of the blocks are its head.
    head: usize,
    title: String,
    /// The address that the page gives as its own.
    pub(super) url: Option<String>,
}

impl Facts {
    pub(super) fn of(page: &Html, saved: &Saved) -> Self {
        let first = |selector: &str| {
            let selector = Selector::parse(selector).ok()?;
            page.select(&selector).next()
        };
        let flat = |selector: &&str| {
            let mut flat = Flattener::default();
            flat.walk(first(selector)?);
            flat.finish();
            Some(flat)
        };
        // Some pages have an article, or a main part, without the head of the decision in it.
        let whole = CONTENTS.iter().filter_map(flat).find(Flattener::has_facts);
        let flat =
            whole.or_else(|| CONTENTS.iter().filter_map(flat).find(|flat| !flat.blocks.is_empty())).unwrap_or_default();
        let url = first("link[rel=canonical]")
            .and_then(|link| link.attr("href"))
            .or_else(|| first("meta[property='og:url']").and_then(|meta| meta.attr("content")))
            .or(saved.address.as_deref());
        Self {
            blocks: flat.blocks,
            head: flat.head,
            title: first("title").map(|title| tidy(&title.text().collect::<String>())).unwrap_or_default(),
            url: url.filter(|url| is_url(url)).map(str::to_owned),
        }
    }

    /// Whether the page is that of a decision: a list has no such labels, and says of each what it is in its item.
    pub(super) fn is_decision(&self) -> bool {
        self.label(OUTCOME).is_some() || DATE.iter().any(|name| self.label(&[name]).is_some())
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

    /// Headings of the head in their order, its lines that end with a reference in brackets, then the title: where the body
    /// and its reference stand.
    fn headings(&self) -> impl Iterator<Item = &str> {
        let head = || self.blocks.iter().take(self.head);
        let headings = head().filter_map(|block| match block {
            Block::Heading(text) => Some(text.as_str()),
            _ => None,
        });
        let lines = head().filter_map(|block| match block {
            Block::Paragraph(text) if text.ends_with(')') => {
                let inner = text.rsplit_once('(').map(|(_, inner)| inner.trim_end_matches(')'))?;
                Reference::parse(inner).is_ok().then_some(text.as_str())
            }
            _ => None,
        });
        headings.chain(lines).chain([self.title.as_str()])
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
        outcome(self.label(OUTCOME)?)
    }

    pub(super) fn date(&self) -> Option<Date> {
        DATE.iter().filter_map(|name| self.label(&[name])).find_map(day)
    }

    pub(super) fn is_report(&self) -> bool {
        let says_report = |text: &str| text.to_lowercase().contains("report");
        let labelled = self.label(&["type", "decision type", "document type"]).is_some_and(says_report)
            || self.label(OUTCOME).is_some_and(says_report);
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
        let mut in_summary = false;
        for (place, block) in self.blocks.iter().enumerate() {
            let follows_summary = std::mem::take(&mut in_summary);
            match block {
                // Headings of the head are those of menus.
                Block::Heading(_) if place < self.head => {}
                Block::Heading(text) => {
                    sections.extend(open.take());
                    if begins_with(text, &PARTS) && !begins_with(text, &FRAME) {
                        open = Some(Section { heading: text.clone(), text: String::new() });
                    } else if !sections.is_empty() && !begins_with(text, &FRAME) {
                        // A heading between the known ones is a part too; one after the frame began is not.
                        open = Some(Section { heading: text.clone(), text: String::new() });
                    }
                }
                Block::Paragraph(text) if is_signature(text) => break,
                Block::Paragraph(text) => {
                    if let Some(section) = &mut open {
                        if !section.text.is_empty() {
                            section.text.push_str("\n\n");
                        }
                        section.text.push_str(text);
                    } else if follows_summary {
                        summary.push_str("\n\n");
                        summary.push_str(text);
                        in_summary = true;
                    }
                }
                Block::Labelled(label, _) => in_summary = label == "summary",
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

/// An outcome as pages and lists word it.
pub(super) fn outcome(text: &str) -> Option<Outcome> {
    let text = text.to_lowercase();
    let text = text.strip_prefix("report issued").unwrap_or(&text).trim_start_matches([':', ' ']);
    if text.starts_with("not upheld") || text.starts_with("not-upheld") {
        Some(Outcome::NotUpheld)
    } else if text.starts_with("upheld") {
        Some(Outcome::Upheld)
    } else if text.starts_with("closed") {
        Some(Outcome::Closed)
    } else {
        None
    }
}

/// The category of its title or its word in addresses.
pub(super) fn category(text: &str) -> Option<Category> {
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

/// A day as these pages write it: `22 Nov 2019`, `22 November 2019`, `22-Nov-2019`, `22/11/2019`, `2019-11-22`.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    ["%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%A %d %B %Y"]
        .iter()
        .find_map(|form| Date::strptime(form, text).ok())
}
