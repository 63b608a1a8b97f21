//! What people type into the search of decisions, taken apart: words, phrases in quotes, a reference.

use std::collections::HashSet;

use super::decision::Reference;

/// How many words a search looks for. More of them say no more about what is meant, and each costs time.
pub const MOST_WORDS: usize = 12;
/// Longer texts are cut, in characters: nobody types them, and every link of a page repeats them.
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
    ignored: Vec<String>,
    unfinished: bool,
    reference: Option<Reference>,
}

impl SearchText {
    /// Takes a text apart. Apostrophes, hyphens, brackets and the operators of query languages mean nothing here.
    pub fn parse(input: &str) -> Self {
        let line = tidy(input);
        let (text, beyond) = cut(&line);
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut ignored = Vec::new();
        let mut left = MOST_WORDS;
        for Phrase { mut words, quoted } in phrases_in(text) {
            let further = words.split_off(left.min(words.len()));
            let phrase = Phrase { words, quoted };
            if !phrase.words.is_empty() && !phrases.contains(&phrase) {
                left -= phrase.words.len();
                phrases.push(phrase);
            }
            ignored.extend(further);
        }
        ignored.extend(words(beyond));
        let mut named: HashSet<String> = phrases.iter().flat_map(|phrase| phrase.words.iter().cloned()).collect();
        ignored.retain(|word| named.insert(word.clone()));
        let unfinished = ignored.is_empty()
            && input.chars().next_back().is_some_and(char::is_alphanumeric)
            && phrases.last().and_then(|phrase| phrase.words.last()).is_some_and(|word| word.chars().count() >= 2);
        let reference = Reference::parse(text).ok().or_else(|| Reference::first_in(text));
        Self { text: text.to_owned(), phrases, ignored, unfinished, reference }
    }

    /// The text, tidied: for showing again and for addresses.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words and phrases in order, each once.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Words that are not looked for, each once: those after the first `MOST_WORDS`, and those of a text cut for its length.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
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

/// One line, single spaces, no control characters.
fn tidy(input: &str) -> String {
    let line: String = input.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a line, of at most `LONGEST` characters and up to the end of a word where there is one, and the rest.
fn cut(line: &str) -> (&str, &str) {
    let end = line.char_indices().nth(LONGEST).map_or(line.len(), |(end, _)| end);
    let (begin, rest) = line.split_at_checked(end).unwrap_or((line, ""));
    if rest.is_empty() || rest.starts_with(' ') {
        return (begin, rest);
    }
    let whole = begin.rfind(' ').unwrap_or(end);
    line.split_at_checked(whole).unwrap_or((line, ""))
}

/// The words of a text, those in quotes together. A last quote may be missing.
fn phrases_in(text: &str) -> Vec<Phrase> {
    let text = text.replace(['“', '”', '„', '«', '»'], "\"");
    let parts = text.split('"').zip([false, true].into_iter().cycle());
    parts
        .flat_map(|(part, quoted)| match (words(part), quoted) {
            (words, true) => vec![Phrase { words, quoted }],
            (words, false) => words.into_iter().map(|word| Phrase { words: vec![word], quoted }).collect(),
        })
        .collect()
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
        assert!(long.ignored().is_empty(), "it is looked for: {:?}", long.ignored());
    }

    #[test]
    fn words_after_the_twelfth_are_named_and_not_looked_for() {
        let long = SearchText::parse("a b c a d e f g h \"i j\" k l m b n");
        assert_eq!(long.phrases().len(), 11);
        assert_eq!(long.ignored(), ["m", "n"]);
        assert!(!long.is_unfinished(), "what was typed last is not looked for");
        let quoted = SearchText::parse(&format!("\"{}\"", "a b c d e f g h i j k l m n"));
        assert_eq!(quoted.phrases().len(), 1);
        assert_eq!(quoted.ignored(), ["m", "n"]);
    }

    #[test]
    fn a_long_text_is_cut_between_words_and_the_rest_is_named() {
        let long = SearchText::parse(&format!("{} {} end", "x".repeat(LONGEST - 5), "yyyyyyyy"));
        assert!(long.text().ends_with('x'));
        assert_eq!(long.ignored(), ["yyyyyyyy", "end"]);
    }
}
