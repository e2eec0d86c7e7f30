//! Reads a case of `huxi price`: lists and tiers; a case that uses more is refused with a sentence.

use std::collections::HashSet;

use domain::base::{BasisPoints, UnitPrice};
use domain::catalog::{PRICE_DECIMALS_MAX, Units, parse_factor};
use domain::pricing::{
    BookRows, CustomerFacts, EntryGoods, Formula, FormulaOf, Gives, LineRequest, Manual, ManualAsk,
    ManualPart, Moment, PriceClass, PriceEntry, PriceList, PricingContext, ProductFacts, Revision, Tier, Who,
    Window,
};

use super::ids::Ids;
use crate::strict::{At, Fault, Object, Wanted, What};

const CASE: &[&str] = &[
    "at",
    "prices_include_tax",
    "customer",
    "channel",
    "categories",
    "products",
    "tiers",
    "price_lists",
    "groups",
    "policies",
    "lines",
    "manual",
    "codes",
    "history",
    "is_return",
];
const PRODUCT: &[&str] = &[
    "id",
    "category",
    "series",
    "unit",
    "units",
    "list_price",
    "cost",
    "floor_price",
    "tax_rate",
    "price_decimals",
];
const LIST: &[&str] =
    &["id", "class", "for", "from", "to", "base", "tier_applies", "includes_tax", "entries"];
const ENTRY: &[&str] =
    &["product", "series", "category", "unit", "min_qty", "from", "to", "price", "formula"];
const GOODS: &[&str] = &["product", "series", "category"];
const GIVES: &[&str] = &["price", "formula"];
const MANUAL: &[&str] = &["line", "unit_price", "percent_off", "amount_off"];
const MANUAL_LINE: &[&str] = &["unit_price", "percent_off", "amount_off"];
const MANUAL_WHOLE: &[&str] = &["percent_off", "amount_off"];
const CLASSES: &[&str] = &["list", "region", "contract"];
const FORMULA_OF: &[&str] = &["base", "list_price", "cost"];
const WHO: &[&str] = &["customers", "types", "tiers", "tags", "regions", "channels"];

/// A case, read.
#[derive(Debug)]
pub struct Case {
    pub ids: Ids,
    pub rows: BookRows,
    pub context: PricingContext,
    pub lines: Vec<CaseLine>,
    /// Manual prices, in the order in which they are applied.
    pub manual: Vec<Manual>,
}

/// A line with its id.
#[derive(Debug)]
pub struct CaseLine {
    pub id: String,
    pub product: String,
    pub request: LineRequest,
}

/// What a case is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Price,
    /// Emptied lists are left to the check, which names them all.
    Check,
}

/// What a reader of a part needs: the ids, and the purpose.
struct Reader {
    ids: Ids,
    purpose: Purpose,
}

impl Case {
    pub fn read(case: At<'_>, purpose: Purpose) -> Result<Case, Fault> {
        let reader = Reader { ids: Ids::of(&case), purpose };
        let case = case.object(CASE)?;
        only_lists_and_tiers(&case)?;
        let includes_tax = case.optional("prices_include_tax", |at| at.bool())?;
        let products = reader.products(&case)?;
        let lines = reader.lines(&case, &products)?;
        Ok(Case {
            context: PricingContext {
                at: case.required("at")?.moment()?.0,
                prices_include_tax: includes_tax.unwrap_or(true),
                customer: reader.customer(&case)?,
                channel: case.optional("channel", owned)?,
            },
            manual: manual(&case, &lines)?,
            rows: BookRows {
                products,
                category_parents: reader.categories(&case)?,
                lists: reader.lists(&case)?,
                tiers: tiers(&case)?,
            },
            lines,
            ids: reader.ids,
        })
    }
}

/// A case that asks for what this calculator cannot do yet must not be priced without it.
fn only_lists_and_tiers(case: &Object<'_>) -> Result<(), Fault> {
    for name in ["policies", "groups", "codes"] {
        if let Some(at) = case.get(name)
            && !at.list()?.is_empty()
        {
            return Err(at.fault(What::NotYet));
        }
    }
    if let Some(at) = case.get("history") {
        let history = at.clone().object(&["orders", "uses", "order_number"])?;
        let says = !history.list("orders")?.is_empty() || !history.members("uses")?.is_empty();
        if says || history.get("order_number").is_some() {
            return Err(at.fault(What::NotYet));
        }
    }
    match case.get("is_return") {
        Some(at) if at.bool()? => Err(at.fault(What::NotYet)),
        _ => Ok(()),
    }
}

impl Reader {
    fn products(&self, case: &Object<'_>) -> Result<Vec<ProductFacts>, Fault> {
        let mut seen = HashSet::new();
        let mut products = Vec::new();
        for at in case.list("products")? {
            let object = at.object(PRODUCT)?;
            let id = fresh_id(&object, &mut seen)?;
            products.push(ProductFacts {
                id: self.ids.product_id(id),
                units: units(&object)?,
                category: object.optional("category", |at| Ok(self.ids.category_id(at.text()?)))?,
                series: object.optional("series", owned)?,
                tax_rate: object.required("tax_rate")?.percent()?,
                list_price: object.optional("list_price", |at| at.unit_price())?,
                cost: object.optional("cost", |at| at.unit_price())?,
                floor_price: object.optional("floor_price", |at| at.unit_price())?,
                // In a case they stand on the tax basis of the list that gives the price.
                costs_include_tax: None,
                price_decimals: object.optional("price_decimals", price_decimals)?.unwrap_or(2),
            });
        }
        Ok(products)
    }

    fn lines(&self, case: &Object<'_>, products: &[ProductFacts]) -> Result<Vec<CaseLine>, Fault> {
        let known: HashSet<_> = products.iter().map(|product| product.id).collect();
        let mut seen = HashSet::new();
        let mut lines = Vec::new();
        for at in case.list("lines")? {
            let object = at.object(&["id", "product", "qty", "unit"])?;
            let id = fresh_id(&object, &mut seen)?.to_string();
            let named = object.required("product")?;
            let product = self.ids.product_id(named.text()?);
            if !known.contains(&product) {
                return Err(named.fault(What::UnknownProduct { id: named.text()?.to_string() }));
            }
            let qty = object.required("qty")?.qty()?;
            let unit = object.optional("unit", owned)?;
            let request = LineRequest { product, qty, unit };
            lines.push(CaseLine { id, product: named.text()?.to_string(), request });
        }
        Ok(lines)
    }

    fn customer(&self, case: &Object<'_>) -> Result<CustomerFacts, Fault> {
        let Some(at) = case.get("customer") else {
            return Ok(CustomerFacts::default());
        };
        let object = at.object(&["id", "type", "tier", "tags", "region"])?;
        Ok(CustomerFacts {
            id: object.optional("id", |at| Ok(self.ids.customer_id(at.text()?)))?,
            kind: object.optional("type", owned)?,
            tier: object.optional("tier", owned)?,
            tags: object.list("tags")?.iter().map(owned).collect::<Result<_, _>>()?,
            region: object.optional("region", |at| Ok(self.ids.region_id(at.text()?)))?,
        })
    }

    fn categories(
        &self,
        case: &Object<'_>,
    ) -> Result<Vec<(domain::base::CategoryId, domain::base::CategoryId)>, Fault> {
        let parents = case.members("categories")?;
        let parent =
            |(child, at): (&str, At<'_>)| Ok((self.ids.category_id(child), self.ids.category_id(at.text()?)));
        parents.into_iter().map(parent).collect()
    }

    fn lists(&self, case: &Object<'_>) -> Result<Vec<PriceList>, Fault> {
        let mut seen = HashSet::new();
        let mut lists = Vec::new();
        for at in case.list("price_lists")? {
            let object = at.object(LIST)?;
            let id = fresh_id(&object, &mut seen)?;
            let class = object.optional("class", |at| at.word(CLASSES))?;
            let entries = object.list("entries")?;
            lists.push(PriceList {
                revision: Revision { item: self.ids.list_id(id), n: 0 },
                name: id.to_string(),
                class: [PriceClass::List, PriceClass::Region, PriceClass::Contract]
                    .get(class.unwrap_or(0))
                    .copied()
                    .unwrap_or_default(),
                who: object.optional("for", |at| self.who(at))?.unwrap_or_default(),
                window: window(&object)?,
                base: object.optional("base", |at| Ok(self.ids.list_id(at.text()?)))?,
                tier_applies: object.optional("tier_applies", |at| at.bool())?.unwrap_or(false),
                includes_tax: object.optional("includes_tax", |at| at.bool())?,
                entries: entries.into_iter().map(|at| self.entry(at)).collect::<Result<_, _>>()?,
            });
        }
        Ok(lists)
    }

    fn entry(&self, at: At<'_>) -> Result<PriceEntry, Fault> {
        let object = at.object(ENTRY)?;
        if GOODS.iter().filter(|name| object.get(name).is_some()).count() > 1 {
            return Err(object.fault(What::AtMostOneOf { names: GOODS }));
        }
        let goods = if let Some(at) = object.get("product") {
            EntryGoods::Product(self.ids.product_id(at.text()?))
        } else if let Some(at) = object.get("series") {
            EntryGoods::Series(owned(&at)?)
        } else if let Some(at) = object.get("category") {
            EntryGoods::Category(self.ids.category_id(at.text()?))
        } else {
            EntryGoods::All
        };
        let gives = match (object.get("price"), object.get("formula")) {
            (Some(price), None) => Gives::Price(price.unit_price()?),
            (None, Some(at)) => Gives::Formula(formula(at)?),
            _ => return Err(object.fault(What::OneOf { names: GIVES })),
        };
        Ok(PriceEntry {
            goods,
            gives,
            unit: object.optional("unit", owned)?,
            min_qty: object.optional("min_qty", |at| at.qty())?.unwrap_or_default(),
            window: window(&object)?,
            note: None,
        })
    }

    fn who(&self, at: &At<'_>) -> Result<Who, Fault> {
        let object = at.clone().object(WHO)?;
        let words = |name| -> Result<Option<Vec<String>>, Fault> {
            let Some(at) = object.get(name) else {
                return Ok(None);
            };
            let items = at.list()?;
            if items.is_empty() && self.purpose == Purpose::Price {
                return Err(at.fault(What::EmptyList));
            }
            items.iter().map(owned).collect::<Result<_, _>>().map(Some)
        };
        let (customers, regions) = (words("customers")?, words("regions")?);
        Ok(Who {
            customers: customers.map(|texts| texts.iter().map(|text| self.ids.customer_id(text)).collect()),
            types: words("types")?,
            tiers: words("tiers")?,
            tags: words("tags")?,
            regions: regions.map(|names| names.iter().map(|name| self.ids.region_id(name)).collect()),
            channels: words("channels")?,
        })
    }
}

fn tiers(case: &Object<'_>) -> Result<Vec<Tier>, Fault> {
    let tier = |(name, at): (&str, At<'_>)| {
        let revision = Revision { item: domain::base::ItemId(0), n: 0 };
        Ok(Tier { name: name.to_string(), percent: at.markup()?, revision })
    };
    case.members("tiers")?.into_iter().map(tier).collect()
}

fn units(product: &Object<'_>) -> Result<Units, Fault> {
    let named = product.required("unit")?;
    let base = named.text()?;
    let mut others = Vec::new();
    for (name, at) in product.members("units")? {
        let written = match at.text() {
            Ok(text) if text.contains('/') => parse_factor(text).ok(),
            _ => domain::base::Factor::new(at.qty()?.0, 1_000),
        };
        let factor = written.ok_or_else(|| at.fault(What::NotPositive))?;
        if name == base && factor != domain::base::Factor::ONE {
            return Err(at.fault(What::NotInFactors { unit: base.to_string() }));
        }
        if name != base {
            others.push((name.to_string(), factor));
        }
    }
    Units::new(base, others).map_err(|_| named.fault(What::Wanted(Wanted::Text)))
}

fn formula(at: At<'_>) -> Result<Formula, Fault> {
    let object = at.object(&["of", "percent", "plus"])?;
    let of = object.optional("of", |at| at.word(FORMULA_OF))?.unwrap_or(0);
    Ok(Formula {
        of: [FormulaOf::Base, FormulaOf::ListPrice, FormulaOf::Cost]
            .get(of)
            .copied()
            .unwrap_or(FormulaOf::Base),
        percent: object.optional("percent", |at| at.markup())?.unwrap_or(BasisPoints::WHOLE),
        plus: object.optional("plus", |at| at.unit_price())?.unwrap_or(UnitPrice(0)),
    })
}

/// What is taken off by hand; of one line by its id, or (null) of the whole order.
fn manual(case: &Object<'_>, lines: &[CaseLine]) -> Result<Vec<Manual>, Fault> {
    let mut asked = Vec::new();
    for at in case.list("manual")? {
        let object = at.object(MANUAL)?;
        let line = match object.get("line") {
            Some(at) => {
                let id = at.text()?;
                let place = lines.iter().position(|line| line.id == id);
                Some(place.ok_or_else(|| at.fault(What::UnknownLine { id: id.to_string() }))?)
            }
            None => None,
        };
        let ways = [object.get("unit_price"), object.get("percent_off"), object.get("amount_off")];
        let ask = match ways {
            [Some(price), None, None] if line.is_some() => ManualAsk::UnitPrice(price.unit_price()?),
            [None, Some(percent), None] => ManualAsk::PercentOff(percent.percent()?),
            [None, None, Some(amount)] => ManualAsk::AmountOff(amount.money()?),
            _ if line.is_some() => return Err(object.fault(What::OneOf { names: MANUAL_LINE })),
            _ => return Err(object.fault(What::OneOf { names: MANUAL_WHOLE })),
        };
        let part = if line.is_some() { ManualPart::Line } else { ManualPart::Whole };
        asked.push(Manual { line, part, ask });
    }
    Ok(asked)
}

/// Days include both ends; a time of day ends at that very moment.
fn window(object: &Object<'_>) -> Result<Window, Fault> {
    let from = object.optional("from", |at| at.moment())?;
    let to = object.optional("to", |at| at.moment())?;
    let end =
        |(moment, whole_day): (Moment, bool)| if whole_day { Moment::end_of(moment.day()) } else { moment };
    Ok(Window { from: from.map(|(moment, _)| moment), to: to.map(end) })
}

fn price_decimals(at: &At<'_>) -> Result<u8, Fault> {
    let whole = at.decimal(0).map_err(|_| at.fault(What::Wanted(Wanted::Whole)))?;
    let decimals = u8::try_from(whole).ok().filter(|decimals| *decimals <= PRICE_DECIMALS_MAX);
    decimals.ok_or_else(|| at.fault(What::OutOfRange { min: "0", max: "4" }))
}

fn fresh_id<'a>(object: &Object<'a>, seen: &mut HashSet<&'a str>) -> Result<&'a str, Fault> {
    let at = object.required("id")?;
    let id = at.text()?;
    if seen.insert(id) { Ok(id) } else { Err(at.fault(What::RepeatedId { id: id.to_string() })) }
}

fn owned(at: &At<'_>) -> Result<String, Fault> {
    at.text().map(str::to_string)
}
