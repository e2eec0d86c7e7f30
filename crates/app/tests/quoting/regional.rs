//! Regions' lists inside the corridor, contracts, formulas, breaks, units, notes: who pays what, and why.

use app::config::{self, ChecksView, DraftRowsAsked, NewItem, RowInput, RowsAsked, Submission};
use app::quotes::{self, PriceAsked};
use domain::access::{Actor, OrgKind};
use domain::base::{CustomerId, DraftId, ItemId, Limit, OrgId, Qty};
use domain::config::Kind;
use domain::pricing::PriceClass;
use domain::words::pricing::trace_step;
use serde_json::json;
use testkit::each_engine;

use crate::support::{DAY, World, code, insert_person, row};

impl World {
    pub(crate) async fn corridor(&self) -> ItemId {
        let items = config::items(&self.ctx, &self.author, Some(Kind::PriceCorridor)).await.unwrap();
        items[0].item.id
    }

    /// A list of that class with its first draft.
    pub(crate) async fn made(
        &self,
        actor: &Actor,
        class: PriceClass,
        scope: OrgId,
        name: &str,
    ) -> (ItemId, DraftId) {
        let new = NewItem { kind: Kind::PriceList, class, name: name.to_string(), scope };
        config::create_item(&self.ctx, actor, new).await.unwrap()
    }

    pub(crate) async fn puts(&self, actor: &Actor, draft: DraftId, rows: Vec<RowInput>) {
        let version = config::draft(&self.ctx, actor, draft).await.unwrap().draft.version;
        config::put_rows(&self.ctx, actor, draft, version, (rows, Vec::new())).await.unwrap();
    }

    /// Submits, has the second person confirm, and publishes.
    pub(crate) async fn brings_out(&self, actor: &Actor, draft: DraftId) -> Result<i64, app::AppError> {
        config::submit(&self.ctx, actor, draft, Submission::default()).await?;
        let seen = self.risk_mark(&self.second, draft).await?;
        config::confirm(&self.ctx, &self.second, draft, seen.as_deref()).await?;
        config::publish(&self.ctx, &self.second, draft, seen.as_deref()).await
    }

    pub(crate) async fn checked(&self, actor: &Actor, draft: DraftId) -> ChecksView {
        config::checks(&self.ctx, actor, draft).await.unwrap()
    }

    /// A list of the region with these rows, published.
    pub(crate) async fn region_list(&self, rows: Vec<RowInput>) -> ItemId {
        let (item, draft) =
            self.made(&self.manager, PriceClass::Region, self.region.id, "苏州大区价目表").await;
        self.puts(&self.manager, draft, rows).await;
        self.brings_out(&self.manager, draft).await.unwrap();
        item
    }

    /// The corridor for all regions and categories, in percent of HQ's list price.
    pub(crate) async fn corridor_of(&self, min: &str, max: &str) {
        let rows = vec![row(None, json!({ "min": min, "max": max }))];
        self.publish(self.corridor().await, rows, Submission::default()).await.unwrap();
    }

    /// What the customer pays for so much of the paint: unit price, and the sentences of the trace.
    async fn pays(&self, customer: CustomerId, qty: i64, unit: &str) -> (String, Vec<String>) {
        let asked =
            PriceAsked { product: self.paint, customer, qty: Qty::whole(qty), unit: Some(unit.to_string()) };
        let answer = quotes::price_answer(&self.ctx, &self.seller, asked).await.unwrap();
        let priced = answer.line.line.outcome.unwrap();
        (priced.unit_price.to_yuan(), priced.trace.iter().map(|step| trace_step(step, "桶")).collect())
    }

    /// A manager of another region.
    pub(crate) async fn manager_elsewhere(&self) -> (Actor, OrgId) {
        let made = self.ctx.store.change(|tx| {
            Box::pin(async move {
                let orgs = store::access::orgs(tx).await?;
                let hq = orgs.iter().find(|org| org.kind == OrgKind::Hq).cloned();
                let region =
                    store::access::insert_org(tx, hq.as_ref(), OrgKind::Region, "南京大区", "NJQ").await?;
                let id = insert_person(tx, ("nanjing", "region_manager"), region.id).await?;
                Ok::<_, store::StoreError>((id, region.id))
            })
        });
        let (person, region) = made.await.unwrap();
        let actor = self.ctx.store.read(|tx| Box::pin(store::access::actor(tx, person))).await;
        (actor.unwrap().unwrap(), region)
    }
}

#[tokio::test]
async fn a_contract_beats_the_regions_list_and_that_the_list_of_head_office() {
    each_engine("classes", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        assert_eq!(world.pays(customer, 1, "桶").await.0, "117.76", "128.00 at 92 %");
        world.region_list(vec![world.paint_at("125")]).await;
        let (price, trace) = world.pays(customer, 1, "桶").await;
        assert_eq!(price, "115.00", "125.00 at 92 %");
        assert!(trace[0].contains("价目表 苏州大区价目表 V1"), "{trace:?}");
        let (_, draft) = world.made(&world.author, PriceClass::Contract, world.hq, "恒泰年度合同").await;
        let head = json!({ "includes_tax": true, "class": "contract", "for": { "customers": [customer] } });
        world.puts(&world.author, draft, vec![row(Some(""), head), world.paint_at("119")]).await;
        world.brings_out(&world.author, draft).await.unwrap();
        assert_eq!(world.pays(customer, 1, "桶").await.0, "119.00", "a contract ignores the tier");
        let other = world.customer("金鼎装饰", "A").await;
        assert_eq!(world.pays(other, 1, "桶").await.0, "115.00");
        // The quotation itself, and the product search, say the same.
        let lines = vec![world.line("a", world.paint, "60", "桶")];
        let view = quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap();
        let priced = view.lines[0].line.outcome.clone().unwrap();
        assert_eq!(priced.unit_price.to_yuan(), "119.00");
    })
    .await;
}

#[tokio::test]
async fn a_regions_list_goes_on_when_the_region_gets_another_name() {
    each_engine("region renamed", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        world.region_list(vec![world.paint_at("125")]).await;
        assert_eq!(world.pays(customer, 1, "桶").await.0, "115.00");
        let region = world.region.id;
        let renamed =
            world.ctx.store.change(move |tx| Box::pin(store::access::rename_org(tx, region, "苏南大区")));
        renamed.await.unwrap();
        world.ctx.live.expire();
        assert_eq!(world.pays(customer, 1, "桶").await.0, "115.00", "{}", db.engine);
    })
    .await;
}

#[tokio::test]
async fn a_regions_price_outside_of_the_corridor_is_refused_with_the_figures_and_whom_to_ask() {
    each_engine("corridor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.corridor_of("95", "110").await;
        let (_, draft) = world.made(&world.manager, PriceClass::Region, world.region.id, "苏州大区价").await;
        world.puts(&world.manager, draft, vec![world.paint_at("121.59")]).await;
        let found = world.checked(&world.manager, draft).await;
        let outside: Vec<_> = found.items.iter().filter(|it| it.code == "outside_corridor").collect();
        assert_eq!(outside.len(), 1, "{found:?}");
        let sentence = &outside[0].sentence;
        assert!(
            outside[0].blocks && sentence.contains("121.59") && sentence.contains("128.00"),
            "{sentence}"
        );
        assert!(
            sentence.contains("95%–110%") && sentence.contains("总部（管理员、ops1、ops2）"),
            "{sentence}"
        );
        let refused = config::submit(&world.ctx, &world.manager, draft, Submission::default()).await;
        assert_eq!(code(&refused), "checks_block");
        // Both ends are allowed.
        world.puts(&world.manager, draft, vec![world.paint_at("121.60")]).await;
        assert_eq!(world.checked(&world.manager, draft).await.blocks, 0);
        world.puts(&world.manager, draft, vec![world.paint_at("140.80")]).await;
        assert_eq!(world.brings_out(&world.manager, draft).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_corridor_is_checked_again_when_the_regions_list_is_published_and_rolled_back() {
    each_engine("again", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.corridor_of("90", "110").await;
        let item = world.region_list(vec![world.paint_at("118")]).await;
        let draft = config::create_draft(&world.ctx, &world.manager, item, "调价").await.unwrap();
        world.puts(&world.manager, draft, vec![world.paint_at("117")]).await;
        config::submit(&world.ctx, &world.manager, draft, Submission::default()).await.unwrap();
        config::confirm(&world.ctx, &world.second, draft, None).await.unwrap();
        // Meanwhile head office narrows the corridor: it is told what that leaves outside.
        let corridor = world.corridor().await;
        let narrowed = config::create_draft(&world.ctx, &world.author, corridor, "收窄").await.unwrap();
        let narrow = row(Some("*|*"), json!({ "min": "95", "max": "105" }));
        world.puts(&world.author, narrowed, vec![narrow]).await;
        let told = world.checked(&world.author, narrowed).await;
        assert_eq!((told.blocks, told.items[0].code), (0, "puts_outside_corridor"));
        assert!(told.items[0].sentence.contains("苏州大区价目表"), "{:?}", told.items[0]);
        world.brings_out(&world.author, narrowed).await.unwrap();
        let refused = config::publish(&world.ctx, &world.second, draft, None).await;
        assert_eq!(code(&refused), "checks_block");
        config::return_draft(&world.ctx, &world.second, draft, "走廊收窄了").await.unwrap();
        world.puts(&world.manager, draft, vec![world.paint_at("126")]).await;
        assert_eq!(world.brings_out(&world.manager, draft).await.unwrap(), 2);
        // V1 lies outside now: nobody brings it back past the corridor.
        let back = config::roll_back(&world.ctx, &world.second, item, 1, "错了", None).await;
        assert_eq!(code(&back), "restores_outside");
    })
    .await;
}

#[tokio::test]
async fn head_office_is_told_which_regions_a_new_list_price_puts_outside() {
    each_engine("told", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.corridor_of("95", "110").await;
        world.region_list(vec![world.paint_at("125")]).await;
        let draft = config::create_draft(&world.ctx, &world.author, world.price_list, "涨价").await.unwrap();
        world.puts(&world.author, draft, vec![world.paint_at("135")]).await;
        let told = world.checked(&world.author, draft).await;
        let found = told.items.iter().find(|it| it.code == "puts_outside_corridor").unwrap();
        assert!(!found.blocks && found.sentence.contains("苏州大区价目表"), "{}", found.sentence);
        assert!(!found.sentence.contains("填错"), "125 beside 135 is no slip: {}", found.sentence);
        // A decimal point too far to the left: it is HQ's price that moved.
        world.puts(&world.author, draft, vec![world.paint_at("12.80")]).await;
        let slip = world.checked(&world.author, draft).await;
        let found = slip.items.iter().find(|it| it.code == "puts_outside_corridor").unwrap();
        assert!(found.sentence.contains("总部价变成 12.80 元，大区价没动"), "{}", found.sentence);
        // A region may follow HQ's price by formula, and then never falls out.
        world.puts(&world.author, draft, vec![world.paint_at("128")]).await;
        let (_, own) = world.made(&world.manager, PriceClass::Region, world.region.id, "苏州公式价").await;
        let head = json!({ "includes_tax": true, "class": "region", "base": world.price_list });
        let follows =
            row(None, json!({ "product": world.putty, "formula": { "of": "base", "percent": "94" } }));
        world.puts(&world.manager, own, vec![row(Some(""), head), follows]).await;
        let missing = world.checked(&world.manager, own).await;
        assert_eq!(missing.items[0].code, "formula_without_figure", "HQ has no price of the putty yet");
    })
    .await;
}

#[tokio::test]
async fn a_manager_makes_lists_of_the_own_region_and_no_others() {
    each_engine("making", async |db| {
        let world = World::new(&db).await;
        let (elsewhere, nanjing) = world.manager_elsewhere().await;
        let make = async |actor: &Actor, class, scope, name: &str| {
            let new = NewItem { kind: Kind::PriceList, class, name: name.to_string(), scope };
            code(&config::create_item(&world.ctx, actor, new).await)
        };
        let region = world.region.id;
        assert_eq!(make(&world.manager, PriceClass::Region, region, "甲").await, "ok");
        assert_eq!(make(&world.manager, PriceClass::Region, nanjing, "乙").await, "invalid");
        assert_eq!(make(&world.manager, PriceClass::Contract, world.hq, "乙").await, "head_office_only");
        assert_eq!(make(&world.manager, PriceClass::Contract, region, "乙").await, "head_office_only");
        assert_eq!(make(&world.seller, PriceClass::Region, region, "乙").await, "not_allowed");
        assert_eq!(make(&world.author, PriceClass::Region, world.hq, "乙").await, "region_needed");
        assert_eq!(make(&world.author, PriceClass::Region, nanjing, "甲").await, "name_taken");
        assert_eq!(make(&world.author, PriceClass::Region, nanjing, "乙").await, "ok");
        let new = NewItem {
            kind: Kind::PriceCorridor,
            class: PriceClass::List,
            name: "第二条".to_string(),
            scope: world.hq,
        };
        assert_eq!(code(&config::create_item(&world.ctx, &world.author, new).await), "kind_fixed");
        let seen = config::items(&world.ctx, &elsewhere, Some(Kind::PriceList)).await.unwrap();
        let names: Vec<&str> = seen.iter().map(|view| view.item.name.as_str()).collect();
        assert_eq!(names, ["标准价目表", "乙"], "no region sees another's list");
        assert_eq!(seen[1].about, "区域价目表 · 南京大区");
        // A manager drafts; head office publishes.
        let own = config::items(&world.ctx, &world.manager, Some(Kind::PriceList)).await.unwrap();
        let own = own.iter().find(|view| view.item.name == "甲").unwrap();
        assert_eq!(own.actions, ["edit", "rename", "retire"]);
        assert_eq!(code(&config::rename_item(&world.ctx, &world.manager, own.item.id, "苏州价").await), "ok");
        let refused = config::rename_item(&world.ctx, &world.manager, world.price_list, "我的").await;
        assert_eq!(code(&refused), "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn a_list_is_taken_out_of_use_only_when_it_gives_no_price_any_more() {
    each_engine("retiring", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let retire = async |item| code(&config::retire_item(&world.ctx, &world.author, item).await);
        assert_eq!(retire(world.price_list).await, "item_needed");
        assert_eq!(retire(world.tiers).await, "kind_fixed");
        let item = world.region_list(vec![world.paint_at("125")]).await;
        assert_eq!(retire(item).await, "item_in_force");
        let draft = config::create_draft(&world.ctx, &world.manager, item, "结束").await.unwrap();
        assert_eq!(retire(item).await, "item_has_drafts");
        let today = world.day(0).to_string();
        let head = json!({ "includes_tax": true, "class": "region", "to": today });
        world.puts(&world.manager, draft, vec![row(Some(""), head)]).await;
        world.brings_out(&world.manager, draft).await.unwrap();
        assert_eq!(retire(item).await, "item_in_force", "its last day is today");
        world.clock.set(testkit::TEST_DAY.plus_ms(DAY));
        assert_eq!(retire(item).await, "ok");
        let left = config::items(&world.ctx, &world.author, Some(Kind::PriceList)).await.unwrap();
        assert_eq!(left.len(), 1);
        let customer = world.customer("恒泰建材", "A").await;
        assert_eq!(world.pays(customer, 1, "桶").await.0, "117.76");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_newest_list_is_taken_out_of_use_the_snapshot_is_read_once_and_kept() {
    each_engine("retired newest", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let item = world.region_list(vec![world.paint_at("125")]).await;
        let draft = config::create_draft(&world.ctx, &world.manager, item, "结束").await.unwrap();
        let today = world.day(0).to_string();
        let head = json!({ "includes_tax": true, "class": "region", "to": today });
        world.puts(&world.manager, draft, vec![row(Some(""), head)]).await;
        world.at_hour(1);
        world.brings_out(&world.manager, draft).await.unwrap();
        world.clock.set(testkit::TEST_DAY.plus_ms(DAY));
        let customer = world.customer("恒泰建材", "A").await;
        world.pays(customer, 1, "桶").await;
        // The region's list was the newest release; without it what is in force is older than what was.
        config::retire_item(&world.ctx, &world.author, item).await.unwrap();
        let (begun, before) = (std::time::Instant::now(), world.ctx.live.reads());
        for _ in 0..20 {
            assert_eq!(world.pays(customer, 1, "桶").await.0, "117.76");
        }
        // Once for the retirement, and once a second as always.
        let (reads, seconds) = (world.ctx.live.reads() - before, begun.elapsed().as_secs());
        assert!((1..=2 + seconds).contains(&reads), "{}: {reads} reads in {seconds} s", db.engine);
        let now = world.ctx.moment().await.unwrap().now;
        let held = config::live(&world.ctx, now).await.unwrap();
        let again = config::live(&world.ctx, now).await.unwrap();
        assert!(std::sync::Arc::ptr_eq(&held, &again), "{}", db.engine);
    })
    .await;
}

#[tokio::test]
async fn breaks_units_windows_and_notes_each_have_their_say() {
    each_engine("points", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let tomorrow = world.day(1).to_string();
        let of = |content| row(None, content);
        let rows = vec![
            of(json!({ "product": world.paint, "min_qty": "40", "price": "120" })),
            of(json!({ "product": world.paint, "unit": "箱", "price": "500", "note": "整箱批次 0426" })),
            of(json!({ "product": world.paint, "from": tomorrow, "price": "130" })),
        ];
        world.publish(world.price_list, rows, Submission::default()).await.unwrap();
        let customer = world.customer("恒泰建材", "B").await;
        assert_eq!(world.pays(customer, 39, "桶").await.0, "121.60", "128.00 at 95 %");
        assert_eq!(world.pays(customer, 40, "桶").await.0, "114.00", "120.00 at 95 %");
        let (boxes, trace) = world.pays(customer, 1, "箱").await;
        assert_eq!(boxes, "475.00", "the box has a price of its own: 500.00 at 95 %");
        assert!(trace[0].contains("整箱批次 0426"), "{trace:?}");
        // Lines of one product add up to the break, whatever their unit.
        let lines = vec![world.line("a", world.paint, "20", "桶"), world.line("b", world.paint, "20", "桶")];
        let view = quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap();
        let prices = view.lines.iter().map(|line| line.line.outcome.clone().unwrap().unit_price.to_yuan());
        assert_eq!(prices.collect::<Vec<_>>(), ["114.00", "114.00"]);
        world.clock.set(testkit::TEST_DAY.plus_ms(DAY));
        assert_eq!(world.pays(customer, 1, "桶").await.0, "123.50", "130.00 at 95 % from tomorrow on");
    })
    .await;
}

#[tokio::test]
async fn a_formula_over_the_cost_tells_its_result_and_never_the_cost() {
    each_engine("formula", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (_, draft) = world.made(&world.author, PriceClass::Contract, world.hq, "成本价合同").await;
        let head = json!({ "includes_tax": true, "class": "contract", "for": { "types": ["工程商"] } });
        let over_cost =
            json!({ "product": world.paint, "formula": { "of": "cost", "percent": "115", "plus": "1" }, "note": "×1.15" });
        world.puts(&world.author, draft, vec![row(Some(""), head), row(None, over_cost)]).await;
        world.brings_out(&world.author, draft).await.unwrap();
        let customer = world.customer("恒泰建材", "A").await;
        let version =
            app::customers::customer(&world.ctx, &world.manager, customer).await.unwrap().record.version;
        let builder = domain::customers::CustomerEdit {
            kind: Some(Some("工程商".to_string())),
            ..Default::default()
        };
        app::customers::update_customer(&world.ctx, &world.manager, customer, version, builder)
            .await
            .unwrap();
        let (price, trace) = world.pays(customer, 1, "桶").await;
        assert_eq!(price, "113.70", "98.00 × 115 % + 1.00");
        assert_eq!(trace, ["单价 113.70（价目表 成本价合同 V1，按成本公式）"]);
        // The list of prices of the product hides it from the seller, and the contract altogether.
        let listed = config::product_prices(&world.ctx, &world.seller, world.paint).await.unwrap();
        assert!(listed.now.iter().all(|price| price.list_name == "标准价目表"), "{listed:?}");
        let listed = config::product_prices(&world.ctx, &world.author, world.paint).await.unwrap();
        let formulas: Vec<_> = listed.now.iter().filter_map(|price| price.formula.clone()).collect();
        assert_eq!(formulas, ["成本 115% + 1.00"]);
    })
    .await;
}

#[tokio::test]
async fn the_answer_names_what_else_the_customers_lists_say_and_nothing_of_others() {
    each_engine("answer", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ours, theirs) = (world.customer("恒泰建材", "A").await, world.customer("金鼎装饰", "B").await);
        world.region_list(vec![world.paint_at("125")]).await;
        let (_, draft) = world.made(&world.author, PriceClass::Contract, world.hq, "金鼎合同").await;
        let head = json!({ "includes_tax": true, "class": "contract", "for": { "customers": [theirs] } });
        let later = json!({ "product": world.paint, "min_qty": "100", "price": "118" });
        world.puts(&world.author, draft, vec![row(Some(""), head), row(None, later)]).await;
        world.brings_out(&world.author, draft).await.unwrap();
        let ask = async |customer| {
            let asked = PriceAsked { product: world.paint, customer, qty: Qty::whole(1), unit: None };
            let answer = quotes::price_answer(&world.ctx, &world.seller, asked).await.unwrap();
            let told = answer.alternatives.iter();
            let told = told.map(|it| {
                let price = it.alternative.unit_price.map(|price| price.to_yuan()).unwrap_or_default();
                format!("{} {price} {}", it.alternative.list_name, it.reason)
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(ask(ours).await, ["标准价目表 117.76 有更优先的价"]);
        assert_eq!(
            ask(theirs).await,
            ["金鼎合同 118.00 满 100 桶 才有", "标准价目表 121.60 有更优先的价"],
            "the tier does not apply to the contract"
        );
        // Who pays what, as far as one sees customers.
        let paid = quotes::paid_prices(&world.ctx, &world.seller, world.paint).await.unwrap();
        let told: Vec<_> = paid.prices.iter().map(|it| (it.unit_price.to_yuan(), it.customers)).collect();
        assert_eq!(told, [("118.75".to_string(), 1), ("115.00".to_string(), 1)]);
        let (elsewhere, _) = world.manager_elsewhere().await;
        let paid = quotes::paid_prices(&world.ctx, &elsewhere, world.paint).await.unwrap();
        assert_eq!((paid.prices.len(), paid.without), (0, 0));
        let keeper = quotes::paid_prices(&world.ctx, &world.keeper, world.paint).await;
        assert_eq!(code(&keeper), "not_allowed");
        let asked = PriceAsked { product: world.paint, customer: ours, qty: Qty::whole(1), unit: None };
        assert_eq!(code(&quotes::price_answer(&world.ctx, &elsewhere, asked).await), "not_found");
    })
    .await;
}

#[tokio::test]
async fn two_lists_that_say_the_same_for_the_same_customers_are_refused() {
    each_engine("overlap", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let contract = async |name: &str, whom: serde_json::Value| {
            let (_, draft) = world.made(&world.author, PriceClass::Contract, world.hq, name).await;
            let head = json!({ "includes_tax": true, "class": "contract", "for": whom });
            world.puts(&world.author, draft, vec![row(Some(""), head), world.paint_at("119")]).await;
            draft
        };
        let nobody = contract("给谁", json!({})).await;
        let found = world.checked(&world.author, nobody).await;
        assert_eq!(found.items[0].code, "contract_for_everyone");
        let first = contract("合同一", json!({ "customers": [customer] })).await;
        world.brings_out(&world.author, first).await.unwrap();
        let second = contract("合同二", json!({ "customers": [customer] })).await;
        let found = world.checked(&world.author, second).await;
        assert_eq!(found.items[0].code, "overlapping_list");
        assert!(found.items[0].sentence.contains("合同一"), "{}", found.items[0].sentence);
        // A narrower criterion goes first, so nothing overlaps.
        let narrower = contract("合同三", json!({ "tiers": ["A"] })).await;
        assert_eq!(world.checked(&world.author, narrower).await.blocks, 0);
    })
    .await;
}

#[tokio::test]
async fn a_regions_list_is_for_its_own_customers_and_tells_the_names_of_no_others() {
    each_engine("own customers", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let (elsewhere, region) = world.manager_elsewhere().await;
        let (_, draft) = world.made(&elsewhere, PriceClass::Region, region, "南京大区价").await;
        let head = |whom: serde_json::Value| json!({ "includes_tax": true, "class": "region", "for": whom });
        let put = async |whom: serde_json::Value| {
            let version = config::draft(&world.ctx, &elsewhere, draft).await.unwrap().draft.version;
            let rows = vec![row(Some(""), head(whom))];
            let put = config::put_rows(&world.ctx, &elsewhere, draft, version, (rows, Vec::new())).await;
            put.map(|_| ()).map_err(|refused| format!("{refused:?}"))
        };
        let unknown = put(json!({ "customers": [CustomerId(999_999)] })).await.unwrap_err();
        assert!(
            unknown.contains("put[0].content.for.customers") && unknown.contains("NoSuchRecord"),
            "{unknown}"
        );
        assert_eq!(put(json!({ "customers": [customer] })).await, Err(unknown), "{}", db.engine);
        let strange = put(json!({ "regions": [world.region.id] })).await.unwrap_err();
        assert!(strange.contains("for.regions") && strange.contains("NoSuchRecord"), "{strange}");
        assert_eq!(put(json!({ "regions": [region] })).await, Ok(()));
        // What was written before it was refused.
        let content = head(json!({ "customers": [customer], "regions": [world.region.id] })).to_string();
        let written = world.ctx.store.change(move |tx| {
            let rows = vec![store::config::DeltaRow {
                key: String::new(),
                about: None,
                content: Some(content.clone()),
            }];
            Box::pin(async move { store::config::put_delta(tx, draft, &rows).await })
        });
        written.await.unwrap();
        let found = world.checked(&elsewhere, draft).await;
        for code in ["unknown_customer", "unknown_region"] {
            assert!(found.items.iter().any(|it| it.blocks && it.code == code), "{code}: {found:?}");
        }
        let asked =
            DraftRowsAsked { search: String::new(), changed_only: false, after: None, limit: Limit::USUAL };
        let shown = config::draft_rows(&world.ctx, &elsewhere, draft, asked).await.unwrap();
        assert!(!format!("{shown:?}").contains("恒泰建材"), "{shown:?}");
    })
    .await;
}

#[tokio::test]
async fn contracts_and_corridors_of_elsewhere_are_not_a_regions_to_see() {
    each_engine("elsewhere", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let (elsewhere, _) = world.manager_elsewhere().await;
        let (contract, draft) =
            world.made(&world.author, PriceClass::Contract, world.hq, "恒泰年度合同").await;
        let head = json!({ "includes_tax": true, "class": "contract", "for": { "customers": [customer] } });
        world.puts(&world.author, draft, vec![row(Some(""), head), world.paint_at("119")]).await;
        world.brings_out(&world.author, draft).await.unwrap();
        let bands = vec![
            row(None, json!({ "min": "80", "max": "120" })),
            row(None, json!({ "region": world.region.id, "min": "95", "max": "110" })),
        ];
        let corridor = world.corridor().await;
        world.publish(corridor, bands, Submission::default()).await.unwrap();
        let asked =
            || RowsAsked { rev: None, at: None, search: String::new(), after: None, limit: Limit::USUAL };
        let seen = async |actor: &Actor| {
            let items = config::items(&world.ctx, actor, None).await.unwrap();
            let listed = items.iter().any(|view| view.item.id == contract);
            let rows = code(&config::rows(&world.ctx, actor, contract, asked()).await);
            let draft = code(&config::draft(&world.ctx, actor, draft).await);
            let prices = config::product_prices(&world.ctx, actor, world.paint).await.unwrap();
            let priced = prices.now.iter().any(|price| price.item == contract);
            let released = config::releases(&world.ctx, actor, None, None, Limit::USUAL).await.unwrap();
            let released = format!("{released:?}").contains("恒泰年度合同");
            let bands = config::rows(&world.ctx, actor, corridor, asked()).await.unwrap();
            (listed, rows, draft, priced, released, bands.rows.len(), bands.total)
        };
        for ours in [&world.author, &world.manager] {
            assert_eq!(seen(ours).await, (true, "ok", "ok", true, true, 2, 2), "{}", db.engine);
        }
        let theirs = (false, "not_found", "not_found", false, false, 1, 1);
        assert_eq!(seen(&elsewhere).await, theirs, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sells_in_a_region_is_shown_its_price_with_its_list_and_quotes_at_it() {
    each_engine("price of the branch", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.region_list(vec![world.paint_at("125")]).await;
        for (actor, region, price, list) in [
            (&world.seller, Some("苏州大区"), "125.00", "苏州大区价目表"),
            (&world.manager, Some("苏州大区"), "125.00", "苏州大区价目表"),
            (&world.finance, None, "128.00", "标准价目表"),
        ] {
            let shown = config::product_prices(&world.ctx, actor, world.paint).await.unwrap();
            let branch = shown.branch.unwrap();
            let (_, name, class) = branch.list.unwrap();
            assert_eq!((branch.region.as_deref(), name.as_str()), (region, list), "{}", db.engine);
            assert_eq!((branch.unit_price.to_yuan().as_str(), branch.unit.as_str()), (price, "桶"));
            assert_eq!(class == PriceClass::Region, region.is_some());
            let page = app::catalog::find_products(&world.ctx, actor, Default::default(), Limit::USUAL).await;
            let found = page.unwrap().items.into_iter().find(|it| it.stored.product.id == world.paint);
            let found = found.unwrap();
            assert_eq!(found.price.unwrap().unit_price.to_yuan(), price, "{}", db.engine);
            assert_eq!(found.list.unwrap(), (list.to_string(), class));
        }
        // What is shown is what a quotation begins with; the customer's tier comes after it.
        let draft = world.drafted().await;
        let priced = draft.lines[0].line.outcome.clone().unwrap();
        assert_eq!(priced.list_unit_price.to_yuan(), "125.00");
        assert_eq!(draft.lines[0].list.as_ref().unwrap().1, "苏州大区价目表");
    })
    .await;
}
