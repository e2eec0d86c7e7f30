//! `huxi backup`, `huxi restore`, `huxi check`: one archive of everything, back again, and whether all is there.

use std::path::{Path, PathBuf};

use app::company_zone;
use app::integrity::{self, Examined};
use clap::Args;
use domain::base::{Instant, company_stamp, moment_of_stamp};
use serde_json::{Value, json};
use store::backup::{self, BackupFault, Made, Manifest};
use store::{Place, StoreOptions};

use crate::answer::Answer;
use crate::serve::{ServeArgs, StartFault, ended, of_app, on_runtime};
use crate::settings::Settings;
use crate::words;

const BEGINNING: &str = "huxi-";
const ENDING: &str = ".zip";

/// What `huxi backup` is asked.
#[derive(Debug, Clone, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// 写到哪个文件（不写就放进设置里的 backup_dir，按时间起名）
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// What `huxi restore` is asked.
#[derive(Debug, Clone, Args)]
pub struct RestoreArgs {
    /// 备份文件
    archive: PathBuf,
    #[command(flatten)]
    serve: ServeArgs,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// What `huxi check` is asked.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// 只核对这个备份文件，不看数据库
    archive: Option<PathBuf>,
    #[command(flatten)]
    serve: ServeArgs,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// Runs `huxi backup`: 0 with a whole backup, 1 when files were missing or nothing was made.
pub fn back_up(args: &BackupArgs) -> Answer {
    let made = args.serve.settings().and_then(|settings| {
        let target = args.to.clone().unwrap_or_else(|| settings.backup_dir.join(name_at(now())));
        on_runtime(async move { make(&settings, &target).await })
    });
    match made {
        Ok(made) => {
            let code = u8::from(!made.manifest.missing.is_empty());
            told(code, args.json, made_json(&made), words::backed_up(&made))
        }
        Err(fault) => ended(Err(fault)),
    }
}

/// Runs `huxi restore`: 0 when everything is back and whole, 1 when it is not.
pub fn restore(args: &RestoreArgs) -> Answer {
    let restored = args.serve.settings().and_then(|settings| {
        let archive = args.archive.clone();
        on_runtime(async move {
            let place = place_of(&settings);
            let manifest = backup::restore(&archive, &place).await.map_err(StartFault::Backup)?;
            // An archive of an earlier program is brought up to this one before it is looked through.
            let store = crate::serve::open(&settings).await?;
            let examined = integrity::examine(&store).await;
            Ok((manifest, examined.map_err(|error| of_app(&settings, error))?))
        })
    });
    match restored {
        Ok((manifest, examined)) => {
            let code = u8::from(!examined.is_whole());
            let said = json!({"manifest": manifest_json(&manifest), "check": examined_json(&examined)});
            told(code, args.json, said, words::restored(&manifest, &examined))
        }
        Err(fault) => ended(Err(fault)),
    }
}

/// Runs `huxi check`: 0 when all is whole, 1 when something is wrong.
pub fn check(args: &CheckArgs) -> Answer {
    match &args.archive {
        Some(archive) => check_archive(archive, args.json),
        None => check_database(args),
    }
}

fn check_archive(archive: &Path, as_json: bool) -> Answer {
    let archive = archive.to_path_buf();
    match on_runtime(async move { backup::examine(&archive).await.map_err(StartFault::Backup) }) {
        Ok(manifest) => {
            let code = u8::from(!manifest.missing.is_empty());
            told(code, as_json, manifest_json(&manifest), words::archive_is_whole(&manifest))
        }
        Err(fault) => ended(Err(fault)),
    }
}

fn check_database(args: &CheckArgs) -> Answer {
    let examined = args.serve.settings().and_then(|settings| {
        on_runtime(async move {
            let place = place_of(&settings);
            let opened = store::open_to_read(&place, StoreOptions::default()).await;
            let store = opened.map_err(StartFault::Store)?;
            let examined = integrity::examine(&store).await;
            Ok((examined.map_err(|error| of_app(&settings, error))?, place.check_unmixed().is_err()))
        })
    });
    match examined {
        Ok((examined, marked)) => {
            let code = u8::from(marked || !examined.is_whole());
            let mut said = examined_json(&examined);
            said["overwritten"] = marked.into();
            let mark = if marked { words::MARKED } else { "" };
            told(code, args.json, said, format!("{}{mark}", words::examined(&examined)))
        }
        Err(fault) => ended(Err(fault)),
    }
}

/// Makes a backup of the database that the settings name; the folder of the target is made when it is not there.
pub async fn make(settings: &Settings, target: &Path) -> Result<Made, StartFault> {
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let made = store::backup::make_folder(folder);
        made.map_err(|error| StartFault::Backup(BackupFault::Store(error)))?;
    }
    backup::make(&place_of(settings), target, now()).await.map_err(StartFault::Backup)
}

/// Where the database of these settings lies.
pub fn place_of(settings: &Settings) -> Place {
    match &settings.database_url {
        Some(url) => Place::Url(url.clone()),
        None => Place::Folder(settings.data_dir.clone()),
    }
}

/// The name of a backup that is made at `moment`: `huxi-20261130-033000.zip`, by the company's clock.
pub fn name_at(moment: Instant) -> String {
    format!("{BEGINNING}{}{ENDING}", company_stamp(moment, &company_zone()))
}

/// When the backup of this name was made; `None` for a file that is no backup of ours.
pub fn made_at(name: &str) -> Option<Instant> {
    moment_of_stamp(name.strip_prefix(BEGINNING)?.strip_suffix(ENDING)?, &company_zone())
}

/// The machine's clock: the name of a backup says when it was made, whatever the database thinks.
pub fn now() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// What a command ends with: a sentence, or the same as JSON.
pub fn told(code: u8, as_json: bool, said: Value, sentence: String) -> Answer {
    let text = if as_json { said.to_string() } else { sentence };
    match code {
        0 => Answer { code, out: format!("{text}\n"), err: String::new() },
        _ if as_json => Answer { code, out: format!("{text}\n"), err: String::new() },
        _ => Answer { code, out: String::new(), err: format!("{text}\n") },
    }
}

fn made_json(made: &Made) -> Value {
    let mut said = manifest_json(&made.manifest);
    said["path"] = json!(made.path.display().to_string());
    said["bytes"] = json!(made.bytes);
    said
}

fn manifest_json(manifest: &Manifest) -> Value {
    json!({
        "made_at": manifest.made_at.0, "program": manifest.program, "engine": manifest.engine,
        "migration": manifest.migration, "files": manifest.files, "file_bytes": manifest.file_bytes,
        "missing": manifest.missing,
    })
}

/// What was looked through, as JSON.
pub fn examined_json(examined: &Examined) -> Value {
    let faults: Vec<String> = examined.faults.iter().map(words::integrity_fault).collect();
    json!({
        "numbers": examined.numbers, "documents": examined.documents, "files": examined.files,
        "file_bytes": examined.file_bytes, "fault_count": examined.fault_count, "faults": faults,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_it_was_made_and_others_are_not_ours() {
        let moment = Instant(1_795_482_000_000);
        assert_eq!(name_at(moment), "huxi-20261124-090000.zip");
        assert_eq!(made_at("huxi-20261124-090000.zip"), Some(moment));
        for other in ["huxi-20261124.zip", "huxi-20261124-090000.zip.part", "photos.zip", "huxi-2026.tar"] {
            assert_eq!(made_at(other), None, "{other}");
        }
    }
}
