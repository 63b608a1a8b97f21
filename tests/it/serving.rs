//! The program serving a data directory of its own, and the least of a client for it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A running site; it stops when dropped.
pub(crate) struct Served {
    child: Child,
    address: String,
    data: PathBuf,
    // Held for its Drop: the directory goes when the site goes.
    #[allow(dead_code, reason = "only held")]
    folder: Option<TempDir>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Rows of a CSV, the header left out.
    pub(crate) fn rows(&self) -> usize {
        csv::Reader::from_reader(self.body.as_bytes()).records().map(Result::unwrap).count()
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_council-map"));
    command.env_remove("COUNCIL_MAP_DATA").env_remove("COUNCIL_MAP_LISTEN").stderr(Stdio::null());
    command
}

/// Imports and publishes a file of some kind, given by its content.
pub(crate) fn import(data: &Path, kind: &str, name: &str, content: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, content).unwrap();
    run(data, &["import", kind, file.to_str().unwrap(), "--publish"]);
}

/// Runs a command on a data directory; it must succeed.
pub(crate) fn run(data: &Path, args: &[&str]) {
    let output = program().args(args).args(["--data", data.to_str().unwrap()]).stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A data directory with what some files bring: kind, name and content each.
pub(crate) fn made(files: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (kind, name, content) in files {
        import(folder.path(), kind, name, content);
    }
    folder
}

impl Served {
    /// Serves a data directory that others use too.
    pub(crate) fn of(data: &Path) -> Self {
        let mut child = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").expect(&line).to_owned();
        Self { child, address, data: data.to_owned(), folder: None }
    }

    /// Serves a data directory of its own.
    pub(crate) fn owning(folder: TempDir) -> Self {
        let mut served = Self::of(folder.path());
        served.folder = Some(folder);
        served
    }

    /// Imports one more file into the site while it runs, and waits until it is served.
    pub(crate) fn import(&self, kind: &str, name: &str, content: &str) {
        self.after(|data| import(data, kind, name, content));
    }

    /// Waits until what was done to the data directory is served.
    pub(crate) fn after(&self, change: impl FnOnce(&Path)) {
        let before = self.get("/version").body;
        change(&self.data);
        for _ in 0..600 {
            if self.get("/version").body != before {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the publication was not noticed");
    }

    /// The data directory.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// All files of the edition in force, as bytes.
    pub(crate) fn edition(&self) -> Vec<u8> {
        let id = self.get("/version").json()["data"]["id"].as_str().unwrap().to_owned();
        std::fs::read(self.data.join(format!("site-{id}.db"))).unwrap()
    }

    /// GET of a path that is encoded already.
    pub(crate) fn get(&self, path: &str) -> Page {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { status, head: head.to_lowercase(), body: body.trim_start_matches('\u{feff}').to_owned() }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A value as part of a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
