//! Long work tells how far it is; only the command line knows whether anybody watches.

use std::fmt::Debug;
use std::rc::Rc;

/// Somebody who is told how far a piece of work is.
pub trait Progress: Debug {
    /// A stage begins, named in plain words, with the number of its steps where that is known. To begin the
    /// stage that is under way adds steps to it.
    fn begin(&self, stage: &str, steps: Option<usize>);
    /// So many more steps of the stage are done.
    fn step(&self, steps: usize);
}

/// Whoever is told, shared by all parts of one piece of work.
pub type Told = Rc<dyn Progress>;

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _: &str, _: Option<usize>) {}
    fn step(&self, _: usize) {}
}

/// For work that nobody watches.
pub fn unwatched() -> Told {
    Rc::new(Unwatched)
}

/// Goes through `items` as a stage of as many steps.
pub fn each<'a, I: ExactSizeIterator>(
    progress: &'a dyn Progress,
    stage: &str,
    items: I,
) -> impl Iterator<Item = I::Item> + use<'a, I> {
    progress.begin(stage, Some(items.len()));
    items.inspect(move |_| progress.step(1))
}
