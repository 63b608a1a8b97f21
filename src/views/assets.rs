//! Style sheet, script and icon, under names that hold a hash of their content.

use std::sync::LazyLock;

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

/// The style sheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("site", "css", "text/css; charset=utf-8", include_bytes!("../../static/site.css")));

/// The script; every page is whole without it.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("site", "js", "text/javascript; charset=utf-8", include_bytes!("../../static/site.js"))
});

/// The icon.
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../../static/icon.svg")));

/// All of them.
pub fn all() -> [&'static Asset; 3] {
    [&STYLE, &SCRIPT, &ICON]
}
