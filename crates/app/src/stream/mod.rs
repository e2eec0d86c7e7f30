//! Live screens: what changed is told to everybody who may see it, as a hint to look again and never as content.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::access::{Actor, Right};
use domain::base::{PersonId, Watched};
use domain::customers::{DocumentStanding, Standing};
pub use store::stream::Change;
use store::stream::{News, Whose};
use tokio::sync::{broadcast, watch};

use crate::{AppError, Ctx};

/// The database is asked for news after so long.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// Changes read at once.
const BATCH_MAX: u32 = 500;
/// A number that was taken is waited for so long: its transaction may end after those of later numbers, however many
/// they are, or never.
const LATE: Duration = Duration::from_secs(120);
/// So many missing numbers are waited for at once, the newest; a jump over more comes from no transaction.
const MISSING_MAX: usize = 10_000;
const SKIPPED_MAX: i64 = 10_000;
/// A server that starts looks for missing ones among so many of the newest.
const BEGIN_BACK: i64 = 1_000;
/// Changes kept for those who come back after a moment.
const KEPT_MAX: usize = 1_000;
/// Whoever is so many batches behind is told to look at everything.
const WAITING_MAX: usize = 256;

/// What was read at once; one message to each stream, however much it is.
pub type Batch = Arc<[Arc<Change>]>;

/// What this server knows of what changed; clones share it.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Batch>,
    kept: Arc<Mutex<Kept>>,
    closed: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct Kept {
    changes: VecDeque<Told>,
    /// What came after this number is kept; `None` before the first look.
    from: Option<i64>,
    /// The newest number that was seen.
    cursor: Option<i64>,
    /// Lower ones that were not there yet, and since when they are waited for.
    missing: BTreeMap<i64, Instant>,
}

#[derive(Debug)]
struct Told {
    change: Arc<Change>,
    /// Whoever heard nothing after this number may have missed it.
    missed_by: i64,
}

/// One screen's part: what it missed, what comes, and when the server stops.
pub struct Listening {
    pub missed: Missed,
    pub coming: broadcast::Receiver<Batch>,
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

    /// How many screens listen now.
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Ends every stream: the server stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// What lay before the first look is no news; `numbers` are those of the newest events, up to `newest`.
    fn begin(&self, newest: i64, numbers: &[i64], now: Instant) {
        if let Ok(mut kept) = self.kept.lock() {
            kept.cursor = Some((newest - BEGIN_BACK).max(0));
            kept.note(numbers, now);
            (kept.cursor, kept.from) = (Some(newest), Some(newest));
        }
    }

    fn tell(&self, news: News, now: Instant) {
        let Ok(mut kept) = self.kept.lock() else { return };
        let told_up_to = kept.cursor.unwrap_or(0);
        kept.note(&news.numbers, now);
        let batch: Batch = news.changes.into_iter().map(Arc::new).collect();
        for change in batch.iter() {
            // What comes in order is missed by whoever heard less, what comes late by everybody until now.
            let missed_by = if change.id > told_up_to { change.id - 1 } else { told_up_to };
            kept.changes.push_back(Told { change: change.clone(), missed_by });
        }
        while kept.changes.len() > KEPT_MAX {
            let gone = kept.changes.pop_front().map(|told| told.change.id);
            kept.from = kept.from.max(gone);
        }
        if !batch.is_empty() {
            // Nobody may be listening.
            let _ = self.sender.send(batch);
        }
    }

    /// The newest number that was seen, and the missing ones before it; `None` before the first look.
    fn seen(&self) -> Option<(i64, Vec<i64>)> {
        let kept = self.kept.lock().ok()?;
        Some((kept.cursor?, kept.missing.keys().copied().collect()))
    }
}

impl Kept {
    fn note(&mut self, numbers: &[i64], now: Instant) {
        let mut cursor = self.cursor.unwrap_or(0);
        for number in numbers {
            self.missing.remove(number);
            if *number > cursor {
                let skipped = (cursor + 1).max(number.saturating_sub(SKIPPED_MAX))..*number;
                self.missing.extend(skipped.map(|it| (it, now)));
                cursor = *number;
            }
        }
        self.cursor = Some(cursor);
        self.missing.retain(|_, since| now.duration_since(*since) < LATE);
        while self.missing.len() > MISSING_MAX {
            self.missing.pop_first();
        }
    }

    fn since(&self, last: i64) -> Missed {
        let reaches_back = self.from.is_some_and(|from| from <= last);
        if !reaches_back {
            return Missed::Everything;
        }
        let missed = self.changes.iter().filter(|told| last <= told.missed_by && told.change.id != last);
        Missed::Changes(missed.map(|told| told.change.clone()).collect())
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
    let Some((cursor, missing)) = ctx.hub.seen() else {
        let begun = ctx.store.read(|tx| {
            Box::pin(async move {
                let newest = store::stream::newest(tx).await?;
                let numbers = store::stream::numbers(tx, newest - BEGIN_BACK, newest).await?;
                Ok::<_, store::StoreError>((newest, numbers))
            })
        });
        let (newest, numbers) = begun.await?;
        ctx.hub.begin(newest, &numbers, Instant::now());
        return Ok(());
    };
    let news = ctx.store.read(move |tx| {
        Box::pin(async move {
            let late = store::stream::late(tx, &missing).await?;
            let new = store::stream::after(tx, cursor, BATCH_MAX).await?;
            Ok::<_, store::StoreError>([late, new])
        })
    });
    for news in news.await? {
        ctx.hub.tell(news, Instant::now());
    }
    Ok(())
}

/// Whether a change may have ended the line of these people or of this key, or changed what it may tell.
pub fn concerns(change: &Change, people: &[PersonId], key: Option<i64>) -> bool {
    match change.entity.as_str() {
        store::stream::PERSON => people.contains(&PersonId(change.entity_id)),
        store::stream::API_KEY => key == Some(change.entity_id),
        _ => false,
    }
}

/// What a change means for one person; `None`: they may not hear of it.
pub fn heard_by(change: &Change, actor: &Actor) -> Option<Heard> {
    if [store::stream::PERSON, store::stream::API_KEY].contains(&change.entity.as_str()) {
        return None;
    }
    let named = change.to.contains(&actor.person);
    let sees = change.whose.as_ref().is_some_and(|whose| sees(&change.entity, whose, actor));
    (named || sees).then(|| Heard {
        entity: if sees { change.entity.clone() } else { store::stream::PERSON.to_string() },
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

fn sees(entity: &str, whose: &Whose, actor: &Actor) -> bool {
    let Some(kind) = Watched::from_key(entity) else { return false };
    let right = match kind {
        Watched::Quote => Right::QuoteRead,
        Watched::Order => Right::OrderRead,
        Watched::Customer => Right::CustomerRead,
        Watched::Task => Right::TaskManage,
    };
    if kind == Watched::Task && whose.owner == actor.person {
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

    fn news(numbers: &[i64]) -> News {
        let changes = numbers.iter().map(|id| change(*id, "/")).collect();
        News { changes, numbers: numbers.to_vec() }
    }

    /// What is told to a screen that heard `last`; `None`: to look at everything.
    fn missed(hub: &Hub, last: i64) -> Option<Vec<i64>> {
        match hub.listen(Some(last)).missed {
            Missed::Changes(changes) => Some(changes.iter().map(|change| change.id).collect()),
            Missed::Everything => None,
        }
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
    fn what_is_logged_of_people_and_keys_concerns_their_own_lines() {
        let of = |entity: &str, entity_id| Change { entity: entity.into(), entity_id, ..change(1, "/") };
        let people = [PersonId(7), PersonId(11)];
        assert!(concerns(&of("person", 7), &people, None) && concerns(&of("person", 11), &people, None));
        assert!(!concerns(&of("person", 8), &people, Some(8)));
        assert!(concerns(&of("api_key", 8), &people, Some(8)) && !concerns(&of("api_key", 7), &people, None));
        assert!(!concerns(&of("quote", 7), &people, Some(7)));
        let named = actor(11, Right::QuoteRead, Reach::All);
        assert_eq!(heard_by(&of("person", 11), &named), None, "it ends lines, and is no hint");
    }

    #[test]
    fn who_comes_back_hears_what_was_missed_or_looks_at_everything() {
        let hub = Hub::default();
        assert!(matches!(hub.listen(Some(10)).missed, Missed::Everything), "nobody has looked yet");
        hub.begin(10, &[8, 9, 10], Instant::now());
        hub.tell(news(&[11, 12]), Instant::now());
        let missed = |last| missed(&hub, last);
        assert_eq!(missed(12), Some(vec![]));
        assert_eq!(missed(11), Some(vec![12]));
        assert_eq!(missed(10), Some(vec![11, 12]));
        assert_eq!(missed(9), None);
        assert!(matches!(hub.listen(None).missed, Missed::Changes(changes) if changes.is_empty()));
    }

    #[test]
    fn a_number_that_comes_late_is_heard_however_many_came_before_it() {
        let (hub, now) = (Hub::default(), Instant::now());
        hub.begin(10, &[8, 10], now);
        let after: Vec<i64> = (12..=900).collect();
        hub.tell(news(&after), now);
        let (cursor, waited) = hub.seen().unwrap();
        assert_eq!((cursor, &waited[waited.len() - 2..]), (900, &[9, 11][..]));
        let mut screen = hub.listen(Some(900)).coming;
        hub.tell(news(&[11]), now + Duration::from_secs(60));
        assert_eq!(screen.try_recv().unwrap()[0].id, 11, "an open screen hears it");
        assert_eq!(missed(&hub, 900), Some(vec![11]), "so does one that comes back");
        assert!(!hub.seen().unwrap().1.contains(&11), "and nobody asks for it again");
        hub.tell(News::default(), now + LATE);
        assert_eq!(hub.seen().unwrap().1, Vec::<i64>::new(), "what never comes is not waited for");
    }

    #[test]
    fn a_burst_is_one_message_and_no_open_screen_falls_behind() {
        let hub = Hub::default();
        hub.begin(0, &[], Instant::now());
        let mut screen = hub.listen(None).coming;
        for batch in 0..4 {
            let numbers: Vec<i64> = (batch * 500 + 1..=batch * 500 + 500).collect();
            hub.tell(news(&numbers), Instant::now());
        }
        let mut heard = 0;
        while let Ok(batch) = screen.try_recv() {
            heard += batch.len();
        }
        assert_eq!(heard, 2_000);
        assert_eq!(missed(&hub, 1_000).map(|changes| changes.len()), Some(1_000));
        assert_eq!(missed(&hub, 999), None, "no more is kept");
    }
}
