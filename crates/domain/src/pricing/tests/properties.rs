//! What holds for every list, tier and document.

use proptest::prelude::*;

use super::*;
use crate::base::Fen;

/// Entries of any kind for two products, over two units, breaks and windows.
fn any_entry() -> impl Strategy<Value = PriceEntry> {
    let goods = prop_oneof![
        4 => (1i64..=2).prop_map(|id| EntryGoods::Product(ProductId(id))),
        1 => Just(EntryGoods::Series("净味".to_string())),
        1 => (10i64..=12).prop_map(|id| EntryGoods::Category(CategoryId(id))),
        1 => Just(EntryGoods::All),
    ];
    let gives = prop_oneof![
        4 => (0i64..5_000_000).prop_map(|price| Gives::Price(UnitPrice(price))),
        1 => (0u32..20_000, 0i64..100_000).prop_map(|(percent, plus)| {
            let percent = BasisPoints::of_markup(percent).unwrap();
            Gives::Formula(Formula { of: FormulaOf::Base, percent, plus: UnitPrice(plus) })
        }),
        1 => (5_000u32..20_000).prop_map(|percent| {
            let percent = BasisPoints::of_markup(percent).unwrap();
            Gives::Formula(Formula { of: FormulaOf::Cost, percent, plus: UnitPrice(0) })
        }),
    ];
    let unit = prop_oneof![Just(None), Just(Some("箱".to_string())), Just(Some("桶".to_string()))];
    let window = prop_oneof![
        Just(Window::default()),
        Just(days("2026-05-01", "")),
        Just(days("", "2026-05-05")),
        Just(days("2026-06-01", "")),
    ];
    (goods, unit, 0i64..200, window, gives).prop_map(|(goods, unit, min, window, gives)| PriceEntry {
        goods,
        unit,
        min_qty: Qty::whole(min),
        window,
        gives,
        note: None,
    })
}

/// For everybody, for this customer, for another one, for both, or for a region.
fn any_who() -> impl Strategy<Value = Who> {
    let customers = |ids: &[i64]| {
        let customers = Some(ids.iter().copied().map(CustomerId).collect());
        Just(Who { customers, ..Who::default() })
    };
    let region = |region: OrgId| Just(Who { regions: Some(vec![region]), ..Who::default() });
    prop_oneof![
        4 => Just(Who::default()),
        1 => customers(&[1]),
        1 => customers(&[2]),
        1 => customers(&[2, 1, 1]),
        1 => region(SUZHOU),
        1 => region(NANJING),
    ]
}

fn any_list() -> impl Strategy<Value = PriceList> {
    let class = prop_oneof![Just(PriceClass::List), Just(PriceClass::Region), Just(PriceClass::Contract)];
    let entries = prop::collection::vec(any_entry(), 0..12);
    let tax = prop_oneof![Just(None), Just(Some(true)), Just(Some(false))];
    (class, entries, tax, any::<bool>(), prop::option::of(1i64..=3), any_who()).prop_map(
        |(class, entries, includes_tax, tier_applies, base, who)| PriceList {
            class,
            who,
            entries,
            includes_tax,
            tier_applies,
            base: base.map(ItemId),
            ..list(0)
        },
    )
}

fn any_rows() -> impl Strategy<Value = BookRows> {
    (prop::collection::vec(any_list(), 0..4), 0u8..=4, 0u32..=30_000, prop::option::of(0i64..2_000_000))
        .prop_map(|(lists, price_decimals, percent, list_price)| {
            let mut rows = rows(lists);
            for (place, list) in rows.lists.iter_mut().enumerate() {
                list.revision.item = ItemId(i64::try_from(place).unwrap() + 1);
            }
            let first = ProductFacts { price_decimals, list_price: list_price.map(UnitPrice), ..pail() };
            rows.products =
                vec![first.clone(), ProductFacts { id: ProductId(2), series: None, category: None, ..first }];
            let percent = BasisPoints::of_markup(percent).unwrap();
            rows.tiers = vec![Tier { percent, ..tier("A", "0") }];
            rows
        })
}

fn any_line() -> impl Strategy<Value = LineRequest> {
    (1i64..=2, 0i64..300_000, any::<bool>()).prop_map(|(product, qty, boxes)| LineRequest {
        product: ProductId(product),
        qty: Qty(qty),
        unit: Some(if boxes { "箱" } else { "桶" }.to_string()),
    })
}

fn any_lines() -> impl Strategy<Value = Vec<LineRequest>> {
    prop::collection::vec(any_line(), 1..8)
}

proptest! {
    #[test]
    fn costs_of_the_catalogue_are_the_same_in_a_list_of_either_basis(
        (cost, floor, percent) in (1i64..5_000_000, 1i64..5_000_000, 1u32..30_000),
        rate in 0u32..=2_000,
        document in any::<bool>(),
        boxes in any::<bool>(),
    ) {
        let percent = BasisPoints::of_markup(percent).unwrap();
        let gives = Gives::Formula(Formula { of: FormulaOf::Cost, percent, plus: UnitPrice(0) });
        let told = |includes_tax: Option<bool>| {
            let entries = vec![PriceEntry { gives, ..entry("0") }];
            let mut rows = rows(vec![PriceList { includes_tax, entries, ..list(1) }]);
            rows.products = vec![ProductFacts {
                cost: Some(UnitPrice(cost)),
                floor_price: Some(UnitPrice(floor)),
                costs_include_tax: Some(true),
                tax_rate: BasisPoints::of_whole(rate).unwrap(),
                ..pail()
            }];
            let context = PricingContext { prices_include_tax: document, ..context() };
            let it = priced(rows, &context, line("3", if boxes { "箱" } else { "桶" })).unwrap();
            assert_eq!(replay(&it.trace), Ok(it.unit_price));
            // What is left after these, the margin, follows from them.
            (it.unit_price, it.net, it.net_ex_tax, it.cost, it.floor, it.below_floor)
        };
        let with_tax = told(Some(true));
        prop_assert_eq!(with_tax, told(Some(false)));
        prop_assert_eq!(with_tax, told(None));
    }

    #[test]
    fn the_order_of_lists_and_entries_changes_nothing(
        (rows, shuffled) in any_rows().prop_flat_map(|rows| {
            let entries: Vec<_> = rows.lists.iter().map(|list| Just(list.entries.clone()).prop_shuffle()).collect();
            let lists = Just(rows.lists.clone());
            (Just(rows), (lists, entries).prop_map(|(mut lists, entries)| {
                lists.iter_mut().zip(entries).for_each(|(list, entries)| list.entries = entries);
                lists
            }).prop_shuffle())
        }),
        lines in any_lines(),
        includes_tax in any::<bool>(),
    ) {
        let context = PricingContext { prices_include_tax: includes_tax, ..context() };
        let other = BookRows { lists: shuffled, ..rows.clone() };
        prop_assert_eq!(
            price_lines(&PriceBook::new(rows), &context, &lines),
            price_lines(&PriceBook::new(other), &context, &lines)
        );
    }

    #[test]
    fn the_order_of_lines_changes_nothing(
        rows in any_rows(),
        (lines, order) in any_lines().prop_flat_map(|lines| {
            let order: Vec<usize> = (0..lines.len()).collect();
            (Just(lines), Just(order).prop_shuffle())
        }),
    ) {
        let book = PriceBook::new(rows);
        let straight = price_lines(&book, &context(), &lines);
        let moved: Vec<_> = order.iter().map(|place| lines[*place].clone()).collect();
        let expected: Vec<_> = order.iter().map(|place| straight[*place].clone()).collect();
        prop_assert_eq!(price_lines(&book, &context(), &moved), expected);
    }

    #[test]
    fn splitting_a_line_changes_nothing_but_rounding(rows in any_rows(), whole in any_line(), cut in 0u8..=100) {
        let book = PriceBook::new(rows);
        let first = Qty(whole.qty.0 * i64::from(cut) / 100);
        let parts = [
            LineRequest { qty: first, ..whole.clone() },
            LineRequest { qty: Qty(whole.qty.0 - first.0), ..whole.clone() },
        ];
        match (price_document(&book, &context(), &[whole]), price_document(&book, &context(), &parts)) {
            (Ok(one), Ok(two)) => {
                prop_assert!(two.lines.iter().all(|line| line.unit_price == one.lines[0].unit_price));
                prop_assert!((one.totals.net.0 - two.totals.net.0).abs() <= 1);
            }
            (Err(one), Err(two)) => prop_assert_eq!(one.refused, two.refused),
            (one, two) => prop_assert!(false, "{:?} but in two lines {:?}", one, two),
        }
    }

    #[test]
    fn totals_are_sums_of_lines_and_net_is_tax_and_the_rest(
        rows in any_rows(),
        lines in any_lines(),
        includes_tax in any::<bool>(),
    ) {
        let context = PricingContext { prices_include_tax: includes_tax, ..context() };
        let priced: Vec<_> = price_lines(&PriceBook::new(rows), &context, &lines).into_iter().flatten().collect();
        let sums = totals(&priced).unwrap();
        let sum = |figure: fn(&PricedLine) -> Fen| Fen(priced.iter().map(|line| figure(line).0).sum());
        prop_assert_eq!(sums.amount, sum(|line| line.amount));
        prop_assert_eq!(sums.net, sum(|line| line.net));
        prop_assert_eq!(sums.net_ex_tax, sum(|line| line.net_ex_tax));
        prop_assert_eq!(sums.tax, sum(|line| line.tax));
        for line in &priced {
            let expected = if includes_tax { line.net.0 - line.tax.0 } else { line.net.0 };
            prop_assert_eq!(line.net_ex_tax.0, expected);
            prop_assert!(line.tax.0 >= 0 && line.net.0 >= 0);
            // No further than half a fen from the exact figure.
            let (net, rate) = (i128::from(line.net.0), i128::from(line.tax_rate.get()));
            let (rounded, exact, whole) = match includes_tax {
                true => (line.net_ex_tax.0, net * 10_000, 10_000 + rate),
                false => (line.tax.0, net * rate, 10_000),
            };
            prop_assert!((i128::from(rounded) * whole - exact).abs() * 2 <= whole, "{line:?}");
        }
    }

    #[test]
    fn more_of_the_same_at_one_price_never_costs_less(price in 0i64..5_000_000, qty in 0i64..1_000_000, more in 0i64..1_000_000) {
        let entries = vec![PriceEntry { gives: Gives::Price(UnitPrice(price)), ..entry("0") }];
        let book = PriceBook::new(rows(vec![PriceList { entries, ..list(1) }]));
        let net = |qty| {
            let line = LineRequest { qty: Qty(qty), ..line("0", "桶") };
            price_document(&book, &context(), &[line]).unwrap().totals.net
        };
        prop_assert!(net(qty) <= net(qty + more));
    }

    #[test]
    fn raising_a_tier_never_lowers_a_price(rows in any_rows(), wanted in any_line(), raise in 0u32..20_000) {
        let mut raised = rows.clone();
        for tier in &mut raised.tiers {
            tier.percent = BasisPoints::of_markup(tier.percent.get() + raise).unwrap();
        }
        let before = priced(rows, &context(), wanted.clone());
        let after = priced(raised, &context(), wanted);
        match (before, after) {
            (Ok(before), Ok(after)) => prop_assert!(before.unit_price <= after.unit_price),
            (before, after) => prop_assert_eq!(before.err(), after.err()),
        }
    }

    #[test]
    fn a_trace_replays_to_its_price(rows in any_rows(), lines in any_lines(), includes_tax in any::<bool>()) {
        let context = PricingContext { prices_include_tax: includes_tax, ..context() };
        for line in price_lines(&PriceBook::new(rows), &context, &lines).into_iter().flatten() {
            prop_assert_eq!(replay(&line.trace), Ok(line.unit_price));
            prop_assert_eq!(line.trace.last().and_then(TraceStep::out), Some(line.unit_price));
            let listed = line.trace.iter().find_map(|step| match step {
                TraceStep::Base(base) => base.points.first().and_then(|point| point.list.as_ref()),
                TraceStep::Tier(_) | TraceStep::Manual(_) => None,
            });
            prop_assert_eq!(listed.map(|listed| listed.revision), line.list);
        }
    }

    #[test]
    fn a_list_and_a_product_that_nobody_asks_change_nothing(rows in any_rows(), lines in any_lines(), other in any_list()) {
        let mut wider = rows.clone();
        wider.products.push(ProductFacts { id: ProductId(77), ..pail() });
        let elsewhere = Who { regions: Some(vec![NANJING]), ..Who::default() };
        let revision = Revision { item: ItemId(99), n: 1 };
        wider.lists.push(PriceList { who: elsewhere, revision, ..other });
        prop_assert_eq!(
            price_lines(&PriceBook::new(rows), &context(), &lines),
            price_lines(&PriceBook::new(wider), &context(), &lines)
        );
    }

    #[test]
    fn a_regions_own_list_prices_nobody_elsewhere(
        rows in any_rows(), lines in any_lines(), home in 2i64..6, apart in 1i64..4, list in any_list()
    ) {
        let other = 2 + (home - 2 + apart) % 4;
        let own = Who { regions: Some(vec![OrgId(other)]), ..Who::default() };
        let revision = Revision { item: ItemId(99), n: 1 };
        let mut wider = rows.clone();
        wider.lists.push(PriceList { who: own, revision, base: None, ..list });
        let mut context = context();
        context.customer.region = Some(OrgId(home));
        let wide = price_lines(&PriceBook::new(wider), &context, &lines);
        let of_that_list = |line: &PricedLine| line.list.is_some_and(|list| list.item == ItemId(99));
        prop_assert!(wide.iter().flatten().all(|line| !of_that_list(line)));
        prop_assert_eq!(wide, price_lines(&PriceBook::new(rows), &context, &lines));
    }

    #[test]
    fn a_list_that_is_for_others_answers_nothing(rows in any_rows(), lines in any_lines()) {
        let (context, all) = (context(), rows.lists.clone());
        let is_base = |list: &PriceList| all.iter().any(|other| other.base == Some(list.revision.item));
        let mut fewer = rows.clone();
        fewer.lists.retain(|list| {
            list.who.holds(&context.customer, context.channel.as_deref()) || is_base(list)
        });
        prop_assert_eq!(
            price_lines(&PriceBook::new(rows), &context, &lines),
            price_lines(&PriceBook::new(fewer), &context, &lines)
        );
    }

    #[test]
    fn who_else_a_contract_names_changes_nothing(rows in any_rows(), lines in any_lines()) {
        let mut wider = rows.clone();
        for customers in wider.lists.iter_mut().filter_map(|list| list.who.customers.as_mut()) {
            customers.insert(0, CustomerId(8));
            customers.push(CustomerId(9));
        }
        prop_assert_eq!(
            price_lines(&PriceBook::new(rows), &context(), &lines),
            price_lines(&PriceBook::new(wider), &context(), &lines)
        );
    }
}
