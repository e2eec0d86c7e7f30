//! People and their accounts.

use app::access::people::{self, NewAccount, PersonChange};
use axum::http::StatusCode;
use domain::base::{OrgId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{
    AppState, IfMatch, Json, Page, Paging, Path, Query, Ref, SignedIn, Versioned, changed_by, mark,
    or_current,
};
use crate::problem::Problem;

/// A person with an account.
#[derive(Serialize, ToSchema)]
pub struct Person {
    pub id: i64,
    pub account: String,
    pub name: String,
    /// Where customers reach the person, printed on what they sell; empty: nowhere.
    pub phone: String,
    pub org: Ref,
    pub roles: Vec<PersonRole>,
    /// False: the account is locked.
    pub active: bool,
    pub version: i64,
    pub last_seen_at: Option<i64>,
    /// After a move to another place only: what stays with the person all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// What a person who was moved keeps in hand; it stays with the branch that it belongs to.
#[derive(Serialize, ToSchema)]
pub struct Kept {
    pub customers: i64,
    /// Drafts and issued quotations.
    pub open_quotes: i64,
}

/// A role that somebody has.
#[derive(Serialize, ToSchema)]
pub struct PersonRole {
    pub id: String,
    pub name: String,
}

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub account: String,
    pub name: String,
    pub phone: Option<String>,
    pub org_id: i64,
    pub role_ids: Vec<String>,
    pub password: String,
}

/// What changes about a person; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonPatch {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub org_id: Option<i64>,
    pub role_ids: Option<Vec<String>>,
    pub active: Option<bool>,
}

/// A password to be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NextPassword {
    pub next: String,
}

/// Which people.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PeopleQuery {
    /// Name, account or pinyin initials.
    pub q: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change)).routes(routes!(set_password))
}

/// People whom one may see.
#[utoipa::path(get, path = "/api/people", params(PeopleQuery), responses((status = 200, body = Page<Person>)))]
async fn list(who: SignedIn, Query(query): Query<PeopleQuery>) -> Result<Json<Page<Person>>, Problem> {
    let paging = Paging { limit: query.limit, after: query.after };
    let (limit, after) = (paging.limit()?, paging.after()?.map(PersonId));
    let search = query.q.unwrap_or_default();
    let (found, more) = people::list(&who.ctx, &who.actor, &search, after, limit).await?;
    let next = found.last().filter(|_| more).map(|last| mark(&last.id.0));
    Ok(Json(Page { items: found.into_iter().map(Person::from).collect(), next }))
}

/// Make an account.
#[utoipa::path(post, path = "/api/people", responses((status = 201, body = Person)))]
async fn create(
    who: SignedIn,
    Json(body): Json<NewPerson>,
) -> Result<(StatusCode, Versioned<Person>), Problem> {
    let new = NewAccount {
        account: body.account,
        name: body.name,
        phone: body.phone.unwrap_or_default(),
        org: OrgId(body.org_id),
        role_keys: body.role_ids,
        password: body.password,
    };
    let made = people::create(&who.ctx, &who.actor, new).await?;
    Ok((StatusCode::CREATED, Versioned(made.version, made.into())))
}

/// Change name, place, roles or lock of a person.
#[utoipa::path(patch, path = "/api/people/{id}", responses((status = 200, body = Person)))]
async fn change(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<PersonPatch>,
) -> Result<Versioned<Person>, Problem> {
    let id = PersonId(id);
    let change = PersonChange {
        name: body.name,
        phone: body.phone,
        org: body.org_id.map(OrgId),
        role_keys: body.role_ids,
        active: body.active,
    };
    let outcome = people::change(&who.ctx, &who.actor, id, version, change).await;
    let changed = or_current(outcome, async {
        let current = people::person(&who.ctx, &who.actor, id).await?;
        Ok((Person::from(current), changed_by(&who.ctx, "person", id.0).await?))
    });
    let (changed, kept) = changed.await?;
    let kept = kept.map(|kept| Kept { customers: kept.customers, open_quotes: kept.open_quotes });
    Ok(Versioned(changed.version, Person { kept, ..changed.into() }))
}

/// Give a person another password; their sessions end.
#[utoipa::path(post, path = "/api/people/{id}/password", responses((status = 204)))]
async fn set_password(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NextPassword>,
) -> Result<StatusCode, Problem> {
    people::set_password(&who.ctx, &who.actor, PersonId(id), &body.next).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<people::Person> for Person {
    fn from(known: people::Person) -> Person {
        let roles = known.roles.into_iter().map(|(id, name)| PersonRole { id, name });
        Person {
            id: known.id.0,
            account: known.account,
            name: known.name,
            phone: known.phone,
            org: Ref { id: known.org.0, name: known.org_name },
            roles: roles.collect(),
            active: known.active,
            version: known.version,
            last_seen_at: known.last_seen_at.map(|at| at.0),
            kept: None,
        }
    }
}
