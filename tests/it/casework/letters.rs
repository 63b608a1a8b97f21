use scraper::{Html, Selector};

use super::site::{PDF, site};

#[test]
fn a_letter_reads_as_a_page_and_nothing_in_it_is_obeyed() {
    let site = site();
    let page = site.page("/councils/derby-city-council/letters/2019-20");
    let tree = Html::parse_document(&page);
    let all = |selector: &str| tree.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(
        (all("h1"), all(".lettertext script"), all(".lettertext img"), all(".lettertext a[href]")),
        (1, 0, 0, 0)
    );
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "shown as text: {page}");
    assert_eq!(all(".lettertext h2") + all(".lettertext h3"), 2, "headings without a gap");
    assert_eq!(all("#figures"), 1);
    assert!(page.contains("7 of 13"), "the figures of the year stand on the page");
}

#[test]
fn the_original_is_a_download_that_cannot_run_anything() {
    let site = site();
    let reply = site.get("/councils/derby-city-council/letters/2020-21.pdf");
    assert_eq!((reply.status, reply.body.as_slice()), (200, PDF));
    for (name, part) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "; sandbox"),
    ] {
        assert!(reply.header(name).contains(part), "{part} in {:?}", reply.headers);
    }
    let page = site.page("/councils/derby-city-council/letters/2020-21");
    assert!(page.contains("could not be read") && page.contains("2020-21.pdf"), "{page}");
}

#[test]
fn letters_to_a_predecessor_stand_under_its_successor_by_its_name() {
    let site = site();
    let page = site.page("/councils/west-northamptonshire-council/letters");
    assert!(page.contains("To its predecessor, <a href=\"/councils/northamptonshire-county-council\">"), "{page}");
    assert!(page.contains("/councils/northamptonshire-county-council/letters/2019-20"), "{page}");
    let json = site.get("/councils/west-northamptonshire-council/letters.json").json();
    assert_eq!(json["letters"][0]["council"], "northamptonshire-county-council");
}

#[test]
fn a_missing_letter_says_which_years_there_are() {
    let site = site();
    let reply = site.get("/councils/derby-city-council/letters/2017-18");
    assert_eq!(reply.status, 404);
    let page = reply.text();
    assert!(page.contains("no letter to Derby City Council for 2017-18"), "{page}");
    assert!(page.contains("/councils/derby-city-council/letters/2019-20"), "{page}");
    let successor = site.get("/councils/west-northamptonshire-council/letters/2019-20");
    assert!(successor.text().contains("/councils/northamptonshire-county-council/letters/2019-20"));
}
