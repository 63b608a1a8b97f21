//! A page as a browser reads it.

use std::collections::BTreeSet;

use scraper::{Html, Selector};

/// A parsed page.
pub(crate) struct Page {
    html: Html,
}

impl Page {
    pub(crate) fn parse(text: &str) -> Self {
        Self { html: Html::parse_document(text) }
    }

    pub(crate) fn count(&self, selector: &str) -> usize {
        self.html.select(&Selector::parse(selector).unwrap()).count()
    }

    /// The text of all that a selector finds.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.html.select(&Selector::parse(selector).unwrap()).flat_map(|element| element.text()).collect()
    }

    /// The text of each that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.html.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
    }

    pub(crate) fn title(&self) -> String {
        self.html.select(&Selector::parse("title").unwrap()).flat_map(|title| title.text()).collect()
    }

    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let found = self.html.select(&Selector::parse(selector).unwrap()).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    /// Addresses of this site that the page links to, without their fragments.
    pub(crate) fn links(&self) -> BTreeSet<String> {
        let all = Selector::parse("[href], [src]").unwrap();
        self.html
            .select(&all)
            .filter_map(|element| element.value().attr("href").or_else(|| element.value().attr("src")))
            .filter_map(|href| href.split('#').next())
            .filter(|href| href.starts_with('/') && !href.starts_with("//"))
            .map(str::to_owned)
            .collect()
    }
}
