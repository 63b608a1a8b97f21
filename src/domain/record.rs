//! What an import carries into the database: rows that have been read, checked and located.

use jiff::civil::Date;

use super::council::{CouncilId, CouncilKind, GssCode, Slug};
use super::decision::{Category, Decision, Reference, Section};
use super::letter::Document;
use super::location::Location;
use super::reply::Reply;
use super::year::ReportingYear;

/// A body that decisions name: a council of the register, or another one kept by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyName {
    /// A council.
    Council(CouncilId),
    /// National park, fire service, school, care company, trust, drainage board.
    Other(String),
}

impl BodyName {
    /// The council, where it is one.
    pub fn council(&self) -> Option<CouncilId> {
        match self {
            Self::Council(council) => Some(*council),
            Self::Other(_) => None,
        }
    }
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityRecord {
    /// Current or last code.
    pub code: GssCode,
    /// Codes before.
    pub former_codes: Vec<GssCode>,
    /// Address name.
    pub slug: Slug,
    /// Short name.
    pub name: String,
    /// Full name.
    pub official_name: String,
    /// Kind.
    pub kind: CouncilKind,
    /// Region.
    pub region: String,
    /// County over a district.
    pub county_code: Option<GssCode>,
    /// First day.
    pub active_from: Option<Date>,
    /// First day after its end.
    pub active_to: Option<Date>,
    /// Who took over.
    pub successor_codes: Vec<GssCode>,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Residents in mid-2020.
    pub population_mid_2020: Option<i64>,
    /// Where the row stands.
    pub location: Location,
}

/// What becomes of rows under a name that is no council's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCouncil {
    /// It is kept as another body: in decisions by its name, in statistics not at all.
    OtherBody,
    /// Its rows are left out everywhere.
    LeftOut,
}

impl NoCouncil {
    /// As files and the database write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherBody => "other body",
            Self::LeftOut => "left out",
        }
    }

    /// Reads the same; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = text.trim().to_lowercase();
        [Self::OtherBody, Self::LeftOut].into_iter().find(|one| one.as_str() == folded)
    }
}

/// What a further name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMeans {
    /// A council.
    Council(CouncilId),
    /// No council.
    NoCouncil(NoCouncil),
}

/// A further name by which files call a council, or a name that is no council's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasRecord {
    /// The name, as a file writes it.
    pub alias: String,
    /// Whose it is.
    pub means: NameMeans,
    /// Where the row stands.
    pub location: Location,
}

/// The statistics of one council in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct StatisticsRecord {
    /// Whose.
    pub council: CouncilId,
    /// Which year.
    pub year: ReportingYear,
    /// Canonical column and value.
    pub cells: Vec<(String, f64)>,
    /// Where this row was published.
    pub source_url: Option<String>,
    /// Where the row stands.
    pub location: Location,
}

/// The statistics of England in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct NationalRecord {
    /// Which year.
    pub year: ReportingYear,
    /// Canonical column and value.
    pub cells: Vec<(String, f64)>,
    /// Where this row was published.
    pub source_url: Option<String>,
    /// Where the row stands.
    pub location: Location,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    /// What is published of it.
    pub decision: Decision,
    /// About whom.
    pub body: BodyName,
    /// Parts of the text, where imported.
    pub sections: Vec<Section>,
    /// The original.
    pub url: Option<String>,
    /// Address of its document, for reports.
    pub document: Option<String>,
    /// Set when the decision is no longer published: it is removed everywhere.
    pub withdrawn_on: Option<Date>,
    /// Where the row stands.
    pub location: Location,
}

/// A service improvement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImprovementRecord {
    /// The case it came from.
    pub reference: Reference,
    /// Who agreed it.
    pub council: CouncilId,
    /// Category.
    pub category: Category,
    /// Subcategory slug.
    pub subcategory: Option<String>,
    /// What was agreed, in public words.
    pub summary: String,
    /// When.
    pub agreed_on: Date,
    /// Until when.
    pub due_on: Option<Date>,
    /// Done when.
    pub achieved_on: Option<Date>,
    /// Where the row stands.
    pub location: Location,
}

/// An annual review letter.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterRecord {
    /// To whom.
    pub council: CouncilId,
    /// About which year.
    pub year: ReportingYear,
    /// Day on the letter.
    pub letter_date: Date,
    /// The office that it is addressed to: "Chief Executive".
    pub office: Option<String>,
    /// Its text as Markdown, where it could be read.
    pub text: Option<String>,
    /// The text as a page, cleaned by `import::letter_text`.
    pub html: Option<String>,
    /// The document as it came.
    pub document: Option<Document>,
    /// Where it was published.
    pub url: Option<String>,
    /// Figures that it prints and no table gives: canonical column and value.
    pub figures: Vec<(String, f64)>,
    /// Where the row stands.
    pub location: Location,
}

/// A council's reply to its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRecord {
    /// The reply.
    pub reply: Reply,
    /// Where the row stands.
    pub location: Location,
}

/// A mid-year population estimate; `year` is the calendar year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopulationRecord {
    /// Whose.
    pub council: CouncilId,
    /// Calendar year of the estimate.
    pub year: i16,
    /// Residents.
    pub population: i64,
    /// Where the row stands.
    pub location: Location,
}

/// A statistical neighbour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeighbourRecord {
    /// Of whom.
    pub council: CouncilId,
    /// 1 is the nearest.
    pub rank: u32,
    /// Who.
    pub neighbour: CouncilId,
    /// Name of the model.
    pub model: String,
    /// Where the row stands.
    pub location: Location,
}

/// A checked boundary: one polygon with its code and dates, as GeoJSON geometry.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryRecord {
    /// The code it belongs to.
    pub code: GssCode,
    /// First day.
    pub valid_from: Option<Date>,
    /// First day after its end.
    pub valid_to: Option<Date>,
    /// GeoJSON geometry, WGS84.
    pub geometry: String,
}

/// Tables of postcodes, packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostcodeRecord {
    /// All of them.
    pub table: Vec<u8>,
    /// Of those that came to another council, the one before; none where there is none.
    pub former: Option<Vec<u8>>,
}

/// Everything one import carries.
#[derive(Clone, Debug)]
pub enum Records {
    /// The register.
    Authorities(Vec<AuthorityRecord>),
    /// Further names of councils.
    Aliases(Vec<AliasRecord>),
    /// Boundaries; each takes the place of those with its code.
    Boundaries(Vec<BoundaryRecord>),
    /// Postcodes.
    Postcodes(PostcodeRecord),
    /// Population estimates.
    Population(Vec<PopulationRecord>),
    /// Statistical neighbours.
    Neighbours(Vec<NeighbourRecord>),
    /// Statistics of councils.
    Statistics(Vec<StatisticsRecord>),
    /// Statistics of England.
    National(Vec<NationalRecord>),
    /// Decisions.
    Decisions(Vec<DecisionRecord>),
    /// Improvements.
    Improvements(Vec<ImprovementRecord>),
    /// Letters.
    Letters(Vec<LetterRecord>),
    /// Replies of councils.
    Replies(Vec<ReplyRecord>),
}
