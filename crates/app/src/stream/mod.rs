//! Live screens: what changed is told to everybody who may see it, as a hint to look again and never as content.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::access::{Actor, Right};
use domain::base::PersonId;
use domain::customers::{DocumentStanding, Standing};
pub use store::stream::Change;
use store::stream::{KnownEvents, Whose};
use tokio::sync::{broadcast, watch};

use crate::{AppError, Ctx};

/// The database is asked for news after so long.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// Changes read at once.
const BATCH_MAX: u32 = 500;
/// Numbers of events may become visible so far out of their order.
const OUT_OF_ORDER: i64 = 200;
/// Changes kept for those who come back after a moment.
const KEPT_MAX: usize = 1_000;
/// Whoever is so far behind is told to look at everything.
const WAITING_MAX: usize = 256;

/// What this server knows of what changed; clones share it.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Change>>,
    kept: Arc<Mutex<Kept>>,
    closed: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct Kept {
    changes: VecDeque<Arc<Change>>,
    /// What came after this number is kept; `None` before the first look.
    from: Option<i64>,
    /// The newest number that was seen, and lately seen ones.
    cursor: Option<i64>,
    known: BTreeSet<i64>,
}

/// One screen's part: what it missed, what comes, and when the server stops.
pub struct Listening {
    pub missed: Missed,
    pub coming: broadcast::Receiver<Arc<Change>>,
    pub closed: watch::Receiver<bool>,
}

/// What happened since a screen last heard something.
pub enum Missed {
    Changes(Vec<Arc<Change>>),
    /// Too long ago: it looks at everything again.
    Everything,
}

impl Default for Hub {
    fn default() -> Hub {
        Hub {
            sender: broadcast::channel(WAITING_MAX).0,
            kept: Arc::default(),
            closed: watch::channel(false).0,
        }
    }
}

impl Hub {
    /// Listens from now on; `last` is the number of the event that the screen heard last.
    pub fn listen(&self, last: Option<i64>) -> Listening {
        let (coming, closed) = (self.sender.subscribe(), self.closed.subscribe());
        let missed = match (last, self.kept.lock()) {
            (None, _) => Missed::Changes(Vec::new()),
            (Some(last), Ok(kept)) => kept.since(last),
            (Some(_), Err(_)) => Missed::Everything,
        };
        Listening { missed, coming, closed }
    }

    /// Ends every stream: the server stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// What lay before the first look is no news.
    fn begin(&self, cursor: i64, before: impl Iterator<Item = i64>) {
        if let Ok(mut kept) = self.kept.lock() {
            (kept.cursor, kept.from) = (Some(cursor), Some(cursor));
            kept.known.extend(before);
        }
    }

    fn tell(&self, changes: Vec<Change>, cursor: i64) {
        let Ok(mut kept) = self.kept.lock() else { return };
        kept.cursor = Some(cursor.max(kept.cursor.unwrap_or(0)));
        for change in changes {
            let change = Arc::new(change);
            kept.known.insert(change.id);
            kept.changes.push_back(change.clone());
            // Nobody may be listening.
            let _ = self.sender.send(change);
        }
        while kept.changes.len() > KEPT_MAX {
            let gone = kept.changes.pop_front().map(|change| change.id);
            kept.from = kept.from.max(gone);
        }
        let oldest = kept.cursor.unwrap_or(0) - OUT_OF_ORDER;
        kept.known = kept.known.split_off(&oldest);
    }

    fn seen(&self) -> (Option<i64>, Seen) {
        let kept = self.kept.lock();
        kept.map_or((None, Seen::default()), |kept| (kept.cursor, Seen(kept.known.clone())))
    }
}

impl Kept {
    fn since(&self, last: i64) -> Missed {
        let reaches_back = self.from.is_some_and(|from| from <= last);
        if !reaches_back {
            return Missed::Everything;
        }
        Missed::Changes(self.changes.iter().filter(|change| change.id > last).cloned().collect())
    }
}

#[derive(Default)]
struct Seen(BTreeSet<i64>);

impl KnownEvents for Seen {
    fn has(&self, id: i64) -> bool {
        self.0.contains(&id)
    }
}

/// Asks the database for news until `stop` says so.
pub async fn follow(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = follow_once(&ctx).await {
            tracing::warn!(?error, "what changed could not be read");
        }
        tokio::select! {
            () = tokio::time::sleep(ASK_EVERY) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Asks the database for news once, and tells whoever listens; the first time it only notes where news begin.
pub async fn follow_once(ctx: &Ctx) -> Result<(), AppError> {
    let (cursor, seen) = ctx.hub.seen();
    let Some(cursor) = cursor else {
        let begun = ctx.store.read(|tx| {
            Box::pin(async move {
                let newest = store::stream::newest(tx).await?;
                let lately = newest - OUT_OF_ORDER;
                let before = store::stream::after(tx, lately, &Seen::default(), BATCH_MAX).await?;
                Ok::<_, store::StoreError>((newest, before))
            })
        });
        let (newest, before) = begun.await?;
        ctx.hub.begin(newest, before.into_iter().map(|change| change.id));
        return Ok(());
    };
    let from = cursor - OUT_OF_ORDER;
    let changes = ctx
        .store
        .read(move |tx| Box::pin(async move { store::stream::after(tx, from, &seen, BATCH_MAX).await }));
    let changes: Result<Vec<Change>, store::StoreError> = changes.await;
    let changes = changes?;
    let newest = changes.iter().map(|change| change.id).max().unwrap_or(cursor);
    ctx.hub.tell(changes, newest);
    Ok(())
}

/// What a change means for one person; `None`: they may not hear of it.
pub fn heard_by(change: &Change, actor: &Actor) -> Option<Heard> {
    let named = change.to.contains(&actor.person);
    let sees = change.whose.as_ref().is_some_and(|whose| sees(&change.entity, whose, actor));
    (named || sees).then(|| Heard {
        entity: if sees { change.entity.clone() } else { PERSON.to_string() },
        id: if sees { change.entity_id } else { 0 },
        bell: named || change.entity == "task",
    })
}

/// A hint for a screen: which record to look at again, and whether the bell may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// `quote`, `order`, `customer`, `task`, or `person` for what concerns oneself alone.
    pub entity: String,
    pub id: i64,
    pub bell: bool,
}

const PERSON: &str = "person";

fn sees(entity: &str, whose: &Whose, actor: &Actor) -> bool {
    let right = match entity {
        "quote" => Right::QuoteRead,
        "order" => Right::OrderRead,
        "customer" => Right::CustomerRead,
        "task" => Right::TaskManage,
        _ => return false,
    };
    if entity == "task" && whose.owner == actor.person {
        return true;
    }
    let Ok(scope) = actor.scope(right) else { return false };
    let helped = whose.helpers.contains(&actor.person);
    let standing = |owner: PersonId, path| Standing { owner, branch_path: path, helped };
    match &whose.customer {
        Some((owner, path)) => {
            let customer = standing(*owner, path.as_str());
            DocumentStanding { owner: whose.owner, branch_path: &whose.path, customer }.inside(&scope)
        }
        None => standing(whose.owner, whose.path.as_str()).inside(&scope),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::access::Reach;
    use domain::base::OrgId;

    use super::*;

    fn actor(person: i64, right: Right, reach: Reach) -> Actor {
        let grants = BTreeMap::from([(right, reach)]);
        Actor {
            person: PersonId(person),
            name: String::new(),
            org: OrgId(2),
            org_path: "/1/2/".into(),
            grants,
        }
    }

    fn change(id: i64, path: &str) -> Change {
        let whose = Whose {
            owner: PersonId(7),
            path: path.to_string(),
            customer: Some((PersonId(7), path.to_string())),
            helpers: vec![PersonId(9)],
        };
        let (kind, entity) = ("quote.issued".to_string(), "quote".to_string());
        Change { id, kind, entity, entity_id: 5, to: vec![PersonId(11)], whose: Some(whose) }
    }

    #[test]
    fn one_hears_only_of_what_one_sees() {
        let heard = |person, reach| {
            heard_by(&change(1, "/1/3/"), &actor(person, Right::QuoteRead, reach)).map(|it| it.entity)
        };
        assert_eq!(heard(7, Reach::Own).as_deref(), Some("quote"));
        assert_eq!(heard(9, Reach::Own).as_deref(), Some("quote"), "who helps hears");
        assert_eq!(heard(8, Reach::Own), None);
        assert_eq!(heard(8, Reach::Org), None, "another region");
        assert_eq!(heard(8, Reach::All).as_deref(), Some("quote"));
        assert_eq!(heard(11, Reach::Own).as_deref(), Some("person"), "named, without the record");
    }

    #[test]
    fn who_comes_back_hears_what_was_missed_or_looks_at_everything() {
        let hub = Hub::default();
        assert!(matches!(hub.listen(Some(10)).missed, Missed::Everything), "nobody has looked yet");
        hub.begin(10, std::iter::empty());
        hub.tell(vec![change(11, "/"), change(12, "/")], 12);
        let missed = |last| match hub.listen(Some(last)).missed {
            Missed::Changes(changes) => Some(changes.iter().map(|change| change.id).collect::<Vec<_>>()),
            Missed::Everything => None,
        };
        assert_eq!(missed(12), Some(vec![]));
        assert_eq!(missed(11), Some(vec![12]));
        assert_eq!(missed(10), Some(vec![11, 12]));
        assert_eq!(missed(9), None);
        assert!(matches!(hub.listen(None).missed, Missed::Changes(changes) if changes.is_empty()));
    }
}
