//! The typefaces of pictures, and how wide a text is in them: a picture has no browser that would break its lines.

use std::sync::LazyLock;

/// A typeface that the program carries (assets/fonts/README.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typeface {
    /// Open Sans.
    Sans,
    /// Open Sans Semibold.
    SansSemibold,
    /// Caladea Bold, for headings.
    Serif,
}

const SANS: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Regular.ttf");
const SANS_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Semibold.ttf");
const SERIF: &[u8] = include_bytes!("../../assets/fonts/Caladea-Bold.ttf");

/// All files.
pub(super) const FILES: [&[u8]; 3] = [SANS, SANS_SEMIBOLD, SERIF];
/// The families that the generic names of a picture's style stand for.
pub(super) const FAMILIES: (&str, &str) = ("Open Sans", "Caladea");

/// Of a letter that a typeface does not hold, as a share of the size.
const UNKNOWN: f64 = 0.6;

type Face = Option<ttf_parser::Face<'static>>;

static FACES: LazyLock<[Face; 3]> = LazyLock::new(|| FILES.map(|file| ttf_parser::Face::parse(file, 0).ok()));

/// The width of a text in the unit of its size. Pairs of letters that stand closer together are not reckoned with: it is
/// never narrower than this.
pub(super) fn width(typeface: Typeface, size: f64, text: &str) -> f64 {
    let [sans, semibold, serif] = &*FACES;
    let face = match typeface {
        Typeface::Sans => sans,
        Typeface::SansSemibold => semibold,
        Typeface::Serif => serif,
    };
    let letter = |letter: char| {
        let face = face.as_ref()?;
        let advance = face.glyph_hor_advance(face.glyph_index(letter)?)?;
        Some(f64::from(advance) / f64::from(face.units_per_em()))
    };
    text.chars().map(|one| letter(one).unwrap_or(UNKNOWN)).sum::<f64>() * size
}

/// A text in lines of at most a width; a word that is wider has a line of its own.
pub(super) fn lines(typeface: Typeface, size: f64, most: f64, text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let fits = |line: &&mut String| width(typeface, size, &format!("{line} {word}")) <= most;
        match lines.last_mut().filter(fits) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_asked_for_and_lose_no_word() {
        let text = "In 93% of the cases investigated (39 of 42) the Ombudsman found fault.";
        let broken = lines(Typeface::Serif, 52.0, 700.0, text);
        assert!(
            broken.len() > 1 && broken.iter().all(|line| width(Typeface::Serif, 52.0, line) <= 700.0),
            "{broken:?}"
        );
        assert_eq!(broken.join(" "), text);
        assert!(width(Typeface::SansSemibold, 20.0, text) > width(Typeface::Sans, 20.0, text));
    }
}
