//! Every address of the site is made here.

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::council::{Council, CouncilKind, Slug};
use crate::domain::council_set::{CouncilSet, Relation};
use crate::domain::decision::Reference;
use crate::domain::measure::Measure;
use crate::domain::representation::Representation;
use crate::domain::sign::{Evidence, Found, Sign};
use crate::domain::subject::Subject;
use crate::domain::year::ReportingYear;
use crate::read::areas::{Area, AreaKind};
use crate::read::compare_layout::Arrangement;
use crate::read::map::Selection;
use crate::read::rankings::RankingQuery;
use crate::read::signs::SignsFilter;
use crate::read::standing::{Band, Order};
use crate::read::subject::SubjectQuery;

const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What stands plain in an address within a query, so that people can read it.
const ADDRESS: &AsciiSet = &QUERY.remove(b'/').remove(b'?').remove(b'=').remove(b',');

/// One `name=value` of a query, encoded.
pub fn pair(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, QUERY).to_string().replace("%20", "+"))
}

/// A path with its query; pairs without a value are left out.
pub fn with_query(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let query: Vec<String> = pairs.iter().filter_map(|(name, value)| value.map(|value| pair(name, value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The twin of an address in another form: `/councils?kind=county` becomes `/councils.csv?kind=county`.
pub fn twin(address: &str, extension: &str) -> String {
    let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    let path = if path == "/" { "/map" } else { path };
    query.map_or_else(|| format!("{path}.{extension}"), |query| format!("{path}.{extension}?{query}"))
}

/// The answer to what somebody might type.
pub fn find(words: &str) -> String {
    with_query("/find", &[("q", Some(words))])
}

/// The overview of a council.
pub fn council(slug: &Slug) -> String {
    format!("/councils/{slug}")
}

/// The overview of a council in a year.
pub fn council_in(slug: &Slug, year: ReportingYear) -> String {
    format!("/councils/{slug}?year={year}")
}

/// An address with the year that its page shows, where it names none.
pub fn in_year(address: &str, year: ReportingYear) -> String {
    let named = address.split_once('?').is_some_and(|(_, query)| query.split('&').any(|one| one.starts_with("year=")));
    let mark = if address.contains('?') { '&' } else { '?' };
    if named { address.to_owned() } else { format!("{address}{mark}year={year}") }
}

/// A part of a council's pages: `statistics`, `decisions`, `letters`.
pub fn council_part(slug: &Slug, part: &str) -> String {
    format!("/councils/{slug}/{part}")
}

/// One figure of a council for a frame of another site.
pub fn embed(slug: &Slug, measure: Measure, year: Option<ReportingYear>) -> String {
    let year = year.map(|year| year.to_string());
    with_query(&format!("/embed/{slug}"), &[("measure", Some(measure.as_str())), ("year", year.as_deref())])
}

/// One figure of a council as a picture to share.
pub fn share(slug: &Slug, measure: Measure, year: Option<ReportingYear>) -> String {
    let year = year.map(|year| year.to_string());
    with_query(&format!("/share/{slug}.png"), &[("measure", Some(measure.as_str())), ("year", year.as_deref())])
}

/// A chart of a council, without the extension of its form: `figure` of a year, `trend` or `funnel` of all.
pub fn chart(slug: &Slug, chart: &str, measure: Measure, year: Option<ReportingYear>) -> String {
    let year = year.map(|year| year.to_string());
    with_query(&council_part(slug, chart), &[("measure", Some(measure.as_str())), ("year", year.as_deref())])
}

/// The chart of a rate of England, without the extension of its form.
pub fn national_trend(measure: Measure) -> String {
    with_query("/national/trend", &[("measure", Some(measure.as_str()))])
}

/// The committee pack of a council, of a year or of the newest.
pub fn pack(slug: &Slug, year: Option<ReportingYear>) -> String {
    with_query(&council_part(slug, "pack"), &[("year", year.map(|year| year.to_string()).as_deref())])
}

/// The same as a PDF.
pub fn pack_pdf(slug: &Slug, year: ReportingYear) -> String {
    twin(&pack(slug, Some(year)), Representation::Pdf.extension())
}

/// All subjects, of a year where one was asked for.
pub fn subjects(year: Option<ReportingYear>) -> String {
    with_query("/subjects", &[("year", year.map(|year| year.to_string()).as_deref())])
}

/// The path of a subject.
pub fn subject(subject: &Subject) -> String {
    let category = subject.category.as_str();
    match &subject.subcategory {
        Some(slug) => format!("/subjects/{category}/{slug}"),
        None => format!("/subjects/{category}"),
    }
}

/// A subject with what was asked for.
pub fn subject_of(query: &SubjectQuery) -> String {
    let year = query.year.map(|year| year.to_string());
    with_query(
        &subject(&query.subject),
        &[
            ("year", year.as_deref()),
            ("kind", query.kind.map(CouncilKind::as_str)),
            ("region", query.region.as_deref()),
        ],
    )
}

/// A region by its name.
pub fn region(name: &str) -> String {
    Slug::from_name(name).map_or_else(|| "/areas".to_owned(), |slug| format!("/regions/{slug}"))
}

/// A region or another area.
pub fn area(area: &Area) -> String {
    let path = if area.kind == AreaKind::Region { "regions" } else { "areas" };
    format!("/{path}/{}", area.slug)
}

/// An area in a year, where one was asked for.
pub fn area_in(one: &Area, year: Option<ReportingYear>) -> String {
    with_query(&area(one), &[("year", year.map(|year| year.to_string()).as_deref())])
}

/// One decision.
pub fn decision(reference: &Reference) -> String {
    format!("/decisions/{}", reference.address())
}

/// One letter.
pub fn letter(slug: &Slug, year: ReportingYear) -> String {
    format!("/councils/{slug}/letters/{year}")
}

/// The home page with a selection; what is the default is left out, so that each view has one address.
pub fn map(selection: &Selection) -> String {
    let default = Selection::default();
    let year = selection.year.map(|year| year.to_string());
    let order = selection.order.word();
    with_query(
        "/",
        &[
            ("view", (selection.view != default.view).then(|| selection.view.as_str())),
            ("tier", (selection.tier != default.tier).then(|| selection.tier.as_str())),
            ("measure", (selection.measure != default.measure).then(|| selection.measure.as_str())),
            ("year", year.as_deref()),
            ("kind", selection.kind.map(CouncilKind::as_str)),
            ("at", selection.at.as_ref().map(Slug::as_str)),
            ("verdict", selection.band.map(Band::as_str)),
            ("sort", (selection.order != default.order).then_some(order.as_str())),
        ],
    )
}

/// The map with a region shown closer.
pub fn map_at(region: &str) -> String {
    map(&Selection { at: Slug::from_name(region), ..Selection::default() })
}

/// A comparison of councils.
pub fn compare<'a>(
    slugs: impl IntoIterator<Item = &'a Slug>,
    measure: Option<Measure>,
    year: Option<ReportingYear>,
) -> String {
    compare_names(slugs.into_iter().map(Slug::as_str), measure, year)
}

/// A comparison of councils by slugs, and by names that are none of a council.
pub fn compare_names<'a>(
    names: impl IntoIterator<Item = &'a str>,
    measure: Option<Measure>,
    year: Option<ReportingYear>,
) -> String {
    let year = year.map(|year| year.to_string());
    let mut pairs: Vec<(&str, Option<&str>)> = names.into_iter().map(|name| ("c", Some(name))).collect();
    pairs.extend([("measure", measure.map(Measure::as_str)), ("year", year.as_deref())]);
    with_query("/compare", &pairs)
}

/// Councils with one measure; what is the default is left out, so that each list has one address.
pub fn rankings(query: &RankingQuery) -> String {
    let year = query.year.map(|year| year.to_string());
    let order = query.order.word();
    with_query(
        "/rankings",
        &[
            ("measure", (query.measure != Measure::default()).then(|| query.measure.as_str())),
            ("year", year.as_deref()),
            ("kind", query.kind.map(CouncilKind::as_str)),
            ("region", query.region.as_deref()),
            ("verdict", query.band.map(Band::as_str)),
            ("q", query.text.as_deref()),
            ("sort", (query.order != Order::default()).then_some(order.as_str())),
        ],
    )
}

/// Councils by early sign.
pub fn signs(filter: &SignsFilter) -> String {
    let year = filter.year.map(|year| year.to_string());
    with_query(
        "/signs",
        &[
            ("year", year.as_deref()),
            ("kind", filter.kind.map(CouncilKind::as_str)),
            ("region", filter.region.as_deref()),
            ("sign", filter.sign.map(Sign::as_str)),
        ],
    )
}

/// The same as a feed.
pub fn signs_feed(filter: &SignsFilter) -> String {
    twin(&signs(filter), Representation::Atom.extension())
}

/// A ready set of councils, compared.
pub fn compare_set(set: &CouncilSet, measure: Option<Measure>, year: Option<ReportingYear>) -> String {
    compare_laid_out(set, measure, year, Arrangement::default())
}

/// The same, laid out in an order.
pub fn compare_laid_out(
    set: &CouncilSet,
    measure: Option<Measure>,
    year: Option<ReportingYear>,
    arrangement: Arrangement,
) -> String {
    let (word, year) = (set.word(), year.map(|year| year.to_string()));
    with_query(
        "/compare",
        &[
            ("set", Some(&word)),
            ("c", set.around().map(|council| council.slug.as_str())),
            ("measure", measure.map(Measure::as_str)),
            ("year", year.as_deref()),
            ("view", (arrangement != Arrangement::default()).then_some(arrangement.as_str())),
        ],
    )
}

/// Where the evidence of a council's sign stands.
pub fn evidence(slug: &Slug, year: ReportingYear, found: &Found) -> String {
    match found.stands {
        Evidence::Statistics(measure) => format!("{}#{}", council_part(slug, "statistics"), measure.as_str()),
        Evidence::Reports => {
            let (from, to) = (year.first_day().to_string(), year.last_day().to_string());
            with_query(&council_part(slug, "reports"), &[("from", Some(&from)), ("to", Some(&to))])
        }
        // On the page stand the promises that are overdue today; those of an earlier day stand among all of them.
        Evidence::Improvements => council_part(slug, "improvements"),
    }
}

/// The ready set of a council with the nearest of its kind.
pub fn compare_alike(council: &Council) -> String {
    compare_set(&CouncilSet::Around(Relation::Kind, Box::new(council.clone())), None, None)
}

/// What a release changed, on the page of all changes.
pub fn release(key: &str) -> String {
    format!("/changes#{key}")
}

/// All that one release changed.
pub fn changes_of(key: &str) -> String {
    with_query("/changes", &[("release", Some(key))])
}

/// A page as it was cited with the data of a moment: what changed since stands there. The second that was begun counts as
/// seen, so that no fraction stands in an address.
pub fn cited(address: &str, as_of: Timestamp) -> String {
    let second = as_of.round(TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Ceil)).unwrap_or(as_of);
    format!("/cited?address={}&as_of={second}", utf8_percent_encode(address, ADDRESS))
}

/// An address outside this site, as data brought it: only `http` and `https` may be linked.
pub fn outside(url: &str) -> Option<&str> {
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_keep_the_query() {
        assert_eq!(twin("/councils?kind=county", "csv"), "/councils.csv?kind=county");
        assert_eq!(twin("/councils/derby-city-council", "json"), "/councils/derby-city-council.json");
        assert_eq!(twin("/?year=2019-20", "csv"), "/map.csv?year=2019-20");
    }

    #[test]
    fn a_script_address_is_never_linked() {
        assert_eq!(outside("javascript:alert(1)"), None);
        assert_eq!(outside("https://www.lgo.org.uk/"), Some("https://www.lgo.org.uk/"));
    }
}
