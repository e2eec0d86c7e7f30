//! Whoever may not see the cost reads the same line, whatever the cost and the formula on it are that make its price.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use domain::access::Reach;
use domain::base::{ItemId, OrgId, ProductId, Qty};
use domain::catalog::Units;
use domain::pricing::{
    BookRows, CustomerFacts, EntryGoods, Gives, LineRequest, Moment, PriceBook, PriceClass, PriceEntry,
    PriceList, PricingContext, ProductFacts, Tier, Who, Window, price_lines,
};
use domain::quotes::{DraftLine, LineExtra, QuotedProduct};
use domain::words::pricing::{trace_step, trace_step_with_cost};
use proptest::prelude::*;

use super::*;

/// What makes a price: cost in fen, whole percent of it, and what rounding takes off again, in 0.0001 yuan; what is
/// missing to the price is added.
type Makes = (i64, u32, i64);

const PAIL: ProductId = ProductId(1);

fn units() -> Units {
    Units::new("桶", vec![("箱".to_string(), domain::base::Factor::new(4, 1).unwrap())]).unwrap()
}

fn entry(gives: Gives) -> PriceEntry {
    let (goods, window) = (EntryGoods::Product(PAIL), Window::default());
    PriceEntry { goods, unit: None, min_qty: Qty::ZERO, window, gives, note: None }
}

fn list(item: i64, base: Option<ItemId>, gives: Gives) -> PriceList {
    PriceList {
        revision: Revision { item: ItemId(item), n: 1 },
        name: format!("价目表{item}"),
        class: if base.is_some() { PriceClass::Region } else { PriceClass::List },
        who: Who::default(),
        window: Window::default(),
        base,
        tier_applies: false,
        includes_tax: None,
        entries: vec![entry(gives)],
    }
}

/// A list that prices by the cost, and one that follows it where `follows`.
fn book(price: i64, (cost, percent, odd): Makes, follows: bool) -> PriceBook {
    let plus = UnitPrice(price + odd - cost * i64::from(percent));
    let of_cost =
        Formula { of: FormulaOf::Cost, percent: BasisPoints::of_markup(percent * 100).unwrap(), plus };
    let same = Formula { of: FormulaOf::Base, percent: BasisPoints::WHOLE, plus: UnitPrice(0) };
    let mut lists = vec![list(1, None, Gives::Formula(of_cost))];
    if follows {
        lists.push(list(2, Some(ItemId(1)), Gives::Formula(same)));
    }
    let facts = ProductFacts {
        id: PAIL,
        units: units(),
        category: None,
        series: None,
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        list_price: None,
        cost: Some(UnitPrice(cost * 100)),
        floor_price: Some(UnitPrice(cost * 101)),
        costs_include_tax: Some(true),
        price_decimals: 2,
    };
    let percent = BasisPoints::of_markup(9_200).unwrap();
    let tiers = vec![Tier { name: "A".to_string(), percent, revision: Revision { item: ItemId(9), n: 1 } }];
    PriceBook::new(BookRows { products: vec![facts], category_parents: Vec::new(), lists, tiers })
}

/// The line as somebody reads it, and its trace in words.
fn read(book: &PriceBook, tier: Option<&str>, unit: &str, sees_cost: bool) -> (String, Vec<String>) {
    let customer = CustomerFacts { tier: tier.map(str::to_string), ..CustomerFacts::default() };
    let at = Moment::parse("2026-05-05T10:00").unwrap().0;
    let context = PricingContext { at, prices_include_tax: true, customer, channel: None };
    let qty = Qty::whole(6);
    let request = LineRequest { product: PAIL, qty, unit: Some(unit.to_string()) };
    let priced = price_lines(book, &context, &[request]).pop().unwrap().unwrap();
    let line = DraftLine {
        id: "a".to_string(),
        product: PAIL,
        qty,
        unit: unit.to_string(),
        note: String::new(),
        extra: LineExtra::default(),
    };
    let product = QuotedProduct {
        id: PAIL,
        code: "P1".to_string(),
        name: "外墙乳胶漆".to_string(),
        spec: String::new(),
        units: units(),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        archived: false,
        customer_code: None,
    };
    let rights = if sees_cost { vec![Right::PriceRead, Right::PriceCost] } else { vec![Right::PriceRead] };
    let grants: BTreeMap<Right, Reach> = rights.into_iter().map(|right| (right, Reach::All)).collect();
    let actor = Actor {
        person: PersonId(1),
        name: "小陈".to_string(),
        org: OrgId(1),
        org_path: "/1/".to_string(),
        grants,
    };
    let lines = line_views(vec![PricedDraftLine { line, product, outcome: Ok(priced) }], &actor, "恒泰");
    let view = lines.into_iter().next().unwrap();
    let words = if sees_cost { trace_step_with_cost } else { trace_step };
    let trace = view.line.outcome.as_ref().unwrap().trace.iter().map(|step| words(step, "桶")).collect();
    (format!("{view:?}"), trace)
}

fn makes() -> impl Strategy<Value = Makes> {
    (1_i64..10_000, 1_u32..300, 0_i64..13)
}

proptest! {
    #[test]
    fn no_figure_and_no_word_of_a_line_tells_which_cost_made_its_price(
        (one, other) in (makes(), makes()),
        quarters in 1_200_i64..4_000,
        (tier, follows, boxes) in (any::<bool>(), any::<bool>(), any::<bool>()),
    ) {
        // With 92 % of it and four to the box no more than the odd part is rounded off.
        let price = quarters * 2_500;
        let (tier, unit) = (tier.then_some("A"), if boxes { "箱" } else { "桶" });
        let told = |makes, sees_cost| read(&book(price, makes, follows), tier, unit, sees_cost);
        prop_assert_eq!(told(one, false), told(other, false));
        if one != other {
            prop_assert_ne!(told(one, true), told(other, true), "those who may see the cost do");
        }
    }
}
