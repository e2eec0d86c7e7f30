//! What there is to sell in the company of the tests: one product at one price, customers of both regions.

use app::config::{self, RowInput, Submission};
use app::quotes::{self, SetText, SignRequest};
use app::{catalog, customers};
use domain::access::Actor;
use domain::base::{BasisPoints, CustomerId, OrderId, ProductId, QuoteId, QuoteSetId, ShareId, UnitPrice};
use domain::config::Kind;
use domain::customers::CustomerEdit;
use domain::documents::ShapedPicture;
use domain::quotes::{DraftText, LineExtraText, LineText, ManualText, Seen, TermsText};
use serde_json::{Value, json};

use crate::world::{Place, World, new_key};

/// Code of the one product.
pub const PAINT: &str = "P1";

impl World {
    /// The product at 128.00, made when it is asked for first.
    pub async fn paint(&self) -> ProductId {
        let found = self.ctx.store.read(|tx| Box::pin(store::catalog::code_taken_by(tx, PAINT))).await;
        match found.unwrap() {
            Some(id) => id,
            None => self.paint_of(980_000, 1_000_000, json!({"price": "128"})).await,
        }
    }

    /// Makes the product with this cost and floor, and prices it by `gives`: a price or a formula.
    pub async fn paint_of(&self, cost: i64, floor: i64, gives: Value) -> ProductId {
        let operations = self.actor("hq_operations").await;
        let form = catalog::ProductForm {
            code: PAINT.to_string(),
            name: "外墙乳胶漆".to_string(),
            base_unit: "桶".to_string(),
            tax_rate: BasisPoints::of_whole(1_300).unwrap(),
            price_decimals: 2,
            cost: Some(UnitPrice(cost)),
            floor_price: Some(UnitPrice(floor)),
            ..Default::default()
        };
        let id = catalog::create_product(&self.ctx, &operations, form).await.unwrap();
        let mut row = gives;
        row["product"] = json!(id.0);
        self.publishes(Kind::PriceList, vec![(None, row)]).await;
        id
    }

    /// Publishes a price of the product.
    pub async fn paint_costs(&self, price: &str) {
        let product = self.paint().await;
        self.publishes(Kind::PriceList, vec![(None, json!({"product": product.0, "price": price}))]).await;
    }

    /// Publishes these rows of the first item of that kind.
    pub async fn publishes(&self, kind: Kind, rows: Vec<(Option<&str>, Value)>) {
        let (author, second) = (self.actor("hq_operations").await, self.actor("owner").await);
        let items = config::items(&self.ctx, &author, Some(kind)).await.unwrap();
        let draft = config::create_draft(&self.ctx, &author, items[0].item.id, "调价").await.unwrap();
        let row = |(key, content): (Option<&str>, Value)| RowInput { key: key.map(str::to_string), content };
        let rows = (rows.into_iter().map(row).collect(), Vec::new());
        config::put_rows(&self.ctx, &author, draft, 1, rows).await.unwrap();
        config::submit(&self.ctx, &author, draft, Submission::default()).await.unwrap();
        let seen = async |actor: &Actor| config::checks(&self.ctx, actor, draft).await.unwrap().risks.mark;
        config::confirm(&self.ctx, &second, draft, seen(&second).await.as_deref()).await.unwrap();
        config::publish(&self.ctx, &author, draft, seen(&author).await.as_deref()).await.unwrap();
    }

    /// A new customer of the region's seller.
    pub async fn customer(&self, place: Place) -> CustomerId {
        let seller = self.seller_actor(place).await;
        let name = Some(format!("客户{}", new_key()));
        let edit = CustomerEdit { name, ..CustomerEdit::default() };
        customers::create_customer(&self.ctx, &seller, edit).await.unwrap()
    }

    /// An issued quotation with a link to it, and the link's token.
    pub async fn shared(&self, place: Place) -> (QuoteId, ShareId, String) {
        let (id, owner) = (self.issued(place).await, self.actor("owner").await);
        let made = quotes::share_quote(&self.ctx, &owner, id, None).await.unwrap();
        (id, made.shares.links[0].0.id, made.token)
    }

    /// The token of a link to an issued quotation that shows pictures, and the picture of its goods.
    pub async fn shared_with_picture(&self, place: Place) -> (String, String) {
        let id = self.draft(place).await;
        let operations = self.actor("hq_operations").await;
        let product = self.paint().await;
        let pictures = async || {
            let seen = catalog::product(&self.ctx, &operations, product).await.unwrap();
            seen.stored.pictures
        };
        if pictures().await.is_empty() {
            let (large, thumb) = (b"large".to_vec(), b"thumb".to_vec());
            let picture = ShapedPicture { large, thumb, width: 800, height: 600 };
            catalog::keep_picture(&self.ctx, &operations, product, picture).await.unwrap();
        }
        let seller = self.seller_actor(place).await;
        let head = quotes::read_quote(&self.ctx, &seller, id).await.unwrap().head;
        let line = LineText {
            id: "a".to_string(),
            product,
            qty: "60".to_string(),
            unit: "桶".to_string(),
            note: String::new(),
            extra: Default::default(),
        };
        let text = DraftText {
            customer: head.customer,
            valid_until: None,
            notes: String::new(),
            lines: vec![line],
            terms: TermsText { pictures: Some(true), ..TermsText::default() },
            whole: Default::default(),
        };
        quotes::save_quote(&self.ctx, &seller, id, head.version, text).await.unwrap();
        quotes::issue_quote(&self.ctx, &seller, id, None, &Seen::default()).await.unwrap();
        let made = quotes::share_quote(&self.ctx, &seller, id, None).await.unwrap();
        (made.token, pictures().await[0].file.clone())
    }

    /// A draft of sixty pails for a new customer of the region.
    pub async fn draft(&self, place: Place) -> QuoteId {
        let (product, customer) = (self.paint().await, self.customer(place).await);
        let line = LineText {
            id: "a".to_string(),
            product,
            qty: "60".to_string(),
            unit: "桶".to_string(),
            note: String::new(),
            extra: Default::default(),
        };
        let seller = self.seller_actor(place).await;
        quotes::create_quote(&self.ctx, &seller, customer, vec![line]).await.unwrap().head.id
    }

    /// A draft whose price lies below the floor.
    pub async fn below_floor(&self, place: Place) -> QuoteId {
        let (id, seller) = (self.draft(place).await, self.seller_actor(place).await);
        let head = quotes::read_quote(&self.ctx, &seller, id).await.unwrap().head;
        let manual = ManualText { unit_price: Some("99".to_string()), ..ManualText::default() };
        let line = LineText {
            id: "a".to_string(),
            product: self.paint().await,
            qty: "60".to_string(),
            unit: "桶".to_string(),
            note: String::new(),
            extra: LineExtraText { manual: Some(manual), ..LineExtraText::default() },
        };
        let text = DraftText {
            customer: head.customer,
            valid_until: None,
            notes: String::new(),
            lines: vec![line],
            terms: TermsText::default(),
            whole: Default::default(),
        };
        quotes::save_quote(&self.ctx, &seller, id, head.version, text).await.unwrap();
        id
    }

    /// The same, after its seller asked the owner to decide on it.
    pub async fn asked(&self, place: Place) -> QuoteId {
        let (id, seller) = (self.below_floor(place).await, self.seller_actor(place).await);
        quotes::ask_for_quote(&self.ctx, &seller, (id, None), self.people["owner"], "老客户").await.unwrap();
        id
    }

    /// A list of the region's seller, shared with the region.
    pub async fn set(&self, place: Place) -> QuoteSetId {
        let (quote, seller) = (self.draft(place).await.0, self.seller_actor(place).await);
        let text = SetText { name: new_key(), quote, shared: true, area: String::new() };
        quotes::keep_quote_set(&self.ctx, &seller, text).await.unwrap().view.head.id
    }

    pub async fn issued(&self, place: Place) -> QuoteId {
        let id = self.draft(place).await;
        let seller = self.seller_actor(place).await;
        quotes::issue_quote(&self.ctx, &seller, id, None, &Seen::default()).await.unwrap();
        id
    }

    pub async fn order(&self, place: Place) -> OrderId {
        let id = self.issued(place).await;
        let seller = self.seller_actor(place).await;
        let now = self.ctx.moment().await.unwrap().now;
        let by = Some(seller.person);
        let page = testkit::photo_noted(&format!("{}", id.0));
        let file = store::files::put(&self.ctx.store, page, "image/png", "签字.png", by, now).await;
        let request = SignRequest {
            signed_day: self.ctx.day(now).to_string(),
            signer: "王小明".to_string(),
            file: file.unwrap().hash,
        };
        quotes::sign_quote(&self.ctx, &seller, id, request).await.unwrap().order.id
    }

    /// A line of the one product as a browser sends it.
    pub async fn line(&self, qty: &str) -> Value {
        json!({"id": "a", "product_id": self.paint().await.0, "qty": qty, "unit": "桶"})
    }

    pub async fn seller_actor(&self, place: Place) -> domain::access::Actor {
        let account = match place {
            Place::Suzhou => "seller",
            Place::Nanjing => "nanjing_seller",
        };
        self.actor(account).await
    }
}
