//! What the fuzz targets reach of this layer.

pub use super::archive::Meta;
use super::restore::ImportStep;

/// What an order of files names: the key of a release and a file for each step.
pub fn order(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let steps = ImportStep::of_bytes(bytes).ok()?;
    Some(steps.into_iter().map(|step| (step.release, step.file)).collect())
}
