//! Style sheet, script and icon, under names that hold a hash of their content.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

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
const STYLE_PARTS: &str = concat!(
    include_str!("../../static/css/base.css"),
    include_str!("../../static/css/frame.css"),
    include_str!("../../static/css/forms.css"),
    include_str!("../../static/css/map.css"),
    include_str!("../../static/css/tables.css"),
    include_str!("../../static/css/home.css"),
    include_str!("../../static/css/council.css"),
    include_str!("../../static/css/charts.css"),
    include_str!("../../static/css/drawing.css"),
    include_str!("../../static/css/lists.css"),
    // Last, since it changes what stands before it.
    include_str!("../../static/css/adapt.css"),
);

/// The style sheet as it is served: a tenth less to load than with the comments and indentation of its parts.
pub(super) static STYLE_TEXT: LazyLock<String> = LazyLock::new(|| squeezed(STYLE_PARTS));

/// A style sheet without comments, indentation and the ends of lines that nothing needs.
fn squeezed(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for (place, part) in text.split("/*").enumerate() {
        code.push_str(if place == 0 { part } else { part.split_once("*/").map_or("", |(_, after)| after) });
    }
    let mut squeezed = String::with_capacity(code.len());
    for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !squeezed.is_empty() && !squeezed.ends_with(['{', '}', ';', ',']) {
            squeezed.push(' ');
        }
        squeezed.push_str(line);
    }
    squeezed
}

/// The style sheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("site", "css", "text/css; charset=utf-8", STYLE_TEXT.as_bytes()));

/// The script; every page is whole without it.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("site", "js", "text/javascript; charset=utf-8", SCRIPT_TEXT.as_bytes()));

/// The script as it is served: without indentation and the lines that are comments, a tenth less to load.
static SCRIPT_TEXT: LazyLock<String> = LazyLock::new(|| {
    let lines = include_str!("../../static/site.js").lines().map(str::trim);
    let code: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    code.join("\n")
});

/// The style of pictures that are files of their own: the rules of drawings and of swatches with the colours of the light
/// design written out, since few programs but browsers know `var()`.
pub(super) static PICTURE_STYLE: LazyLock<String> = LazyLock::new(|| {
    const DRAWINGS: &str =
        concat!(include_str!("../../static/css/drawing.css"), include_str!("../../static/css/picture.css"));
    let swatches = rules(&STYLE_TEXT).filter(|(selectors, _)| selectors.split(',').all(|one| SWATCHES.contains(&one)));
    let swatches: String = swatches.map(|(selectors, body)| format!("{selectors} {{{body}}}")).collect();
    let mut text = squeezed(DRAWINGS) + &swatches;
    for (name, value) in tokens(&STYLE_TEXT) {
        text = text.replace(&format!("var({name})"), value);
    }
    text
});

/// What fills the swatch of a verdict: plain colours, and the parts of the small patterns.
const SWATCHES: [&str; 14] = [
    ".in", ".hi", ".lo", ".sw .phi", ".sw .plo", ".sw .few", ".sw rect", ".sw .nof", ".sw .due", ".pb", ".pp", ".pt",
    ".pw", ".pd",
];

/// The plain rules of a squeezed style sheet, those first in a block of others left out: selectors and declarations.
fn rules(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let rules = text.split('}').filter_map(|one| one.split_once('{'));
    rules.filter(|(_, body)| !body.contains('{')).map(|(selectors, body)| (selectors.trim(), body))
}

/// The colours and typefaces of the light design by their names: those of the first rule.
fn tokens(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let root = text.split_once(":root {").and_then(|(_, rest)| rest.split_once('}')).map_or("", |(root, _)| root);
    root.split(';').filter_map(|one| one.split_once(':')).map(|(name, value)| (name.trim(), value.trim()))
}

/// The style sheet of frames on other sites, which load nothing else.
pub static EMBED: LazyLock<Asset> = LazyLock::new(|| {
    const TEXT: &str = concat!(
        include_str!("../../static/css/base.css"),
        include_str!("../../static/css/map.css"),
        include_str!("../../static/css/charts.css"),
        include_str!("../../static/css/drawing.css"),
        include_str!("../../static/css/embed.css"),
    );
    Asset::new("embed", "css", "text/css; charset=utf-8", TEXT.as_bytes())
});

/// The style sheet of comparisons, which no other page loads.
pub static COMPARE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("compare", "css", "text/css; charset=utf-8", COMPARE_TEXT.as_bytes()));

static COMPARE_TEXT: LazyLock<String> = LazyLock::new(|| {
    squeezed(concat!(
        include_str!("../../static/css/spark.css"),
        include_str!("../../static/css/stack.css"),
        include_str!("../../static/css/compare.css"),
    ))
});

/// The style sheet of committee packs, which no other page loads.
pub static PACK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("pack", "css", "text/css; charset=utf-8", PACK_TEXT.as_bytes()));

static PACK_TEXT: LazyLock<String> = LazyLock::new(|| {
    squeezed(concat!(include_str!("../../static/css/stack.css"), include_str!("../../static/css/pack.css")))
});

/// The style sheet of pages whose tables have their rows in a few lines on phones.
pub static STACK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("stack", "css", "text/css; charset=utf-8", STACK_TEXT.as_bytes()));

static STACK_TEXT: LazyLock<String> = LazyLock::new(|| squeezed(include_str!("../../static/css/stack.css")));

/// The style sheet of a council's overview, which no other page loads.
pub static OVERVIEW: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("council", "css", "text/css; charset=utf-8", OVERVIEW_TEXT.as_bytes()));

static OVERVIEW_TEXT: LazyLock<String> = LazyLock::new(|| {
    squeezed(concat!(
        include_str!("../../static/css/spark.css"),
        include_str!("../../static/css/route.css"),
        include_str!("../../static/css/overview.css"),
    ))
});

/// The style sheet of answers to a search, which no other page loads.
pub static FIND: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("find", "css", "text/css; charset=utf-8", FIND_TEXT.as_bytes()));

static FIND_TEXT: LazyLock<String> = LazyLock::new(|| {
    squeezed(concat!(include_str!("../../static/css/route.css"), include_str!("../../static/css/find.css")))
});

/// The icon as a `data:` address: a request of its own would cost more than its 138 bytes. Pixels in two colours, since Chromium
/// reads the icon again with each choice on the map: as a drawing in SVG that took 16 to 64 ms in traces of a slow phone.
pub static ICON: LazyLock<String> =
    LazyLock::new(|| format!("data:image/png;base64,{}", STANDARD.encode(include_bytes!("../../static/icon.png"))));

/// All that have an address.
pub fn all() -> [&'static Asset; 8] {
    [&STYLE, &SCRIPT, &EMBED, &COMPARE, &OVERVIEW, &PACK, &STACK, &FIND]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_style_sheet_is_closed_before_the_next_part() {
        let mut depth = 0;
        for (place, line) in STYLE_PARTS.lines().enumerate() {
            depth += line.matches('{').count();
            depth -= line.matches('}').count();
            // A rule within what a browser supports, within a width.
            assert!(depth <= 3, "line {} stands in {depth} rules: {line}", place + 1);
        }
        assert_eq!(depth, 0);
    }

    #[test]
    fn pictures_have_every_colour_written_out_and_all_that_fills_swatches() {
        assert!(!PICTURE_STYLE.contains("var("), "{}", *PICTURE_STYLE);
        for selector in SWATCHES {
            assert!(PICTURE_STYLE.contains(&format!("{selector} {{")), "{selector}");
        }
        assert!(PICTURE_STYLE.contains(".pp {fill: #7a2a58;}"), "{}", *PICTURE_STYLE);
    }

    #[test]
    fn the_script_is_served_without_its_comments_and_holds_no_text_of_several_lines() {
        const WRITTEN: &str = include_str!("../../static/site.js");
        assert!(SCRIPT_TEXT.lines().all(|line| line == line.trim() && !line.starts_with("//")));
        assert_eq!(SCRIPT_TEXT.matches('{').count(), WRITTEN.matches('{').count());
        // Indentation inside a text would be a part of it.
        assert!(WRITTEN.lines().all(|line| line.matches('`').count() % 2 == 0), "a text of several lines");
    }

    #[test]
    fn what_is_served_has_every_rule_and_no_comment() {
        let text = "/* Links. */\na,\nb:hover {\n  color:\n    red;\n}\n\n/* more */ p {\n}\n";
        assert_eq!(squeezed(text), "a,b:hover {color: red;}p {}");
        assert_eq!(STYLE_TEXT.matches('{').count(), STYLE_PARTS.matches('{').count());
        assert!(!STYLE_TEXT.contains("/*") && STYLE_TEXT.len() < STYLE_PARTS.len() * 9 / 10);
    }
}
