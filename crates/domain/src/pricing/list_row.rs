//! What is true of a whole price list: its class, whom it is for, when it holds, what its formulas ask.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entry_row::EntryRow;
use super::floor::lowest_percent;
use super::list::{PriceClass, PriceEntry, PriceList, Revision, Tier};
use super::moment::Window;
use super::rows::{LIST_ROW_KEY, RowFault, RowField, read_day};
use super::who::{CustomerFacts, Who};
use crate::base::{BasisPoints, CustomerId, Date, ItemId, OrgId, read_fields};

/// Most customers, and most words of one criterion, that a list names.
pub const CRITERION_WORDS_MAX: usize = 500;

/// The row of the whole list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// Whether its prices contain VAT.
    pub includes_tax: bool,
    pub class: PriceClass,
    pub for_whom: ForWhom,
    /// First and last day of the whole list, both included.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// The list that formulas ask.
    pub base: Option<ItemId>,
    /// Read on contracts only: whether the customer's tier applies to its prices.
    pub tier_applies: bool,
}

/// Whom a list is for. An empty criterion asks nothing; those that are there must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ForWhom {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<CustomerId>,
    /// 工程商, 零售商 …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Names of price tiers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<OrgId>,
}

/// What a list is compiled with besides its rows.
#[derive(Clone, Copy, Debug)]
pub struct ListHead<'a> {
    pub revision: Revision,
    pub name: &'a str,
    /// Where the item belongs; in a region the list is for that region's customers alone.
    pub scope: OrgId,
    /// All regions by id.
    pub regions: &'a BTreeMap<OrgId, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListContent {
    includes_tax: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    class: PriceClass,
    #[serde(default, rename = "for", skip_serializing_if = "is_default")]
    for_whom: ForWhom,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    tier_applies: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl ListRow {
    /// A list for everyone, always.
    pub fn with_tax(includes_tax: bool) -> ListRow {
        ListRow { includes_tax, ..ListRow::default() }
    }

    /// Reads the content of the row.
    pub fn read(content: &str) -> Result<ListRow, RowFault> {
        let content: ListContent = read_fields(content).map_err(RowFault::of_reading)?;
        let mut for_whom = content.for_whom;
        for_whom.tidy()?;
        Ok(ListRow {
            includes_tax: content.includes_tax,
            class: content.class,
            for_whom,
            from: read_day(content.from, RowField::From)?,
            to: read_day(content.to, RowField::To)?,
            base: content.base.map(ItemId),
            tier_applies: content.tier_applies && content.class == PriceClass::Contract,
        })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self) -> String {
        let content = ListContent {
            includes_tax: self.includes_tax,
            class: self.class,
            for_whom: self.for_whom.clone(),
            from: self.from.map(|day| day.to_string()),
            to: self.to.map(|day| day.to_string()),
            base: self.base.map(|base| base.0),
            tier_applies: self.tier_applies,
        };
        serde_json::to_string(&content).unwrap_or_default()
    }

    pub fn window(&self) -> Window {
        Window::days(self.from, self.to)
    }

    /// The lowest percent that a customer of this list may have by one of these tiers.
    pub fn lowest_percent(&self, tiers: &[Tier]) -> BasisPoints {
        let named = Some(self.for_whom.tiers.as_slice()).filter(|named| !named.is_empty());
        lowest_percent(tiers, (self.class, self.tier_applies), named)
    }

    /// Whether the list can price anything for this customer, now or at another time.
    pub fn is_for(&self, head: &ListHead<'_>, customer: &CustomerFacts) -> bool {
        self.for_whom.who(head).holds(customer, None)
    }

    /// Whether the checks of this list have to look at the other: not at contracts whose customers are never this one's.
    pub fn looks_at(&self, head: &ListHead<'_>, other: &PriceList) -> bool {
        let contracts = (self.class, other.class) == (PriceClass::Contract, PriceClass::Contract);
        other.class != PriceClass::Contract || (contracts && self.for_whom.who(head).may_meet(&other.who))
    }

    /// The list that this row and these entries make.
    pub fn list(&self, head: &ListHead<'_>, entries: Vec<PriceEntry>) -> PriceList {
        PriceList {
            revision: head.revision,
            name: head.name.to_string(),
            class: self.class,
            who: self.for_whom.who(head),
            window: self.window(),
            base: self.base,
            tier_applies: self.tier_applies,
            includes_tax: Some(self.includes_tax),
            entries,
        }
    }
}

impl ForWhom {
    /// Whether nothing is asked of the customer.
    pub fn is_everyone(&self) -> bool {
        *self == ForWhom::default()
    }

    /// The criteria as pricing reads them; a region's own list is for that region.
    fn who(&self, head: &ListHead<'_>) -> Who {
        fn some<T: Clone>(words: &[T]) -> Option<Vec<T>> {
            if words.is_empty() { None } else { Some(words.to_vec()) }
        }
        let is_there = |id: &OrgId| head.regions.contains_key(id);
        let regions = if is_there(&head.scope) {
            Some(vec![head.scope])
        } else {
            // A region that is gone fits nobody; it never means everyone.
            some(&self.regions).map(|ids| ids.into_iter().filter(is_there).collect())
        };
        Who {
            customers: some(&self.customers),
            types: some(&self.types),
            tiers: some(&self.tiers),
            regions,
            ..Who::default()
        }
    }

    /// Words once each, in order, so that equal criteria have equal text.
    fn tidy(&mut self) -> Result<(), RowFault> {
        for words in [&mut self.types, &mut self.tiers] {
            words.iter_mut().for_each(|word| *word = crate::base::visible(word));
            words.retain(|word| !word.is_empty());
            words.sort();
            words.dedup();
        }
        self.customers.sort_unstable();
        self.customers.dedup();
        self.regions.sort_unstable();
        self.regions.dedup();
        let longest = [self.customers.len(), self.types.len(), self.tiers.len(), self.regions.len()];
        if longest.into_iter().max() > Some(CRITERION_WORDS_MAX) {
            return Err(RowFault::TooManyWords { words_max: CRITERION_WORDS_MAX });
        }
        Ok(())
    }
}

/// The price list that these rows (key and content) make, or the key of the row that cannot be read.
pub fn price_list_of_rows<'a>(
    head: &ListHead<'_>,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<PriceList, (String, RowFault)> {
    let mut list = None;
    let mut entries = Vec::new();
    for (key, content) in rows {
        let at_key = |fault| (key.to_string(), fault);
        if key == LIST_ROW_KEY {
            list = Some(ListRow::read(content).map_err(at_key)?);
        } else {
            entries.push(PriceEntry::from(EntryRow::read(content).map_err(at_key)?));
        }
    }
    let Some(row) = list else {
        // Without the row the tax basis is the document's.
        let list = ListRow::default().list(head, entries);
        return Ok(PriceList { includes_tax: None, ..list });
    };
    Ok(row.list(head, entries))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Misfit;
    use crate::pricing::CustomerFacts;

    fn regions() -> BTreeMap<OrgId, String> {
        BTreeMap::from([(OrgId(2), "苏州大区".to_string()), (OrgId(3), "南京大区".to_string())])
    }

    fn compiled(scope: i64, content: &str) -> PriceList {
        let regions = regions();
        let revision = Revision { item: ItemId(1), n: 13 };
        let head = ListHead { revision, name: "标准价", scope: OrgId(scope), regions: &regions };
        price_list_of_rows(&head, [("", content)]).unwrap()
    }

    #[test]
    fn a_list_reads_back_and_a_plain_one_keeps_its_old_text() {
        for content in [
            r#"{"includes_tax":true}"#,
            r#"{"includes_tax":false,"class":"region","from":"2026-05-01"}"#,
            r#"{"includes_tax":true,"class":"contract","for":{"customers":[4,9],"types":["工程商"]},"to":"2026-12-31","base":1,"tier_applies":true}"#,
        ] {
            assert_eq!(ListRow::read(content).unwrap().content(), content);
        }
        let untidy = r#"{"includes_tax":true,"for":{"tiers":["B"," A","B"],"customers":[]}}"#;
        let tidy = r#"{"includes_tax":true,"for":{"tiers":["A","B"]}}"#;
        assert_eq!(ListRow::read(untidy).unwrap().content(), tidy);
        assert_eq!(ListRow::read("{}"), Err(RowFault::misfit("includes_tax", Misfit::Missing)));
        let ignored = r#"{"includes_tax":true,"tier_applies":true}"#;
        assert!(!ListRow::read(ignored).unwrap().tier_applies, "it is read on contracts only");
    }

    #[test]
    fn a_regions_own_list_is_for_its_customers_alone_and_a_lost_region_for_nobody() {
        let own = compiled(2, r#"{"includes_tax":true,"class":"region"}"#);
        assert_eq!(own.who.regions, Some(vec![OrgId(2)]));
        let both = compiled(1, r#"{"includes_tax":true,"class":"contract","for":{"regions":[3,2]}}"#);
        assert_eq!(both.who.regions, Some(vec![OrgId(2), OrgId(3)]));
        let gone = compiled(1, r#"{"includes_tax":true,"for":{"regions":[77]}}"#);
        assert_eq!(gone.who.regions, Some(Vec::new()));
        assert_eq!(compiled(1, r#"{"includes_tax":true}"#).who, Who::default());
    }

    #[test]
    fn a_regions_list_sells_only_in_its_own_whatever_another_region_is_called() {
        let twins = BTreeMap::from([(OrgId(2), "华东".to_string()), (OrgId(3), "华东".to_string())]);
        let revision = Revision { item: ItemId(1), n: 13 };
        let made = |scope: i64, content: &str| {
            let head = ListHead { revision, name: "华东价目表", scope: OrgId(scope), regions: &twins };
            price_list_of_rows(&head, [("", content)]).unwrap().who
        };
        let own = made(3, r#"{"includes_tax":true,"class":"region"}"#);
        let contract = made(1, r#"{"includes_tax":true,"class":"contract","for":{"regions":[3]}}"#);
        for who in [own, contract] {
            for (region, sells) in [(Some(OrgId(3)), true), (Some(OrgId(2)), false), (None, false)] {
                let customer = CustomerFacts { region, ..CustomerFacts::default() };
                assert_eq!(who.holds(&customer, None), sells, "{region:?}");
            }
        }
    }

    #[test]
    fn rows_make_a_list_with_its_tax_basis() {
        let regions = regions();
        let revision = Revision { item: ItemId(1), n: 13 };
        let head = ListHead { revision, name: "标准价", scope: OrgId(1), regions: &regions };
        let rows = [("", r#"{"includes_tax":false}"#), ("P1", r#"{"product":1,"price":"128"}"#)];
        let list = price_list_of_rows(&head, rows).unwrap();
        assert_eq!((list.includes_tax, list.entries.len()), (Some(false), 1));
        let refused = price_list_of_rows(&head, [("P1", "[]")]).unwrap_err();
        assert_eq!(refused, ("P1".to_string(), RowFault::NotReadable));
    }

    #[test]
    fn no_list_names_more_than_so_many() {
        let many: Vec<i64> = (0..=500).collect();
        let content = format!(r#"{{"includes_tax":true,"for":{{"customers":{many:?}}}}}"#);
        assert_eq!(ListRow::read(&content), Err(RowFault::TooManyWords { words_max: 500 }));
    }
}
