//! Places of long bodies: of all connections only half may be taken by them. Without this 2,000 clients that hardly read a table of 8 MB
//! had every connection there is, and whoever else came waited until they were closed, 30 seconds later.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many may be taken, and how many are.
pub(crate) struct Places {
    most: AtomicUsize,
    taken: AtomicUsize,
}

/// Those of this process; their number is set when it begins to serve.
pub(crate) static LONG_BODIES: Places = Places::of(1_000);

/// One of them, free again when its body has left or its visitor has gone.
pub(crate) struct Place(&'static Places);

impl Places {
    const fn of(most: usize) -> Self {
        Self { most: AtomicUsize::new(most), taken: AtomicUsize::new(0) }
    }

    /// Allows half of the connections to have long bodies.
    pub(crate) fn allow_half_of(&self, connections: usize) {
        self.most.store(connections / 2, Ordering::Relaxed);
    }

    /// Takes one, where one is free.
    pub(crate) fn take(&'static self) -> Option<Place> {
        let before = self.taken.fetch_add(1, Ordering::Relaxed);
        // One that is too many is given back at once.
        let place = Place(self);
        (before < self.most.load(Ordering::Relaxed)).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_places_are_taken_and_free_again_afterwards() {
        static FEW: Places = Places::of(1_000);
        FEW.allow_half_of(5);
        let (first, second) = (FEW.take(), FEW.take());
        assert!(first.is_some() && second.is_some());
        assert!(FEW.take().is_none() && FEW.take().is_none(), "one that was refused takes none");
        drop(first);
        assert!(FEW.take().is_some());
    }
}
