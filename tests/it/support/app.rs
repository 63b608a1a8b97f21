//! The program as a visitor meets it: started on a free port, spoken to over HTTP.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::{NamedTempFile, TempDir};

use super::fixture::{import, program};

/// How long a condition is waited for before the test gives it up: a busy machine takes seconds for what takes
/// milliseconds otherwise.
const PATIENCE: Duration = Duration::from_mins(1);

/// Serves until the standard input ends, which it does with the process of the tests, however that ends.
const GUARD: &str = "\"$0\" \"$@\" & exec >/dev/null; cat; kill -KILL $!";

/// A running server; it ends with the test, or with all of them where it is shared.
pub(crate) struct TestApp {
    address: String,
    process: Child,
    log: NamedTempFile,
    data: PathBuf,
    /// The data directory, where it goes when the server goes.
    folder: Option<TempDir>,
}

/// An answer. Header names are in lower case.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The rows of a CSV by column name.
    pub(crate) fn rows(&self) -> Vec<BTreeMap<String, String>> {
        let text = self.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader.deserialize().map(Result::unwrap).collect()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

impl TestApp {
    /// Serves a data directory.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, &[], &[])
    }

    /// Serves a data directory with further arguments and environment variables.
    pub(crate) fn start_with(data: &Path, args: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::start_command("serve", data, args, environment)
    }

    /// The same by another command than `serve`.
    pub(crate) fn start_command(name: &str, data: &Path, args: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = program();
        command.args([name, "--listen", "127.0.0.1:0", "--data"]).arg(data).args(args).stdin(Stdio::null());
        command.envs(environment.iter().copied());
        Self::run(command, data)
    }

    /// Serves a data directory that belongs to this test alone.
    pub(crate) fn owning(folder: TempDir) -> Self {
        let mut app = Self::start(folder.path());
        app.folder = Some(folder);
        app
    }

    /// Serves a data directory for every test that only reads: each start draws the maps anew, which takes two seconds
    /// of a debug build. To be held in a static.
    pub(crate) fn shared(data: &Path) -> Self {
        Self::shared_with(data, &[])
    }

    /// The same with further arguments.
    pub(crate) fn shared_with(data: &Path, args: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", GUARD]).arg(program().get_program());
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(args).stdin(Stdio::piped());
        Self::run(command, data)
    }

    fn run(mut command: Command, data: &Path) -> Self {
        let log = NamedTempFile::new().unwrap();
        let mut process = command.stdout(Stdio::piped()).stderr(log.reopen().unwrap()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://").map(str::to_owned) else {
            panic!("the server did not start: {line} {}", fs::read_to_string(log.path()).unwrap());
        };
        Self { address, process, log, data: data.to_owned(), folder: None }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// The body of a page that must be there.
    pub(crate) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// The rows of a CSV as text, without the mark and the guard against formulas.
    pub(crate) fn csv_rows(&self, address: &str) -> Vec<Vec<String>> {
        let text = self.page(address);
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader
            .records()
            .map(|row| row.unwrap().iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned()).collect())
            .collect()
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        ask(&self.address, method, path, headers)
    }

    /// Waits until something is so.
    pub(crate) fn wait_until(&self, what: &str, so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !so(self) {
            assert!(began.elapsed() < PATIENCE, "{what}: not so after {PATIENCE:?}: {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The version that is served.
    pub(crate) fn version(&self) -> String {
        self.get("/version").json()["data"]["id"].as_str().unwrap().to_owned()
    }

    /// Waits until what is done to the data directory is served.
    pub(crate) fn after(&self, change: impl FnOnce(&Path)) {
        let before = self.version();
        change(&self.data);
        self.wait_until("the publication is noticed", |app| app.version() != before);
    }

    /// Imports one more file into the site while it runs, and waits until it is served.
    pub(crate) fn import(&self, kind: &str, name: &str, content: &str) {
        self.after(|data| import(data, kind, name, content));
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The file of the edition in force, as bytes.
    pub(crate) fn edition(&self) -> Vec<u8> {
        fs::read(self.data.join(format!("site-{}.db", self.version()))).unwrap()
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Warnings and errors that the server has written.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.log()
            .lines()
            .filter(|line| ["WARN", "ERROR", "panicked"].iter().any(|word| line.contains(word)))
            .map(str::to_owned)
            .collect()
    }

    /// Everything that the server has written.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log.path()).unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One request on a connection of its own, written by hand: a kept client would mend the odd paths, the second `Host` and
/// the lengths that tests are about.
pub(crate) fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let body = bytes[end + 4..].to_vec();
    assert_ne!(headers.get("transfer-encoding").map(String::as_str), Some("chunked"), "{path}: lengths are told");
    Answer { status, headers, body }
}

/// A value as part of a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
