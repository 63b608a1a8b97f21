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
    /// A dot marks it, and the name stands beside the dot: a town.
    pub dot: bool,
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
    /// Where names may stand.
    pub within: BBox,
    /// Whether a name may stand far off, with a line to what it names.
    pub lines: bool,
}

/// Places as many of the names as there is room for, the first ones first; `taken` is kept free of them.
pub fn place<'a>(wanted: &[Wanted<'a>], taken: &[BBox], room: Room) -> Vec<Label<'a>> {
    let mut labels: Vec<(Label<'a>, BBox)> = Vec::new();
    for one in wanted {
        let own = one.around;
        let free = |label: &Label<'_>| {
            let covered = covered(label, room.size);
            let inside = covered.left >= room.within.left
                && covered.right <= room.within.right
                && covered.top >= room.within.top
                && covered.bottom <= room.within.bottom;
            inside
                && labels.iter().all(|(_, other)| !overlap(&covered, other))
                && taken.iter().all(|other| *other == own || !overlap(&covered, other))
        };
        if let Some(label) = seats(*one, room).into_iter().find(free) {
            labels.push((label, covered(&label, room.size)));
        }
    }
    labels.into_iter().map(|(label, _)| label).collect()
}

/// Where a name could stand, the best seat first.
fn seats(wanted: Wanted<'_>, room: Room) -> Vec<Label<'_>> {
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
    if wanted.dot {
        return beside.to_vec();
    }
    let mut seats = Vec::new();
    // On the land where half of the name at least lies on it.
    if right - left >= width(wanted.name, size) / 2 && bottom - top >= size {
        seats.push(seat(x, y, Anchor::Middle, false));
    }
    seats.extend(beside);
    for far in 1..=if room.lines { 6 } else { 0 } {
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
        Wanted { name, around, middle: (left + side / 2, top + side / 2), dot: false }
    }

    const ROOM: Room = Room { size: 10, within: BBox { left: 0, top: 0, right: 400, bottom: 400 }, lines: true };

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
    fn what_is_to_stay_free_is_not_covered_but_by_its_own_name() {
        let (one, other) = (wanted("Sheffield", 100, 100, 8), wanted("Rotherham", 108, 100, 8));
        let labels = place(&[one, other], &[one.around, other.around], ROOM);
        assert_eq!(labels.len(), 2);
        assert!(labels.iter().all(|label| [one, other].iter().all(|area| !overlap(&covered(label, 10), &area.around))));
    }
}
