//! The backup of every night: made by the server itself, caught up after a stop, and only so many kept; and one out of
//! turn when an administrator asks for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::ports::{BackupKeeper, KeptBackup};
use app::{Ctx, company_zone};
use domain::base::{Instant, company_day, start_of_day};
use tokio::sync::{Notify, watch};

use crate::backup;
use crate::serve::StartFault;
use crate::settings::Settings;
use crate::words;

/// How often the clock is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// What was missed is caught up so long after the start: people who wait for the server come first.
const FIRST_LOOK: Duration = Duration::from_secs(600);
/// After a failure it is tried again after so long.
const AGAIN_AFTER_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Where people ask for a backup, and see which there are.
pub struct Desk {
    folder: PathBuf,
    minute: Option<u32>,
    keeps: usize,
    wanted: Notify,
    making: AtomicBool,
}

impl Desk {
    pub fn new(settings: &Settings) -> Desk {
        Desk {
            folder: settings.backup_dir.clone(),
            minute: settings.backup_at,
            keeps: settings.backup_keep,
            wanted: Notify::new(),
            making: AtomicBool::new(false),
        }
    }
}

impl BackupKeeper for Desk {
    fn kept(&self) -> Vec<KeptBackup> {
        let mut backups = backups_in(&self.folder);
        backups.sort();
        let told = backups.into_iter().rev().map(|(made_at, path)| KeptBackup {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            made_at,
            bytes: std::fs::metadata(&path).map(|known| known.len()).unwrap_or_default(),
        });
        told.collect()
    }

    fn make_now(&self) {
        let making = self.making.swap(true, Ordering::SeqCst);
        if !making {
            self.wanted.notify_one();
        }
    }

    fn is_making(&self) -> bool {
        self.making.load(Ordering::SeqCst)
    }

    fn minute(&self) -> Option<u32> {
        self.minute
    }

    fn keeps(&self) -> usize {
        self.keeps
    }
}

/// Makes a backup whenever one is due or asked for at the desk, until `stop` says so.
pub async fn run(settings: Settings, ctx: Ctx, desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let mut failed_at = None;
    let mut wait = FIRST_LOOK;
    loop {
        let asked = tokio::select! {
            () = tokio::time::sleep(wait) => {
                wait = LOOK_EVERY;
                false
            }
            () = desk.wanted.notified() => true,
            _ = stop.changed() => return,
        };
        let now = backup::now();
        let rested = failed_at.is_none_or(|failed: Instant| now.0 - failed.0 >= AGAIN_AFTER_MS);
        let due = |minute| rested && is_due(now, minute, newest(&settings.backup_dir));
        let wanted = asked || settings.backup_at.is_some_and(due);
        // Before there is a company there is nothing to lose.
        if wanted && app::access::is_set_up(&ctx).await.unwrap_or(false) {
            desk.making.store(true, Ordering::SeqCst);
            clear_unfinished(&settings.backup_dir);
            failed_at = night(&settings, &ctx, now).await.is_err().then_some(now);
        }
        if wanted {
            desk.making.store(false, Ordering::SeqCst);
        }
    }
}

/// One backup, and the oldest ones beyond those that are kept go. What became of it stands in the log.
async fn night(settings: &Settings, ctx: &Ctx, now: Instant) -> Result<(), StartFault> {
    let target = settings.backup_dir.join(backup::name_at(now));
    let started = std::time::Instant::now();
    let made = backup::make(settings, &target).await;
    let seconds = started.elapsed().as_secs();
    let noted = match &made {
        Ok(made) => {
            let missing = made.manifest.missing.len();
            tracing::info!(path = %made.path.display(), made.bytes, seconds, missing, "backup made");
            forget_old(&settings.backup_dir, settings.backup_keep);
            let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
            app::backups::note_made(ctx, &name, made.bytes, made.manifest.missing.len()).await
        }
        Err(fault) => {
            let reason = words::start_fault(fault);
            tracing::error!(reason, "no backup was made");
            app::backups::note_failed(ctx, &reason).await
        }
    };
    if let Err(error) = noted {
        tracing::warn!(?error, "what became of the backup could not be noted");
    }
    made.map(drop)
}

/// Whether the last moment at which a backup was wanted lies after the newest one. A server that stood still at that
/// moment makes it as soon as it runs again.
fn is_due(now: Instant, minute: u32, newest: Option<Instant>) -> bool {
    let zone = company_zone();
    let today = start_of_day(company_day(now, &zone), &zone).plus_ms(i64::from(minute) * MINUTE_MS);
    let wanted = if today <= now { today } else { today.plus_ms(-DAY_MS) };
    newest.is_none_or(|newest| newest < wanted)
}

/// When the newest backup in the folder was made.
fn newest(folder: &Path) -> Option<Instant> {
    backups_in(folder).into_iter().map(|(made, _)| made).max()
}

/// Removes the oldest backups until `keep` are left; other files are never touched.
fn forget_old(folder: &Path, keep: usize) {
    let mut backups = backups_in(folder);
    backups.sort();
    let gone = backups.len().saturating_sub(keep);
    for (_, path) in backups.into_iter().take(gone) {
        if let Err(error) = std::fs::remove_file(&path) {
            tracing::warn!(%error, path = %path.display(), "an old backup could not be removed");
        }
    }
}

/// Removes what a server that was stopped in the middle of a backup has left.
fn clear_unfinished(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let copy = name.strip_suffix("-journal").unwrap_or(&name);
        let whole = copy.strip_suffix(".db").unwrap_or(copy).strip_suffix(".part");
        if whole.and_then(backup::made_at).is_some() {
            // One that cannot be removed is tried again the next night.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn backups_in(folder: &Path) -> Vec<(Instant, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let named = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let made = backup::made_at(entry.file_name().to_str()?)?;
        Some((made, entry.path()))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-24 09:00 in the company's time zone.
    const NINE: Instant = Instant(1_795_482_000_000);
    const HOUR_MS: i64 = 3_600_000;

    #[test]
    fn a_backup_is_due_once_a_night_and_caught_up_after_a_stop() {
        let half_past_three = 3 * 60 + 30;
        let night = NINE.plus_ms(-11 * HOUR_MS / 2);
        assert!(is_due(NINE, half_past_three, None));
        assert!(is_due(NINE, half_past_three, Some(night.plus_ms(-1))));
        assert!(!is_due(NINE, half_past_three, Some(night)));
        assert!(!is_due(night.plus_ms(-1), half_past_three, Some(night.plus_ms(-DAY_MS))));
        assert!(is_due(night, half_past_three, Some(night.plus_ms(-DAY_MS))));
        assert!(
            is_due(NINE.plus_ms(7 * DAY_MS), half_past_three, Some(night)),
            "after a week of standing still"
        );
    }

    #[test]
    fn the_desk_tells_what_lies_there_newest_first_and_asks_once() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("huxi-20261121-033000.zip", "x"),
            ("huxi-20261123-033000.zip", "xyz"),
            ("photos.zip", "x"),
            ("huxi-20261124-033000.zip.part", "x"),
        ] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let desk = Desk {
            folder: folder.path().to_path_buf(),
            minute: None,
            keeps: 7,
            wanted: Notify::new(),
            making: AtomicBool::new(false),
        };
        let kept: Vec<_> = desk.kept().into_iter().map(|one| (one.name, one.bytes)).collect();
        let named = |name: &str, bytes| (name.to_string(), bytes);
        assert_eq!(kept, [named("huxi-20261123-033000.zip", 3), named("huxi-20261121-033000.zip", 1)]);
        assert!(!desk.is_making());
        desk.make_now();
        desk.make_now();
        assert!(desk.is_making());
    }

    #[test]
    fn only_so_many_are_kept_and_other_files_are_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["huxi-20261121-033000.zip", "huxi-20261122-033000.zip", "huxi-20261123-033000.zip"];
        let left = ["huxi-20261101-033000.zip.part", "huxi-20261101-033000.zip.part.db-journal"];
        for name in names.iter().chain(&["photos.zip"]).chain(&left) {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        forget_old(folder.path(), 2);
        let there = |name: &str| folder.path().join(name).exists();
        assert_eq!(names.map(there), [false, true, true]);
        assert!(there("photos.zip") && left.into_iter().all(there));
        clear_unfinished(folder.path());
        assert!(there("photos.zip") && there(names[2]) && !left.into_iter().any(there));
        assert_eq!(newest(folder.path()), backup::made_at(names[2]));
    }
}
