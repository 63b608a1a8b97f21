use super::layout::{Glyph, text};
use super::*;

/// A line of type of size 10 whose letters are half as wide, from a place on a page.
fn line(x: f64, y: f64, text: &str) -> Vec<Glyph> {
    let places = (0_u32..).map(|at| x + f64::from(at) * 5.0);
    places
        .zip(text.chars())
        .map(|(x, letter)| Glyph { x, y, width: 5.0, size: 10.0, text: letter.to_string() })
        .collect()
}

#[test]
fn columns_are_read_one_after_the_other_whatever_was_drawn_first() {
    let mut page = line(300.0, 100.0, "third of all lines");
    page.extend(line(50.0, 112.0, "second of all lines"));
    page.extend(line(300.0, 112.0, "and the last line"));
    page.extend(line(50.0, 60.0, "A line over both of them that is as wide as the page is, to the edge"));
    page.extend(line(50.0, 100.0, "first of all lines,"));
    assert_eq!(
        text(&page),
        "A line over both of them that is as wide as the page is, to the edge\n\nfirst of all lines, second of all lines\n\nthird of all lines and the last line"
    );
}

#[test]
fn marks_of_a_list_stay_with_their_lines_and_words_set_apart_are_parted() {
    let mut page = line(50.0, 100.0, "•");
    page.extend(line(70.0, 100.0, "one"));
    page.extend(line(50.0, 112.0, "•"));
    page.extend(line(70.0, 112.0, "two"));
    page.extend(line(88.0, 112.0, "three"));
    assert_eq!(text(&page), "- one\n- two three");
}

#[test]
fn lines_of_an_address_stay_lines() {
    let mut page = line(50.0, 100.0, "Ms A Example");
    page.extend(line(50.0, 112.0, "Chief Executive"));
    page.extend(line(50.0, 124.0, "Derby City Council"));
    assert_eq!(text(&page), "Ms A Example\nChief Executive\nDerby City Council");
}

#[test]
fn a_page_nested_without_end_is_read_all_the_same() {
    let deep = format!("<html><body>{}Dear Council{}", "<div>".repeat(5000), "</div>".repeat(5000));
    assert_eq!(read(deep.as_bytes()), Ok((Kind::WebPage, "Dear Council".to_owned())));
}
