//! The log of who did what, and what somebody may do.

use app::audit::{self, LogEntry, LogFilter};
use axum::http::StatusCode;
use domain::access::Difference;
use domain::base::{Instant, Invalid, PersonId, start_of_day};
use domain::words::access::right_name;
use domain::words::audit as words;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::documents::{Inline, workbook};
use crate::http::{AppState, Json, Page, Paging, Path, Query, Ref, SignedIn, mark};
use crate::problem::Problem;
use crate::quotes::{PriceLimit, day_of};

/// Which entries of the log.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Who did it.
    pub actor: Option<i64>,
    /// What was done: `quote.issued` …, as `kind` of the entries says.
    pub kind: Option<String>,
    /// To what sort of record: `quote`, `order`, `customer`, `product`, `person`, `config_item` …
    pub entity: Option<String>,
    /// To which of them; with `entity`.
    pub entity_id: Option<i64>,
    /// Number or name of a record.
    pub q: Option<String>,
    /// First and last day.
    pub from: Option<String>,
    pub to: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Which entries of the log go into the workbook: as [`AuditQuery`], without pages.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditExportQuery {
    /// Who did it.
    pub actor: Option<i64>,
    pub kind: Option<String>,
    pub entity: Option<String>,
    /// To which of them; with `entity`.
    pub entity_id: Option<i64>,
    /// Number or name of a record.
    pub q: Option<String>,
    /// First and last day.
    pub from: Option<String>,
    pub to: Option<String>,
}

impl From<AuditExportQuery> for AuditQuery {
    fn from(asked: AuditExportQuery) -> AuditQuery {
        let AuditExportQuery { actor, kind, entity, entity_id, q, from, to } = asked;
        AuditQuery { actor, kind, entity, entity_id, q, from, to, limit: None, after: None }
    }
}

/// One thing that somebody did.
#[derive(Serialize, ToSchema)]
pub struct AuditEntry {
    pub id: i64,
    pub at: i64,
    /// Null: the program itself, or a customer.
    pub actor: Option<Ref>,
    /// The customer who acted on a share link, in words; null where nobody did.
    pub customer: Option<String>,
    pub kind: String,
    pub kind_name: String,
    pub entity: String,
    pub entity_name: String,
    pub entity_id: i64,
    /// Number or name of the record, where it has one; of one that the reader does not see only its number.
    pub object: Option<String>,
    /// False: the reader does not see the record itself, or it is gone; its page would only refuse.
    pub opens: bool,
    pub changes: Vec<AuditChange>,
    /// The revisions between which the difference lies that it made; null where it published none.
    pub compare: Option<AuditCompare>,
    /// The draft that it was done with; null where it was none.
    pub draft_id: Option<i64>,
}

/// Two revisions of the config item.
#[derive(Serialize, ToSchema)]
pub struct AuditCompare {
    /// 0: there was none before.
    pub from: i64,
    pub to: i64,
}

/// One field of it; both values null: it changed, and what it is stays untold.
#[derive(Serialize, ToSchema)]
pub struct AuditChange {
    pub name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What can be asked for.
#[derive(Serialize, ToSchema)]
pub struct AuditKind {
    pub id: String,
    pub name: String,
}

/// What a person may do.
#[derive(Serialize, ToSchema)]
pub struct EffectiveRights {
    pub person: Ref,
    /// False: the account is locked, and may do nothing of it.
    pub active: bool,
    /// Where `org` begins.
    pub org_name: String,
    pub role_names: Vec<String>,
    pub rights: Vec<EffectiveRight>,
    /// Names of the rights that none of the roles gives.
    pub missing: Vec<String>,
    /// What they may take off by hand; null where they write no quotations, or no limit binds.
    pub price_limit: Option<PriceLimit>,
}

/// One right, how far it reaches, and where it comes from.
#[derive(Serialize, ToSchema)]
pub struct EffectiveRight {
    pub id: String,
    pub name: String,
    /// `own`, `org` or `all`: the widest of what the roles give.
    pub reach: String,
    pub from: Vec<RightSource>,
}

/// A role that gives a right.
#[derive(Serialize, ToSchema)]
pub struct RightSource {
    pub role: String,
    pub reach: String,
}

/// Through whose eyes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewAs {
    pub person_id: i64,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(export))
        .routes(routes!(kinds))
        .routes(routes!(effective))
        .routes(routes!(view_as, end_viewing))
}

/// Who did what, newest first.
#[utoipa::path(get, path = "/api/audit", params(AuditQuery), responses((status = 200, body = Page<AuditEntry>)))]
async fn list(who: SignedIn, Query(query): Query<AuditQuery>) -> Result<Json<Page<AuditEntry>>, Problem> {
    let paging = Paging { limit: query.limit, after: query.after.clone() };
    let (limit, after) = (paging.limit()?, paging.after::<(i64, i64)>()?);
    let text = query.q.clone().unwrap_or_default();
    let after = after.map(|(at, id)| (Instant(at), id));
    let filter = query.filter(&who)?;
    let page = audit::list(&who.ctx, &who.actor, filter, &text, after, limit).await?;
    let next = page.next.map(|(at, id)| mark(&(at.0, id)));
    Ok(Json(Page { items: page.entries.into_iter().map(AuditEntry::from).collect(), next }))
}

/// The same as Excel, the newest 5,000.
#[utoipa::path(get, path = "/api/audit/export", params(AuditExportQuery),
    responses((status = 200, description = "The workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn export(who: SignedIn, Query(query): Query<AuditExportQuery>) -> Result<Inline, Problem> {
    let query = AuditQuery::from(query);
    let text = query.q.clone().unwrap_or_default();
    let filter = query.filter(&who)?;
    let sheet = audit::export(&who.ctx, &who.actor, filter, &text).await?;
    Ok(workbook(sheet, words::SHEET))
}

/// What can have been done, for a filter.
#[utoipa::path(get, path = "/api/audit/kinds", responses((status = 200, body = Vec<AuditKind>)))]
async fn kinds(who: SignedIn) -> Result<Json<Vec<AuditKind>>, Problem> {
    who.actor.need(domain::access::Right::AuditRead).map_err(app::AppError::from)?;
    let all = words::KINDS.iter();
    Ok(Json(all.map(|(id, name)| AuditKind { id: id.to_string(), name: name.to_string() }).collect()))
}

/// What a person may do, how far, and from which role.
#[utoipa::path(get, path = "/api/people/{id}/rights", responses((status = 200, body = EffectiveRights)))]
async fn effective(who: SignedIn, Path(id): Path<i64>) -> Result<Json<EffectiveRights>, Problem> {
    let known = audit::effective_rights(&who.ctx, &who.actor, PersonId(id)).await?;
    Ok(Json(known.into()))
}

/// Look through somebody's eyes for half an hour; nothing can be changed meanwhile.
#[utoipa::path(put, path = "/api/session/viewing", responses((status = 204)))]
async fn view_as(who: SignedIn, Json(body): Json<ViewAs>) -> Result<StatusCode, Problem> {
    app::sessions::view_as(&who.ctx, &who.actor, &who.token, PersonId(body.person_id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// See with one's own eyes again.
#[utoipa::path(delete, path = "/api/session/viewing", responses((status = 204)))]
async fn end_viewing(who: SignedIn) -> Result<StatusCode, Problem> {
    app::sessions::end_viewing(&who.ctx, &who.acting(), &who.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl AuditQuery {
    fn filter(self, who: &SignedIn) -> Result<LogFilter, Invalid> {
        let (from, to) = (day_of("from", self.from.as_deref())?, day_of("to", self.to.as_deref())?);
        let start = |day| start_of_day(day, &who.ctx.zone);
        let behind = to.and_then(|day| day.tomorrow().ok());
        Ok(LogFilter {
            actor: self.actor.map(PersonId),
            kind: self.kind.filter(|kind| !kind.is_empty()),
            entity: self.entity.filter(|entity| !entity.is_empty()),
            entity_id: self.entity_id,
            among: None,
            from: from.map(start),
            to: behind.map(start),
        })
    }
}

impl From<LogEntry> for AuditEntry {
    fn from(entry: LogEntry) -> AuditEntry {
        let changes = entry.changes.into_iter();
        let (compare, draft_id) = match entry.difference {
            Some(Difference::Revisions { from, to }) => (Some(AuditCompare { from, to }), None),
            Some(Difference::Draft(id)) => (None, Some(id.0)),
            None => (None, None),
        };
        AuditEntry {
            compare,
            draft_id,
            id: entry.id,
            at: entry.at.0,
            actor: entry.actor.map(|(id, name)| Ref { id, name }),
            customer: entry.customer,
            kind_name: entry.kind_name,
            kind: entry.kind,
            entity_name: words::entity_name(&entry.entity).to_string(),
            entity: entry.entity,
            entity_id: entry.entity_id,
            object: entry.object,
            opens: entry.opens,
            changes: changes
                .map(|change| AuditChange { name: change.name, before: change.before, after: change.after })
                .collect(),
        }
    }
}

impl From<audit::EffectiveRights> for EffectiveRights {
    fn from(known: audit::EffectiveRights) -> EffectiveRights {
        let rights = known.rights.into_iter().map(|right| EffectiveRight {
            id: right.right.key().to_string(),
            name: right_name(right.right).to_string(),
            reach: right.reach.key().to_string(),
            from: right
                .from
                .into_iter()
                .map(|(role, reach)| RightSource { role, reach: reach.key().to_string() })
                .collect(),
        });
        EffectiveRights {
            person: Ref { id: known.person.0, name: known.person.1 },
            active: known.active,
            org_name: known.org_name,
            role_names: known.roles,
            rights: rights.collect(),
            price_limit: known.price_limit.map(PriceLimit::from),
            missing: known.missing.into_iter().map(|right| right_name(right).to_string()).collect(),
        }
    }
}
