//! The page of whole files: what there is, how large it is, how it is read.

use maud::{Markup, html};

use super::assets;
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use crate::domain::format;
use crate::read::downloads::DownloadsPage;

/// A way to read the data. A check takes each from the page and runs it.
struct Example {
    /// Its word in the page.
    word: &'static str,
    title: &'static str,
    /// What to know first.
    note: &'static str,
    code: String,
}

fn examples(origin: &str) -> [Example; 6] {
    [
        Example {
            word: "curl",
            title: "curl",
            note: "Two whole files, kept where you are.",
            code: format!(
                "curl --fail --compressed -o cells.csv {origin}/data/cells.csv\n\
                 curl --fail -o council-map.sqlite {origin}/data/council-map.sqlite"
            ),
        },
        Example {
            word: "python",
            title: "Python",
            note: "With pandas. The columns code and slug join any two tables.",
            code: format!(
                "import pandas as pd\n\n\
                 figures = pd.read_csv(\"{origin}/map.csv?measure=upheld\")\n\
                 councils = pd.read_csv(\"{origin}/data/councils.csv\")\n\
                 joined = figures.merge(councils[[\"code\", \"county_code\"]], on=\"code\")\n\
                 columns = [\"council\", \"numerator\", \"denominator\", \"interval_low\", \"interval_high\", \"verdict\"]\n\
                 print(joined.sort_values(\"shrunken\", ascending=False)[columns].head(10))"
            ),
        },
        Example {
            word: "r",
            title: "R",
            note: "Without a package. The checks run this example only where R is installed.",
            code: format!(
                "figures <- read.csv(\"{origin}/map.csv?measure=upheld\", fileEncoding = \"UTF-8-BOM\")\n\
                 columns <- c(\"council\", \"numerator\", \"denominator\", \"interval_low\", \"interval_high\", \"verdict\")\n\
                 print(head(figures[order(-figures$shrunken), columns], 10))"
            ),
        },
        Example {
            word: "duckdb",
            title: "DuckDB",
            note: "On the file that curl kept; with the extension httpfs, on its address too.",
            code: "SELECT year, count(*) AS councils, sum(value) AS received\n\
                   FROM read_csv('cells.csv')\n\
                   WHERE field = 'received'\n\
                   GROUP BY year ORDER BY year;"
                .to_owned(),
        },
        Example {
            word: "sqlite",
            title: "SQLite and Datasette",
            note: "Any SQLite since 3.31. The views that begin with readable_ carry names and labels; “datasette council-map.sqlite” \
                   shows them with a search over the decisions.",
            code: "SELECT council, numerator, denominator, verdict_label\n\
                   FROM readable_figures\n\
                   WHERE measure = 'upheld' AND year = (SELECT max(year) FROM readable_figures)\n\
                   ORDER BY shrunken DESC LIMIT 10;"
                .to_owned(),
        },
        Example {
            word: "observable",
            title: "Observable",
            note: "A cell of a notebook. Data may be read from any site; nothing needs a key.",
            code: format!(
                "higher = fetch(\"{origin}/map.json?measure=upheld\")\n\
                 \u{20} .then((answer) => answer.json())\n\
                 \u{20} .then(({{ councils }}) => councils.filter(({{ figure }}) => figure?.verdict === \"higher\"))"
            ),
        },
    ]
}

/// The page.
pub fn page(frame: &Frame, page: &DownloadsPage) -> Markup {
    layout(
        frame,
        &Head {
            title: "Data to download".to_owned(),
            description:
                "Every table of this site as a file, with its size, and how to read it in curl, Python, R, DuckDB, \
                          SQLite and Observable."
                    .to_owned(),
            ..Head::default()
        },
        &html! {
            link rel="stylesheet" href=(assets::STACK.href);
            (breadcrumbs(&[("England", "/".to_owned()), ("About", "/about".to_owned())], "Data to download"))
            h1 { "Data to download" }
            @if page.synthetic {
                div.notice { p { strong { "This is a demonstration. " } "All figures and texts in these files are invented; the column synthetic says so in each row." } }
            }
            p.lede { "Everything that the pages show, as files. Whose figures these are and how they may be used stands under " a href="/about/data" { "Sources and licences" } "." }
            div.scroll role="region" aria-label="Whole files" tabindex="0" {
                table.stack {
                    caption { "Whole files, version " (frame.edition) }
                    thead { tr { th scope="col" { "File" } th.n scope="col" { "Rows" } th.n scope="col" { "Size" } } }
                    tbody {
                        @for file in &page.files {
                            tr {
                                th scope="row" {
                                    a href=(file.path) { (file.path.trim_start_matches("/data/")) }
                                    p.note { (file.title) ". " (file.description) }
                                }
                                td.n data-name="Rows" { @if let Some(rows) = file.rows { (format::count(rows)) } }
                                td.n data-name="Size" { (format::size(file.bytes)) }
                            }
                        }
                    }
                }
            }
            p { "The columns are described in " a href="/data/datapackage.json" { "datapackage.json" } " (Frictionless) and " a href="/data/csv-metadata.json" { "csv-metadata.json" } " (CSVW); the list above is " a href="/data.json" { "data.json" } "." }
            (parts())
            h2 { "How to read them" }
            p { "Each example is run as it stands here by a check of this program, tools/check_downloads.py." }
            @for example in examples(&frame.origin) {
                h3 id=(example.word) { (example.title) }
                p { (example.note) }
                pre tabindex="0" aria-labelledby=(example.word) { code { (example.code) } }
            }
            (rules())
        },
    )
}

/// What stands under the address of each page.
fn parts() -> Markup {
    html! {
        h2 { "Parts, as you choose them" }
        p { "Every page that holds data has the same address with .json or .csv before the question mark, and some with more:" }
        ul {
            li { a href="/map.csv?measure=upheld" { "/map.csv" } ", " a href="/map.json?measure=upheld" { ".json" } ", " a href="/map.geojson?measure=upheld" { ".geojson" } ": all councils with one measure of one year. The properties of the areas are the columns of the CSV." }
            li { a href="/councils/derby-city-council.json" { "/councils/SLUG.json" } ", .csv, .xlsx: one council; its GSS code stands for the slug too, as in " a href="/councils/E06000015.json" { "/councils/E06000015.json" } "." }
            li { a href="/decisions.csv" { "/decisions.csv" } ", " a href="/improvements.csv" { "/improvements.csv" } ", " a href="/rankings.xlsx" { "/rankings.xlsx" } ": lists, narrowed down as their pages are." }
            li { a href="/feed.atom" { "/feed.atom" } ", " a href="/improvements.ics" { "/improvements.ics" } ": what is new as a feed, and deadlines as a calendar; " a href="/feeds.opml" { "all feeds" } "." }
            li { a href="/openapi.json" { "/openapi.json" } ": every address with its parameters and answers." }
        }
    }
}

fn rules() -> Markup {
    html! {
        h2 { "What to know" }
        ul {
            li { "In every table the columns code (GSS) and slug name the council of a row; where it is about another body, they are empty." }
            li { "A rate is never alone: numerator and denominator, the 95% interval, the average of the council’s kind and the verdict stand beside it. " a href="/about/statistics" { "How to read the figures" } }
            li { "A number, zero, “nothing-due” (0 of 0 is not 0%) and “not-known” are told apart by the column state." }
            li { "CSV is UTF-8 with a byte-order mark, and text that a spreadsheet would run as a formula begins with an apostrophe. A file that can be imported has the columns that the import takes." }
            li { "Answers carry an ETag, and scripts of any site may read them (CORS). The SQLite file can be read in parts." }
        }
    }
}
