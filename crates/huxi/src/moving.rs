//! `huxi move`: a company that has outgrown SQLite goes to PostgreSQL with everything that it has.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use app::integrity::{self, Examined};
use app::{Ctx, Random, company_zone};
use clap::Args;
use serde_json::{Map, Value, json};
use store::moving::Moved;
use store::{Place, StoreOptions};

use crate::answer::Answer;
use crate::backup::{examined_json, told};
use crate::serve::{ServeArgs, StartFault, ended, on_runtime};
use crate::settings::is_postgres;
use crate::words;

/// What `huxi move` is asked.
#[derive(Debug, Clone, Args)]
pub struct MoveArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// 搬到哪里：一个空的 PostgreSQL 库的地址，例如 postgres://用户:密码@主机/库名
    #[arg(long, value_name = "URL")]
    to: String,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// What was moved, and what was found in it afterwards.
#[derive(Clone, Debug)]
pub struct Done {
    pub from: PathBuf,
    /// The address without its password.
    pub to: String,
    pub moved: Moved,
    pub examined: Examined,
    /// How far the clock of the PostgreSQL stands behind the newest event.
    pub behind_ms: i64,
    pub seconds: u64,
}

/// Runs `huxi move`: 0 when everything is there and whole, 1 when something is not, or nothing was moved.
pub fn run(args: &MoveArgs) -> Answer {
    if !is_postgres(&args.to) {
        return Answer::unreadable(words::moving::WHERE_TO.to_string());
    }
    let done = args.serve.settings().and_then(|settings| {
        if settings.database_url.is_some() {
            return Err(StartFault::MoveFromPostgres);
        }
        on_runtime(carry(settings.data_dir, args.to.clone()))
    });
    match done {
        Ok(done) => {
            let code = u8::from(!done.examined.is_whole() || !done.moved.missing.is_empty());
            told(code, args.json, done_json(&done), words::moving::done(&done))
        }
        Err(fault) => ended(Err(fault)),
    }
}

async fn carry(from: PathBuf, to: String) -> Result<Done, StartFault> {
    let began = Instant::now();
    let moved = store::moving::carry(&from, &to, |step| say(&words::moving::step(&step))).await;
    let moved = moved.map_err(StartFault::Move)?;
    say(words::moving::CHECKING);
    let place = Place::Url(to.clone());
    let opened = store::open_to_read(&place, StoreOptions::default()).await;
    let store = opened.map_err(|error| StartFault::MovedUnchecked(error.to_string()))?;
    let unchecked = |error: app::AppError| StartFault::MovedUnchecked(format!("{error:?}"));
    let examined = integrity::examine(&store).await.map_err(unchecked)?;
    let clock = app::clock::read_clock(&Ctx::new(store, company_zone(), Random::System)).await;
    let behind_ms = clock.map_err(unchecked)?.behind_ms;
    let seconds = began.elapsed().as_secs();
    Ok(Done { from, to: without_password(&to), moved, examined, behind_ms, seconds })
}

/// Says how far it has come, on standard error, so that standard output holds the outcome alone.
fn say(line: &str) {
    // A reader that has gone away is no fault of ours.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// The address as it may stand on a screen.
fn without_password(url: &str) -> String {
    let (head, query) = url.split_once('?').map_or((url, None), |(head, query)| (head, Some(query)));
    let (scheme, rest) = head.split_once("://").unwrap_or(("postgres", head));
    let place = match rest.rsplit_once('@') {
        Some((who, place)) => match who.split_once(':') {
            Some((account, _)) => format!("{account}:***@{place}"),
            None => rest.to_string(),
        },
        None => rest.to_string(),
    };
    let hidden = |part: &str| match part.split_once('=') {
        Some(("password", _)) => "password=***".to_string(),
        _ => part.to_string(),
    };
    let query = query.map(|query| query.split('&').map(hidden).collect::<Vec<_>>().join("&"));
    format!("{scheme}://{place}{}", query.map(|query| format!("?{query}")).unwrap_or_default())
}

fn done_json(done: &Done) -> Value {
    let moved = &done.moved;
    let tables: Map<String, Value> =
        moved.tables.iter().map(|(table, rows)| (table.clone(), json!(rows))).collect();
    json!({
        "tables": tables, "rows": moved.rows, "files": moved.files, "file_bytes": moved.file_bytes,
        "missing": moved.missing, "seconds": done.seconds, "clock_behind_ms": done.behind_ms,
        "check": examined_json(&done.examined),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(url: &str, wanted: &str) {
        assert_eq!(without_password(url), wanted);
    }

    #[test]
    fn the_password_of_an_address_is_not_repeated() {
        shown("postgres://huxi:p@ss/w:rd@db:5432/huxi", "postgres://huxi:***@db:5432/huxi");
        shown("postgres://huxi@db/huxi", "postgres://huxi@db/huxi");
        shown(
            "postgresql://db/huxi?user=huxi&password=secret",
            "postgresql://db/huxi?user=huxi&password=***",
        );
    }
}
