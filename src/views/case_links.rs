//! Addresses of lists of decisions: one form for each selection, defaults left out.

use super::links;
use crate::domain::council::CouncilKind;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::read::case_filter::CaseFilter;
use crate::read::case_order::Sort;
use crate::read::decisions::{DecisionQuery, Listing};

/// The path of a list.
pub fn path(listing: &Listing) -> String {
    let part = if listing.reports { "reports" } else { "decisions" };
    listing.council.as_ref().map_or_else(|| format!("/{part}"), |council| links::council_part(&council.slug, part))
}

/// The address of a selection on a page.
pub fn list(listing: &Listing, query: &DecisionQuery, page: usize) -> String {
    let CaseFilter { body, category, subcategory, outcome, kind, year, council_kind, region, from, to } = &query.filter;
    let year = year.map(|year| year.to_string());
    let from = from.map(|day| day.to_string());
    let to = to.map(|day| day.to_string());
    let page = (page > 1).then(|| page.to_string());
    let default = if query.search.is_empty() { Sort::Newest } else { Sort::Best };
    let sort = query.sort.map(|_| query.order()).filter(|sort| *sort != default).map(Sort::as_str);
    links::with_query(
        &path(listing),
        &[
            ("q", Some(query.search.text()).filter(|text| !text.is_empty())),
            ("council", body.as_deref()),
            ("category", category.map(Category::as_str)),
            ("subcategory", subcategory.as_deref()),
            ("outcome", outcome.map(Outcome::as_str)),
            ("type", kind.map(DecisionType::as_str)),
            ("year", year.as_deref()),
            ("kind", council_kind.map(CouncilKind::as_str)),
            ("region", region.as_deref()),
            ("from", from.as_deref()),
            ("to", to.as_deref()),
            ("sort", sort),
            ("page", page.as_deref()),
        ],
    )
}

/// The address of the same selection with another filter, on its first page.
pub fn with(listing: &Listing, query: &DecisionQuery, change: impl FnOnce(&mut CaseFilter)) -> String {
    let mut query = query.clone();
    change(&mut query.filter);
    list(listing, &query, 1)
}
