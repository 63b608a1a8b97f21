//! A site with a few real councils and made-up casework, and the server that shows it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

const IMPROVEMENTS: &str = "reference,authority,category,subcategory,summary,agreed_on,due_on,achieved_on
19 000 001,derby-city-council,housing,allocations,\"Train staff; check letters, all of them, before they are sent to people who wait for a home\",2020-01-10,2020-03-01,
19 000 002,derby-city-council,education,,=1+1 review the plan,2020-01-10,2020-03-01,2020-02-01
19 000 003,derby-city-council,education,,<script>alert(1)</script>,2020-01-10,2020-03-01,2020-04-01
19 000 004,leeds-city-council,housing,,Publish a policy,2020-01-10,,
";
const DECISIONS: &str = "reference,authority,type,outcome,category,subcategory,decision_date,summary,url
19 000 001,derby-city-council,statement,upheld,housing,allocations,2020-01-05,\"Mr X & Mrs Y complained. <img src=x onerror=alert(1)> We found fault.\",
19 000 005,amber-valley-borough-council,report,upheld,education,,2020-02-05,A report.,
";
const STATISTICS: &str = "authority,year,received,decided,decided_upheld,decided_not_upheld,received_housing,received_other,satisfactory_remedies
derby-city-council,2019-20,30,14,7,6,0,30,1
derby-city-council,2024-25,,,2,3,,,
";
const LETTERS: &str = "authority,year,letter_date,document,url
derby-city-council,2019-20,2020-07-22,derby.md,
derby-city-council,2020-21,2021-07-21,derby.pdf,
northamptonshire-county-council,2019-20,2020-07-22,old.txt,
";
/// Texts that would be markup, if any text were; one of them as each kind of field.
pub(super) const CORPUS: [&str; 6] = [
    "<script>alert(1)</script>",
    "</p></blockquote><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;b&gt;&#60;i&#62;",
    "<!--<style>*{display:none}</style>",
];
const REPLIES: &str = "authority,year,measure,replied_on,author,text,url
derby-city-council,2019-20,,2020-08-14,Chief Executive,\"We are sorry. {corpus}

We have trained our staff.\",https://www.derby.gov.uk/reply
derby-city-council,2019-20,satisfactory-remedies,2020-08-15,<i>Leader</i>,=1+1 remedy sooner,
derby-city-council,2024-25,,2025-08-14,,We did better.,
northamptonshire-county-council,2019-20,,2020-08-01,,Our last word.,
";
const LETTER: &str = "# Annual review letter

Dear Chief Executive

### Small heading

<script>alert(1)</script> [a](javascript:alert(1)) ![p](https://example.org/p.png)

| Outcome | Complaints |
|---|---:|
| Upheld | 7 |
";
/// The start of a PDF is enough to be taken for one.
pub(super) const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj\n%%EOF\n";

/// A directory with all of it, made once: every import builds the frame anew, which takes seconds.
fn prepared() -> &'static Path {
    static PREPARED: OnceLock<TempDir> = OnceLock::new();
    PREPARED
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let files = tempfile::tempdir().unwrap();
            let write = |name: &str, bytes: &[u8]| std::fs::write(files.path().join(name), bytes).unwrap();
            write("improvements.csv", IMPROVEMENTS.as_bytes());
            write("decisions.csv", DECISIONS.as_bytes());
            write("statistics.csv", STATISTICS.as_bytes());
            write("letters.csv", LETTERS.as_bytes());
            write("replies.csv", REPLIES.replace("{corpus}", &CORPUS.join("\n\n")).as_bytes());
            write("derby.md", LETTER.as_bytes());
            write("derby.pdf", PDF);
            write("old.txt", b"Dear Chief Executive\n\nThe last one but one.\n");
            for kind in ["statistics", "decisions", "improvements", "letters", "replies"] {
                let output = program()
                    .args(["import", kind])
                    .arg(files.path().join(format!("{kind}.csv")))
                    .args(["--publish", "--data"])
                    .arg(folder.path())
                    .output()
                    .unwrap();
                let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{kind}: {told}");
            }
            folder
        })
        .path()
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_council-map"));
    program.env_remove("COUNCIL_MAP_DATA").env_remove("COUNCIL_MAP_LISTEN");
    program
}

/// The running server; stopped when dropped.
pub(super) struct Server {
    child: Child,
    address: String,
}

/// An answer over HTTP.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The rows of a CSV by column name.
    pub(super) fn rows(&self) -> Vec<std::collections::BTreeMap<String, String>> {
        let text = self.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader.deserialize().map(Result::unwrap).collect()
    }
}

impl Server {
    pub(super) fn start() -> Self {
        let mut child = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(prepared())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
        Self { child, address }
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn get(&self, path: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let split = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..split].to_vec()).unwrap().to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body: bytes[split + 4..].to_vec() }
    }

    /// The body of a page that must be there.
    pub(super) fn page(&self, path: &str) -> String {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.text()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
