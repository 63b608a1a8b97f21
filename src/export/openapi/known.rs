//! What an edition holds of the values that parameters may have.

/// What the values of an edition are, for the parameters that depend on it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Years with figures.
    pub years: Vec<String>,
    /// Address names of councils.
    pub councils: Vec<String>,
    /// Address names of county councils.
    pub counties: Vec<String>,
    /// Address names of the bodies that decisions name.
    pub bodies: Vec<String>,
    /// Subcategories of decisions.
    pub subcategories: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
    /// Ready sets of councils.
    pub sets: Vec<String>,
    /// A few references of decisions, as in addresses.
    pub references: Vec<String>,
    /// Names of style sheet and script.
    pub assets: Vec<String>,
}
