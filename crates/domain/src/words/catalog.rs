//! The words of the catalogue: why a product or a category is refused.

use crate::base::is_turning;
use crate::catalog::{ProductFault, ProductField, UnitsFault};

/// What is wrong with a product, and what to do.
pub fn product_fault(fault: &ProductFault) -> String {
    match fault {
        ProductFault::Missing { field } => format!("请填写{}。", field_name(*field)),
        ProductFault::TooLong { field, letters_max } => {
            format!("{}太长，最多 {letters_max} 个字。", field_name(*field))
        }
        ProductFault::BadSign { field, sign } => {
            format!("{}里不能有{}，请去掉。", field_name(*field), sign_name(*sign))
        }
        ProductFault::Negative { field } => format!("{}不能小于 0。", field_name(*field)),
        ProductFault::TooHigh { field, max } => {
            format!("{}太大，最多 {} 元。", field_name(*field), max.to_yuan())
        }
        ProductFault::Units { fault } => units_fault(fault),
        ProductFault::UnknownCategory { .. } => "没有这个分类，请重新选择。".into(),
        ProductFault::TaxRateAboveWhole { tax_rate } => {
            format!("税率 {}% 不对，应在 0% 到 100% 之间。", tax_rate.to_percent())
        }
        ProductFault::PriceDecimals { decimals_max, .. } => {
            format!("单价小数位应在 0 到 {decimals_max} 之间。")
        }
    }
}

/// What is wrong with the units of a product.
pub fn units_fault(fault: &UnitsFault) -> String {
    match fault {
        UnitsFault::BaseMissing => "请填写基本单位，例如 桶。".into(),
        UnitsFault::NameMissing => "有一个换算单位没有名称，请填写或删去这一行。".into(),
        UnitsFault::NameTooLong { unit, letters_max } => {
            format!("单位「{unit}」太长，最多 {letters_max} 个字。")
        }
        UnitsFault::ControlSign { unit } if unit.is_empty() => {
            "有一个单位里只有看不见的控制符，请重新填写单位。".into()
        }
        UnitsFault::ControlSign { unit } => format!("单位「{unit}」里有换行或看不见的控制符，请重新填写。"),
        UnitsFault::Repeated { unit } => format!("单位「{unit}」重复了，请只留一个。"),
        UnitsFault::TooMany { units_max } => format!("换算单位太多，最多 {units_max} 个。"),
    }
}

/// A field of the product form as people call it.
pub fn field_name(field: ProductField) -> &'static str {
    match field {
        ProductField::Code => "商品编码",
        ProductField::Name => "商品名称",
        ProductField::Spec => "规格",
        ProductField::Series => "系列",
        ProductField::Barcode => "条码",
        ProductField::ListPrice => "标价",
        ProductField::Cost => "成本",
        ProductField::FloorPrice => "底价",
    }
}

fn sign_name(sign: char) -> String {
    match sign {
        '\n' | '\r' => "换行".into(),
        sign if sign.is_control() || is_turning(sign) => "看不见的控制符".into(),
        sign if sign.is_whitespace() => "空格".into(),
        sign => format!("「{sign}」"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_to_do() {
        let missing = ProductFault::Missing { field: ProductField::Code };
        assert_eq!(product_fault(&missing), "请填写商品编码。");
        let sign = ProductFault::BadSign { field: ProductField::Barcode, sign: ' ' };
        assert_eq!(product_fault(&sign), "条码里不能有空格，请去掉。");
        let named = |sign: char| product_fault(&ProductFault::BadSign { field: ProductField::Name, sign });
        assert_eq!(named('\n'), "商品名称里不能有换行，请去掉。");
        assert_eq!(named('\u{202E}'), "商品名称里不能有看不见的控制符，请去掉。");
        let repeated = ProductFault::Units { fault: UnitsFault::Repeated { unit: "箱".into() } };
        assert_eq!(product_fault(&repeated), "单位「箱」重复了，请只留一个。");
    }
}
