//! The committee pack of a council.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{council_map, demonstration, demonstration_app, done, made, text};
use crate::support::page::Page;
use crate::support::pdf::{Pdf, Tagged};

const STATISTICS: &str = "authority,year,investigated,upheld,compliance_outcomes,complied,complied_late,satisfactory_remedies\n\
    derby-city-council,2019-20,13,7,8,7,3,1\n\
    bolsover-district-council,2019-20,1,0,,,,\n";
const IMPROVEMENTS: &str = "reference,authority,category,summary,agreed_on,due_on,achieved_on\n\
    19 012 345,derby-city-council,housing,Train the repairs team.,2019-12-01,2020-03-01,\n\
    19 012 346,derby-city-council,housing,Write to all tenants.,2019-12-01,2020-03-01,2020-02-01\n";

fn site() -> (TempDir, TestApp) {
    let data = made(&[("statistics", "pack.csv", STATISTICS), ("improvements", "promises.csv", IMPROVEMENTS)]);
    let app = TestApp::start_with(data.path(), &["--public-url", "https://map.example.org"], &[]);
    (data, app)
}

#[test]
fn questions_follow_from_the_figures_and_say_their_counts() {
    let (_data, app) = site();
    let pack = app.page("/councils/derby-city-council/pack?year=2019-20");
    for said in [
        "3 of the 7 agreed actions that were carried out came late, and one promise is overdue.",
        "The Ombudsman was not satisfied that one agreed action was done.",
        "In 6 of 7 upheld cases the council had not offered enough by itself.",
        "Train the repairs team.",
        "1 March 2020",
    ] {
        assert!(pack.contains(said), "{said}");
    }
    assert!(!pack.contains("Write to all tenants."), "what was done is not overdue");
}

#[test]
fn a_pack_of_hardly_any_figures_says_what_it_does_not_know() {
    let (_data, app) = site();
    let pack = app.page("/councils/bolsover-district-council/pack?year=2019-20");
    for said in [
        "Too few cases to say",
        "No figure loaded",
        "No table of complaints received",
        "How many complaints did the council itself receive",
        "No years with figures can be compared here",
        "No public report of the year is loaded here",
        "No agreed improvement is loaded here",
    ] {
        assert!(pack.contains(said), "{said}");
    }
    for unsaid in ["carried out late", "had not offered enough", "0 public reports", "0 improvements"] {
        assert!(!pack.contains(unsaid), "{unsaid}");
    }
    let none = app.get("/councils/bolsover-district-council/pack?year=1999-00");
    assert_eq!(none.status, 404);
}

/// A table of the page, row by row, without cells that say nothing.
fn rows_of_page(page: &Page, region: &str, columns: usize) -> Vec<Vec<String>> {
    let cells = page.texts(&format!("[aria-label='{region}'] th, [aria-label='{region}'] td"));
    cells.chunks(columns).map(|row| saying(row.iter())).collect()
}

fn saying<'a>(cells: impl Iterator<Item = &'a String>) -> Vec<String> {
    let plain = cells.map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
    plain.filter(|cell| !["", "–", "Side by side"].contains(&cell.as_str())).collect()
}

/// The tables, lists and title of the PDF are those of the page. Dates and promises can be of another day: a page is of
/// today, a file of the day of its figures.
fn assert_same(app: &TestApp, address: &str) {
    let html = Page::parse(&app.page(address));
    let pdf = Pdf::read(&app.get(&address.replacen("/pack", "/pack.pdf", 1)).body);
    let tree = pdf.tree();
    assert_eq!(tree.of_kind("H1")[0].text(), html.texts("h1")[0], "{address}");
    let tables: Vec<Vec<Vec<String>>> =
        tree.of_kind("Table").iter().map(|table| table.rows().iter().map(|row| saying(row.iter())).collect()).collect();
    let regions = [("The year at a glance", 6), ("Complaints received", 4), ("Decisions that found fault", 4)];
    for (region, columns) in regions {
        let rows = rows_of_page(&html, region, columns);
        assert!(rows.is_empty() || tables.contains(&rows), "{address}: {region} {rows:#?} is not in {tables:#?}");
    }
    let listed: Vec<String> = tree.of_kind("LBody").into_iter().map(Tagged::text).collect();
    for point in html.texts("ul.history li, ol.questions li") {
        let said = listed.iter().any(|one| one.contains(&point));
        assert!(said, "{address}: {point} is not in {listed:#?}");
    }
}

#[test]
fn the_pdf_says_what_the_page_says() {
    let app = demonstration_app();
    for (slug, year) in [
        ("derbyshire-county-council", "2024-25"),
        ("amber-valley-borough-council", "2023-24"),
        ("city-of-london-corporation", "2024-25"),
        ("council-of-the-isles-of-scilly", "2018-19"),
        ("northamptonshire-county-council", "2019-20"),
    ] {
        assert_same(app, &format!("/councils/{slug}/pack?year={year}"));
    }
}

#[test]
fn the_pdf_of_hardly_any_figures_says_what_it_does_not_know() {
    let (_data, app) = site();
    let pdf = Pdf::read(&app.get("/councils/bolsover-district-council/pack.pdf?year=2019-20").body);
    assert_eq!(pdf.pages(), 2);
    let said = pdf.tree().text();
    for what in ["Too few cases to say", "No figure loaded", "No table of complaints received", "No agreed improvement"]
    {
        assert!(said.contains(what), "{what}: {said}");
    }
    assert!(!said.contains("invented"), "{said}");
    assert_same(&app, "/councils/derby-city-council/pack?year=2019-20");
    let derby = Pdf::read(&app.get("/councils/derby-city-council/pack.pdf?year=2019-20").body).tree();
    let links = derby.of_kind("Link");
    let led: Vec<String> = links.iter().map(|link| link.text()).collect();
    assert_eq!(
        led,
        [
            "19 012 345",
            "Every figure with its source and row: map.example.org/councils/derby-city-council?year=2019-20"
        ]
    );
    assert!(links.iter().all(|link| link.links == 1), "{links:?}");
}

#[test]
fn the_pdf_can_be_heard_all_of_it_in_order() {
    let app = demonstration_app();
    let answer = app.get("/councils/derbyshire-county-council/pack.pdf?year=2024-25");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"));
    assert!(answer.body.len() < 300_000, "{} bytes", answer.body.len());
    let pdf = Pdf::read(&answer.body);
    assert_eq!((pdf.pages(), pdf.said("Lang").as_str()), (2, "en-GB"));
    assert_eq!(pdf.title(), "Complaints about Derbyshire County Council, 2024-25");
    assert_eq!(pdf.unmarked, Vec::<String>::new(), "everything drawn is content or decoration");
    let tree = pdf.tree();
    assert_eq!(tree.kind, "Document");
    let headings: Vec<String> = tree.all().into_iter().filter(|one| one.kind == "H2").map(Tagged::text).collect();
    assert_eq!(
        headings.iter().map(|heading| heading.split(" on ").next().unwrap()).collect::<Vec<_>>(),
        [
            "The year at a glance",
            "Uphold rate, year by year",
            "Early signs",
            "What the years show",
            "Decisions and promises",
            "Questions members may ask",
            "What people complained about",
            "Promises overdue",
            "Decisions published this year that found fault",
            "Where this comes from",
        ]
    );
    assert_eq!(pdf.bookmarks(), headings);
    for table in tree.of_kind("Table") {
        let rows = table.of_kind("TR");
        assert!(rows[0].parts.iter().all(|head| head.scope.as_deref() == Some("Column")), "{rows:?}");
        for row in &rows[1..] {
            let heads: Vec<_> = row.parts.iter().filter(|cell| cell.kind == "TH").collect();
            assert!(heads.len() == 1 && heads[0].scope.as_deref() == Some("Row"), "{row:?}");
            assert_eq!(row.parts.len(), rows[0].parts.len(), "{row:?}");
        }
        assert_eq!(table.parts[0].kind, "Caption");
    }
    let figures = tree.of_kind("Figure");
    let alternative = figures[0].alt.clone().unwrap_or_default();
    assert!(figures.len() == 1 && alternative.contains("2018-19") && alternative.contains("2024-25"), "{alternative}");
    for list in tree.of_kind("L") {
        assert!(!list.parts.is_empty() && list.parts.iter().all(|item| item.kind == "LI"), "{list:?}");
    }
    assert!(tree.of_kind("Link").is_empty(), "no address was given to which they could lead");
}

#[test]
fn every_council_has_a_pack_of_two_pages_which_is_the_same_each_time() {
    let app = demonstration_app();
    let out = TempDir::new().unwrap();
    let folder = out.path().join("packs");
    let args = ["export", "packs", "--year", "2024-25", "--out", text(&folder), "--data", text(demonstration())];
    let said = done(&args);
    assert!(said.starts_with("317 packs of 2024-25, version "), "{said}");
    let mut packs: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    packs.sort();
    assert_eq!(packs.len(), 317);
    for pack in &packs {
        let bytes = fs::read(pack).unwrap();
        assert!(bytes.len() < 300_000, "{}: {} bytes", pack.display(), bytes.len());
        assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len(), 2, "{}", pack.display());
    }
    let derby = app.get("/councils/derby-city-council/pack.pdf?year=2024-25").body;
    assert!(fs::read(folder.join("derby-city-council_2024-25.pdf")).unwrap() == derby, "the site gives the same bytes");
}

#[test]
fn packs_are_refused_where_there_is_no_year_or_something_is_in_the_way() {
    let out = TempDir::new().unwrap();
    fs::write(out.path().join("letter.txt"), "ours").unwrap();
    let refused = |year: &str, out: &Path| {
        let args = ["export", "packs", "--year", year, "--out", text(out), "--data", text(demonstration())];
        let output = council_map(&args);
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let fresh = out.path().join("packs");
    assert!(refused("2024-25", out.path()).contains("is not empty; choose another folder with --out"));
    assert!(refused("1999-00", &fresh).contains("there are no figures of 1999-00; choose a year from 2018-19 to"));
    assert!(refused("2024", &fresh).contains("“2024”"));
    assert!(!fresh.exists());
}
