//! Colours of the light pages.

use krilla::color::rgb;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule};

/// A colour of the light pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(u8, u8, u8);

impl Colour {
    /// Text.
    pub const INK: Self = Self(0x1c, 0x23, 0x28);
    /// Text of less weight.
    pub const SOFT: Self = Self(0x56, 0x5f, 0x66);
    /// Rules of tables.
    pub const LINE: Self = Self(0xdd, 0xd6, 0xca);
    /// Edges of areas.
    pub const EDGE: Self = Self(0x8b, 0x85, 0x79);
    /// What is expected.
    pub const SAND: Self = Self(0xe6, 0xde, 0xcd);
    /// Lower.
    pub const TEAL: Self = Self(0x0d, 0x5b, 0x63);
    /// Higher.
    pub const PLUM: Self = Self(0x7a, 0x2a, 0x58);
    /// Paper of what is invented.
    pub const BAND: Self = Self(0xfd, 0xf1, 0xd8);
    /// Text on it.
    pub const BAND_INK: Self = Self(0x5f, 0x41, 0x00);
    /// Paper.
    pub const PAPER: Self = Self(0xff, 0xff, 0xff);

    pub(super) fn rgb(self) -> rgb::Color {
        rgb::Color::new(self.0, self.1, self.2)
    }

    pub(super) fn fill(self) -> Fill {
        Fill { paint: self.rgb().into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
    }
}
