//! Taking in what browsers say of those who work on a quotation.

use domain::access::{Actor, Right, Scope};
use domain::base::{FieldFault, Instant, Invalid, QuoteId};
use domain::insights::{ACTIVE_MS_MAX, Mark, MarkKind};
use store::insights::ActivityMark;
use store::{Command, Tx, events};

use crate::{AppError, Ctx};

/// So many marks are taken at once.
pub const ACTIVITY_MAX: usize = 100;
const KEY_LETTERS_MAX: usize = 64;
/// A mark that a browser kept for longer is of no use.
const KEPT_MS_MAX: i64 = 7 * 24 * 3_600 * 1_000;

/// One mark as a browser says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkText {
    pub key: String,
    pub kind: String,
    pub quote: QuoteId,
    pub at: Instant,
    pub active_ms: Option<i64>,
}

/// Keeps the marks; unknown quotations, repeated keys and marks too old are left out without a word.
pub async fn note_activity(ctx: &Ctx, actor: &Actor, marks: Vec<MarkText>) -> Result<(), AppError> {
    if marks.len() > ACTIVITY_MAX {
        return Err(Invalid::one("events", FieldFault::TooMany { count_max: ACTIVITY_MAX }).into());
    }
    let Ok(scope) = actor.scope(Right::QuoteRead) else { return Ok(()) };
    let marks = marks.into_iter().enumerate().map(|(place, mark)| accept(place, mark));
    let marks = marks.collect::<Result<Vec<_>, Invalid>>()?;
    ctx.store.write(NoteActivity { scope, marks }).await
}

fn accept(place: usize, text: MarkText) -> Result<ActivityMark, Invalid> {
    let wrong = |field: &str, fault| Invalid::one(format!("events[{place}].{field}"), fault);
    let kind = MarkKind::from_key(&text.kind).ok_or_else(|| wrong("kind", FieldFault::NoChoice))?;
    if text.key.is_empty() || text.key.chars().count() > KEY_LETTERS_MAX {
        return Err(wrong("id", FieldFault::TooLong { letters_max: KEY_LETTERS_MAX }));
    }
    let active_ms = if kind == MarkKind::Active { text.active_ms.unwrap_or(0) } else { 0 };
    let mark = Mark { kind, at: text.at, active_ms: active_ms.clamp(0, ACTIVE_MS_MAX) };
    Ok(ActivityMark { key: text.key, quote: text.quote, mark })
}

#[derive(Clone)]
struct NoteActivity {
    scope: Scope,
    marks: Vec<ActivityMark>,
}

impl Command for NoteActivity {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let newest = self.marks.iter().map(|it| it.mark.at).max().unwrap_or(now);
        // A browser whose clock runs ahead is set back as a whole: what it says of durations stays true.
        let ahead_ms = newest.0.saturating_sub(now.0).max(0);
        let set = |mut it: ActivityMark| {
            it.mark.at = it.mark.at.plus_ms(-ahead_ms);
            it
        };
        let marks: Vec<_> = self.marks.into_iter().map(set).collect();
        let fresh = |it: &ActivityMark| it.mark.at.0 >= now.0.saturating_sub(KEPT_MS_MAX);
        let marks: Vec<_> = marks.into_iter().filter(fresh).collect();
        Ok(store::insights::note(tx, &self.scope, &marks, now).await?)
    }
}
