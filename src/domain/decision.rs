//! Decisions: references, outcomes, types and subjects.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use super::field::words;

/// A case reference: `19 012 345`, with a letter where one case is about several bodies (`17 002 402b`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    digits: [u8; 8],
    suffix: Option<u8>,
}

/// Why a text is not a case reference.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a case reference; expected one like 19 012 345, with a letter at the end for joint cases")]
pub struct NotAReference(pub String);

impl Reference {
    /// The first reference that a text holds: two, three and three digits and perhaps a letter.
    pub fn first_in(text: &str) -> Option<Self> {
        text.char_indices().find_map(|(at, first)| {
            let alone = text.get(..at)?.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            if !first.is_ascii_digit() || !alone {
                return None;
            }
            let rest: String = text.get(at..)?.chars().take(14).collect();
            let mut ends: Vec<usize> = rest.char_indices().map(|(end, c)| end + c.len_utf8()).collect();
            ends.reverse();
            ends.into_iter().find_map(|end| {
                let whole = rest.get(end..)?.chars().next().is_none_or(|after| !after.is_alphanumeric());
                whole.then(|| Self::parse(rest.get(..end)?).ok()).flatten()
            })
        })
    }

    /// Reads a reference with spaces, hyphens, dots or nothing between its parts, in any case.
    pub fn parse(text: &str) -> Result<Self, NotAReference> {
        let fail = || NotAReference(text.chars().take(40).collect());
        if text.len() > 40 {
            return Err(fail());
        }
        let kept: Vec<u8> = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '/' | '\u{a0}' | '\u{2010}'..='\u{2013}'))
            .map(|c| u8::try_from(c.to_ascii_lowercase()).unwrap_or(b'?'))
            .collect();
        let (digits, rest) = kept.split_at_checked(8).ok_or_else(fail)?;
        let digits: [u8; 8] = digits.try_into().map_err(|_| fail())?;
        let suffix = match rest {
            [] => None,
            [letter] if letter.is_ascii_lowercase() => Some(*letter),
            _ => return Err(fail()),
        };
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(fail());
        }
        Ok(Self { digits, suffix })
    }

    fn joined(&self, separator: char) -> String {
        let [a, b, c, d, e, f, g, h] = self.digits.map(char::from);
        let suffix = self.suffix.map(char::from);
        [a, b, separator, c, d, e, separator, f, g, h].into_iter().chain(suffix).collect()
    }

    /// As it stands in addresses: `19-012-345`.
    pub fn address(&self) -> String {
        self.joined('-')
    }

    /// The address form of the case without its letter, which joint cases share.
    pub fn case(&self) -> String {
        Self { digits: self.digits, suffix: None }.address()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.joined(' '))
    }
}

/// A closed list of words, each with the word in files and addresses and the title on pages.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $wrong:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $title:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        #[doc = concat!("Why a text is not ", $what, ".")]
        #[derive(Clone, Debug, Error, PartialEq, Eq)]
        #[error("“{0}” is not {what}; expected one of {words}", what = $what, words = [$($word),+].join(", "))]
        pub struct $wrong(pub String);

        impl $name {
            /// All of them, in the order of lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Reads the word used in files and addresses.
            pub fn parse(text: &str) -> Result<Self, $wrong> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    other => Err($wrong(other.chars().take(60).collect())),
                }
            }

            /// The word used in files and addresses.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The title on pages.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

words! {
    /// How a decision ended (docs/domain.md, "Decisions and public reports").
    Outcome, NotAnOutcome, "an outcome" {
        /// Fault was found (or the case was settled early with the council's agreement).
        Upheld = "upheld", "Upheld";
        /// No fault was found.
        NotUpheld = "not-upheld", "Not upheld";
        /// The Ombudsman did not investigate further.
        Closed = "closed", "Closed after initial enquiries";
    }
}

words! {
    /// What kind of document a decision is.
    DecisionType, NotADecisionType, "a type of decision" {
        /// A decision statement.
        Statement = "statement", "Statement";
        /// A public report, issued where the matter is of public interest.
        Report = "report", "Public report";
    }
}

words! {
    /// The Ombudsman's categories of complaint.
    Category, NotACategory, "a category" {
        /// Adult care services.
        AdultCare = "adult-care-services", "Adult care services";
        /// Benefits and tax.
        BenefitsAndTax = "benefits-and-tax", "Benefits and tax";
        /// Children’s care services.
        ChildrensCare = "children-s-care-services", "Children’s care services";
        /// Education.
        Education = "education", "Education";
        /// Environment and regulation.
        Environment = "environment-and-regulation", "Environment and regulation";
        /// Health.
        Health = "health", "Health";
        /// Housing.
        Housing = "housing", "Housing";
        /// Other categories.
        Other = "other-categories", "Other categories";
        /// Planning.
        Planning = "planning", "Planning";
        /// Transport and highways.
        Transport = "transport-and-highways", "Transport and highways";
    }
}

/// What stands between the cells of a row where a part's text holds a table; each row is a line.
pub const CELLS_APART: &str = " | ";

/// A part of a decision's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading: "The complaint".
    pub heading: String,
    /// Its text, paragraphs parted by blank lines; never markup.
    pub text: String,
}

/// How the Ombudsman begins a decision on a case that was not investigated.
const NOT_INVESTIGATED: [&str; 6] = [
    "we will not investigate",
    "i will not investigate",
    "ombudsman will not investigate",
    "we won't investigate",
    "we shall not investigate",
    "decided not to investigate",
];

/// One published decision, as far as it has been imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "the column of the files is called decision_date, so that a reader finds it"
)]
pub struct Decision {
    /// Its reference.
    pub reference: Reference,
    /// Statement or public report.
    pub kind: DecisionType,
    /// How it ended.
    pub outcome: Outcome,
    /// Category.
    pub category: Category,
    /// Subcategory slug, keyed with its category.
    pub subcategory: Option<String>,
    /// Day of the decision.
    pub decision_date: Date,
    /// Short public summary; empty where only an index is known.
    pub summary: String,
}

impl Decision {
    /// Its headline: the first sentence of its summary, or its subject where there is none.
    pub fn headline(&self) -> String {
        let first = self.summary.split_inclusive(['.', '!', '?']).next().unwrap_or_default().trim();
        match first.chars().count() {
            0 => self.subject(),
            1..=110 => first.trim_end_matches('.').to_owned(),
            _ => {
                let cut: String = first.chars().take(110).collect();
                let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
                format!("{whole} …")
            }
        }
    }

    /// Whether it was upheld because things had been put right early, and begins by saying that it was not investigated: a reader
    /// would take the outcome for a mistake.
    pub fn is_settled_early(&self, sections: &[Section]) -> bool {
        let opening = |text: &str| {
            let start: String = text.chars().take(400).collect::<String>().to_lowercase().replace('’', "'");
            NOT_INVESTIGATED.iter().any(|words| start.contains(words))
        };
        let begins = if self.summary.is_empty() {
            sections.first().is_some_and(|section| opening(&section.text))
        } else {
            opening(&self.summary)
        };
        self.outcome == Outcome::Upheld && begins
    }

    /// Category and subcategory in words.
    pub fn subject(&self) -> String {
        match &self.subcategory {
            Some(subcategory) => format!("{}, {}", self.category.title(), words(subcategory).to_lowercase()),
            None => self.category.title().to_owned(),
        }
    }

    /// The subcategory in words; the category where there is none.
    pub fn narrow_subject(&self) -> String {
        self.subcategory.as_deref().map_or_else(|| self.category.title().to_owned(), words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_known_in_every_form_people_write() {
        let expected = Reference::parse("19 012 345").unwrap();
        for text in ["19-012-345", "19012345", " 19 012 345 ", "19 012345", "19\u{a0}012\u{2011}345"] {
            assert_eq!(Reference::parse(text).unwrap(), expected, "{text}");
        }
        let joint = Reference::parse("17 002 402B").unwrap();
        assert_eq!((joint.address().as_str(), joint.to_string().as_str()), ("17-002-402b", "17 002 402b"));
        assert_eq!(joint.case(), "17-002-402");
    }

    #[test]
    fn other_texts_are_no_reference() {
        for text in ["", "19 012 34", "19 012 3456", "19 012 345ab", "x9 012 345", "１９012345", "19 012 345é"] {
            assert!(Reference::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_upheld_decision_that_was_not_investigated_is_known_by_its_beginning() {
        let decision = |outcome, summary: &str| Decision {
            reference: Reference::parse("19 012 345").unwrap(),
            kind: DecisionType::Statement,
            outcome,
            category: Category::Housing,
            subcategory: None,
            decision_date: jiff::civil::date(2024, 5, 1),
            summary: summary.to_owned(),
        };
        let settled = "We will not investigate this complaint. The Council has agreed to apologise.";
        assert!(decision(Outcome::Upheld, settled).is_settled_early(&[]));
        let part = Section { heading: "The complaint".to_owned(), text: format!("1. {settled}") };
        assert!(decision(Outcome::Upheld, "").is_settled_early(&[part]));
        assert!(!decision(Outcome::Closed, settled).is_settled_early(&[]));
        assert!(!decision(Outcome::Upheld, "The Council did not investigate noise.").is_settled_early(&[]));
    }

    #[test]
    fn an_unknown_outcome_names_the_known_ones() {
        let error = Outcome::parse("Uphelt").unwrap_err().to_string();
        assert!(error.contains("Uphelt") && error.contains("not-upheld"), "{error}");
    }
}
