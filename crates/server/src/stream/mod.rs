//! Live screens: one stream of hints for each browser. It carries which record to look at again, never what it says.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use app::keys::still_holds;
use app::sessions::{Acting, SessionRules, who_is};
use app::stream::{Batch, Change, Listening, Missed, concerns, heard_by};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Sse};
use domain::access::Actor;
use domain::base::PersonId;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Query, SignedIn};
use crate::problem::Problem;

/// A comment is sent so often, so that neither side takes a silent line for a dead one.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Whether the person is still signed in, and with which rights, is asked so often.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// A stream ends after so long; the browser opens the next one by itself.
const SECONDS_MAX: u64 = 3_600;
const LAST_HEARD: &str = "last-event-id";

/// How long one listens.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct StreamQuery {
    /// At most so many seconds, up to an hour; 0: only what was missed.
    pub seconds: Option<u32>,
    /// Number of the hint heard last, for a line that is opened anew; `Last-Event-ID` counts before it.
    pub last: Option<i64>,
}

/// What a hint says: which record to look at again, and whether the bell may have changed.
#[derive(Serialize, ToSchema)]
pub struct Hint {
    /// `quote`, `order`, `customer`, `task`, `person` for what concerns oneself alone, or `everything`.
    pub entity: String,
    pub id: i64,
    pub bell: bool,
}

/// One event of the stream, field by field as it stands in its text.
#[derive(ToSchema)]
pub struct StreamEvent {
    /// Always `hint`.
    pub event: &'static str,
    /// A `Hint` in JSON.
    pub data: String,
    /// Number of the hint, for `Last-Event-ID`; left out where everything may have changed.
    pub id: Option<String>,
}

impl StreamEvent {
    fn of(hint: &Hint, id: Option<String>) -> Option<StreamEvent> {
        Some(StreamEvent { event: "hint", data: serde_json::to_string(hint).ok()?, id })
    }

    fn told(self) -> Event {
        let event = Event::default().event(self.event).data(self.data);
        match self.id {
            Some(id) => event.id(id),
            None => event,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(stream))
}

/// Hints of what changed among all that one may see, as server-sent events; `Last-Event-ID` or `last` goes on where one stopped.
#[utoipa::path(get, path = "/api/stream", params(StreamQuery),
    responses((status = 200, description = "Events `hint` with a `Hint` as data", body = StreamEvent, content_type = "text/event-stream")))]
async fn stream(
    who: SignedIn,
    State(state): State<AppState>,
    Query(query): Query<StreamQuery>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let last = headers.get(LAST_HEARD).and_then(|value| value.to_str().ok());
    let last = last.and_then(|text| text.trim().parse::<i64>().ok()).or(query.last);
    let Listening { missed, coming, closed } = who.ctx.hub.listen(last);
    let waiting = match missed {
        Missed::Everything => VecDeque::from([everything()]),
        Missed::Changes(changes) => changes.iter().filter_map(|it| hint(it, &who.actor)).collect(),
    };
    let seconds = u64::from(query.seconds.unwrap_or(u32::MAX)).min(SECONDS_MAX);
    let ends = Instant::now() + Duration::from_secs(seconds);
    let looked = Instant::now();
    let rules = state.session_rules();
    let line = Line { who, rules, waiting, coming, closed, ends, looked };
    let events = futures::stream::unfold(line, |line| async move { line.next().await });
    // A proxy that gathers answers would hold every hint back.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((unbuffered, Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))))
}

/// One open stream.
struct Line {
    who: SignedIn,
    rules: SessionRules,
    /// What was missed or came at once, newest last.
    waiting: VecDeque<Event>,
    coming: tokio::sync::broadcast::Receiver<Batch>,
    closed: tokio::sync::watch::Receiver<bool>,
    ends: Instant,
    looked: Instant,
}

impl Line {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Line)> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some((Ok(event), self));
            }
            let again = self.looked + LOOK_AGAIN;
            let closed = &mut self.closed;
            let closing = async move { drop(closed.wait_for(|closed| *closed).await) };
            let came = tokio::select! {
                () = closing => return None,
                () = tokio::time::sleep_until(self.ends) => return None,
                () = tokio::time::sleep_until(again) => None,
                came = self.coming.recv() => Some(came),
            };
            // Who was signed out, or lost a right, hears nothing from then on, not even what came with it.
            let concerned = came.as_ref().is_some_and(|came| match came {
                Ok(batch) => self.is_concerned(batch),
                Err(_) => true,
            });
            if (concerned || Instant::now() >= again) && !self.look_again().await {
                return None;
            }
            match came {
                None => {}
                Some(Ok(batch)) => {
                    self.waiting.extend(batch.iter().filter_map(|it| hint(it, &self.who.actor)));
                }
                Some(Err(RecvError::Lagged(_))) => return Some((Ok(everything()), self)),
                Some(Err(RecvError::Closed)) => return None,
            }
        }
    }

    fn is_concerned(&self, batch: &Batch) -> bool {
        let viewer = self.who.viewer.as_ref().map(|(viewer, _)| viewer.person);
        let people: Vec<PersonId> = viewer.into_iter().chain([self.who.actor.person]).collect();
        batch.iter().any(|change| concerns(change, &people, self.who.key))
    }

    async fn look_again(&mut self) -> bool {
        self.looked = Instant::now();
        let found = match self.who.key {
            Some(key) => still_holds(&self.who.ctx, key)
                .await
                .map(|held| held.map(|actor| Acting { actor, viewer: None, locked: None })),
            None => {
                let known = who_is(&self.who.ctx, self.rules, &self.who.token).await;
                known.map(|known| known.map(|(acting, _)| acting))
            }
        };
        match found {
            Ok(Some(Acting { actor, viewer, locked: None })) => {
                self.who.becomes(actor, viewer);
                true
            }
            Ok(_) => false,
            // The database is away for a moment: nothing new can be told either.
            Err(error) => error.is_outage(),
        }
    }
}

fn hint(change: &Change, actor: &Actor) -> Option<Event> {
    let heard = heard_by(change, actor)?;
    let hint = Hint { entity: heard.entity, id: heard.id, bell: heard.bell };
    Some(StreamEvent::of(&hint, Some(change.id.to_string()))?.told())
}

fn everything() -> Event {
    let hint = Hint { entity: "everything".to_string(), id: 0, bell: true };
    StreamEvent::of(&hint, None).map(StreamEvent::told).unwrap_or_default()
}
