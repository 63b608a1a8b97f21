//! A page of the Ombudsman's that lists decisions: an index, with what it says about each of them.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::facts::{category, day, outcome};
use super::labels::tidy;
use super::raw::RawDecision;
use crate::domain::decision::Reference;
use crate::domain::location::Location;
use crate::import::is_url;
use crate::import::problems::{Findings, quoted};

/// Where the addresses of decisions lead.
const SITE: &str = "https://www.lgo.org.uk";
/// The words after the outcome, up to the day, are the part of the subject: "Statement Upheld Special educational needs 07-Oct-2025".
const TYPES: [(&str, &str); 2] = [("statement", "statement"), ("report", "report")];
const OUTCOMES: [&str; 4] = ["not upheld", "upheld", "closed after initial enquiries", "closed"];

/// The decisions of a list, none where the page is no list. What cannot be read of one is a problem that names it.
pub(super) fn decisions(page: &Html, file: &str, findings: &mut Findings) -> Vec<RawDecision> {
    let Ok(links) = Selector::parse("a[href*='/decisions/']") else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for link in page.select(&links) {
        let Some(address) = Address::of(link) else { continue };
        if !seen.insert(address.reference.clone()) {
            continue;
        }
        let Some(item) = item(link, &address.reference) else { continue };
        match Item::read(&tidy(&link.text().collect::<String>()), &item) {
            Some(read) => found.push(read.decision(address)),
            None => findings.problem(
                Location::file(file),
                format!("the list says of {}: {}", address.reference, quoted(&item)),
                "its type, outcome and day, like “Statement Upheld School transport 07-Oct-2025”",
            ),
        }
    }
    found
}

/// What the address of a decision says.
struct Address {
    category: String,
    subcategory: String,
    reference: Reference,
    url: String,
}

impl Address {
    /// `/decisions/education/school-transport/19-012-345`, with or without the site before it.
    fn of(link: ElementRef<'_>) -> Option<Self> {
        let href = link.attr("href")?.split(['?', '#']).next()?;
        let mut parts = href.split_once("/decisions/")?.1.trim_end_matches('/').split('/');
        let (category_word, subcategory, last) = (parts.next()?, parts.next()?, parts.next()?);
        let reference = Reference::parse(last).ok()?;
        let url = if href.starts_with('/') { format!("{SITE}{href}") } else { href.to_owned() };
        Some(Self {
            category: category(category_word)?.as_str().to_owned(),
            subcategory: subcategory.to_owned(),
            reference,
            url: if is_url(&url) { url } else { String::new() },
        })
    }
}

/// The text of the item of a list that a link stands in: the widest element around it that is about no other decision.
fn item(link: ElementRef<'_>, reference: &Reference) -> Option<String> {
    let links = Selector::parse("a[href*='/decisions/']").ok()?;
    let about_others = |element: ElementRef<'_>| {
        element.select(&links).filter_map(Address::of).any(|other| other.reference != *reference)
    };
    let in_item = |element: &ElementRef<'_>| {
        let whole = ["ul", "ol", "main", "table", "tbody", "body", "html"].contains(&element.value().name());
        !whole && !about_others(*element)
    };
    let element = link.ancestors().filter_map(ElementRef::wrap).take_while(in_item).last()?;
    let pieces: Vec<String> = element.text().map(tidy).filter(|piece| !piece.is_empty()).collect();
    Some(pieces.join(" "))
}

/// What an item says besides its address.
struct Item<'a> {
    authority: &'a str,
    kind: &'static str,
    outcome: &'static str,
    decision_date: String,
    summary: &'a str,
}

impl<'a> Item<'a> {
    fn read(title: &'a str, text: &'a str) -> Option<Self> {
        let words: Vec<(usize, &str)> = text
            .split(' ')
            .scan(0, |at, word| {
                let here = *at;
                *at += word.len() + 1;
                Some((here, word))
            })
            .collect();
        let (at, decision_date, end) = words.iter().enumerate().find_map(|(place, (at, word))| {
            let one = day(word.trim_end_matches([',', '.', ';'])).map(|day| (*at, day, at + word.len()));
            one.or_else(|| {
                let (last, year) = words.get(place + 2)?;
                let end = last + year.len();
                day(text.get(*at..end)?).map(|day| (*at, day, end))
            })
        })?;
        let before = text.get(..at)?;
        let lower = before.to_lowercase();
        // The name of a body may hold such words too; those of the list come after it.
        let after_name = before.find(title).map_or(0, |start| start + title.len());
        let rest = lower.get(after_name..)?;
        let (_, kind) = TYPES.into_iter().find(|(word, _)| rest.contains(word)).unwrap_or(("", "statement"));
        let word = OUTCOMES.into_iter().find(|word| rest.contains(word))?;
        let authority = title.rsplit_once('(').map_or(title, |(name, _)| name).trim();
        let summary = text.get(end..).unwrap_or_default().trim();
        let summary = summary.strip_prefix("Summary:").unwrap_or(summary).trim();
        Some(Self {
            authority,
            kind,
            outcome: outcome(word)?.as_str(),
            decision_date: decision_date.to_string(),
            summary,
        })
    }

    fn decision(self, address: Address) -> RawDecision {
        RawDecision {
            reference: address.reference.to_string(),
            authority: self.authority.to_owned(),
            kind: self.kind.to_owned(),
            outcome: self.outcome.to_owned(),
            category: address.category,
            subcategory: address.subcategory,
            decision_date: self.decision_date,
            summary: self.summary.to_owned(),
            sections: Vec::new(),
            url: address.url,
        }
    }
}
