//! Names of councils as people write them: folding, aliases and near matches.

/// Words that say nothing about which council is meant. "city" and "county" stay out of this list where
/// they tell two councils apart (Derby and Derbyshire share no word, but Leicester has both kinds).
const NOISE: [&str; 14] = [
    "the",
    "of",
    "council",
    "borough",
    "metropolitan",
    "london",
    "royal",
    "district",
    "city",
    "county",
    "and",
    "mbc",
    "dc",
    "bc",
];

/// Lower-case words of letters and digits; `&` becomes "and", apostrophes vanish, accents are kept.
pub fn plain_words(name: &str) -> Vec<String> {
    name.to_lowercase()
        .replace('&', " and ")
        .replace(['\'', '’', '‘', '`'], "")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The whole name folded: case, punctuation and `&` no longer matter.
pub fn fold(name: &str) -> String {
    plain_words(name).join(" ")
}

/// The name without the words that most councils share: "London Borough of Barnet" and "Barnet" agree.
/// Falls back to the folded name when nothing would be left ("City of London" keeps "london").
pub fn fold_short(name: &str) -> String {
    let words = plain_words(name);
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !NOISE.contains(word)).collect();
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}

/// Likeness of two names from 0 to 1, for "did you mean". The start weighs more (Jaro-Winkler), which is
/// how people mistype names.
pub fn likeness(a: &str, b: &str) -> f64 {
    likeness_folded(&fold_short(a), &fold_short(b))
}

/// The same of two names that `fold_short` has folded.
pub fn likeness_folded(a: &str, b: &str) -> f64 {
    // A longer name is no slip of the pen, and comparing one of a megabyte with all councils takes minutes.
    if a.len().max(b.len()) > LONGEST { 0.0 } else { strsim::jaro_winkler(a, b) }
}

/// Bytes of the longest name that can be like another; no council's has more than 60.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_council_written_differently_folds_to_one_name() {
        assert_eq!(fold("Redcar & Cleveland Council"), fold("redcar and cleveland  council"));
        assert_eq!(fold_short("London Borough of Barnet"), fold_short("Barnet"));
        assert_eq!(fold_short("King's Lynn & West Norfolk"), "kings lynn west norfolk");
        assert_eq!(fold_short("City of London"), "city of london");
    }

    #[test]
    fn a_typing_error_stays_near() {
        assert!(likeness("Derbey City Council", "Derby") > 0.9);
        assert!(likeness("Derby", "Cornwall") < 0.6);
    }
}
