//! The company, its people, its catalogue and its customers.

use std::collections::HashMap;

use app::access::orgs::{self, NewOrg};
use app::access::people::{self as accounts, NewAccount, PersonChange};
use app::access::{SetUp, set_up};
use app::catalog::{Barcode, ProductForm, create_category, create_product, keep_picture};
use app::customers::create_customer;
use app::{AppError, Ctx};
use domain::access::{AccessRefused, Actor, Company, OrgKind};
use domain::base::{BasisPoints, CustomerId, OrgId, PersonId, ProductId, UnitPrice};
use domain::customers::CustomerEdit;

use crate::buyers::buyers;
use crate::chance::Chance;
use crate::goods::{CATEGORIES, Goods, PREMIUM_CATEGORIES, goods, premium_goods};
use crate::scale::Scale;
use crate::staff::{REGIONS, Staff, region_of, staff};
use crate::{PASSWORD, Props};

/// The account that sets the company up.
const FIRST_ACCOUNT: &str = "yunying1";

/// What the rest of the demo needs to know of the company.
pub struct DemoCompany {
    pub actors: HashMap<String, Actor>,
    pub products: Vec<(ProductId, Goods)>,
    sellers: HashMap<&'static str, Vec<PersonId>>,
}

/// A customer of the demo company and the account of whoever looks after him.
pub struct DemoCustomer {
    pub id: CustomerId,
    pub owner: Actor,
    /// Who signs for him.
    pub contact: String,
    /// 工程商, 门店零售 …
    pub kind: &'static str,
    /// Code of the region that looks after him.
    pub region: &'static str,
}

impl DemoCompany {
    /// The person of that account.
    pub fn actor(&self, account: &str) -> Result<&Actor, AppError> {
        self.actors.get(account).ok_or(AppError::Access(AccessRefused::NotFound))
    }
}

/// Sets up the company with its organisation, people, categories and products.
pub async fn found(ctx: &Ctx, scale: &Scale, props: &Props) -> Result<DemoCompany, AppError> {
    let now = ctx.moment().await?.now;
    let seal_file = match &props.seal {
        Some(png) => {
            Some(store::files::put(&ctx.store, png.clone(), "image/png", "公章.png", None, now).await?.hash)
        }
        None => None,
    };
    let request = SetUp {
        company: Company {
            name: "江苏禾川建材有限公司".into(),
            address: "江苏省苏州市工业园区星湖街 328 号 5 幢".into(),
            phone: "0512-6288 7010".into(),
            tax_no: "91320594MA1HUXI70X".into(),
            bank_name: "中国建设银行苏州工业园区支行".into(),
            bank_account: "3225 0198 6236 0000 7010".into(),
            seal_file,
            demo: true,
            prices_include_tax: true,
            quote_valid_days: 7,
        },
        account: FIRST_ACCOUNT.into(),
        name: "沈若溪".into(),
        password: PASSWORD.into(),
    };
    let done = set_up(ctx, "demo", "demo", request).await?;
    let first = actor_of(ctx, done.administrator).await?;
    let places = organisation(ctx, &first, done.head_office).await?;
    let (actors, sellers) = people(ctx, &first, &places, !scale.long).await?;
    let operations = actors.get("yunying1").ok_or(AccessRefused::NotFound)?.clone();
    let products = catalogue(ctx, &operations, scale).await?;
    pictures(ctx, &operations, &products, props).await?;
    Ok(DemoCompany { actors, products, sellers })
}

/// The customers of the company, each looked after by a seller of his branch.
pub async fn customers(
    ctx: &Ctx,
    company: &DemoCompany,
    count: usize,
) -> Result<Vec<DemoCustomer>, AppError> {
    let mut chance = Chance::named("owners");
    let operations = company.actor("yunying1")?;
    let mut known = Vec::with_capacity(count);
    for buyer in buyers(count) {
        let sellers = company.sellers.get(buyer.branch).map(Vec::as_slice).unwrap_or_default();
        let Some(owner) = chance.one_of(sellers) else { continue };
        let edit = CustomerEdit {
            name: Some(buyer.name),
            contact: Some(buyer.contact.clone()),
            phone: Some(buyer.phone),
            city: Some(buyer.city.to_string()),
            address: Some(buyer.address),
            kind: Some(Some(buyer.kind.to_string())),
            tier: Some(Some(buyer.tier.to_string())),
            owner: Some(*owner),
            ..CustomerEdit::default()
        };
        let id = create_customer(ctx, operations, edit).await?;
        if let Some(owner) = company.actors.values().find(|actor| actor.person == *owner) {
            let (contact, kind, region) = (buyer.contact, buyer.kind, region_of(buyer.branch));
            known.push(DemoCustomer { id, owner: owner.clone(), contact, kind, region });
        }
    }
    Ok(known)
}

async fn organisation(ctx: &Ctx, first: &Actor, hq: OrgId) -> Result<HashMap<&'static str, OrgId>, AppError> {
    let mut places = HashMap::from([("HQ", hq)]);
    for (name, code, branches) in REGIONS {
        let region = NewOrg { parent: hq, kind: OrgKind::Region, name: (*name).into(), code: (*code).into() };
        let region = orgs::create(ctx, first, region).await?.id;
        places.insert(*code, region);
        for (name, code) in *branches {
            let branch =
                NewOrg { parent: region, kind: OrgKind::Branch, name: (*name).into(), code: (*code).into() };
            places.insert(*code, orgs::create(ctx, first, branch).await?.id);
        }
    }
    Ok(places)
}

type People = (HashMap<String, Actor>, HashMap<&'static str, Vec<PersonId>>);

async fn people(
    ctx: &Ctx,
    first: &Actor,
    places: &HashMap<&'static str, OrgId>,
    small: bool,
) -> Result<People, AppError> {
    let mut actors = HashMap::new();
    let mut sellers: HashMap<&'static str, Vec<PersonId>> = HashMap::new();
    for staff in staff(small) {
        let org = *places.get(staff.place).ok_or(AccessRefused::NotFound)?;
        let id = person(ctx, first, &staff, org).await?;
        if matches!(staff.role, "seller" | "new_seller") {
            sellers.entry(staff.place).or_default().push(id);
        }
        actors.insert(staff.account.clone(), actor_of(ctx, id).await?);
    }
    settle_first_account(ctx, first, &mut actors).await?;
    Ok((actors, sellers))
}

async fn person(ctx: &Ctx, first: &Actor, staff: &Staff, org: OrgId) -> Result<PersonId, AppError> {
    if staff.account == FIRST_ACCOUNT {
        return Ok(first.person);
    }
    let account = NewAccount {
        account: staff.account.clone(),
        name: staff.name.clone(),
        phone: staff.phone.clone(),
        org,
        role_keys: vec![staff.role.into()],
        password: PASSWORD.into(),
    };
    Ok(accounts::create(ctx, first, account).await?.id)
}

/// The first account began with two roles; the administrator leaves it the one that it works with.
async fn settle_first_account(
    ctx: &Ctx,
    first: &Actor,
    actors: &mut HashMap<String, Actor>,
) -> Result<(), AppError> {
    let administrator = actors.get("guanli").ok_or(AccessRefused::NotFound)?;
    let before = accounts::person(ctx, administrator, first.person).await?;
    let change = PersonChange { role_keys: Some(vec!["hq_operations".into()]), ..PersonChange::default() };
    accounts::change(ctx, administrator, first.person, before.version, change).await?;
    actors.insert(FIRST_ACCOUNT.to_string(), actor_of(ctx, first.person).await?);
    Ok(())
}

async fn catalogue(ctx: &Ctx, by: &Actor, scale: &Scale) -> Result<Vec<(ProductId, Goods)>, AppError> {
    let premium = if scale.long { PREMIUM_CATEGORIES } else { &[] };
    let mut categories = HashMap::new();
    for (name, parent) in CATEGORIES.iter().chain(premium) {
        let parent = parent.and_then(|parent| categories.get(parent).copied());
        categories.insert(*name, create_category(ctx, by, parent, name).await?);
    }
    let mut all = goods(scale.products);
    if scale.long {
        all.extend(premium_goods());
    }
    let mut products = Vec::new();
    for goods in all {
        let owned = |(unit, factor): &(&'static str, &'static str)| (unit.to_string(), factor.to_string());
        let barcode = |code: &String| Barcode { code: code.clone(), unit: goods.base_unit.to_string() };
        let form = ProductForm {
            code: goods.code.clone(),
            name: goods.name.clone(),
            spec: goods.spec.clone(),
            category: categories.get(goods.category).copied(),
            base_unit: goods.base_unit.to_string(),
            units: goods.units.iter().map(owned).collect(),
            barcodes: goods.barcode.iter().map(barcode).collect(),
            tax_rate: BasisPoints::of_whole(1_300).unwrap_or_default(),
            price_decimals: 2,
            cost: Some(UnitPrice(goods.cost * 100)),
            floor_price: Some(UnitPrice(goods.floor * 100)),
        };
        products.push((create_product(ctx, by, form).await?, goods));
    }
    Ok(products)
}

/// The pictures that there are; many a product has none, as everywhere.
async fn pictures(
    ctx: &Ctx,
    by: &Actor,
    products: &[(ProductId, Goods)],
    props: &Props,
) -> Result<(), AppError> {
    for (id, goods) in products {
        for (_, picture) in props.goods.iter().filter(|(code, _)| goods.code.starts_with(code)) {
            keep_picture(ctx, by, *id, picture.clone()).await?;
        }
    }
    Ok(())
}

async fn actor_of(ctx: &Ctx, person: PersonId) -> Result<Actor, AppError> {
    let actor = ctx.store.read(|tx| Box::pin(store::access::actor(tx, person))).await?;
    actor.ok_or_else(|| AccessRefused::NotFound.into())
}
