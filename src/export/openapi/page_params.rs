//! Which parameters each page takes.

use super::params::Param;
use Param::{
    Body, Code, Former, From, Kind, Page, Query, Question, Reference, Region, Release, Slug, Sort, State, Subcategory,
    Table, Tier, To, Type, View, Year,
};

/// Nothing.
pub const NONE: &[Param] = &[];
/// The map.
pub const MAP: &[Param] = &[View, Tier, Param::Measure, Year, Kind, Param::At, Param::Verdict, Param::Order];
/// Its outlines.
pub const SHAPES: &[Param] = &[Tier, Year];
/// Finding councils.
pub const FIND: &[Param] = &[Question];
/// Completing a name.
pub const NAMES: &[Param] = &[Param::Name];
/// All councils.
pub const COUNCILS: &[Param] = &[Kind, Region, Former];
/// A council in a year.
pub const COUNCIL: &[Param] = &[Slug, Year];
/// One figure of a council.
pub const EMBED: &[Param] = &[Slug, Param::Measure, Year];
/// One measure of a council.
pub const CHART: &[Param] = &[Slug, Param::Measure];
/// One measure.
pub const MEASURE: &[Param] = &[Param::Measure];
/// A GSS code.
pub const CODE: &[Param] = &[Code];
/// The changes.
pub const CHANGES: &[Param] = &[Release];
/// A page as it was cited.
pub const CITED: &[Param] = &[Param::Address, Param::AsOf];
/// An asset.
pub const ASSET: &[Param] = &[Param::Asset];
/// A part of the sitemap.
pub const PART: &[Param] = &[Param::Part];
/// A letter.
pub const LETTER: &[Param] = &[Slug, Param::YearOfLetter];
/// A feed.
pub const FEED: &[Param] =
    &[Query, Param::Category, Param::County, Region, Kind, Body, Subcategory, Param::Outcome, Type, Year, From, To];
/// The national review.
pub const NATIONAL: &[Param] = &[Year];
/// A comparison.
pub const COMPARE: &[Param] = &[Param::Set, Param::Compared, Param::Measure, Year, Param::Arrangement];
/// A council.
pub const SLUG: &[Param] = &[Slug];
/// A decision.
pub const REFERENCE: &[Param] = &[Reference];
/// All decisions.
pub const DECISIONS: &[Param] =
    &[Query, Body, Param::Category, Subcategory, Param::Outcome, Type, Year, Kind, Region, From, To, Sort, Page];
/// All public reports.
pub const REPORTS: &[Param] =
    &[Query, Body, Param::Category, Subcategory, Param::Outcome, Year, Kind, Region, From, To, Sort, Page];
/// Decisions about a council.
pub const DECISIONS_OF: &[Param] =
    &[Slug, Query, Param::Category, Subcategory, Param::Outcome, Type, Year, From, To, Sort, Page];
/// Public reports about a council.
pub const REPORTS_OF: &[Param] =
    &[Slug, Query, Param::Category, Subcategory, Param::Outcome, Year, From, To, Sort, Page];
/// All improvements.
pub const IMPROVEMENTS: &[Param] = &[State, Param::Category, Param::Council, Kind, Page];
/// Improvements of a council.
pub const IMPROVEMENTS_OF: &[Param] = &[Slug, State, Param::Category, Page];
/// Councils with one measure.
pub const RANKINGS: &[Param] = &[Param::Measure, Year, Kind, Region, Param::Verdict, Param::Name, Param::Order];
/// Councils by early sign.
pub const SIGNS: &[Param] = &[Year, Kind, Region, Param::Sign];
/// All subjects.
pub const SUBJECTS: &[Param] = &[Year];
/// A category.
pub const SUBJECT: &[Param] = &[Param::PathCategory, Year, Kind, Region];
/// A subcategory.
pub const SUBCATEGORY: &[Param] = &[Param::PathCategory, Param::PathSubcategory, Year, Kind, Region];
/// A region.
pub const REGION: &[Param] = &[Param::PathRegion, Year];
/// Another area.
pub const AREA: &[Param] = &[Param::PathArea, Year];
/// A table.
pub const TABLE: &[Param] = &[Table];
