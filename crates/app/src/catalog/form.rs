//! What somebody enters for a product, and what is wrong with it.

use domain::base::{BasisPoints, CategoryId, FieldFault, Invalid, ProductId, UnitPrice, name_fault};
use domain::catalog::{
    CategoryTree, FactorFault, NewProduct, Product, ProductFault, ProductField, parse_factor,
};
use domain::words::catalog as words;
use store::catalog::{Barcode, StoredProduct};

/// Most barcodes of one product.
const BARCODES_MAX: usize = 20;
const BARCODE_LETTERS_MAX: usize = 32;

/// A product as it is entered. Money per base unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductForm {
    pub code: String,
    pub name: String,
    pub spec: String,
    pub category: Option<CategoryId>,
    pub base_unit: String,
    /// Other units than the base unit, each with the decimal or fraction of base units that it holds.
    pub units: Vec<(String, String)>,
    pub barcodes: Vec<Barcode>,
    pub tax_rate: BasisPoints,
    pub price_decimals: u8,
    pub cost: Option<UnitPrice>,
    pub floor_price: Option<UnitPrice>,
}

/// The fields of a product that are to change; `None` leaves one as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductChange {
    pub code: Option<String>,
    pub name: Option<String>,
    pub spec: Option<String>,
    pub category: Option<Option<CategoryId>>,
    pub base_unit: Option<String>,
    pub units: Option<Vec<(String, String)>>,
    pub barcodes: Option<Vec<Barcode>>,
    pub tax_rate: Option<BasisPoints>,
    pub price_decimals: Option<u8>,
    pub cost: Option<Option<UnitPrice>>,
    pub floor_price: Option<Option<UnitPrice>>,
}

impl ProductForm {
    /// A stored product as the form that would make it.
    pub fn of(stored: &StoredProduct) -> ProductForm {
        let product = &stored.product;
        let units = product.units.others().iter();
        ProductForm {
            code: product.code.clone(),
            name: product.name.clone(),
            spec: product.spec.clone().unwrap_or_default(),
            category: product.category,
            base_unit: product.units.base().to_string(),
            units: units
                .map(|(unit, factor)| (unit.clone(), domain::catalog::factor_text(*factor)))
                .collect(),
            barcodes: stored.barcodes.clone(),
            tax_rate: product.tax_rate,
            price_decimals: product.price_decimals,
            cost: product.cost,
            floor_price: product.floor_price,
        }
    }

    /// This form with the changed fields.
    pub fn with(self, change: ProductChange) -> ProductForm {
        ProductForm {
            code: change.code.unwrap_or(self.code),
            name: change.name.unwrap_or(self.name),
            spec: change.spec.unwrap_or(self.spec),
            category: change.category.unwrap_or(self.category),
            base_unit: change.base_unit.unwrap_or(self.base_unit),
            units: change.units.unwrap_or(self.units),
            barcodes: change.barcodes.unwrap_or(self.barcodes),
            tax_rate: change.tax_rate.unwrap_or(self.tax_rate),
            price_decimals: change.price_decimals.unwrap_or(self.price_decimals),
            cost: change.cost.unwrap_or(self.cost),
            floor_price: change.floor_price.unwrap_or(self.floor_price),
        }
    }

    /// The product with its barcodes, or every fault of the form by its field; `before` is the product that is changed.
    pub fn accept(
        self,
        id: ProductId,
        tree: &CategoryTree,
        before: Option<&Product>,
    ) -> Result<(Product, Vec<Barcode>), Invalid> {
        let mut faults = Invalid::default();
        let mut units = Vec::new();
        for (place, (unit, factor)) in self.units.iter().enumerate() {
            match parse_factor(factor) {
                Ok(factor) => units.push((unit.clone(), factor)),
                Err(fault) => faults.add(format!("units[{place}].factor"), factor_fault(fault)),
            }
        }
        let form = NewProduct {
            code: self.code,
            name: self.name,
            spec: (!self.spec.trim().is_empty()).then_some(self.spec),
            category: self.category,
            series: None,
            barcode: None,
            base_unit: self.base_unit,
            units,
            tax_rate: self.tax_rate,
            list_price: None,
            cost: self.cost,
            floor_price: self.floor_price,
            price_decimals: self.price_decimals,
        };
        match form.accept(id, tree, before) {
            Ok(product) => {
                let barcodes = barcodes(&product, self.barcodes, &mut faults);
                faults.or_go_on()?;
                Ok((product, barcodes))
            }
            Err(found) => {
                for fault in &found {
                    faults.add(path_of(fault), FieldFault::Said(words::product_fault(fault)));
                }
                Err(faults)
            }
        }
    }
}

fn factor_fault(fault: FactorFault) -> FieldFault {
    match fault {
        FactorFault::Number(number) => FieldFault::Number(number),
        FactorFault::NotPositive => FieldFault::NotPositive,
    }
}

fn barcodes(product: &Product, entered: Vec<Barcode>, faults: &mut Invalid) -> Vec<Barcode> {
    if entered.len() > BARCODES_MAX {
        faults.add("barcodes", FieldFault::TooMany { count_max: BARCODES_MAX });
    }
    let mut kept: Vec<Barcode> = Vec::new();
    for (place, barcode) in entered.into_iter().take(BARCODES_MAX).enumerate() {
        let code = faults.name(&format!("barcodes[{place}].code"), &barcode.code, BARCODE_LETTERS_MAX);
        if name_fault(&code).is_none() && code.contains(char::is_whitespace) {
            faults.add(format!("barcodes[{place}].code"), FieldFault::BadSign);
        }
        if product.units.factor(&barcode.unit).is_none() {
            faults.add(format!("barcodes[{place}].unit"), FieldFault::NoChoice);
        }
        if kept.iter().any(|known| known.code == code) {
            faults.add(format!("barcodes[{place}].code"), FieldFault::Taken);
        }
        kept.push(Barcode { code, unit: barcode.unit });
    }
    kept
}

fn path_of(fault: &ProductFault) -> &'static str {
    let field = match fault {
        ProductFault::Missing { field }
        | ProductFault::TooLong { field, .. }
        | ProductFault::BadSign { field, .. }
        | ProductFault::Negative { field }
        | ProductFault::TooHigh { field, .. } => *field,
        ProductFault::Units { .. } => return "units",
        ProductFault::UnknownCategory { .. } => return "category_id",
        ProductFault::TaxRateAboveWhole { .. } => return "tax_rate",
        ProductFault::PriceDecimals { .. } => return "price_decimals",
    };
    match field {
        ProductField::Code => "code",
        ProductField::Name => "name",
        ProductField::Spec => "spec",
        ProductField::Series => "series",
        ProductField::Barcode => "barcodes",
        ProductField::ListPrice => "list_price",
        ProductField::Cost => "cost",
        ProductField::FloorPrice => "floor_price",
    }
}
