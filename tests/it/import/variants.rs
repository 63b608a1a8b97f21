//! The same table as different programs write it.

use super::support::Site;

const ROWS: &str = "authority,year,upheld,investigated\n\"Bournemouth, Christchurch and Poole Council\",2019-20,3,5\nKing’s Lynn & West Norfolk,2019-20,1,4\n";

fn imports(name: &str, bytes: &[u8]) {
    let site = Site::prepared();
    let file = site.file(name, bytes);
    site.publish("statistics", &[&file], &[]);
    let slug = "bournemouth-christchurch-and-poole-council";
    assert_eq!(site.cell(slug, "2019-20", "upheld"), Some(3.0), "{name}");
    assert_eq!(site.count("SELECT count(*) FROM cells"), 4, "{name}");
}

#[test]
fn byte_order_marks_semicolons_tabs_windows_letters_and_utf_16_import_alike() {
    imports("bom.csv", format!("\u{feff}{ROWS}").as_bytes());
    let semicolons = ROWS.replace(',', ";").replace("; Christchurch", ", Christchurch");
    imports("semicolons.csv", semicolons.as_bytes());
    imports("crlf.csv", ROWS.replace('\n', "\r\n").as_bytes());
    imports("old-mac.csv", ROWS.replace('\n', "\r").as_bytes());
    let windows: Vec<u8> = ROWS.chars().map(|c| if c == '’' { 0x92 } else { u8::try_from(c).unwrap() }).collect();
    imports("windows.csv", &windows);
    let utf16: Vec<u8> = format!("\u{feff}{ROWS}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    imports("utf16.csv", &utf16);
}

#[test]
fn a_council_may_be_named_in_many_ways() {
    let site = Site::prepared();
    for (number, name) in
        ["E06000015", "derby-city-council", "DERBY CITY COUNCIL", "Derby", " derby  city "].iter().enumerate()
    {
        let file = site.file("a.csv", format!("authority,year,upheld\n{name},20{}-{},7\n", 10 + number, 11 + number));
        site.publish("statistics", &[&file], &[]);
    }
    assert_eq!(site.count("SELECT count(DISTINCT council_id) FROM cells"), 1);
    assert_eq!(site.count("SELECT count(*) FROM cells"), 5);
}

#[test]
fn letters_come_with_their_documents_and_decisions_as_json_lines() {
    let site = Site::prepared();
    site.file("letters/derby.pdf", b"%PDF-1.4\n%%EOF\n");
    site.file("letters/bolsover.md", "# Annual letter\n\nTo Bolsover.\n");
    let list = site.file(
        "letters.csv",
        "authority,year,letter_date,document\nDerby,2019-20,2020-07-22,letters/derby.pdf\nBolsover,2019-20,2020-07-22,letters/bolsover.md\n",
    );
    site.publish("letters", &[&list], &[]);
    assert_eq!(site.count("SELECT count(*) FROM letters WHERE text IS NULL AND document_id IS NOT NULL"), 1);
    assert_eq!(site.count("SELECT count(*) FROM letters WHERE text LIKE '# Annual letter%'"), 1);
    let line = serde_json::json!({
        "reference": "19 012 345", "authority": "Derby", "type": "report", "outcome": "upheld", "category": "education",
        "subcategory": "special-educational-needs", "decision_date": "2020-03-02", "summary": "Late plan.",
        "sections": [{"heading": "The complaint", "text": "Mrs X complains."}]
    });
    site.publish("decisions", &[&site.file("d.jsonl", format!("{line}\n"))], &[]);
    assert_eq!(site.count("SELECT count(*) FROM decision_sections WHERE heading = 'The complaint'"), 1);
    let gone = site.file("gone.csv", "reference,withdrawn_on\n19 012 345,2021-01-02\n");
    site.publish("decisions", &[&gone], &[]);
    assert_eq!(site.count("SELECT (SELECT count(*) FROM decisions) + (SELECT count(*) FROM decision_sections)"), 0);
}

#[test]
fn a_list_of_postcodes_replaces_the_table() {
    let site = Site::prepared();
    let list = site.file("p.csv", "pcds,lad23cd\nDE1 2FS,E06000015\nCF10 1AA,W06000015\n");
    site.publish("postcodes", &[&list], &[]);
    assert_eq!(site.count("SELECT count(*) FROM blobs WHERE name = 'postcodes'"), 1);
}
