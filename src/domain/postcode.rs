//! Postcodes as people type them, and the codes that stand in a directory.

use std::fmt;

use thiserror::Error;

/// The letters that end a postcode. Royal Mail leaves out C, I, K, M, O and V; a few old postcodes have a V.
const UNIT_LETTERS: &[u8; 21] = b"ABDEFGHJLNPQRSTUVWXYZ";

/// How many different units (pairs of last letters) a sector can hold.
pub const UNITS_PER_SECTOR: usize = UNIT_LETTERS.len() * UNIT_LETTERS.len();

/// More letters and digits than any postcode has; reading stops here, however long the text is.
const TOO_MANY: usize = 8;

/// The first half of a postcode, such as `DE1` or `SW1A`: upper case, padded with spaces.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcode([u8; 4]);

/// A whole postcode of the right shape, such as `DE1 2FS`. That it has the shape does not mean that it exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    outcode: Outcode,
    digit: u8,
    unit: [u8; 2],
}

/// What somebody who typed something like a postcode may have meant, in the order in which it is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// As it stands, apart from punctuation and words beside it.
    pub exact: Option<Postcode>,
    /// With letters and digits that look alike exchanged, in order; only some of them exist.
    pub alike: Vec<Postcode>,
    /// The beginning of a postcode: first half, and the digit of the second where there is one.
    pub unfinished: Option<(Outcode, Option<u8>)>,
}

/// Letters and digits that are mistaken for each other.
const ALIKE: [(u8, u8); 7] =
    [(b'I', b'1'), (b'L', b'1'), (b'O', b'0'), (b'S', b'5'), (b'Z', b'2'), (b'B', b'8'), (b'G', b'6')];

/// Words that are looked at: a postcode has two, and stands at the beginning or the end.
const MOST_WORDS: usize = 12;

impl Typed {
    /// Reads what was typed: punctuation counts as a space, words before or after a postcode are left out, and a text
    /// without a digit is never taken for a postcode with a letter in the digit's place.
    pub fn read(text: &str) -> Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .map(str::to_ascii_uppercase)
            .collect();
        let whole = words.concat();
        // A letter of another alphabet is no punctuation: the text is a name.
        if whole.is_empty() || text.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
            return Self::default();
        }
        let parts = Self::parts(&words);
        let exact = parts.iter().find_map(|part| Postcode::parse(part).ok());
        let alike = parts.iter().map(|part| Self::exchanged(part, exact)).find(|alike| !alike.is_empty());
        let alike = alike.unwrap_or_default();
        Self { exact, alike, unfinished: Self::beginning(&words, &whole) }
    }

    /// The whole text, then its first and last one or two words where other words without a digit stand beside them.
    fn parts(words: &[String]) -> Vec<String> {
        let mut parts = vec![words.concat()];
        for count in [2, 1] {
            for (part, rest) in [
                words.split_at_checked(count),
                words
                    .len()
                    .checked_sub(count)
                    .and_then(|at| words.split_at_checked(at))
                    .map(|(rest, part)| (part, rest)),
            ]
            .into_iter()
            .flatten()
            {
                let has_digit = |word: &String| word.bytes().any(|byte| byte.is_ascii_digit());
                if !rest.is_empty() && !rest.iter().any(has_digit) {
                    parts.push(part.concat());
                }
            }
        }
        parts
    }

    /// Every postcode that the text becomes when characters are exchanged for those that look like them.
    fn exchanged(whole: &str, exact: Option<Postcode>) -> Vec<Postcode> {
        if !(5..TOO_MANY).contains(&whole.len()) || !whole.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let mut texts: Vec<Vec<u8>> = vec![Vec::new()];
        for byte in whole.bytes() {
            let others = ALIKE.iter().filter_map(|&(letter, digit)| match byte {
                one if one == letter => Some(digit),
                one if one == digit => Some(letter),
                _ => None,
            });
            let bytes: Vec<u8> = std::iter::once(byte).chain(others).collect();
            let longer = |text: &Vec<u8>, byte: u8| text.iter().copied().chain([byte]).collect();
            texts = texts.iter().flat_map(|text| bytes.iter().map(move |byte| longer(text, *byte))).collect();
        }
        let read = texts.iter().filter_map(|text| Postcode::parse(&words(text)).ok());
        let mut found: Vec<Postcode> = read.filter(|one| Some(*one) != exact).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// “DE1 2F” and “DE1 2” begin a sector, “DE1” and “DE12” are first halves.
    fn beginning(words: &[String], whole: &str) -> Option<(Outcode, Option<u8>)> {
        let sector = |first: &str, second: &str| {
            let outcode = Outcode::from_upper(first.as_bytes())?;
            match *second.as_bytes() {
                [digit] | [digit, b'A'..=b'Z'] if digit.is_ascii_digit() => Some((outcode, Some(digit))),
                _ => None,
            }
        };
        if let [first, second] = words
            && let Some(found) = sector(first, second)
        {
            return Some(found);
        }
        if let Some(outcode) = Outcode::from_upper(whole.as_bytes()) {
            return Some((outcode, None));
        }
        whole.len().checked_sub(2).and_then(|at| whole.split_at_checked(at)).and_then(|(a, b)| sector(a, b))
    }
}

/// Why a text is not a postcode.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PostcodeError {
    /// Nothing but spaces.
    #[error("no postcode was given; write one like DE1 2FS")]
    Empty,
    /// Something other than a letter, a digit or a space.
    #[error("a postcode holds only letters and digits, but this has “{}”", .0.escape_debug())]
    Character(char),
    /// The first half alone.
    #[error("“{0}” is the first half of a postcode; add the second half, such as the 2FS of DE1 2FS")]
    FirstHalfOnly(Outcode),
    /// Too few letters and digits.
    #[error("“{0}” is too short; a postcode has five to seven letters and digits, like DE1 2FS")]
    TooShort(String),
    /// Too many letters and digits.
    #[error("this is too long; a postcode has five to seven letters and digits, like DE1 2FS")]
    TooLong,
    /// The first half has a shape that no postcode has.
    #[error("“{0}” cannot begin a postcode; the first half is like M1, DE1, W1A or SW1A")]
    FirstHalf(String),
    /// The second half is not a digit and two letters.
    #[error("“{0}” cannot end a postcode; the second half is a digit and two letters, like 2FS")]
    SecondHalf(String),
    /// One of the letters that never stand at the end.
    #[error("a postcode never has the letter {0} in its second half; C, I, K, M and O are not used there")]
    UnusedLetter(char),
}

impl Outcode {
    /// Reads the first half of a postcode, in any case, with spaces anywhere.
    ///
    /// # Errors
    /// Says in plain words what keeps the text from being one.
    pub fn parse(text: &str) -> Result<Self, PostcodeError> {
        let (kept, length) = compact(text)?;
        let whole = kept.get(..length).unwrap_or_default();
        if length > 4 {
            return Err(PostcodeError::FirstHalf(words(whole)));
        }
        Self::from_upper(whole).ok_or_else(|| PostcodeError::FirstHalf(words(whole)))
    }

    /// The four bytes of a directory: upper case, padded with spaces at the end; `None` when no such shape exists.
    pub fn from_padded(padded: [u8; 4]) -> Option<Self> {
        Self::from_upper(padded.trim_ascii_end()).filter(|outcode| outcode.0 == padded)
    }

    /// Upper case, padded with spaces to four bytes.
    pub fn padded(self) -> [u8; 4] {
        self.0
    }

    /// The two to four characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.0.trim_ascii_end()).unwrap_or_default()
    }

    fn from_upper(text: &[u8]) -> Option<Self> {
        let padded = match *text {
            [a, b] => [a, b, b' ', b' '],
            [a, b, c] => [a, b, c, b' '],
            [a, b, c, d] => [a, b, c, d],
            _ => return None,
        };
        let kinds = padded.map(|byte| match byte {
            b'A'..=b'Z' => 'A',
            b'0'..=b'9' => '9',
            b' ' => ' ',
            _ => '?',
        });
        let usual = matches!(kinds, ['A', '9', ' ' | '9' | 'A', ' '] | ['A', 'A', '9', ' ' | '9' | 'A']);
        // The only two of another shape: Girobank, and Newport before it became NP.
        (usual || matches!(text, b"GIR" | b"NPT")).then_some(Self(padded))
    }
}

impl Postcode {
    /// Reads a postcode in any case, with spaces around it, in it or missing. In the place of the second half's
    /// digit the letters O and I are read as 0 and 1, which is how they are often typed.
    ///
    /// # Errors
    /// Says in plain words what keeps the text from being a postcode.
    pub fn parse(text: &str) -> Result<Self, PostcodeError> {
        let (kept, length) = compact(text)?;
        let whole = kept.get(..length).unwrap_or_default();
        let first_half_only = Outcode::from_upper(whole).map(PostcodeError::FirstHalfOnly);
        if length < 5 {
            return Err(first_half_only.unwrap_or_else(|| PostcodeError::TooShort(words(whole))));
        }
        let Some((first, &[digit, one, two])) = whole.split_last_chunk::<3>() else {
            return Err(PostcodeError::TooShort(words(whole)));
        };
        let digit = match digit {
            b'O' => b'0',
            b'I' => b'1',
            other => other,
        };
        if !(digit.is_ascii_digit() && one.is_ascii_uppercase() && two.is_ascii_uppercase()) {
            return Err(PostcodeError::SecondHalf(words(whole.get(first.len()..).unwrap_or_default())));
        }
        if let Some(unused) = [one, two].into_iter().find(|letter| !UNIT_LETTERS.contains(letter)) {
            return Err(PostcodeError::UnusedLetter(char::from(unused)));
        }
        let outcode = Outcode::from_upper(first).ok_or_else(|| PostcodeError::FirstHalf(words(first)))?;
        Ok(Self { outcode, digit, unit: [one, two] })
    }

    /// The padded first half and the digit: the key of a sector in a directory.
    pub fn sector(self) -> [u8; 5] {
        let [a, b, c, d] = self.outcode.0;
        [a, b, c, d, self.digit]
    }

    /// The place of the last two letters among all pairs: 0 (AA) to below [`UNITS_PER_SECTOR`] (ZZ).
    pub fn unit_number(self) -> usize {
        let place = |letter: u8| UNIT_LETTERS.iter().position(|&known| known == letter).unwrap_or_default();
        let [one, two] = self.unit;
        place(one) * UNIT_LETTERS.len() + place(two)
    }
}

/// The letters and digits in upper case, and how many there are; white space falls away.
fn compact(text: &str) -> Result<([u8; TOO_MANY], usize), PostcodeError> {
    let mut kept = [b' '; TOO_MANY];
    let mut length = 0;
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        let byte = u8::try_from(character)
            .ok()
            .filter(u8::is_ascii_alphanumeric)
            .ok_or(PostcodeError::Character(character))?;
        *kept.get_mut(length).ok_or(PostcodeError::TooLong)? = byte.to_ascii_uppercase();
        length += 1;
    }
    match length {
        0 => Err(PostcodeError::Empty),
        TOO_MANY => Err(PostcodeError::TooLong),
        _ => Ok((kept, length)),
    }
}

fn words(ascii: &[u8]) -> String {
    String::from_utf8_lossy(ascii).into_owned()
}

impl fmt::Display for Outcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Outcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, two] = self.unit.map(char::from);
        write!(f, "{} {}{one}{two}", self.outcode, char::from(self.digit))
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> String {
        Postcode::parse(text).unwrap().to_string()
    }

    #[test]
    fn every_shape_of_postcode_is_read() {
        for whole in ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA", "NPT 0AD"] {
            assert_eq!(parsed(whole), whole);
        }
    }

    #[test]
    fn case_and_spaces_do_not_matter() {
        for text in ["de12fs", "  De1 2Fs ", "DE 12 FS", "d e 1 2 f s", "DE1\u{a0}2FS", "\tde1\n2fs\r\n"] {
            assert_eq!(parsed(text), "DE1 2FS");
        }
    }

    #[test]
    fn a_letter_typed_for_the_digit_of_the_second_half_is_read_as_the_digit() {
        assert_eq!(parsed("SW1A OAA"), "SW1A 0AA");
        assert_eq!(parsed("sw1aiaa"), "SW1A 1AA");
    }

    #[test]
    fn an_error_says_what_is_wrong_and_what_was_expected() {
        let said = |text: &str| Postcode::parse(text).unwrap_err().to_string();
        assert_eq!(said("  "), "no postcode was given; write one like DE1 2FS");
        assert_eq!(said("DE1-2FS"), "a postcode holds only letters and digits, but this has “-”");
        assert_eq!(said("DE1 2\0S"), "a postcode holds only letters and digits, but this has “\\0”");
        assert!(said("de1").starts_with("“DE1” is the first half of a postcode"));
        assert!(said("1FS").starts_with("“1FS” is too short"));
        assert!(said("Birmingham").starts_with("this is too long"));
        assert!(said("DE1 2F3").starts_with("“2F3” cannot end a postcode"));
        assert!(said("DER 2FS").starts_with("“DER” cannot begin a postcode"));
        assert!(said("DE1 2FO").starts_with("a postcode never has the letter O"));
    }

    #[test]
    fn names_of_places_are_not_postcodes() {
        for name in ["Derby", "Bolton", "London", "Ely", "Ealing", "York", "E06000015", "19 012 345"] {
            assert!(Postcode::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_first_half_alone_is_an_outward_code() {
        assert_eq!(Outcode::parse(" sw1 a").unwrap().as_str(), "SW1A");
        assert_eq!(Outcode::parse("SW1AA"), Err(PostcodeError::FirstHalf("SW1AA".to_owned())));
        assert_eq!(Outcode::parse("Ely"), Err(PostcodeError::FirstHalf("ELY".to_owned())));
        assert_eq!(Outcode::parse("DE1 2FS 34"), Err(PostcodeError::TooLong));
    }

    #[test]
    fn padding_is_checked_when_it_comes_from_a_file() {
        assert_eq!(Outcode::from_padded(*b"DE1 ").unwrap().as_str(), "DE1");
        for wrong in [b" DE1", b"D 1 ", b"de1 ", b"    ", b"DE\xff1"] {
            assert_eq!(Outcode::from_padded(*wrong), None);
        }
    }

    #[test]
    fn the_last_unit_of_a_sector_has_the_last_number() {
        assert_eq!(Postcode::parse("DE1 2AA").unwrap().unit_number(), 0);
        assert_eq!(Postcode::parse("DE1 2ZZ").unwrap().unit_number(), UNITS_PER_SECTOR - 1);
    }

    fn typed(text: &str) -> (Option<String>, Vec<String>, Option<String>) {
        let Typed { exact, alike, unfinished } = Typed::read(text);
        let begun = unfinished.map(|(outcode, digit)| match digit {
            Some(digit) => format!("{outcode} {}", char::from(digit)),
            None => outcode.to_string(),
        });
        (exact.map(|one| one.to_string()), alike.iter().map(ToString::to_string).collect(), begun)
    }

    #[test]
    fn punctuation_and_the_name_of_the_town_do_not_hide_a_postcode() {
        for text in
            ["DE1-2FS", "DE1 2FS.", "(de1 2fs)", "DE1 2FS Derby", "Derby, DE1 2FS", "DE12FS, Derby city", "de1_2fs"]
        {
            assert_eq!(typed(text).0.as_deref(), Some("DE1 2FS"), "{text}");
        }
        for text in ["21 999 888", "DE1 2FS DE1 2FT", "Derby DE1", "Derby", "é DE1 2FS", "..."] {
            assert_eq!(typed(text).0, None, "{text}");
        }
    }

    #[test]
    fn letters_and_digits_that_look_alike_are_exchanged() {
        for text in ["DEI 2FS", "DEl 2FS", "DE1 ZFS", "DE1 2F5", "dei-2f5"] {
            assert!(typed(text).1.contains(&"DE1 2FS".to_owned()), "{text}");
        }
        assert!(typed("5W1A 0AA").1.contains(&"SW1A 0AA".to_owned()));
        for name in ["Bolton", "Selby", "Ilson", "Goole", "Derby"] {
            assert_eq!(typed(name), (None, Vec::new(), None), "{name} has no digit");
        }
    }

    #[test]
    fn an_unfinished_postcode_is_a_sector_or_a_first_half() {
        for (text, begun) in [
            ("DE1 2F", "DE1 2"),
            ("DE1 2", "DE1 2"),
            ("de12f", "DE1 2"),
            ("DE12", "DE12"),
            ("DE1", "DE1"),
            ("sw1a 0a", "SW1A 0"),
        ] {
            assert_eq!(typed(text).2.as_deref(), Some(begun), "{text}");
        }
        assert_eq!(typed("Ely").2, None);
    }

    proptest! {
        #[test]
        fn any_text_typed_is_understood_or_not_and_never_more_than_some_hundred_ways(text in any::<String>()) {
            let typed = Typed::read(&text);
            prop_assert!(typed.alike.len() <= 3_usize.pow(7));
        }

        #[test]
        fn a_postcode_is_understood_with_any_punctuation_and_words_around_it(
            postcode in "[A-Z]{1,2}[1-9] [0-9][ABD-HJLNP-UW-Z]{2}",
            mark in "[-.,;:/ ]{1,3}",
            town in "[a-z]{3,9}",
        ) {
            let right = Postcode::parse(&postcode).ok();
            for text in [postcode.replace(' ', &mark), format!("{postcode}{mark}"), format!("{postcode}{mark}{town}"), format!("{town}{mark}{postcode}")] {
                prop_assert_eq!(Typed::read(&text).exact, right, "{}", text);
            }
        }

        #[test]
        fn one_confused_character_still_leads_to_the_postcode(
            outward in "[A-HJKMNP-Y]{2}[1-9]",
            inward in "[0-9][ABD-HJLNP-UW-Z]{2}",
            place in 0_usize..6,
        ) {
            let right = format!("{outward}{inward}");
            let confused: String = right.chars().enumerate().map(|(at, one)| {
                let exchange = |(letter, digit): &(u8, u8)| match one {
                    one if one == char::from(*letter) => Some(char::from(*digit)),
                    one if one == char::from(*digit) => Some(char::from(*letter)),
                    _ => None,
                };
                if at == place { ALIKE.iter().find_map(exchange).unwrap_or(one) } else { one }
            }).collect();
            let typed = Typed::read(&confused);
            let right = Postcode::parse(&right).unwrap();
            prop_assert!(typed.exact == Some(right) || typed.alike.contains(&right) || !confused.bytes().any(|b| b.is_ascii_digit()), "{}", confused);
        }

        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_reads_the_same_again(text in any::<String>()) {
            if let Ok(postcode) = Postcode::parse(&text) {
                prop_assert_eq!(Postcode::parse(&postcode.to_string()), Ok(postcode));
            }
        }

        #[test]
        fn any_right_shape_is_read_in_any_spacing_and_case(
            outward in "[A-Z][0-9]|[A-Z][0-9][0-9]|[A-Z]{2}[0-9]|[A-Z]{2}[0-9]{2}|[A-Z][0-9][A-Z]|[A-Z]{2}[0-9][A-Z]",
            inward in "[0-9][ABD-HJLNP-UW-Z]{2}",
            gaps in proptest::collection::vec(0_usize..3, 8),
            lower in any::<bool>(),
        ) {
            let mut typed = String::new();
            for (character, gap) in format!("{outward}{inward}").chars().zip(gaps) {
                typed.push_str(&" ".repeat(gap));
                typed.push(if lower { character.to_ascii_lowercase() } else { character });
            }
            let postcode = Postcode::parse(&typed).unwrap();
            prop_assert_eq!(postcode.to_string(), format!("{outward} {inward}"));
            prop_assert_eq!(Outcode::from_padded(postcode.outcode.padded()), Some(postcode.outcode));
            prop_assert!(postcode.unit_number() < UNITS_PER_SECTOR);
        }

        #[test]
        fn nearly_right_texts_never_panic(text in "[A-Za-z0-9 \u{a0}é-]{0,10}") {
            let _ = Postcode::parse(&text).map_err(|error| error.to_string());
            let _ = Outcode::parse(&text).map_err(|error| error.to_string());
        }
    }
}
