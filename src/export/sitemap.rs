//! The sitemap: pages that are worth finding, for crawlers (https://www.sitemaps.org/protocol.html).

/// Addresses in one file; the protocol allows 50,000.
pub const IN_ONE_FILE: usize = 40_000;

/// A list of addresses, each behind the origin of the site.
pub fn urls(origin: &str, addresses: impl IntoIterator<Item = String>) -> String {
    wrapped("urlset", "url", origin, addresses)
}

/// A list of such lists.
pub fn index(origin: &str, files: impl IntoIterator<Item = String>) -> String {
    wrapped("sitemapindex", "sitemap", origin, files)
}

fn wrapped(root: &str, element: &str, origin: &str, addresses: impl IntoIterator<Item = String>) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let address = format!("{origin}{address}");
        xml.push_str(&format!("<{element}><loc>{}</loc></{element}>\n", quick_xml::escape::escape(&address)));
    }
    xml.push_str(&format!("</{root}>\n"));
    xml
}
