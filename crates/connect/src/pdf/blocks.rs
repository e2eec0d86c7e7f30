//! The blocks of a template as `quote.typ` draws them, one after the other.

use domain::documents::template::{BlockKind, Language, PlacedBlock, Template};
use serde_json::{Value, json};

use super::view::{name, notes};

/// Every block with its own words; a verify block right behind the signatures stands beside them.
pub fn placed(template: &Template) -> Vec<Value> {
    let mut drawn = Vec::new();
    let mut blocks = template.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let beside = block.kind == BlockKind::Signature;
        let verify = blocks.next_if(|next| beside && next.kind == BlockKind::Verify);
        drawn.push(drawing(block, verify, template.settings.language));
    }
    drawn
}

fn drawing(block: &PlacedBlock, verify: Option<&PlacedBlock>, language: Language) -> Value {
    let row = &block.row;
    let mut heading = name(&row.heading);
    let mut text = notes(&row.text);
    if language == Language::ZhEn {
        heading = format!("{heading} {}", name(&row.heading_second)).trim().to_string();
        text.extend(notes(&row.text_second));
    }
    json!({
        "kind": block.kind.key(),
        "heading": heading,
        "text": text,
        "parts": row.parts,
        "verify": verify.map(|verify| drawing(verify, None, language)),
    })
}
