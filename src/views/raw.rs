//! The only file that may mark text as markup that needs no escaping; a test holds the others to it.

use maud::{Markup, PreEscaped};

/// Text that was cleaned at import and stored as HTML, such as the text of a letter.
pub fn cleaned_html(html: &str) -> Markup {
    PreEscaped(html.to_owned())
}

/// The style sheet as the text of a `<style>`, for a page that stands alone: a constant of the build.
pub fn style_sheet() -> Markup {
    PreEscaped(super::assets::STYLE_TEXT.to_owned())
}

/// The style of a picture that is a file of its own: a constant of the build.
pub fn picture_style() -> Markup {
    PreEscaped(super::assets::PICTURE_STYLE.to_owned())
}

/// The first line of an XML file: a constant.
pub fn xml_declaration() -> Markup {
    PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned())
}
