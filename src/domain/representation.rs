//! The representations of a page: the same address for people and for programs.

/// How a page is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Representation {
    /// The page itself.
    Html,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// As a workbook.
    Xlsx,
    /// To print and to hand round.
    Pdf,
    /// As a map layer.
    GeoJson,
    /// As a feed.
    Atom,
    /// As a calendar.
    Calendar,
    /// As a drawing.
    Svg,
    /// As a picture.
    Png,
}

impl Representation {
    /// Those that stand beside a page under its own address and their extension.
    pub const TWINS: [Self; 7] = [Self::Json, Self::Csv, Self::Xlsx, Self::Pdf, Self::GeoJson, Self::Svg, Self::Png];

    /// What its address ends with, without the dot; nothing for the page itself.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::GeoJson => "geojson",
            Self::Atom => "atom",
            Self::Calendar => "ics",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// Its media type, without a character set.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
            Self::GeoJson => "application/geo+json",
            Self::Atom => "application/atom+xml",
            Self::Calendar => "text/calendar",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }

    /// The media type as a response names it.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            // JSON has no character set (RFC 8259), a drawing names its own, and the others are no text.
            Self::Json | Self::Xlsx | Self::Pdf | Self::GeoJson | Self::Svg | Self::Png => self.media_type(),
        }
    }

    /// Whether its links must name the host: what is read away from the site, and pages, whose tags and citations are.
    pub fn names_the_host(self) -> bool {
        matches!(self, Self::Html | Self::Atom | Self::Calendar)
    }

    /// Whether a long list comes in pages; a spreadsheet and a calendar hold it whole.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Html | Self::Json)
    }

    /// The twin of an extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::TWINS.into_iter().find(|one| one.extension() == extension)
    }
}
