//! Which pages are made before anybody asks for them.

use crate::read::Atlas;

/// Which addresses of a route are made ahead.
#[derive(Clone, Copy)]
pub(crate) enum Ahead {
    /// None.
    No,
    /// The page without any choice.
    Itself,
    /// That of each council there is.
    Councils,
    /// Those with these queries.
    Choices(fn(&Atlas) -> Vec<String>),
}

impl Ahead {
    /// The part of the path that varies, if one does, and the query.
    pub(crate) fn addresses(self, atlas: &Atlas) -> Vec<(Option<String>, String)> {
        match self {
            Self::No => Vec::new(),
            Self::Itself => vec![(None, String::new())],
            Self::Councils => {
                let there = atlas.register.councils().iter().filter(|council| council.successors.is_empty());
                there.map(|council| (Some(council.slug.to_string()), String::new())).collect()
            }
            Self::Choices(queries) => queries(atlas).into_iter().map(|query| (None, query)).collect(),
        }
    }
}
