//! A data directory made whole again: its list of versions, and the versions that are to be served.
//!
//! A repair never shows what waits, what was taken back or what a later version has replaced. Where the files do not
//! say which version was in force it changes nothing and names the choices (docs/adr/0007-second-copy.md).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::error::PublishError;
use super::inventory::{Inventory, Version, VersionFault};
use super::lock::Lock;
use super::releases::without;
use super::timeline::Timeline;
use crate::db::data_dir::POINTER;
use crate::db::decisions;
use crate::db::edition::{Edition, Editions};
use crate::db::error::{DbError, PointerFault};
use crate::db::open_reader;
use crate::domain::progress::Told;

/// Repairs what can be repaired, and answers with what was done, one sentence each. `in_force` names the version that
/// was in force, for when that cannot be told.
///
/// # Errors
/// The version in force cannot be told, or not be made again. Nothing was changed then.
pub fn repair(
    data_dir: &Path,
    in_force: Option<&str>,
    now: Timestamp,
    progress: &Told,
) -> Result<Vec<String>, PublishError> {
    if !data_dir.exists() {
        return Ok(Vec::new());
    }
    let _lock = Lock::hold(data_dir)?;
    let inventory = Inventory::take(data_dir, &**progress)?;
    let mut done = Vec::new();
    let mut list = match &inventory.pointer {
        Ok(_) if in_force.is_some() => {
            return Err(PublishError::Refused(
                "the list of versions says which one is in force; leave out --in-force, and go back to another with \
                 `council-map rollback --to`"
                    .to_owned(),
            ));
        }
        Ok(list) => list.clone(),
        Err(_) => Rebuild { data_dir, inventory: &inventory, now }.list(in_force, &mut done)?,
    };
    set_hour_right(&mut list, now, &mut done);
    let lost = list.editions.iter().filter(|edition| inventory.is_lost(edition)).map(|edition| edition.file.clone());
    let lost: BTreeSet<String> = lost.collect();
    make_again(data_dir, &inventory, &mut list, now, progress, &mut done)?;
    list.editions.retain(|edition| !lost.contains(&edition.file));
    done.extend(lost.iter().map(|file| match inventory.versions.get(file) {
        Some(Err(VersionFault::Older(_))) => {
            format!("{file} was made by an older version of this program, and is left out of the list of versions")
        }
        _ => format!("{file} is missing or damaged, and left out of the list of versions"),
    }));
    match &inventory.pointer {
        Ok(read) if *read == list => {
            if *read != Editions::default() || data_dir.join(POINTER).exists() {
                list.write_second_copy(data_dir)?;
            }
        }
        Err(PointerFault::Unreadable(_)) => {
            let (from, name) = (data_dir.join(POINTER), free_name(data_dir));
            fs::rename(&from, data_dir.join(&name)).map_err(DbError::io(&from))?;
            done.push(format!("the unreadable list of versions is kept as {name}"));
            list.write(data_dir)?;
        }
        _ => list.write(data_dir)?,
    }
    Ok(done)
}

/// A name for a list that cannot be read; those that were kept before stay.
fn free_name(data_dir: &Path) -> String {
    let names = (1_u32..).map(|number| match number {
        1 => "current.json.unreadable".to_owned(),
        number => format!("current.json.unreadable-{number}"),
    });
    let free = names.take(10_000).find(|name| !data_dir.join(name).exists());
    free.unwrap_or_else(|| "current.json.unreadable".to_owned())
}

/// After a clock that ran ahead the version in force is so since an hour that has not come: until it comes, nothing could
/// wait. What waits for a later hour than that goes on waiting.
fn set_hour_right(list: &mut Editions, clock: Timestamp, done: &mut Vec<String>) {
    let Some(since) = list.in_force_since.filter(|since| *since > clock) else { return };
    let Some(current) = list.in_force(clock).cloned() else { return };
    list.editions.retain(|edition| *edition != current);
    for edition in list.editions.iter_mut().filter(|edition| edition.from <= since) {
        edition.from = edition.from.min(clock);
    }
    // Of those with one hour the last is in force.
    list.editions.push(Edition { from: clock, ..current });
    list.in_force_since = Some(clock);
    done.push(format!("the version in force was so since {since}, which has not come; it is so since {clock} now"));
}

/// Makes the version in force and those that wait again from the kept releases where one of them is lost, or holds a
/// release that was taken back.
fn make_again(
    data_dir: &Path,
    inventory: &Inventory,
    list: &mut Editions,
    now: Timestamp,
    progress: &Told,
    done: &mut Vec<String>,
) -> Result<(), PublishError> {
    let withdrawn = inventory.withdrawn();
    let wrong = |edition: &Edition| {
        inventory.is_lost(edition)
            || inventory.key_is_lost(edition)
            || edition.releases.iter().any(|key| withdrawn.contains(key.as_str()))
    };
    let Some(current) = list.in_force(now).cloned() else { return Ok(()) };
    if !wrong(&current) && !list.pending(now).into_iter().any(wrong) {
        return Ok(());
    }
    let numbers = inventory.whole_versions().into_iter().map(|(_, version)| version.number);
    let mut timeline = Timeline::of(data_dir, list.clone(), now).telling(progress).numbered_after(numbers.max());
    let steps = withdrawn.iter().fold(timeline.steps_after(now), |steps, key| without(&steps, key));
    let mut made = Vec::new();
    let first = if wrong(&current) {
        if current.synthetic {
            return Err(PublishError::Refused(format!(
                "{} is missing or damaged, and a demonstration cannot be made again from kept files; remove {} and make \
                 another with `council-map demo`",
                current.file,
                data_dir.display()
            )));
        }
        let keep = current.releases.into_iter().filter(|key| !withdrawn.contains(key.as_str())).collect();
        let first = timeline.rebuild(timeline.now(), keep)?;
        made.push(first.clone());
        first
    } else {
        current
    };
    made.extend(timeline.on_top(&first, &steps)?);
    done.extend(made.iter().map(|edition| format!("version {} was made again from the kept releases", edition.id)));
    let now = list.moment(now);
    list.editions.retain(|edition| edition.from <= now);
    list.editions.extend(made);
    list.in_force_since = list.in_force(now).map(|edition| edition.from);
    Ok(())
}

/// A list of versions made without the one that is lost.
struct Rebuild<'a> {
    data_dir: &'a Path,
    inventory: &'a Inventory,
    now: Timestamp,
}

impl Rebuild<'_> {
    fn list(&self, in_force: Option<&str>, done: &mut Vec<String>) -> Result<Editions, PublishError> {
        let doubt = match &self.inventory.second_copy {
            Ok(copy) => match self.doubt(copy) {
                None if in_force.is_some() => {
                    return Err(PublishError::Refused(
                        "the second copy of the list of versions says which one was in force; leave out --in-force, \
                         and go back with `council-map rollback` afterwards"
                            .to_owned(),
                    ));
                }
                None => {
                    done.push("the list of versions was taken from its second copy, releases/current.json".to_owned());
                    return Ok(copy.clone());
                }
                Some(doubt) => doubt,
            },
            Err(fault) => format!("its second copy, releases/current.json, {fault}"),
        };
        if self.inventory.versions.is_empty() && self.inventory.kept.is_empty() {
            done.push("nothing was published here: the list of versions is a new one, which names none".to_owned());
            return Ok(Editions::default());
        }
        let (file, version) = self.chosen(in_force, &doubt)?;
        if in_force.is_none() {
            done.push(format!("version {} is taken to be in force: no other can be", version.id));
        }
        let mut list = self.past(file, version);
        list.editions.extend(self.waiting(version, done));
        list.in_force_since = list.in_force(self.now).map(|edition| edition.from);
        Ok(list)
    }

    /// Why the second copy may not be what the list was; nothing where it must be.
    fn doubt(&self, copy: &Editions) -> Option<String> {
        let shown = copy.in_force(self.now).and_then(Edition::number).unwrap_or(0);
        let named = |file: &str| copy.editions.iter().any(|edition| edition.file == file);
        let mut versions = self.inventory.whole_versions().into_iter();
        let newer = versions.find(|(file, version)| version.number > shown && !named(file));
        if let Some((file, _)) = newer {
            return Some(format!("its second copy, releases/current.json, does not know {file}"));
        }
        let served = copy.in_force(self.now).into_iter().chain(copy.pending(self.now));
        served.into_iter().find_map(|edition| {
            let early =
                |key: &&String| self.inventory.meta(key).is_some_and(|meta| meta.release.published_at > edition.from);
            let key = edition.releases.iter().find(early)?;
            Some(format!("its second copy, releases/current.json, shows release {key} before its hour"))
        })
    }

    /// Since when a version may be seen: the latest hour of its releases, as it or what is kept about them says.
    fn hour(&self, version: &Version) -> Timestamp {
        let hours = version.releases.iter().flat_map(|release| {
            let kept = self.inventory.meta(&release.key).map(|meta| meta.release.published_at);
            [Some(release.published_at), kept]
        });
        hours.flatten().max().unwrap_or(self.now)
    }

    /// Versions that hold nothing that was taken back.
    fn usable(&self) -> Vec<(&str, &Version)> {
        let withdrawn = self.inventory.withdrawn();
        let mut versions = self.inventory.whole_versions();
        versions.retain(|(_, one)| !one.releases.iter().any(|release| withdrawn.contains(release.key.as_str())));
        versions
    }

    /// The version that was in force: the one named, or the only one that can have been.
    fn chosen(&self, in_force: Option<&str>, doubt: &str) -> Result<(&str, &Version), PublishError> {
        let usable = self.usable();
        let withdrawn: BTreeSet<String> =
            usable.iter().flat_map(|(_, version)| version.withdrawn_decisions.iter().cloned()).collect();
        let mut choices = Vec::new();
        for (file, version) in usable.into_iter().filter(|(_, version)| self.hour(version) <= self.now) {
            let shows_withdrawn = !withdrawn.is_empty()
                && decisions::shows_any(&open_reader(&self.data_dir.join(file))?, self.data_dir, &withdrawn)?;
            if !shows_withdrawn {
                choices.push((file, version));
            }
        }
        let found = match (in_force, &*choices) {
            (None, [only]) => Some(*only),
            (None, _) => None,
            (Some(id), _) => choices
                .iter()
                .copied()
                .find(|(_, version)| version.id == id || version.id.split('-').next() == Some(id)),
        };
        found.ok_or_else(|| self.refusal(in_force, &choices, doubt))
    }

    fn refusal(&self, in_force: Option<&str>, choices: &[(&str, &Version)], doubt: &str) -> PublishError {
        let folder = self.data_dir.display();
        if choices.is_empty() {
            return PublishError::Refused(format!(
                "{folder}: no version is here that may be shown, and {doubt}; nothing was changed. Import the files in \
                 releases/KEY/files/ into another directory with --data DIR"
            ));
        }
        let what = match in_force {
            Some(id) => format!("{id} is not a version that may be shown now"),
            None => format!("which version was in force cannot be told, since {doubt}"),
        };
        let lines: String = choices
            .iter()
            .map(|(_, version)| {
                let newest = version.releases.last().map_or("no release", |release| release.key.as_str());
                format!("\n  --in-force {}   up to {newest}, {}", version.id, self.hour(version))
            })
            .collect();
        PublishError::Refused(format!(
            "{folder}: {what}; nothing was changed. The newest was in force unless it was rolled back. Choose one with \
             `council-map check --data {folder} --repair` and one of{lines}"
        ))
    }

    /// Every version whose hour has come, so that one can go back to it, and the chosen one in force.
    fn past(&self, file: &str, chosen: &Version) -> Editions {
        let whole = self.inventory.whole_versions().into_iter();
        let past = whole.map(|(file, version)| version.edition(file, self.hour(version)));
        let mut list =
            Editions { editions: past.filter(|edition| edition.from <= self.now).collect(), ..Editions::default() };
        if list.in_force(self.now).is_none_or(|edition| edition.id != chosen.id) {
            list.editions.push(chosen.edition(file, self.now));
        }
        list
    }

    /// Versions that wait and were made on top of the one in force; of two for one hour, the one made later.
    fn waiting(&self, chosen: &Version, done: &mut Vec<String>) -> Vec<Edition> {
        let holds_all = |version: &Version| {
            chosen.releases.iter().all(|release| version.releases.iter().any(|one| one.key == release.key))
        };
        let mut waiting: Vec<Edition> = Vec::new();
        for (file, version) in self.usable().into_iter().rev() {
            let hour = self.hour(version);
            let replaced = waiting.last().is_some_and(|later| later.from <= hour);
            if hour > self.now && version.number > chosen.number && holds_all(version) && !replaced {
                waiting.push(version.edition(file, hour));
            }
        }
        waiting.reverse();
        let withdrawn = self.inventory.withdrawn();
        for (key, kept) in &self.inventory.kept {
            let Ok(meta) = &kept.meta else { continue };
            let listed = waiting.iter().any(|edition| edition.releases.contains(key));
            if meta.release.published_at > self.now && !withdrawn.contains(key.as_str()) && !listed {
                done.push(format!(
                    "release {key}, which waits until {at}, is in no version; to let it wait again: council-map publish \
                     {key} --at {at}",
                    at = meta.release.published_at
                ));
            }
        }
        waiting
    }
}
