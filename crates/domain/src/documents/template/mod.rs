//! How a document looks on paper: page, languages, and the blocks that stand on it in their order.

mod blocks;
mod page;
mod row;
mod shipped;

pub use blocks::{Absence, BlockKind, TEXT_LETTERS_MAX};
pub use page::{Language, PageSize};
pub use row::{
    BlockRow, HEADING_LETTERS_MAX, SETTINGS_KEY, SettingsRow, TITLE_LETTERS_MAX, TITLE_SECOND_LETTERS_MAX,
    TemplateFault, TemplateField,
};
pub use shipped::{SHIPPED_FIRST, shipped_newest};

/// Blocks of own text on one document.
pub const OWN_TEXTS_MAX: u32 = 9;

/// The look of a document: what is printed by it comes out the same for ever. The default is the shipped one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub settings: SettingsRow,
    /// Those that are printed, in their order.
    pub blocks: Vec<PlacedBlock>,
}

/// One block in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedBlock {
    pub kind: BlockKind,
    pub row: BlockRow,
}

impl Template {
    /// The template that these rows (key and content) make, or the key of the row that cannot be read.
    pub fn of_rows<'a>(
        rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Template, (String, TemplateFault)> {
        let mut settings = SettingsRow::default();
        let mut placed = Vec::new();
        for (key, content) in rows {
            let at_key = |fault| (key.to_string(), fault);
            if key == SETTINGS_KEY {
                settings = SettingsRow::read(content).map_err(at_key)?;
                continue;
            }
            let unknown = || TemplateFault::UnknownBlock { key: key.to_string() };
            let kind = BlockKind::of_row_key(key).ok_or_else(unknown).map_err(at_key)?;
            let row = BlockRow::read(kind, content).map_err(at_key)?;
            if row.on {
                placed.push((row.order, key.to_string(), PlacedBlock { kind, row }));
            }
        }
        // Two blocks at one place stand by their names, so that one content is one look.
        placed.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        Ok(Template { settings, blocks: placed.into_iter().map(|(_, _, block)| block).collect() })
    }

    /// The rows of the shipped template, by key.
    pub fn shipped_rows() -> Vec<(String, String)> {
        let settings = (SETTINGS_KEY.to_string(), SettingsRow::default().content());
        let shipped = BlockKind::ALL.iter().filter(|kind| kind.rules().shipped).zip(1..);
        let blocks = shipped
            .map(|(kind, order)| (kind.key().to_string(), BlockRow::plain(*kind, order).content(*kind)));
        std::iter::once(settings).chain(blocks).collect()
    }

    /// The first block of this kind that is printed.
    pub fn block(&self, kind: BlockKind) -> Option<&PlacedBlock> {
        self.blocks.iter().find(|block| block.kind == kind)
    }

    /// Whether documents show pictures of the goods unless they say otherwise.
    pub fn shows_pictures(&self) -> bool {
        self.block(BlockKind::Lines).is_some_and(|block| block.has("picture"))
    }

    /// Whether the paper can carry pictures: a needle printer would only make dots of them.
    pub fn takes_pictures(&self) -> bool {
        !self.settings.page.is_form()
    }

    /// Whether the paper has a place where the seal goes.
    pub fn has_seal_place(&self) -> bool {
        self.block(BlockKind::Signature).is_some_and(|block| block.has("seller"))
    }
}

impl PlacedBlock {
    /// Whether this part of the block is printed.
    pub fn has(&self, part: &str) -> bool {
        self.row.parts.contains(&part)
    }
}

impl Default for Template {
    fn default() -> Template {
        let shipped = BlockKind::ALL.iter().filter(|kind| kind.rules().shipped).zip(1..);
        let block = |(kind, order): (&BlockKind, u32)| PlacedBlock {
            kind: *kind,
            row: BlockRow::plain(*kind, order),
        };
        Template { settings: SettingsRow::default(), blocks: shipped.map(block).collect() }
    }
}

#[cfg(test)]
mod tests;
