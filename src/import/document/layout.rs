//! Text in reading order, from pieces that a page drew anywhere in any order.
//!
//! Glyphs become pieces of lines, and the page is cut along its widest gaps, across or down, until what is left is one
//! paragraph: columns, boxes and big figures beside sentences are read one after the other, as a person would.

/// A glyph on a page. Lengths are points, measured from the top left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// Where it begins.
    pub(super) x: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// How far it moves on.
    pub(super) width: f64,
    /// Size of its type.
    pub(super) size: f64,
    /// What it says.
    pub(super) text: String,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    size: f64,
    text: String,
}

/// A gap of this many sizes within a line parts words; letters that are set apart lie closer.
const WORD_GAP: f64 = 0.17;
/// A wider one begins another piece: a tab, a column.
const PIECE_GAP: f64 = 1.2;
/// Pages are cut down where a gap is this many sizes wide, and across where it is this high.
const COLUMN_GAP: f64 = 1.0;
const PARAGRAPH_GAP: f64 = 0.45;
/// Type that is larger than most of a page by this much is that of a heading.
const HEADING: f64 = 1.12;
/// No heading of a letter is longer.
const MOST_HEADING: usize = 90;
/// After a line that is shorter, a line with a capital is one of an address and not the rest of it.
const SHORT_LINE: usize = 60;
/// Cuts of cuts of a page; no page is made of more.
const MOST_CUTS: usize = 40;

/// The text of a page: paragraphs parted by blank lines, headings marked as in Markdown.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    let pieces = pieces(glyphs);
    let usual = usual_size(&pieces);
    let mut paragraphs = Vec::new();
    cut(pieces, MOST_CUTS, &mut paragraphs);
    paragraphs
        .iter()
        .map(|lines| paragraph(lines, usual))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut baseline = f64::NAN;
    for glyph in glyphs.iter().filter(|glyph| glyph.size > 0.5 && glyph.x.is_finite() && glyph.y.is_finite()) {
        let right = glyph.x + glyph.width.max(0.0);
        if let Some(last) = pieces.last_mut()
            && (glyph.y - baseline).abs() < glyph.size * 0.25
            && (glyph.size / last.size - 1.0).abs() < 0.3
        {
            let gap = (glyph.x - last.right) / glyph.size;
            if (-0.6..PIECE_GAP).contains(&gap) {
                let apart = gap > WORD_GAP
                    && !last.text.ends_with(char::is_whitespace)
                    && !glyph.text.starts_with(char::is_whitespace);
                if apart {
                    last.text.push(' ');
                }
                last.text.push_str(&glyph.text);
                last.right = last.right.max(right);
                continue;
            }
        }
        baseline = glyph.y;
        pieces.push(Piece {
            left: glyph.x,
            right,
            top: glyph.y - glyph.size * 0.8,
            bottom: glyph.y + glyph.size * 0.2,
            size: glyph.size,
            text: glyph.text.clone(),
        });
    }
    for piece in &mut pieces {
        piece.text = piece.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    pieces.retain(|piece| !piece.text.is_empty());
    // Bold type is drawn twice by some programs, a little aside.
    let mut kept: Vec<Piece> = Vec::new();
    for piece in pieces {
        let twice = kept.iter().rev().take(4).any(|one| {
            one.text == piece.text && (one.left - piece.left).abs() < 1.5 && (one.top - piece.top).abs() < 1.5
        });
        if !twice {
            kept.push(piece);
        }
    }
    kept
}

/// The size of most of the text.
fn usual_size(pieces: &[Piece]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pieces.iter().map(|piece| (piece.size, piece.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut passed = 0;
    for (size, length) in sizes {
        passed += length;
        if passed > half {
            return size;
        }
    }
    11.0
}

/// Cuts a part of a page until nothing parts it.
fn cut(pieces: Vec<Piece>, cuts: usize, paragraphs: &mut Vec<Vec<Piece>>) {
    if pieces.is_empty() {
        return;
    }
    let unit = usual_size(&pieces).max(1.0);
    let across = widest(&pieces, |piece| (piece.top, piece.bottom)).filter(|gap| gap.width >= PARAGRAPH_GAP * unit);
    let down = widest(&pieces, |piece| (piece.left, piece.right))
        .filter(|gap| gap.width >= COLUMN_GAP * unit && !only_marks(&pieces, gap.at));
    let (gap, is_across) = match (across, down) {
        (Some(across), Some(down)) if across.width >= down.width => (across, true),
        (_, Some(down)) => (down, false),
        (Some(across), None) => (across, true),
        (None, None) => return paragraphs.push(pieces),
    };
    if cuts == 0 {
        return paragraphs.push(pieces);
    }
    let (first, rest): (Vec<Piece>, Vec<Piece>) =
        pieces.into_iter().partition(|piece| if is_across { piece.top < gap.at } else { piece.left < gap.at });
    // What follows along the same cut is no deeper: a page has any number of paragraphs.
    cut(first, cuts - 1, paragraphs);
    cut(rest, cuts - usize::from(!is_across), paragraphs);
}

/// An empty stretch, with its middle.
#[derive(Clone, Copy, Debug)]
struct Gap {
    at: f64,
    width: f64,
}

/// The widest stretch that no piece covers.
fn widest(pieces: &[Piece], span: impl Fn(&Piece) -> (f64, f64)) -> Option<Gap> {
    let mut spans: Vec<(f64, f64)> = pieces.iter().map(span).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut covered = spans.first()?.1;
    let mut best: Option<Gap> = None;
    for (from, to) in spans {
        let width = from - covered;
        if width > 0.0 && best.is_none_or(|best| width > best.width) {
            best = Some(Gap { at: covered + width / 2.0, width });
        }
        covered = covered.max(to);
    }
    best
}

/// Whether what stands before a cut are the marks of a list, which belong to the lines after it.
fn only_marks(pieces: &[Piece], at: f64) -> bool {
    pieces.iter().filter(|piece| piece.left < at).all(|piece| is_mark(&piece.text))
}

fn is_mark(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')']);
    matches!(text, "•" | "·" | "-" | "–" | "o" | "▪" | "●" | "\u{f0b7}")
        || text.len() <= 4 && bare.len() < text.len() && bare.chars().all(char::is_alphanumeric)
}

/// One paragraph as text: wrapped lines are joined, lines that end early stay lines.
fn paragraph(pieces: &[Piece], usual: f64) -> String {
    let mut lines: Vec<Piece> = Vec::new();
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
    for piece in sorted {
        match lines.last_mut() {
            Some(line) if (line.bottom - piece.bottom).abs() < piece.size.min(line.size) * 0.4 => {
                let (text, other) = (line.text.clone(), &piece.text);
                line.text = if piece.left < line.left { format!("{other} {text}") } else { format!("{text} {other}") };
                line.left = line.left.min(piece.left);
                line.right = line.right.max(piece.right);
            }
            _ => lines.push(piece.clone()),
        }
    }
    let edge = lines.iter().map(|line| line.right).fold(0.0, f64::max);
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for line in &lines {
        let line_text = with_bullet(&line.text);
        if let Some(before) = before {
            let word = line_text.split(' ').next().unwrap_or_default();
            let average = (before.right - before.left)
                / f64::from(u32::try_from(before.text.chars().count().max(1)).unwrap_or(1));
            let room = f64::from(u32::try_from(word.chars().count() + 1).unwrap_or(u32::MAX)) * average;
            let is_full = before.right + room > edge && !line_text.starts_with("- ");
            let begins_anew = before.text.chars().count() < SHORT_LINE && line_text.starts_with(char::is_uppercase);
            let wrapped = is_full && !begins_anew;
            text.push(if wrapped { ' ' } else { '\n' });
        }
        text.push_str(&line_text);
        before = Some(line);
    }
    let size = lines.first().map_or(usual, |line| line.size);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_heading =
        size > usual * HEADING && letters > 3 && text.chars().count() <= MOST_HEADING && !text.ends_with(['.', ',']);
    if is_heading { format!("## {}", text.replace('\n', " ")) } else { text }
}

/// The mark of an item as Markdown knows it.
fn with_bullet(line: &str) -> String {
    let rest = line.strip_prefix(['•', '·', '▪', '●', '\u{f0b7}']);
    rest.map_or_else(|| line.to_owned(), |rest| format!("- {}", rest.trim_start()))
}
