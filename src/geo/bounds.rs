//! Bounding boxes of longitude and latitude, or of metres.

/// The smallest rectangle around some points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) min: (f64, f64),
    pub(super) max: (f64, f64),
}

impl Bounds {
    /// Holds nothing until a point is added.
    pub(super) const EMPTY: Self =
        Self { min: (f64::INFINITY, f64::INFINITY), max: (f64::NEG_INFINITY, f64::NEG_INFINITY) };

    pub(super) fn of(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        points.into_iter().fold(Self::EMPTY, Self::with)
    }

    #[must_use]
    pub(super) fn with(self, (x, y): (f64, f64)) -> Self {
        Self { min: (self.min.0.min(x), self.min.1.min(y)), max: (self.max.0.max(x), self.max.1.max(y)) }
    }

    #[must_use]
    pub(super) fn union(self, other: Self) -> Self {
        self.with(other.min).with(other.max)
    }

    pub(super) fn contains(&self, (x, y): (f64, f64)) -> bool {
        self.min.0 <= x && x <= self.max.0 && self.min.1 <= y && y <= self.max.1
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.min.0 <= other.max.0 && other.min.0 <= self.max.0 && self.min.1 <= other.max.1 && other.min.1 <= self.max.1
    }
}
