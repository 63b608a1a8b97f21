//! Where names stand on a map: on the land that they name, else beside it with a line to it, never over another name.

use crate::geo::layer::BBox;

/// A name that is to stand on the map.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The name.
    pub name: &'a str,
    /// Around what it names.
    pub around: BBox,
    /// The middle of it.
    pub middle: (i32, i32),
    /// Where its name may stand.
    pub seat: Seat,
}

/// Where a name may stand, seen from what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// On the land, beside it, or far off with a line.
    Land,
    /// Beside it, so that its fill is seen, or far off with a line.
    Beside,
    /// Beside the dot that marks it: a town.
    Dot,
    /// On the land or nowhere.
    Inside,
}

impl Seat {
    /// Whether the name helps to find one's way and tells no finding.
    pub fn orients(self) -> bool {
        matches!(self, Self::Dot | Self::Inside)
    }
}

/// Which end of a name is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

impl Anchor {
    /// The word of SVG.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A name at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label<'a> {
    /// What is named.
    pub wanted: Wanted<'a>,
    /// Where the base line is.
    pub x: i32,
    /// The same, downwards.
    pub y: i32,
    /// Which end stands there.
    pub anchor: Anchor,
    /// Whether it stands so far off that a line leads to what it names.
    pub leads: bool,
}

impl PartialEq for Wanted<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.middle) == (other.name, other.middle)
    }
}

/// The size of the letters and the room there is, in units of the view box.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Size of the letters.
    pub size: i32,
    /// Their size where the drawing is smallest: no name may leave it there either.
    pub largest: i32,
    /// Where names may stand.
    pub within: BBox,
    /// How many of the names, the first ones, may stand far off with a line to what they name.
    pub lines: usize,
}

/// Places as many of the names as there is room for, the first ones first; `taken` is kept free of them.
pub fn place<'a>(wanted: &[Wanted<'a>], taken: &[BBox], room: Room) -> Vec<Label<'a>> {
    let mut labels: Vec<(Label<'a>, BBox)> = Vec::new();
    for (place, one) in wanted.iter().enumerate() {
        let own = one.around;
        let free = |label: &Label<'_>| {
            let covered = covered(label, room.size);
            let at_most = self::covered(label, room.largest);
            let inside = at_most.left >= room.within.left
                && at_most.right <= room.within.right
                && covered.top >= room.within.top
                && covered.bottom <= room.within.bottom;
            inside
                && labels.iter().all(|(_, other)| !overlap(&covered, other))
                && taken.iter().all(|other| *other == own || !overlap(&covered, other))
        };
        let whole = seats(*one, room, place < room.lines).into_iter().find(free);
        let label = whole.or_else(|| {
            let short = Wanted { name: usual(one.name)?, ..*one };
            seats(short, room, place < room.lines).into_iter().find(free)
        });
        if let Some(label) = label {
            labels.push((label, covered(&label, room.size)));
        }
    }
    labels.into_iter().map(|(label, _)| label).collect()
}

/// The usual short name of a place with a long one: "Newcastle" for "Newcastle upon Tyne".
fn usual(name: &str) -> Option<&str> {
    [" upon ", "-upon-", " and "].into_iter().find_map(|word| name.split_once(word)).map(|(short, _)| short)
}

/// Where a name could stand, the best seat first.
fn seats(wanted: Wanted<'_>, room: Room, far_off: bool) -> Vec<Label<'_>> {
    let size = room.size;
    let BBox { left, right, top, bottom } = wanted.around;
    let (x, y) = wanted.middle;
    let gap = size / 3;
    let line = size * 2 / 5;
    let seat = |x: i32, y: i32, anchor: Anchor, leads: bool| Label { wanted, x, y: y + line, anchor, leads };
    let beside = [
        seat(right + gap, y, Anchor::Start, false),
        seat(left - gap, y, Anchor::End, false),
        seat(x, bottom + size, Anchor::Middle, false),
        seat(x, top - size, Anchor::Middle, false),
    ];
    let mut seats = Vec::new();
    // On the land where half of the name at least lies on it; all of it where it may stand nowhere else.
    let wide = if wanted.seat == Seat::Inside { width(wanted.name, size) } else { width(wanted.name, size) / 2 };
    if matches!(wanted.seat, Seat::Land | Seat::Inside) && right - left >= wide && bottom - top >= size {
        seats.push(seat(x, y, Anchor::Middle, false));
    }
    if wanted.seat != Seat::Inside {
        seats.extend(beside);
    }
    if wanted.seat.orients() {
        return seats;
    }
    // A long name near the edge: under or over what it names, moved as far as it must be.
    let (half, within) = (width(wanted.name, size) / 2, room.within);
    let moved = x.max(within.left + half).min(within.right - half);
    if moved.abs_diff(x) <= half.unsigned_abs() {
        seats.extend([bottom + size, top - size].map(|y| seat(moved, y, Anchor::Middle, false)));
    }
    for far in 1..=if far_off { 6 } else { 0 } {
        let across = gap + size * far;
        for down in [0, -size * 3 / 2, size * 3 / 2, -size * 3, size * 3] {
            seats.push(seat(right + across, y + down, Anchor::Start, true));
            seats.push(seat(left - across, y + down, Anchor::End, true));
        }
    }
    seats
}

/// How wide a name is at most: bold letters of wide fonts are two thirds of their size.
fn width(name: &str, size: i32) -> i32 {
    let letters = i32::try_from(name.chars().count()).unwrap_or(i32::MAX / 1000);
    letters.saturating_mul(size) * 2 / 3
}

impl Label<'_> {
    /// Whether any of it lies over a box.
    pub fn lies_over(&self, other: &BBox, size: i32) -> bool {
        overlap(&covered(self, size), other)
    }
}

/// What a name covers.
fn covered(label: &Label<'_>, size: i32) -> BBox {
    let width = width(label.wanted.name, size);
    let left = match label.anchor {
        Anchor::Start => label.x,
        Anchor::Middle => label.x - width / 2,
        Anchor::End => label.x - width,
    };
    BBox { left, right: left + width, top: label.y - size, bottom: label.y + size / 4 }
}

fn overlap(a: &BBox, b: &BBox) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(name: &str, left: i32, top: i32, side: i32) -> Wanted<'_> {
        let around = BBox { left, top, right: left + side, bottom: top + side };
        Wanted { name, around, middle: (left + side / 2, top + side / 2), seat: Seat::Land }
    }

    const ROOM: Room =
        Room { size: 10, largest: 10, within: BBox { left: 0, top: 0, right: 400, bottom: 400 }, lines: 60 };

    #[test]
    fn a_name_stands_on_land_that_is_wide_enough_and_beside_land_that_is_not() {
        let labels = place(&[wanted("Kent", 100, 100, 80), wanted("Middlesbrough", 340, 300, 6)], &[], ROOM);
        assert_eq!((labels[0].anchor, labels[0].x), (Anchor::Middle, 140));
        assert_eq!((labels[1].anchor, labels[1].leads), (Anchor::End, false));
    }

    #[test]
    fn no_name_lies_over_another_or_outside_and_what_has_no_room_is_left_out() {
        let many: Vec<_> = (0..60).map(|at| wanted("Newcastle upon Tyne", 180 + at % 3, 180 + at % 5, 4)).collect();
        let labels = place(&many, &[], ROOM);
        assert!((3..60).contains(&labels.len()), "{}", labels.len());
        let covered: Vec<BBox> = labels.iter().map(|label| covered(label, 10)).collect();
        for (place, one) in covered.iter().enumerate() {
            assert!(one.left >= 0 && one.right <= 400 && one.top >= 0 && one.bottom <= 400, "{one:?}");
            assert!(covered[..place].iter().all(|other| !overlap(one, other)), "{one:?}");
        }
    }

    #[test]
    fn a_long_name_near_the_edge_is_moved_under_what_it_names() {
        let room = Room { within: BBox { right: 160, ..ROOM.within }, ..ROOM };
        let labels = place(&[wanted("Newcastle upon Tyne", 100, 100, 10)], &[], room);
        assert_eq!((labels[0].anchor, labels[0].x, labels[0].leads), (Anchor::Middle, 97, false));
        assert!(labels[0].y > 110, "{labels:?}");
    }

    #[test]
    fn no_name_leaves_the_smallest_drawing_where_letters_are_larger_against_it() {
        let room = Room { within: BBox { right: 180, ..ROOM.within }, ..ROOM };
        for (largest, anchor) in [(10, Anchor::Start), (14, Anchor::End)] {
            let labels = place(&[wanted("Derby", 130, 100, 10)], &[], Room { largest, ..room });
            assert_eq!(labels[0].anchor, anchor, "letters of {largest}");
        }
    }

    #[test]
    fn where_the_whole_name_has_no_room_the_usual_short_one_stands() {
        let room = Room { within: BBox { top: 100, bottom: 114, ..ROOM.within }, lines: 0, ..ROOM };
        let (narrow, wide) = (BBox { right: 190, ..room.within }, room.within);
        for (within, name) in [(narrow, "Newcastle"), (wide, "Newcastle upon Tyne")] {
            let labels = place(&[wanted("Newcastle upon Tyne", 100, 102, 10)], &[], Room { within, ..room });
            assert_eq!(labels[0].wanted.name, name);
        }
    }

    #[test]
    fn a_name_that_must_stand_on_its_land_stands_there_whole_or_nowhere() {
        let on = |side| Wanted { seat: Seat::Inside, ..wanted("Kent", 100, 100, side) };
        assert_eq!(place(&[on(25)], &[], ROOM), [], "four letters are up to 26 wide");
        assert_eq!(place(&[on(26)], &[], ROOM).len(), 1);
    }

    #[test]
    fn what_is_to_stay_free_is_not_covered_but_by_its_own_name() {
        let (one, other) = (wanted("Sheffield", 100, 100, 8), wanted("Rotherham", 108, 100, 8));
        let labels = place(&[one, other], &[one.around, other.around], ROOM);
        assert_eq!(labels.len(), 2);
        assert!(labels.iter().all(|label| [one, other].iter().all(|area| !overlap(&covered(label, 10), &area.around))));
    }
}
