//! The register of councils, read whole: 365 rows that every page needs.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::Connection;

use super::error::DbError;
use super::values::row;
use crate::domain::council::{Council, CouncilId, CouncilKind, GssCode, Residents, Slug};
use crate::domain::names;
use crate::domain::record::{AliasRecord, NameMeans, NoCouncil};
use crate::domain::year::ReportingYear;

/// All councils of one edition, with look-ups by code, slug and name.
#[derive(Clone, Debug, Default)]
pub struct Register {
    councils: Vec<Council>,
    by_id: BTreeMap<CouncilId, usize>,
    by_code: BTreeMap<GssCode, usize>,
    by_slug: BTreeMap<Slug, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    // Folded names that are no council's.
    no_councils: BTreeMap<String, NoCouncil>,
    // Name and official name without the words that most councils share, in the order of `councils`.
    short_names: Vec<[String; 2]>,
}

row! {
    struct CouncilColumns {
        id: CouncilId = "id",
        code: GssCode = "code",
        slug: Slug = "slug",
        name: String = "name",
        official_name: String = "official_name",
        kind: CouncilKind = "kind",
        region: String = "region",
        county: Option<CouncilId> = "county_id",
        active_from: Option<Date> = "active_from",
        active_to: Option<Date> = "active_to",
    }
}

/// No council's name is longer by far.
const LONGEST_NAME: usize = 400;

impl Register {
    /// Reads the register, councils in the order of their names.
    pub fn load(conn: &Connection) -> Result<Self, DbError> {
        let sql = format!("SELECT {} FROM councils ORDER BY name, official_name", CouncilColumns::COLUMNS);
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut councils = Vec::new();
        while let Some(row) = rows.next()? {
            let one = CouncilColumns::read(row, 0)?;
            councils.push(Council {
                id: one.id,
                code: one.code,
                former_codes: Vec::new(),
                slug: one.slug,
                name: one.name,
                official_name: one.official_name,
                kind: one.kind,
                region: one.region,
                county: one.county,
                active_from: one.active_from,
                active_to: one.active_to,
                successors: Vec::new(),
                predecessors: Vec::new(),
                residents: Vec::new(),
            });
        }
        let mut register = Self::index(councils);
        register.link(conn)?;
        register.add_residents(conn)?;
        register.add_aliases(conn)?;
        Ok(register)
    }

    fn index(councils: Vec<Council>) -> Self {
        let mut register = Self::default();
        for (place, council) in councils.iter().enumerate() {
            register.by_id.insert(council.id, place);
            register.by_code.insert(council.code, place);
            register.by_slug.insert(council.slug.clone(), place);
            register.short_names.push([names::fold_short(&council.name), names::fold_short(&council.official_name)]);
            for name in
                [names::fold(&council.name), names::fold(&council.official_name)].into_iter().collect::<BTreeSet<_>>()
            {
                register.by_name.entry(name).or_default().push(place);
            }
        }
        register.councils = councils;
        register
    }

    fn link(&mut self, conn: &Connection) -> Result<(), DbError> {
        let mut statement = conn.prepare("SELECT code, council_id FROM council_codes ORDER BY code")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let code = row.get(0)?;
            if let Some(place) = self.by_id.get(&row.get(1)?).copied() {
                self.by_code.insert(code, place);
                if let Some(council) = self.councils.get_mut(place).filter(|council| council.code != code) {
                    council.former_codes.push(code);
                }
            }
        }
        let mut statement = conn.prepare(
            "SELECT council_id, successor_id FROM successions s JOIN councils c ON c.id = s.successor_id ORDER BY c.name",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (old, new) = (row.get(0)?, row.get(1)?);
            if let Some(council) = self.by_id.get(&old).and_then(|place| self.councils.get_mut(*place)) {
                council.successors.push(new);
            }
            if let Some(council) = self.by_id.get(&new).and_then(|place| self.councils.get_mut(*place)) {
                council.predecessors.push(old);
            }
        }
        Ok(())
    }

    fn add_residents(&mut self, conn: &Connection) -> Result<(), DbError> {
        let mut statement = conn.prepare("SELECT council_id, year, population FROM populations ORDER BY year")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let residents = Residents { year: row.get(1)?, count: row.get(2)? };
            if let Some(council) = self.by_id.get(&row.get(0)?).and_then(|place| self.councils.get_mut(*place)) {
                council.residents.push(residents);
            }
        }
        Ok(())
    }

    fn add_aliases(&mut self, conn: &Connection) -> Result<(), DbError> {
        let mut statement = conn.prepare("SELECT folded, council_id FROM aliases")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(place) = self.by_id.get(&row.get(1)?) {
                self.by_name.insert(row.get(0)?, vec![*place]);
            }
        }
        self.no_councils.extend(no_councils(conn)?);
        Ok(())
    }

    /// Learns further names for as long as this register is in use.
    pub fn teach(&mut self, names: &[AliasRecord]) {
        for name in names {
            let folded = names::fold(&name.alias);
            match name.means {
                NameMeans::Council(council) => {
                    if let Some(place) = self.by_id.get(&council) {
                        self.no_councils.remove(&folded);
                        self.by_name.insert(folded, vec![*place]);
                    }
                }
                NameMeans::NoCouncil(what) => {
                    self.no_councils.insert(folded, what);
                }
            }
        }
    }

    /// All councils by name.
    pub fn councils(&self) -> &[Council] {
        &self.councils
    }

    /// Councils that exist on a day.
    pub fn current(&self, day: Date) -> impl Iterator<Item = &Council> {
        self.councils.iter().filter(move |council| council.active_on(day))
    }

    /// By row number.
    pub fn get(&self, id: CouncilId) -> Option<&Council> {
        self.by_id.get(&id).and_then(|place| self.councils.get(*place))
    }

    /// By any code it has or had.
    pub fn by_code(&self, code: GssCode) -> Option<&Council> {
        self.by_code.get(&code).and_then(|place| self.councils.get(*place))
    }

    /// By its place in addresses.
    pub fn by_slug(&self, slug: &Slug) -> Option<&Council> {
        self.by_slug.get(slug).and_then(|place| self.councils.get(*place))
    }

    /// Councils that a name may mean: exact folds first, then folds without the words all councils share.
    /// More than one means that the name is ambiguous ("Dorset" was a county and is a unitary).
    pub fn by_name(&self, name: &str) -> Vec<&Council> {
        let exact = self.by_name.get(&names::fold(name)).map(Vec::as_slice).unwrap_or_default();
        if !exact.is_empty() {
            return exact.iter().filter_map(|place| self.councils.get(*place)).collect();
        }
        let short = names::fold_short(name);
        let named = self.councils.iter().zip(&self.short_names);
        named.filter(|(_, names)| names.contains(&short)).map(|(council, _)| council).collect()
    }

    /// Councils whose names are near a mistyped one, nearest first.
    pub fn near(&self, name: &str, most: usize) -> Vec<&Council> {
        // Nobody means a council by a line of a megabyte, and comparing one takes minutes.
        if name.len() > LONGEST_NAME {
            return Vec::new();
        }
        let short = names::fold_short(name);
        let mut scored: Vec<(f64, &Council)> = self
            .councils
            .iter()
            .zip(&self.short_names)
            .map(|(council, [own, official])| {
                (names::likeness_folded(&short, own).max(names::likeness_folded(&short, official)), council)
            })
            .filter(|(score, _)| *score >= 0.82)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
        scored.into_iter().take(most).map(|(_, council)| council).collect()
    }

    /// What a cell of a file names: a code, a slug or a name; a name that could be several councils is
    /// settled by the year, when given, if only one of them existed in it.
    pub fn resolve(&self, text: &str, year: Option<ReportingYear>) -> Resolved<'_> {
        let text = text.trim();
        if text.len() > LONGEST_NAME {
            return Resolved::Unknown;
        }
        let by_key = GssCode::parse(text)
            .ok()
            .and_then(|code| self.by_code(code))
            .or_else(|| Slug::parse(text).ok().and_then(|slug| self.by_slug(&slug)));
        if let Some(council) = by_key {
            return Resolved::Council(council);
        }
        if let Some(what) = self.no_councils.get(&names::fold(text)) {
            return Resolved::NoCouncil(*what);
        }
        let named = self.by_name(text);
        let in_year: Vec<&Council> =
            named.iter().copied().filter(|council| year.is_none_or(|year| council.active_in(year))).collect();
        match (in_year.as_slice(), named.as_slice()) {
            ([one], _) | (_, [one]) => Resolved::Council(one),
            ([], []) => Resolved::Unknown,
            _ => Resolved::Ambiguous(named),
        }
    }
}

/// Further names of councils, folded, by name.
pub fn aliases(conn: &Connection) -> Result<Vec<(String, CouncilId)>, DbError> {
    let mut statement = conn.prepare("SELECT folded, council_id FROM aliases ORDER BY folded")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, row.get(1)?));
    }
    Ok(found)
}

/// Names that are no council's, folded, by name.
pub fn no_councils(conn: &Connection) -> Result<Vec<(String, NoCouncil)>, DbError> {
    let mut statement = conn.prepare("SELECT folded, treatment FROM no_councils ORDER BY folded")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let treatment: String = row.get(1)?;
        found.extend(NoCouncil::parse(&treatment).map(|what| row.get(0).map(|name| (name, what))).transpose()?);
    }
    Ok(found)
}

/// The statistical neighbours of a council, nearest first, of the first model by name, with the name of the model;
/// nothing where none are loaded.
pub fn statistical_neighbours(
    conn: &Connection,
    council: CouncilId,
) -> Result<Option<(String, Vec<CouncilId>)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT model, neighbour_id FROM neighbours WHERE council_id = ?1
         AND model = (SELECT min(model) FROM neighbours WHERE council_id = ?1) ORDER BY rank",
    )?;
    let mut rows = statement.query([council])?;
    let mut found: Option<(String, Vec<CouncilId>)> = None;
    while let Some(row) = rows.next()? {
        match &mut found {
            Some((_, councils)) => councils.push(row.get(1)?),
            None => found = Some((row.get(0)?, vec![row.get(1)?])),
        }
    }
    Ok(found)
}

/// What a name in a file turned out to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved<'a> {
    /// One council.
    Council(&'a Council),
    /// Several councils have had the name.
    Ambiguous(Vec<&'a Council>),
    /// It was taught to be no council's.
    NoCouncil(NoCouncil),
    /// No council has it.
    Unknown,
}
