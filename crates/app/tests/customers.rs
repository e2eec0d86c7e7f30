//! Customers as people make, change, assign and find them, on both engines.

use app::config::{self, RowInput, Submission};
use app::customers::{
    CustomerAction, CustomerFilter, create_customer, customer, customer_timeline, customers, update_customer,
};
use app::{AppError, Ctx, Random};
use domain::access::{Actor, OrgKind, OrgUnit, shipped_roles};
use domain::base::{CustomerId, Instant, ItemId, Limit, PersonId, RoleId};
use domain::config::Kind;
use domain::customers::CustomerEdit;
use jiff::tz::TimeZone;
use store::StoreError;
use store::access::{self, NewPerson};
use testkit::{TEST_DAY, TestDb, each_engine};

/// A company of two regions with people of different roles.
struct World {
    ctx: Ctx,
    gusu: OrgUnit,
    wuzhong: OrgUnit,
    jianye: OrgUnit,
    chen: Actor,
    li: Actor,
    zhou: Actor,
    suzhou_manager: Actor,
    operations: Actor,
    second: Actor,
    tiers: ItemId,
    boss: Actor,
    finance: Actor,
    personnel: Actor,
}

struct Orgs {
    root: OrgUnit,
    suzhou: OrgUnit,
    gusu: OrgUnit,
    wuzhong: OrgUnit,
    jianye: OrgUnit,
    tiers: ItemId,
}

async fn orgs(db: &TestDb) -> Orgs {
    let made = db.store.change(|tx| {
        Box::pin(async move {
            let root = access::insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await?;
            let suzhou = access::insert_org(tx, Some(&root), OrgKind::Region, "苏州大区", "S").await?;
            let nanjing = access::insert_org(tx, Some(&root), OrgKind::Region, "南京大区", "N").await?;
            let gusu = access::insert_org(tx, Some(&suzhou), OrgKind::Branch, "姑苏", "SZ").await?;
            let wuzhong = access::insert_org(tx, Some(&suzhou), OrgKind::Branch, "吴中", "WZ").await?;
            let jianye = access::insert_org(tx, Some(&nanjing), OrgKind::Branch, "建邺", "NJ").await?;
            for role in shipped_roles() {
                access::insert_role(tx, role.key, role.key, &role.rights).await?;
            }
            let items = config::ship_items(tx, root.id, TEST_DAY).await?;
            let tiers = items.into_iter().find(|(kind, _)| *kind == Kind::Tier).map(|(_, item)| item);
            let tiers = tiers.ok_or_else(|| StoreError::Decode("no tiers are shipped".to_string()))?;
            Ok::<_, StoreError>(Orgs { root, suzhou, gusu, wuzhong, jianye, tiers })
        })
    });
    made.await.unwrap()
}

async fn person(db: &TestDb, name: &str, role: &str, org: &OrgUnit) -> Actor {
    let (name, role, org) = (name.to_string(), role.to_string(), org.id);
    let made = db.store.change(move |tx| {
        let (name, role) = (name.clone(), role.clone());
        Box::pin(async move {
            let roles = access::roles(tx).await?;
            let roles: Vec<RoleId> =
                roles.into_iter().filter(|known| known.key == role).map(|known| known.id).collect();
            let new = NewPerson {
                account: name.clone(),
                name,
                org,
                password_hash: String::new(),
                roles,
                search: String::new(),
            };
            let id = access::insert_person(tx, &new, TEST_DAY).await?;
            access::actor(tx, id).await
        })
    });
    let actor: Result<Option<Actor>, StoreError> = made.await;
    actor.unwrap().unwrap()
}

async fn world(db: &TestDb) -> World {
    let orgs = orgs(db).await;
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    World {
        ctx: Ctx::new(db.store.clone(), zone, Random::seeded(1)),
        chen: person(db, "小陈", "seller", &orgs.gusu).await,
        li: person(db, "小李", "seller", &orgs.wuzhong).await,
        zhou: person(db, "小周", "seller", &orgs.jianye).await,
        suzhou_manager: person(db, "苏州经理", "region_manager", &orgs.suzhou).await,
        operations: person(db, "运营", "hq_operations", &orgs.root).await,
        second: person(db, "运营二", "hq_operations", &orgs.root).await,
        tiers: orgs.tiers,
        boss: person(db, "老板", "owner", &orgs.root).await,
        finance: person(db, "财务", "finance", &orgs.root).await,
        personnel: person(db, "人事", "personnel", &orgs.root).await,
        gusu: orgs.gusu,
        wuzhong: orgs.wuzhong,
        jianye: orgs.jianye,
    }
}

fn named(name: &str) -> CustomerEdit {
    CustomerEdit { name: Some(name.into()), ..CustomerEdit::default() }
}

fn phone(phone: &str) -> CustomerEdit {
    CustomerEdit { phone: Some(phone.into()), ..CustomerEdit::default() }
}

fn owned(owner: PersonId) -> CustomerEdit {
    CustomerEdit { owner: Some(owner), ..CustomerEdit::default() }
}

impl World {
    async fn makes(&self, actor: &Actor, name: &str) -> CustomerId {
        create_customer(&self.ctx, actor, named(name)).await.unwrap()
    }

    async fn edits(&self, actor: &Actor, id: CustomerId, edit: CustomerEdit) -> Result<(), AppError> {
        let version = customer(&self.ctx, &self.operations, id).await.unwrap().record.version;
        update_customer(&self.ctx, actor, id, version, edit).await
    }

    /// Publishes a tier that comes into force at `from`.
    async fn publishes_tier(&self, name: &str, from: Instant) {
        let (ctx, author) = (&self.ctx, &self.operations);
        let draft = config::create_draft(ctx, author, self.tiers, "等级").await.unwrap();
        let tier = RowInput { key: Some(name.into()), content: serde_json::json!({"percent": "92"}) };
        config::put_rows(ctx, author, draft, 1, (vec![tier], Vec::new())).await.unwrap();
        let asked = Submission { effective_at: Some(from), ..Submission::default() };
        config::submit(ctx, author, draft, asked).await.unwrap();
        config::confirm(ctx, &self.second, draft, None).await.unwrap();
        config::publish(ctx, author, draft, None).await.unwrap();
    }

    async fn finds(&self, actor: &Actor) -> Vec<String> {
        let page = customers(&self.ctx, actor, CustomerFilter::default(), None, Limit::USUAL).await.unwrap();
        assert_eq!(i64::try_from(page.rows.len()).unwrap(), page.total);
        page.rows.into_iter().map(|row| row.name).collect()
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, AppError>, code: &str) {
    assert_eq!(outcome.unwrap_err().code(), code);
}

#[track_caller]
fn wrong_field<T: std::fmt::Debug>(outcome: Result<T, AppError>, path: &str) {
    match outcome {
        Err(AppError::Refused(refusal)) => {
            assert_eq!(refusal.facts()["fields"][0]["path"], path, "{refusal:?}");
        }
        other => panic!("{path} is not refused: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_customer_belongs_to_who_made_him_and_to_the_branch_of_his_owner() {
    each_engine("customers_new", async |db| {
        let w = world(&db).await;
        let id = w.makes(&w.chen, " 恒达装饰 ").await;
        let view = customer(&w.ctx, &w.chen, id).await.unwrap();
        assert_eq!((view.record.code.as_str(), view.record.version), ("K000001", 1));
        assert_eq!(view.record.attributes.name, "恒达装饰");
        assert_eq!((view.record.attributes.owner, view.record.attributes.branch), (w.chen.person, w.gusu.id));
        assert_eq!(view.actions, [CustomerAction::Edit, CustomerAction::Quote]);
        let given = CustomerEdit { owner: Some(w.li.person), ..named("顺达") };
        let id = create_customer(&w.ctx, &w.suzhou_manager, given).await.unwrap();
        let view = customer(&w.ctx, &w.suzhou_manager, id).await.unwrap();
        assert_eq!(
            (view.record.attributes.owner, view.record.attributes.branch),
            (w.li.person, w.wuzhong.id)
        );
        let all = [CustomerAction::Edit, CustomerAction::Assign, CustomerAction::Quote];
        assert_eq!(view.actions, all);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_taken_once_among_the_customers_that_one_sees() {
    each_engine("customers_names", async |db| {
        let w = world(&db).await;
        let id = w.makes(&w.chen, "恒达(苏州)").await;
        let twin = create_customer(&w.ctx, &w.chen, named("恒达（苏州）")).await.unwrap_err();
        let AppError::Refused(refusal) = twin else { panic!("{twin:?}") };
        assert_eq!((refusal.code(), &refusal.facts()["customer"]["id"]), ("customer_exists", &id.0.into()));
        // Who does not see him learns nothing of him; who sees both is told.
        w.makes(&w.zhou, "恒达(苏州)").await;
        refused(create_customer(&w.ctx, &w.operations, named("恒达苏州")).await, "customer_exists");
        let other = w.makes(&w.chen, "顺达").await;
        refused(w.edits(&w.chen, other, named("恒达(苏州)")).await, "customer_exists");
        w.edits(&w.chen, id, named("恒达 苏州")).await.unwrap();
        assert_eq!(w.finds(&w.chen).await, ["顺达", "恒达 苏州"]);
        // A refusal takes no code with it.
        let next = w.makes(&w.chen, "新客户").await;
        assert_eq!(customer(&w.ctx, &w.chen, next).await.unwrap().record.code, "K000004");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_a_customer_beyond_their_reach() {
    each_engine("customers_seen", async |db| {
        let w = world(&db).await;
        let gusu = w.makes(&w.chen, "姑苏客户").await;
        let jianye = w.makes(&w.zhou, "建邺客户").await;
        let sees = [
            (&w.chen, vec!["姑苏客户"]),
            (&w.li, vec![]),
            (&w.zhou, vec!["建邺客户"]),
            (&w.suzhou_manager, vec!["姑苏客户"]),
            (&w.operations, vec!["建邺客户", "姑苏客户"]),
            (&w.boss, vec!["建邺客户", "姑苏客户"]),
            (&w.finance, vec!["建邺客户", "姑苏客户"]),
        ];
        for (actor, names) in sees {
            assert_eq!(w.finds(actor).await, names, "{}", actor.name);
            for (id, name) in [(gusu, "姑苏客户"), (jianye, "建邺客户")] {
                let one = customer(&w.ctx, actor, id).await;
                let told = customer_timeline(&w.ctx, actor, id, None, Limit::USUAL).await;
                assert_eq!((one.is_ok(), told.is_ok()), (names.contains(&name), names.contains(&name)));
            }
        }
        refused(customer(&w.ctx, &w.personnel, gusu).await, "not_found");
        let none = CustomerFilter::default();
        refused(customers(&w.ctx, &w.personnel, none, None, Limit::USUAL).await, "not_allowed");
        refused(w.edits(&w.zhou, gusu, phone("1")).await, "not_found");
        let (store, helper) = (&db.store, w.li.person);
        let helps = store.change(move |tx| Box::pin(store::customers::add_helper(tx, jianye, helper)));
        let helps: Result<(), StoreError> = helps.await;
        helps.unwrap();
        assert_eq!(w.finds(&w.li).await, ["建邺客户"]);
        w.edits(&w.li, jianye, phone("13800001234")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_but_may_not_is_told_so() {
    each_engine("customers_rights", async |db| {
        let w = world(&db).await;
        let id = w.makes(&w.chen, "恒达").await;
        refused(w.edits(&w.finance, id, phone("1")).await, "not_allowed");
        refused(w.edits(&w.boss, id, phone("1")).await, "not_allowed");
        refused(create_customer(&w.ctx, &w.boss, named("新")).await, "not_allowed");
        let kind = |kind: &str| CustomerEdit { kind: Some(Some(kind.into())), ..CustomerEdit::default() };
        refused(w.edits(&w.chen, id, kind("工程商")).await, "not_allowed");
        refused(w.edits(&w.chen, id, owned(w.li.person)).await, "not_allowed");
        let branch = CustomerEdit { branch: Some(w.wuzhong.id), ..CustomerEdit::default() };
        refused(w.edits(&w.chen, id, branch).await, "not_allowed");
        let tier = CustomerEdit { tier: Some(Some("A".into())), ..named("顺达") };
        refused(create_customer(&w.ctx, &w.chen, tier.clone()).await, "not_allowed");
        let of_another = CustomerEdit { owner: Some(w.li.person), ..named("顺达") };
        refused(create_customer(&w.ctx, &w.chen, of_another).await, "not_allowed");
        // A tier that is not in force, a type that is not in the list.
        wrong_field(create_customer(&w.ctx, &w.suzhou_manager, tier).await, "tier");
        wrong_field(w.edits(&w.suzhou_manager, id, kind("亲戚")).await, "type");
        w.edits(&w.suzhou_manager, id, kind("工程商")).await.unwrap();
        // Sending back what stays is no assignment.
        w.edits(&w.chen, id, CustomerEdit { phone: Some("1".into()), ..kind("工程商") }).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_can_be_given_from_the_moment_on_at_which_it_is_in_force() {
    each_engine("customers_tier", async |db| {
        let w = world(&db).await;
        let id = w.makes(&w.chen, "恒达").await;
        let tier = |tier: Option<&str>| CustomerEdit {
            tier: Some(tier.map(String::from)),
            ..CustomerEdit::default()
        };
        let from = TEST_DAY.plus_ms(3_600_000);
        w.publishes_tier("A", from).await;
        db.clock.set(from.plus_ms(-1));
        wrong_field(w.edits(&w.suzhou_manager, id, tier(Some("A"))).await, "tier");
        db.clock.set(from);
        w.edits(&w.suzhou_manager, id, tier(Some("A"))).await.unwrap();
        wrong_field(w.edits(&w.suzhou_manager, id, tier(Some("B"))).await, "tier");
        let kept = customer(&w.ctx, &w.chen, id).await.unwrap().record.attributes.tier;
        assert_eq!(kept.as_deref(), Some("A"));
        refused(w.edits(&w.chen, id, tier(None)).await, "not_allowed");
        w.edits(&w.suzhou_manager, id, tier(None)).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_assigns_inside_the_region_and_no_further() {
    each_engine("customers_assign", async |db| {
        let w = world(&db).await;
        let id = w.makes(&w.chen, "恒达").await;
        w.edits(&w.suzhou_manager, id, owned(w.li.person)).await.unwrap();
        let moved = customer(&w.ctx, &w.li, id).await.unwrap().record;
        assert_eq!(moved.attributes.branch, w.wuzhong.id, "the branch follows the owner");
        refused(customer(&w.ctx, &w.chen, id).await, "not_found");
        wrong_field(w.edits(&w.suzhou_manager, id, owned(w.zhou.person)).await, "owner_id");
        wrong_field(w.edits(&w.suzhou_manager, id, owned(PersonId(9_999))).await, "owner_id");
        let branch = |org| CustomerEdit { branch: Some(org), ..CustomerEdit::default() };
        wrong_field(w.edits(&w.suzhou_manager, id, branch(w.jianye.id)).await, "branch_id");
        let both = CustomerEdit { branch: Some(w.jianye.id), ..owned(w.chen.person) };
        wrong_field(w.edits(&w.suzhou_manager, id, both).await, "branch_id");
        w.edits(&w.suzhou_manager, id, branch(w.gusu.id)).await.unwrap();
        w.edits(&w.operations, id, owned(w.zhou.person)).await.unwrap();
        assert_eq!(customer(&w.ctx, &w.zhou, id).await.unwrap().record.attributes.branch, w.jianye.id);
        refused(customer(&w.ctx, &w.suzhou_manager, id).await, "not_found");
        let (told, next) = customer_timeline(&w.ctx, &w.zhou, id, None, Limit::USUAL).await.unwrap();
        let told: Vec<String> =
            told.iter().map(|entry| domain::words::customers::told(&entry.told)).collect();
        let wanted = [
            "负责人由「小李」改为「小周」；所属由「姑苏」改为「建邺」。",
            "所属由「吴中」改为「姑苏」。",
            "负责人由「小陈」改为「小李」；所属由「姑苏」改为「吴中」。",
            "建了这个客户。",
        ];
        assert_eq!((told.as_slice(), next), (wanted.map(String::from).as_slice(), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_what_they_have_not_seen_changes_nothing() {
    each_engine("customers_stale", async |db| {
        let w = world(&db).await;
        let id = w.makes(&w.chen, "恒达").await;
        update_customer(&w.ctx, &w.chen, id, 1, phone("1")).await.unwrap();
        let stale = update_customer(&w.ctx, &w.suzhou_manager, id, 1, phone("2")).await;
        assert!(matches!(stale, Err(AppError::Stale { version: 2 })));
        // Who may not change him learns that first.
        refused(update_customer(&w.ctx, &w.finance, id, 1, phone("2")).await, "not_allowed");
        // What changes nothing makes no version and no event.
        update_customer(&w.ctx, &w.chen, id, 2, phone(" 1 ")).await.unwrap();
        let record = customer(&w.ctx, &w.chen, id).await.unwrap().record;
        assert_eq!((record.attributes.phone.as_str(), record.version), ("1", 2));
        assert_eq!(app::customers::changed_by(&w.ctx, id).await.unwrap().as_deref(), Some("小陈"));
        let (told, _) = customer_timeline(&w.ctx, &w.chen, id, None, Limit::USUAL).await.unwrap();
        assert_eq!(told.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_leaves_nothing_behind() {
    each_engine("customers_faults", async |db| {
        let w = world(&db).await;
        let mut failures = 0;
        let id = loop {
            db.store.fail_at_write(failures + 1);
            let made = create_customer(&w.ctx, &w.chen, named("恒达")).await;
            db.store.fail_at_write(0);
            match made {
                Ok(id) => break id,
                Err(error) => refused::<()>(Err(error), "internal"),
            }
            assert!(w.finds(&w.chen).await.is_empty());
            failures += 1;
        };
        assert_eq!(failures, 3, "code, customer, event");
        let made = customer(&w.ctx, &w.chen, id).await.unwrap().record;
        assert_eq!(made.code, "K000001", "no number was lost");
        for failing in 1..=2 {
            db.store.fail_at_write(failing);
            let changed = update_customer(&w.ctx, &w.chen, id, 1, named("恒达二")).await;
            db.store.fail_at_write(0);
            refused(changed, "internal");
            let kept = customer(&w.ctx, &w.chen, id).await.unwrap().record;
            assert_eq!(kept, made);
        }
    })
    .await;
}
