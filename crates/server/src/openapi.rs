//! The description of the interface: collected from the handlers, completed with what holds for all of them.

use axum::http::header;
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, ContentBuilder, OpenApi as Document, PathItem, Ref, RefOr, Required, ResponseBuilder,
};

use crate::http::{COOKIE, PUBLIC, WITHOUT_KEY, WITHOUT_VERSION};
use crate::problem::ProblemBody;

const SIGNED_IN: &str = "session";
const WITH_KEY: &str = "key";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Huxi",
        description = "Every operation of Huxi. Money, prices, quantities and percents are decimal text; days are `2026-05-01`; instants are milliseconds since 1970."
    ),
    components(schemas(ProblemBody, crate::stream::Hint))
)]
struct Begun;

/// The document with which the handlers' own parts are merged.
pub(crate) fn begun() -> Document {
    Begun::openapi()
}

/// Adds to every operation what the layers ask of it: key, version, session, and how refusals look.
pub(crate) fn completed(mut document: Document) -> Document {
    document.info.version = env!("CARGO_PKG_VERSION").to_string();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            complete(method, path, operation);
        }
    }
    let components = document.components.get_or_insert_with(Components::new);
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
    components.security_schemes.insert(SIGNED_IN.to_string(), RefOr::T(cookie));
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.security_schemes.insert(WITH_KEY.to_string(), RefOr::T(bearer));
    document
}

/// Serves the document, written once.
pub(crate) fn served(document: &Document) -> impl IntoResponse + Clone + use<> {
    let text = document.to_json().unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], text)
}

fn operations(item: &mut PathItem) -> Vec<(&'static str, &mut Operation)> {
    let all = [
        ("GET", &mut item.get),
        ("PUT", &mut item.put),
        ("POST", &mut item.post),
        ("DELETE", &mut item.delete),
        ("PATCH", &mut item.patch),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?))).collect()
}

fn complete(method: &'static str, path: &str, operation: &mut Operation) {
    let words = path.split(['/', '.', '-']).map(|part| part.trim_matches(['{', '}']));
    let words: Vec<&str> = words.filter(|part| !part.is_empty() && *part != "api").collect();
    operation.operation_id = Some(format!("{}_{}", method.to_lowercase(), words.join("_")));
    operation.tags = words.first().map(|area| vec![area.to_string()]);
    let public = PUBLIC.contains(&(method, path)) || !path.starts_with("/api/");
    if !public {
        let with = |scheme| SecurityRequirement::new(scheme, Vec::<String>::new());
        operation.security = Some(vec![with(SIGNED_IN), with(WITH_KEY)]);
    }
    if method != "GET" && !WITHOUT_KEY.contains(&path) {
        let required = if method == "POST" { Required::True } else { Required::False };
        let about = "Made anew for each thing that is done; sent again with it, it is done once.";
        add(operation, header_parameter("Idempotency-Key", about, required));
    }
    if matches!(method, "PUT" | "PATCH") && !WITHOUT_VERSION.contains(&(method, path)) {
        let about = "The version that the edit was made on.";
        add(operation, header_parameter("If-Match", about, Required::True));
    }
    let refused = ResponseBuilder::new()
        .description("Refused or failed")
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name("Problem")))).build(),
        )
        .build();
    operation.responses.responses.entry("default".to_string()).or_insert(RefOr::T(refused));
}

fn add(operation: &mut Operation, parameter: Parameter) {
    let parameters = operation.parameters.get_or_insert_with(Vec::new);
    let known = |known: &RefOr<Parameter>| matches!(known, RefOr::T(it) if it.name == parameter.name);
    if !parameters.iter().any(known) {
        parameters.push(RefOr::T(parameter));
    }
}

fn header_parameter(name: &str, about: &str, required: Required) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(text))
        .build()
}
