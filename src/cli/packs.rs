//! `council-map export packs`.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use anyhow::{Context, bail};
use clap::Args;
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::output_folder::{must_be_empty, write};
use super::progress::Bars;
use super::status::DONE;
use crate::db::edition::{Edition, Editions, verified};
use crate::db::{self, open_reader};
use crate::domain::council::Council;
use crate::domain::london;
use crate::domain::year::ReportingYear;
use crate::export::pack::{Imprint, pdf};
use crate::read::Atlas;
use crate::read::council::CouncilPage;
use crate::read::pack::PackPage;
use crate::site::public_address::PublicAddress;

/// Write the committee pack of every council as a PDF.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map export packs --year 2024-25
  council-map export packs --year 2024-25 --out packs --public-url https://map.example.org

Each file is called by its council and year, and is the one that the site itself gives under /councils/SLUG/pack.pdf.
The same version of the data gives the same bytes.")]
pub(super) struct Packs {
    /// Of which year.
    #[arg(long, value_name = "2019-20", value_parser = |text: &str| ReportingYear::parse(text))]
    year: ReportingYear,
    /// Folder to write; it is made, and must be empty when it is there. council-map-packs-YEAR when not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Address of the site, to which references and sources lead; without it they lead nowhere.
    #[arg(long, value_name = "URL", env = "COUNCIL_MAP_PUBLIC_URL")]
    public_url: Option<PublicAddress>,
    #[command(flatten)]
    data: Data,
}

/// What all makers share.
struct Job<'a> {
    file: PathBuf,
    atlas: &'a Atlas,
    edition: &'a Edition,
    published_at: Timestamp,
    year: ReportingYear,
    origin: Option<String>,
    out: &'a Path,
}

impl Packs {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let dir = &self.data.dir;
        let editions = Editions::read(dir)?;
        let Some(edition) = editions.in_force(Timestamp::now()) else {
            bail!("nothing has been published in {} yet", dir.display());
        };
        let out = self.out.unwrap_or_else(|| PathBuf::from(format!("council-map-packs-{}", self.year)));
        must_be_empty(&out)?;
        let file = verified(dir, edition)?;
        let conn = open_reader(&file)?;
        let atlas = Atlas::load(&conn)?;
        let Some((oldest, newest)) = atlas.years.first().zip(atlas.years.last()) else {
            bail!("version {} holds no figures of any year; import some first", edition.id);
        };
        if !atlas.years.contains(&self.year) {
            bail!("there are no figures of {}; choose a year from {oldest} to {newest} with --year", self.year);
        }
        let published_at = db::releases::newest(&conn)?.unwrap_or(edition.from);
        let origin = self.public_url.as_ref().map(ToString::to_string);
        let job = Job { file, atlas: &atlas, edition, published_at, year: self.year, origin, out: &out };
        let written = job.run()?;
        output::line(&format!("{written} packs of {}, version {}, are in {}", self.year, edition.id, out.display()));
        Ok(DONE)
    }
}

impl Job<'_> {
    /// Makes all packs, on every processor; how many there are.
    fn run(&self) -> anyhow::Result<usize> {
        let councils: Vec<&Council> = self.atlas.councils_in(self.year).collect();
        let bars = Bars::told();
        bars.begin("Setting committee packs", Some(councils.len()));
        let waiting = Mutex::new(councils.iter());
        let next = &|| waiting.lock().ok().and_then(|mut waiting| waiting.next().copied());
        let makers = thread::available_parallelism().map_or(1, usize::from);
        let mut written = 0;
        thread::scope(|scope| {
            let (done, made) = channel();
            for _ in 0..makers {
                let done = done.clone();
                scope.spawn(move || self.make(next, done));
            }
            drop(done);
            // A failure ends the loop, and with it the channel, at which every maker stops.
            for result in made {
                result?;
                written += 1;
                bars.step(1);
            }
            Ok(written)
        })
    }

    /// Makes packs until there is none left, or nobody takes them any more.
    fn make<'a>(&self, next: &impl Fn() -> Option<&'a Council>, done: Sender<anyhow::Result<()>>) {
        let conn = match open_reader(&self.file) {
            Ok(conn) => conn,
            Err(error) => {
                // Nobody listens where another maker failed before.
                let _ = done.send(Err(error.into()));
                return;
            }
        };
        while let Some(council) = next() {
            let made = self.one(&conn, council).with_context(|| format!("the pack of {}", council.official_name));
            if done.send(made).is_err() {
                return;
            }
        }
    }

    fn one(&self, conn: &db::Connection, council: &Council) -> anyhow::Result<()> {
        let day = london::day_of(self.published_at);
        let overview = CouncilPage::read(conn, self.atlas, council, Some(self.year), day)?;
        let page = PackPage::of(conn, self.atlas, overview, day)?;
        let origin = self.origin.as_deref();
        let bytes = pdf(&page, &Imprint { edition: &self.edition.id, published_at: self.published_at, origin })?;
        let path = self.out.join(format!("{}_{}.pdf", council.slug, self.year));
        write(&path, &bytes).with_context(|| path.display().to_string())
    }
}
