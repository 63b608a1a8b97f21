//! Style sheet, script and icon, under names that hold a hash of their content.

use std::sync::LazyLock;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::domain::digest;

/// A file that pages refer to.
#[derive(Debug)]
pub struct Asset {
    /// Its address.
    pub href: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

impl Asset {
    fn new(stem: &str, extension: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        let hash: String = digest::sha256(bytes).chars().take(10).collect();
        Self { href: format!("/assets/{stem}-{hash}.{extension}"), media_type, bytes }
    }
}

/// The parts of the style sheet, one after the other: one file is one request.
pub(super) const STYLE_TEXT: &str = concat!(
    include_str!("../../static/css/base.css"),
    include_str!("../../static/css/frame.css"),
    include_str!("../../static/css/forms.css"),
    include_str!("../../static/css/map.css"),
    include_str!("../../static/css/tables.css"),
    include_str!("../../static/css/council.css"),
    include_str!("../../static/css/charts.css"),
    include_str!("../../static/css/lists.css"),
    // Last, since it changes what stands before it.
    include_str!("../../static/css/adapt.css"),
);

/// The style sheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("site", "css", "text/css; charset=utf-8", STYLE_TEXT.as_bytes()));

/// The script; every page is whole without it.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("site", "js", "text/javascript; charset=utf-8", include_bytes!("../../static/site.js"))
});

/// The style sheet of frames on other sites, which load nothing else.
pub static EMBED: LazyLock<Asset> = LazyLock::new(|| {
    const TEXT: &str = concat!(
        include_str!("../../static/css/base.css"),
        include_str!("../../static/css/map.css"),
        include_str!("../../static/css/charts.css"),
        include_str!("../../static/css/embed.css"),
    );
    Asset::new("embed", "css", "text/css; charset=utf-8", TEXT.as_bytes())
});

/// The icon as a `data:` address: a request of its own would cost more than its 269 bytes.
pub static ICON: LazyLock<String> = LazyLock::new(|| {
    let svg = utf8_percent_encode(include_str!("../../static/icon.svg").trim_end(), UNSAFE_IN_DATA);
    format!("data:image/svg+xml,{svg}")
});

const UNSAFE_IN_DATA: &AsciiSet = &CONTROLS.add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b' ');

/// All that have an address.
pub fn all() -> [&'static Asset; 3] {
    [&STYLE, &SCRIPT, &EMBED]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_style_sheet_is_closed_before_the_next_part() {
        let mut depth = 0;
        for (place, line) in STYLE_TEXT.lines().enumerate() {
            depth += line.matches('{').count();
            depth -= line.matches('}').count();
            assert!(depth <= 2, "line {} stands in {depth} rules: {line}", place + 1);
        }
        assert_eq!(depth, 0);
    }
}
