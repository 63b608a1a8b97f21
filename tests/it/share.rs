//! What others take from the site: pictures, drawings, citations, lists.

use std::io::Cursor;

use crate::support::app::TestApp;
use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

const COUNCIL: &str = "derbyshire-county-council";

/// Width and height of a PNG, all of whose pixels were read.
fn size(bytes: Vec<u8>) -> (u32, u32) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert!(pixels.iter().any(|byte| *byte != pixels[0]), "all pixels are the same");
    (frame.width, frame.height)
}

#[test]
fn the_picture_to_share_has_the_size_that_other_sites_show_and_says_what_it_cannot_say() {
    let app = demonstration_app();
    for council in [COUNCIL, "city-of-london-corporation", "northamptonshire-county-council"] {
        let answer = app.get(&format!("/share/{council}.png"));
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{council}");
        assert!(answer.body.len() < 100_000, "{council}: {} bytes", answer.body.len());
        assert_eq!(size(answer.body), (1200, 630), "{council}");
    }
    let drawing = app.page(&format!("/share/{COUNCIL}.svg?measure=upheld&year=2024-25"));
    for said in ["Demonstration: invented figures", "chance alone would mark", "range expected", "data as of"] {
        assert!(drawing.contains(said), "{said}: {drawing}");
    }
    assert!(!drawing.contains("Ombudsman figures") && !drawing.contains("Ombudsman data"), "{drawing}");
    assert!(!drawing.contains("var("), "colours are written out");
}

#[test]
fn charts_come_as_drawings_and_pictures_that_stand_alone() {
    let app = demonstration_app();
    for chart in ["figure", "trend", "funnel"] {
        let address = format!("/councils/{COUNCIL}/{chart}");
        let drawing = app.get(&format!("{address}.svg"));
        assert_eq!(drawing.header("content-type"), "image/svg+xml", "{chart}");
        let policy = drawing.header("content-security-policy");
        assert!(policy.contains("style-src 'sha256-") && !policy.contains("script"), "{chart}: {policy}");
        let text = drawing.text();
        assert!(
            text.starts_with("<svg xmlns=") && text.contains("<title>Derbyshire County Council: "),
            "{chart}: {text}"
        );
        assert!(text.contains("Invented figures") && !text.contains("Source: Local"), "{chart}: {text}");
        assert_eq!(size(app.get(&format!("{address}.png")).body).0, 1200, "{chart}");
        // There is no page between the two.
        assert_eq!(app.get(&address).status, 404, "{chart}");
    }
    assert_eq!(app.get(&format!("/councils/{COUNCIL}/funnel.svg?measure=received-per-100k")).status, 404);
    assert_eq!(size(app.get("/national/trend.png").body).0, 1200);
}

#[test]
fn under_each_figure_stand_ways_to_cite_embed_share_and_take_it() {
    let app = demonstration_app();
    let page = Page::parse(&app.page(&format!("/councils/{COUNCIL}?year=2024-25")));
    assert!(page.count(".under") >= 4, "{}", page.count(".under"));
    assert_eq!(page.count(".under"), page.count(".stat .under") + page.count("section:not(.stat) > .under"));
    let host = app.address();
    let cited = page.text(".under details");
    let address = format!("url = {{http://{host}/cited?address=/councils/{COUNCIL}?year=2024-25&as_of=");
    assert!(cited.contains(&address), "{cited}");
    assert!(cited.contains(&format!("version = {{{}}}", app.version())), "{cited}");
    assert!(cited.contains("Invented figures"), "{cited}");
    let snippet = format!("<iframe src=\"http://{host}/embed/{COUNCIL}?measure=upheld&amp;year=2024-25\"");
    assert!(cited.contains(&snippet), "{cited}");
    for end in [".png?measure=upheld&year=2024-25", "/figure.svg?measure=upheld&year=2024-25", ".csv?year=2024-25"] {
        assert!(page.links().iter().any(|link| link.ends_with(end)), "{end}: {:?}", page.links());
    }
    let image = page.attribute("meta[property='og:image']", "content").unwrap();
    assert_eq!(image, format!("http://{host}/share/{COUNCIL}.png?measure=upheld&year=2024-25"));
}

#[test]
fn what_another_site_loads_of_a_frame_is_less_than_10_kb() {
    let app = demonstration_app();
    let answer = app.ask("GET", &format!("/embed/{COUNCIL}"), &[("Accept-Encoding", "br")]);
    let style = Page::parse(&app.page(&format!("/embed/{COUNCIL}"))).attribute("link[rel=stylesheet]", "href").unwrap();
    let style = app.ask("GET", &style, &[("Accept-Encoding", "br")]);
    let loaded = answer.body.len() + style.body.len();
    assert!(loaded < 10_000, "{loaded} bytes");
}

/// How many a list offers to download, and how many rows the file behind the link has.
fn offered(app: &TestApp, page: &Page) -> (usize, usize) {
    let link = page.attribute("main .meta a[href*='.csv']", "href").unwrap_or_else(|| panic!("{}", page.title()));
    let said = page.text(&format!(".meta a[href='{link}']"));
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let count = if said.contains("this one") { 1 } else { digits.parse().unwrap() };
    (count, app.csv_rows(&link).len() - 1)
}

#[test]
fn a_filtered_list_offers_its_rows_its_feed_and_a_title_with_every_filter() {
    let app = demonstration_app();
    for (address, named) in [
        ("/decisions", vec![]),
        ("/decisions?category=housing&outcome=upheld&year=2023-24", vec!["housing", "upheld", "2023-24"]),
        (
            "/decisions?kind=county&region=South+East&type=statement",
            vec!["county councils", "South East", "statements"],
        ),
        ("/decisions?q=delay&from=2024-04-01&to=2025-03-31", vec!["“delay”", "from 1 April 2024", "to 31 March 2025"]),
        ("/councils/derbyshire-county-council/decisions?outcome=upheld", vec!["Derbyshire", "upheld"]),
        ("/reports?kind=county", vec!["public report", "county councils"]),
        ("/improvements?state=achieved&kind=district", vec!["achieved", "district councils"]),
        ("/improvements?category=education", vec!["education"]),
        ("/rankings?kind=london", vec!["London"]),
    ] {
        let page = Page::parse(&app.page(address));
        let (count, rows) = offered(app, &page);
        assert_eq!(count, rows, "{address}");
        for word in &named {
            assert!(page.title().contains(word), "{address}: {word} is not in {}", page.title());
        }
        if address.starts_with("/rankings") {
            continue;
        }
        let feed = page.attribute("link[type='application/atom+xml']", "href").unwrap();
        let feed = app.page(&feed);
        let entries = feed.matches("<entry>").count();
        assert!(entries > 0 && entries <= rows.max(1) || rows == 0, "{address}: {entries} entries of {rows} rows");
        for word in named.iter().filter(|word| **word != "public report") {
            assert!(feed.contains(word), "{address}: {word} is not in the feed");
        }
    }
}
