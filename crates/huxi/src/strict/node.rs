//! JSON as a tree that keeps numbers as they were written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Deepest nesting of a case.
const DEPTH_MAX: usize = 32;

/// One JSON value. Members keep their order; repeated names are kept too, so that they can be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Null,
    Bool(bool),
    /// The digits as written, never through a binary float.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Why a text is no tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotJson {
    Syntax { line: usize, column: usize },
    TooDeep { depth_max: usize },
}

impl Node {
    pub fn parse(text: &str) -> Result<Node, NotJson> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| syntax(&error))?;
        Node::of(raw, 0)
    }

    /// The member `name` of an object, the first of that name.
    pub fn member(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// The members of an object; none for anything else.
    pub fn members(&self) -> &[(String, Node)] {
        match self {
            Node::Object(members) => members,
            _ => &[],
        }
    }

    /// The text of a text; nothing for anything else.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    fn of(raw: &RawValue, depth: usize) -> Result<Node, NotJson> {
        if depth > DEPTH_MAX {
            return Err(NotJson::TooDeep { depth_max: DEPTH_MAX });
        }
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).map_err(|error| syntax(&error))?;
                let member = |(name, raw): (String, Box<RawValue>)| Ok((name, Node::of(&raw, depth + 1)?));
                Ok(Node::Object(members.into_iter().map(member).collect::<Result<_, NotJson>>()?))
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| syntax(&error))?;
                Ok(Node::List(
                    items.into_iter().map(|raw| Node::of(raw, depth + 1)).collect::<Result<_, _>>()?,
                ))
            }
            Some(b'"') => Ok(Node::Text(serde_json::from_str(text).map_err(|error| syntax(&error))?)),
            Some(b't') => Ok(Node::Bool(true)),
            Some(b'f') => Ok(Node::Bool(false)),
            Some(b'n') => Ok(Node::Null),
            _ => Ok(Node::Number(text.to_string())),
        }
    }
}

fn syntax(error: &serde_json::Error) -> NotJson {
    NotJson::Syntax { line: error.line(), column: error.column() }
}

/// The members of an object with their raw values, repeated names included.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}
