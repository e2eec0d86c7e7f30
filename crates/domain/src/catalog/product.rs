//! A product of the catalogue, and what makes a new or changed one acceptable.

use serde::{Deserialize, Serialize};

use super::category::CategoryTree;
use super::units::{Units, UnitsFault};
use crate::base::{
    BasisPoints, CategoryId, Factor, FieldFault, ProductId, UNIT_PRICE_MAX, UnitPrice, fold_width,
    is_turning, name_fault, visible,
};

/// Longest product code.
pub const CODE_LETTERS_MAX: usize = 40;
/// Longest product name.
pub const NAME_LETTERS_MAX: usize = 80;
/// Longest specification, and longest series.
pub const SPEC_LETTERS_MAX: usize = 80;
/// Longest barcode.
pub const BARCODE_LETTERS_MAX: usize = 32;
/// Most decimals of a unit price in yuan.
pub const PRICE_DECIMALS_MAX: u8 = 4;

/// A product as it is sold. Money is per base unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub code: String,
    pub name: String,
    pub spec: Option<String>,
    pub category: Option<CategoryId>,
    pub series: Option<String>,
    pub barcode: Option<String>,
    pub units: Units,
    pub tax_rate: BasisPoints,
    pub list_price: Option<UnitPrice>,
    pub cost: Option<UnitPrice>,
    pub floor_price: Option<UnitPrice>,
    /// Decimals of a unit price in yuan, 0 to 4.
    pub price_decimals: u8,
    pub archived: bool,
}

/// What somebody enters for a product, new or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct {
    pub code: String,
    pub name: String,
    pub spec: Option<String>,
    pub category: Option<CategoryId>,
    pub series: Option<String>,
    pub barcode: Option<String>,
    pub base_unit: String,
    pub units: Vec<(String, Factor)>,
    pub tax_rate: BasisPoints,
    pub list_price: Option<UnitPrice>,
    pub cost: Option<UnitPrice>,
    pub floor_price: Option<UnitPrice>,
    pub price_decimals: u8,
}

/// A field of the product form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductField {
    Code,
    Name,
    Spec,
    Series,
    Barcode,
    ListPrice,
    Cost,
    FloorPrice,
}

/// Why a product is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ProductFault {
    Missing {
        field: ProductField,
    },
    TooLong {
        field: ProductField,
        letters_max: usize,
    },
    /// A code or barcode with a space, a `|` or a control sign cannot be found again; a name is one line.
    BadSign {
        field: ProductField,
        sign: char,
    },
    Negative {
        field: ProductField,
    },
    TooHigh {
        field: ProductField,
        max: UnitPrice,
    },
    Units {
        fault: UnitsFault,
    },
    UnknownCategory {
        category: CategoryId,
    },
    TaxRateAboveWhole {
        tax_rate: BasisPoints,
    },
    PriceDecimals {
        price_decimals: u8,
        decimals_max: u8,
    },
}

impl NewProduct {
    /// The product with trimmed texts, or every fault of the form. Names that `before` has already are not looked at again.
    pub fn accept(
        self,
        id: ProductId,
        tree: &CategoryTree,
        before: Option<&Product>,
    ) -> Result<Product, Vec<ProductFault>> {
        let mut faults = Vec::new();
        self.check_names(before, &mut faults);
        let code = required(&self.code, ProductField::Code, CODE_LETTERS_MAX, &mut faults);
        let name = required(&self.name, ProductField::Name, NAME_LETTERS_MAX, &mut faults);
        let spec = optional(self.spec, ProductField::Spec, SPEC_LETTERS_MAX, &mut faults);
        let series = optional(self.series, ProductField::Series, SPEC_LETTERS_MAX, &mut faults);
        let barcode = optional(self.barcode, ProductField::Barcode, BARCODE_LETTERS_MAX, &mut faults);
        check_signs(&code, ProductField::Code, &mut faults);
        check_signs(barcode.as_deref().unwrap_or_default(), ProductField::Barcode, &mut faults);
        check_price(self.list_price, ProductField::ListPrice, &mut faults);
        check_price(self.cost, ProductField::Cost, &mut faults);
        check_price(self.floor_price, ProductField::FloorPrice, &mut faults);
        if let Some(category) = self.category.filter(|category| tree.get(*category).is_none()) {
            faults.push(ProductFault::UnknownCategory { category });
        }
        if self.tax_rate > BasisPoints::WHOLE {
            faults.push(ProductFault::TaxRateAboveWhole { tax_rate: self.tax_rate });
        }
        if self.price_decimals > PRICE_DECIMALS_MAX {
            let decimals_max = PRICE_DECIMALS_MAX;
            faults.push(ProductFault::PriceDecimals { price_decimals: self.price_decimals, decimals_max });
        }
        let units = match Units::new(&self.base_unit, self.units) {
            Ok(units) => units,
            Err(unit_faults) => {
                faults.extend(unit_faults.into_iter().map(|fault| ProductFault::Units { fault }));
                return Err(faults);
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Product {
            id,
            code,
            name,
            spec,
            category: self.category,
            series,
            barcode,
            units,
            tax_rate: self.tax_rate,
            list_price: self.list_price,
            cost: self.cost,
            floor_price: self.floor_price,
            price_decimals: self.price_decimals,
            archived: false,
        })
    }

    /// Notes what is no name: of codes the signs that `check_signs` no longer meets, since they are not kept.
    fn check_names(&self, before: Option<&Product>, faults: &mut Vec<ProductFault>) {
        let named = |text: &Option<String>| text.clone().unwrap_or_default();
        let fields = [
            (ProductField::Name, self.name.clone(), before.map(|it| it.name.clone())),
            (ProductField::Spec, named(&self.spec), before.map(|it| named(&it.spec))),
            (ProductField::Series, named(&self.series), before.map(|it| named(&it.series))),
        ];
        for (field, text, stands) in fields {
            if stands.is_some_and(|stands| stands == visible(&text)) {
                continue;
            }
            match name_fault(&text) {
                Some(FieldFault::LineBreak) => faults.push(ProductFault::BadSign { field, sign: '\n' }),
                Some(_) => faults.push(ProductFault::BadSign { field, sign: odd_sign(&text) }),
                None => {}
            }
        }
        for (field, text) in
            [(ProductField::Code, self.code.clone()), (ProductField::Barcode, named(&self.barcode))]
        {
            let turning = text.chars().find(|sign| is_turning(*sign));
            if let Some(sign) = turning.filter(|_| !visible(&text).is_empty()) {
                faults.push(ProductFault::BadSign { field, sign });
            }
        }
    }
}

/// The first sign that shows nothing of its own.
fn odd_sign(text: &str) -> char {
    text.chars().find(|sign| sign.is_control() || is_turning(*sign)).unwrap_or_default()
}

fn required(text: &str, field: ProductField, letters_max: usize, faults: &mut Vec<ProductFault>) -> String {
    let text = fold_code(text, field);
    if text.is_empty() {
        faults.push(ProductFault::Missing { field });
    }
    if text.chars().count() > letters_max {
        faults.push(ProductFault::TooLong { field, letters_max });
    }
    text
}

fn optional(
    text: Option<String>,
    field: ProductField,
    letters_max: usize,
    faults: &mut Vec<ProductFault>,
) -> Option<String> {
    let text = fold_code(&text?, field);
    if text.chars().count() > letters_max {
        faults.push(ProductFault::TooLong { field, letters_max });
    }
    if text.is_empty() { None } else { Some(text) }
}

/// Codes are compared sign by sign, so full-width letters become half-width; names stay as written.
fn fold_code(text: &str, field: ProductField) -> String {
    match field {
        ProductField::Code | ProductField::Barcode => fold_width(&visible(text)),
        _ => visible(text),
    }
}

fn check_signs(text: &str, field: ProductField, faults: &mut Vec<ProductFault>) {
    let bad = |sign: &char| sign.is_whitespace() || sign.is_control() || *sign == '|';
    if let Some(sign) = text.chars().find(bad) {
        faults.push(ProductFault::BadSign { field, sign });
    }
}

fn check_price(price: Option<UnitPrice>, field: ProductField, faults: &mut Vec<ProductFault>) {
    let price = price.unwrap_or_default();
    if price.0 < 0 {
        faults.push(ProductFault::Negative { field });
    }
    if price > UNIT_PRICE_MAX {
        faults.push(ProductFault::TooHigh { field, max: UNIT_PRICE_MAX });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Category;

    fn pail() -> NewProduct {
        NewProduct {
            code: " Ｐ1 ".to_string(),
            name: "外墙乳胶漆 20kg".to_string(),
            spec: Some(" ".to_string()),
            category: Some(CategoryId(1)),
            series: None,
            barcode: Some("6901234567892".to_string()),
            base_unit: "桶".to_string(),
            units: vec![("箱".to_string(), Factor::new(4, 1).unwrap())],
            tax_rate: BasisPoints::of_whole(1_300).unwrap(),
            list_price: None,
            cost: Some(UnitPrice(980_000)),
            floor_price: Some(UnitPrice(900_000)),
            price_decimals: 2,
        }
    }

    #[track_caller]
    fn check(product: NewProduct, expected: &[ProductFault]) {
        let paint = Category { id: CategoryId(1), parent: None, name: "涂料".to_string() };
        let tree = CategoryTree::new(vec![paint]).unwrap();
        let faults = product.accept(ProductId(1), &tree, None).err().unwrap_or_default();
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_good_product_is_taken_with_trimmed_half_width_code() {
        check(pail(), &[]);
        let tree = CategoryTree::default();
        let product = NewProduct { category: None, ..pail() }.accept(ProductId(1), &tree, None).unwrap();
        assert_eq!((product.code.as_str(), product.spec), ("P1", None));
    }

    #[test]
    fn a_code_is_needed_and_has_an_end() {
        use ProductField::Code;
        check(NewProduct { code: " ".to_string(), ..pail() }, &[ProductFault::Missing { field: Code }]);
        check(NewProduct { code: "A".repeat(CODE_LETTERS_MAX), ..pail() }, &[]);
        let too_long = ProductFault::TooLong { field: Code, letters_max: CODE_LETTERS_MAX };
        check(NewProduct { code: "A".repeat(CODE_LETTERS_MAX + 1), ..pail() }, &[too_long]);
        let bad = ProductFault::BadSign { field: Code, sign: '|' };
        check(NewProduct { code: "A|1".to_string(), ..pail() }, &[bad]);
    }

    #[test]
    fn a_name_is_seen_and_holds_no_control_sign() {
        use ProductField::{Code, Name, Spec};
        check(
            NewProduct { name: "\u{200B}".to_string(), ..pail() },
            &[ProductFault::Missing { field: Name }],
        );
        let bad = |field| ProductFault::BadSign { field, sign: '\u{0}' };
        check(NewProduct { name: "漆\u{0}".to_string(), ..pail() }, &[bad(Name)]);
        check(NewProduct { spec: Some("\u{0}".to_string()), ..pail() }, &[bad(Spec)]);
        let bad = |field, sign| ProductFault::BadSign { field, sign };
        check(NewProduct { name: "漆\n20kg".to_string(), ..pail() }, &[bad(Name, '\n')]);
        check(NewProduct { spec: Some("20kg\r\n桶".to_string()), ..pail() }, &[bad(Spec, '\n')]);
        check(NewProduct { name: "漆\u{202E}gk02".to_string(), ..pail() }, &[bad(Name, '\u{202E}')]);
        check(NewProduct { code: "P\u{202E}1".to_string(), ..pail() }, &[bad(Code, '\u{202E}')]);
    }

    #[test]
    fn a_name_of_old_of_two_lines_stays_until_somebody_gives_another() {
        let tree = CategoryTree::default();
        let pail = NewProduct { category: None, ..pail() };
        let old = pail.clone().accept(ProductId(1), &tree, None).unwrap();
        let old = Product { name: "漆\n20kg".to_string(), spec: Some("桶\n装".to_string()), ..old };
        let form = |name: &str, spec: &str| NewProduct {
            name: name.to_string(),
            spec: Some(spec.to_string()),
            ..pail.clone()
        };
        let kept = form("漆\n20kg", "桶\n装").accept(ProductId(1), &tree, Some(&old)).unwrap();
        assert_eq!((kept.name, kept.spec), (old.name.clone(), old.spec.clone()));
        let other = form("漆\n25kg", "桶\n装").accept(ProductId(1), &tree, Some(&old));
        assert_eq!(other, Err(vec![ProductFault::BadSign { field: ProductField::Name, sign: '\n' }]));
    }

    #[test]
    fn figures_have_limits() {
        let negative = ProductFault::Negative { field: ProductField::Cost };
        check(NewProduct { cost: Some(UnitPrice(-1)), ..pail() }, &[negative]);
        check(NewProduct { cost: Some(UnitPrice(0)), ..pail() }, &[]);
        let too_high = ProductFault::TooHigh { field: ProductField::ListPrice, max: UNIT_PRICE_MAX };
        check(NewProduct { list_price: Some(UnitPrice(UNIT_PRICE_MAX.0 + 1)), ..pail() }, &[too_high]);
        check(NewProduct { price_decimals: 4, ..pail() }, &[]);
        check(
            NewProduct { price_decimals: 5, ..pail() },
            &[ProductFault::PriceDecimals { price_decimals: 5, decimals_max: 4 }],
        );
        let tax_rate = BasisPoints::of_markup(10_001).unwrap();
        check(NewProduct { tax_rate, ..pail() }, &[ProductFault::TaxRateAboveWhole { tax_rate }]);
    }

    #[test]
    fn an_unknown_category_and_wrong_units_are_named_together() {
        let product = NewProduct { category: Some(CategoryId(5)), base_unit: String::new(), ..pail() };
        let unit = ProductFault::Units { fault: UnitsFault::BaseMissing };
        check(product, &[ProductFault::UnknownCategory { category: CategoryId(5) }, unit]);
    }
}
