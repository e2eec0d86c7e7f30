//! What people name in a row: one line that reads as it is written, and what stands already stays.

use serde_json::Value;

use super::{Kind, RowRefused};
use crate::base::{name_fault, visible};

/// The names in the rows of a kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RowNames {
    /// The key of a row is what somebody calls it.
    pub key: bool,
    /// Fields of the content: the path, `*` for each of a list, and the field that a refusal names.
    pub fields: &'static [(&'static str, &'static str)],
}

impl Kind {
    /// Refuses a row that somebody enters with a name that is none. `stood` is the row that stands under its key: the names
    /// that it has already are not looked at again, so that a row of old can still be changed.
    pub fn check_names(
        self,
        key: Option<&str>,
        content: &str,
        stood: Option<&str>,
    ) -> Result<(), RowRefused> {
        let names = self.rules().names();
        if names.key && stood.is_none() {
            check("key", key.unwrap_or_default())?;
        }
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let (content, stood) = (read(content), read(stood.unwrap_or_default()));
        for (path, field) in names.fields {
            let known = texts_at(&stood, path);
            for text in texts_at(&content, path) {
                if known.iter().all(|known| *known != visible(text)) {
                    check(field, text)?;
                }
            }
        }
        Ok(())
    }
}

fn check(field: &'static str, text: &str) -> Result<(), RowRefused> {
    name_fault(text).map_or(Ok(()), |fault| Err(RowRefused::Name { field, fault }))
}

/// The texts at `path`, which may go through lists.
fn texts_at<'v>(content: &'v Value, path: &str) -> Vec<&'v str> {
    let mut at = vec![content];
    for part in path.split('.') {
        let below = |value: &'v Value| -> Vec<&'v Value> {
            match part {
                "*" => value.as_array().into_iter().flatten().collect(),
                name => value.get(name).into_iter().collect(),
            }
        };
        at = at.into_iter().flat_map(below).collect();
    }
    at.into_iter().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FieldFault;

    #[track_caller]
    fn refused(kind: Kind, key: &str, content: &str, field: &'static str) {
        for (sign, fault) in [("\\n", FieldFault::LineBreak), ("\u{202E}", FieldFault::ControlSign)] {
            let content = content.replace('@', sign);
            let key = key.replace('@', &sign.replace("\\n", "\n"));
            let found = kind.check_names(Some(&key), &content, None);
            assert_eq!(found, Err(RowRefused::Name { field, fault }), "{key} {content}");
        }
    }

    #[test]
    fn whatever_is_a_name_is_one_line_that_reads_as_it_is_written() {
        refused(Kind::Tier, "甲@乙", r#"{"percent":"92"}"#, "key");
        refused(Kind::Snippet, "甲@乙", r#"{"text":"一\n二"}"#, "key");
        refused(Kind::Rule, "r", r#"{"name":"甲@乙"}"#, "name");
        refused(Kind::Rule, "r", r#"{"name":"甲","actions":[{"text":"一"},{"text":"甲@乙"}]}"#, "text");
        for field in ["title", "title_second", "heading", "heading_second"] {
            refused(Kind::Template, "", &format!(r#"{{"{field}":"甲@乙"}}"#), field);
        }
        refused(Kind::Calendar, "mon", r#"{"note":"甲@乙"}"#, "note");
        refused(Kind::PriceLimit, "r", r#"{"role":"甲@乙"}"#, "role");
        refused(Kind::PriceList, "", r#"{"unit":"甲@乙"}"#, "unit");
        refused(Kind::PriceList, "", r#"{"goods":{"series":"甲@乙"}}"#, "goods");
    }

    #[test]
    fn what_has_lines_keeps_them_and_what_cannot_be_read_is_told_elsewhere() {
        for (kind, content) in [
            (Kind::Snippet, r#"{"text":"一\n二"}"#),
            (Kind::PriceList, r#"{"note":"一\n二"}"#),
            (Kind::Template, r#"{"text":"一\n二","heading":""}"#),
            (Kind::Rule, r#"{"name":"","actions":{}}"#),
            (Kind::Rule, "[]"),
            (Kind::Calendar, "no JSON"),
        ] {
            assert_eq!(kind.check_names(Some("甲"), content, None), Ok(()), "{content}");
        }
    }

    #[test]
    fn a_name_of_old_stays_and_no_other_such_one_comes() {
        let old = r#"{"name":"甲\n乙","actions":[{"text":"一\n二"}]}"#;
        let off = r#"{"name":"甲\n乙","on":false,"actions":[{"text":"三"},{"text":"一\n二"}]}"#;
        assert_eq!(Kind::Rule.check_names(Some("r"), off, Some(old)), Ok(()));
        let other = Kind::Rule.check_names(Some("r"), &off.replace('乙', "丙"), Some(old));
        assert_eq!(other, Err(RowRefused::Name { field: "name", fault: FieldFault::LineBreak }));
        let tier = r#"{"percent":"92"}"#;
        assert_eq!(Kind::Tier.check_names(Some("甲\n乙"), tier, Some(tier)), Ok(()));
    }
}
