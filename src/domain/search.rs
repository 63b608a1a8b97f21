//! What people type into the search of decisions, taken apart: words, phrases in quotes, a reference.

use super::decision::Reference;

/// More words than this say no more about what is meant, and each costs time.
const MOST_WORDS: usize = 12;
/// Longer texts are cut: nobody types them.
const LONGEST: usize = 400;
const LONGEST_WORD: usize = 40;

/// Words that must stand together; most phrases are one word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Its words in lower case: letters and digits only.
    pub words: Vec<String>,
    /// Whether it was set in quotes.
    pub quoted: bool,
}

/// A text typed into the search. There is one for any input; it may hold no words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchText {
    text: String,
    phrases: Vec<Phrase>,
    unfinished: bool,
    reference: Option<Reference>,
}

impl SearchText {
    /// Takes a text apart. Apostrophes, hyphens, brackets and the operators of query languages mean nothing here.
    pub fn parse(input: &str) -> Self {
        let text = tidy(input);
        let mut phrases = Vec::new();
        let mut left = MOST_WORDS;
        for (place, part) in text.replace(['“', '”', '„', '«', '»'], "\"").split('"').enumerate() {
            let quoted = place % 2 == 1;
            let words: Vec<String> = words(part).into_iter().take(left).collect();
            left -= words.len();
            if quoted && !words.is_empty() {
                phrases.push(Phrase { words, quoted });
            } else {
                phrases.extend(words.into_iter().map(|word| Phrase { words: vec![word], quoted: false }));
            }
        }
        let mut seen = Vec::new();
        phrases.retain(|phrase| {
            let new = !seen.contains(phrase);
            seen.push(phrase.clone());
            new
        });
        let unfinished = input.chars().next_back().is_some_and(char::is_alphanumeric)
            && phrases.last().and_then(|phrase| phrase.words.last()).is_some_and(|word| word.chars().count() >= 2);
        let reference = Reference::parse(&text).ok().or_else(|| Reference::first_in(&text));
        Self { text, phrases, unfinished, reference }
    }

    /// The text, tidied: for showing again and for addresses.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words and phrases in order, each once.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Whether the last word may go on: it was typed to the end of the text.
    pub fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// The case reference that the text is, or holds among other words.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }
}

/// One line, single spaces, no control characters, of bounded length.
fn tidy(input: &str) -> String {
    let line: String = input.chars().take(LONGEST * 4).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// Words of letters and digits, in lower case; a possessive `'s` is dropped, since "council's" is about the council.
pub fn words(text: &str) -> Vec<String> {
    let straight = text.to_lowercase().replace(['’', '‘', '`', '´'], "'");
    straight
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .flat_map(|word| {
            let word = word.trim_matches('\'');
            word.strip_suffix("'s").unwrap_or(word).split('\'')
        })
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(input: &str) -> Vec<String> {
        SearchText::parse(input).phrases().iter().map(|phrase| phrase.words.join("+")).collect()
    }

    #[test]
    fn punctuation_and_operators_are_only_text() {
        assert_eq!(
            shown("Council's housing-repairs (AND) NEAR/2"),
            ["council", "housing", "repairs", "and", "near", "2"]
        );
        assert_eq!(shown("summary:delay* ^x -y"), ["summary", "delay", "x", "y"]);
        assert!(SearchText::parse("'\"()🙂").is_empty());
    }

    #[test]
    fn words_in_quotes_stay_together_even_if_the_last_quote_is_missing() {
        assert_eq!(shown("mould \"damp and mould\" flat"), ["mould", "damp+and+mould", "flat"]);
        assert_eq!(shown("“school transport"), ["school+transport"]);
    }

    #[test]
    fn only_a_last_word_that_was_typed_to_the_end_may_go_on() {
        assert!(SearchText::parse("school trans").is_unfinished());
        assert!(!SearchText::parse("school trans ").is_unfinished());
        assert!(!SearchText::parse("\"school trans\"").is_unfinished());
        assert!(!SearchText::parse("Mrs X").is_unfinished());
    }

    #[test]
    fn a_reference_is_known_among_other_words() {
        for text in ["20 006 984", "(20 006 984)", "ref: 20-006-984", "Birmingham City Council (20006984)"] {
            assert!(SearchText::parse(text).reference().is_some(), "{text}");
        }
        for text in ["2020 006 984", "20 006 9845", "damp"] {
            assert!(SearchText::parse(text).reference().is_none(), "{text}");
        }
    }

    #[test]
    fn ten_thousand_characters_are_cut() {
        let long = SearchText::parse(&"word ".repeat(2000));
        assert!(long.text().chars().count() <= LONGEST);
        assert_eq!(long.phrases().len(), 1);
    }
}
