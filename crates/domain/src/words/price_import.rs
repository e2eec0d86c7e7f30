//! The words of a price import: what a column is taken for and why, what is wrong in a row, why a file is refused.

use crate::base::{Refusal, RefusalSort};
use crate::pricing::import::{
    CellFault, CellFaultCode, FileFault, GuessReason, ImportRefused, Meaning, Mend, SheetReason, SkipReason,
};
use crate::words::pricing::day;

impl Refusal for ImportRefused {
    fn code(&self) -> &'static str {
        ImportRefused::code(self)
    }

    fn sort(&self) -> RefusalSort {
        match self {
            ImportRefused::NoReader => RefusalSort::Unavailable,
            ImportRefused::AlreadyTaken
            | ImportRefused::NotRead
            | ImportRefused::OfOther { .. }
            | ImportRefused::OfUnknown { .. } => RefusalSort::State,
            _ => RefusalSort::Invalid,
        }
    }

    fn facts(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    fn sentence(&self) -> String {
        match self {
            ImportRefused::KindWithoutImport => "这种配置不从文件导入，请在页面上填写。".into(),
            ImportRefused::UnknownSheet { sheet } => format!("文件里没有工作表「{sheet}」，请重新选择。"),
            ImportRefused::Sheet { faults } => match faults.first() {
                Some(first) => file_fault(first),
                None => "这个工作表现在不能导入，请检查列的对应。".into(),
            },
            ImportRefused::BadRows { bad_rows } => {
                format!("有 {bad_rows} 行有错误。请逐行选定、在文件里改好再导入，或选择跳过这些行。")
            }
            ImportRefused::OfOther { from, into } => {
                let from =
                    from.as_ref().map_or_else(|| "另一张价目表".to_string(), |name| format!("「{name}」"));
                format!("这份文件是从{from}导出的，现在要导入到「{into}」。确实要这样，请先确认。")
            }
            ImportRefused::OfUnknown { into } => format!(
                "这份文件写着从哪张价目表导出的那一格被改过，认不出来，现在要导入到「{into}」。确实要这样，请先确认。"
            ),
            ImportRefused::AlreadyTaken => "这个文件已经导入。要再改，请重新选择文件。".into(),
            ImportRefused::NotRead => "这个文件还没有读完，或已停止读取。请再读一次。".into(),
            ImportRefused::NoReader => "现在不能读取表格文件，请稍后再试。".into(),
        }
    }
}

/// The file that prices are taken from.
pub const PRICE_FILE: &str = "价目表文件";

/// Why a file was not read when nobody is to blame.
pub const READING_FAILED: &str = "没能读完这个文件，请再读一次。";
/// Why a file was not read when the server that read it is gone.
pub const READING_STALLED: &str = "读取中断了，请再读一次。";

/// A product that was remembered and is no longer there.
pub const PRODUCT_GONE: &str = "商品已不在";

/// What files say of a product, as it is remembered.
pub fn said(key: &str) -> String {
    let parts: Vec<&str> = key.split('|').filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A meaning as people call it.
pub fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Code => "商品编码",
        Meaning::Barcode => "条码",
        Meaning::Name => "商品名称",
        Meaning::Spec => "规格",
        Meaning::Unit => "单位",
        Meaning::Price => "价格",
        Meaning::MinQty => "起订量",
        Meaning::From => "生效日期",
        Meaning::To => "失效日期",
        Meaning::Note => "备注",
    }
}

/// Why a column is taken for what it is.
pub fn guess_reason(reason: &GuessReason) -> String {
    match reason {
        GuessReason::Chosen => "由你选定".into(),
        GuessReason::Remembered => "和这个供应商上次的文件一样".into(),
        GuessReason::Head => "按表头判断".into(),
        GuessReason::HeadAndValues { fitting, looked_at } => {
            format!("按表头判断，{looked_at} 个值中 {fitting} 个相符")
        }
        GuessReason::HeadAgainstValues { fitting, looked_at } => {
            format!("按表头判断，但 {looked_at} 个值中只有 {fitting} 个相符，请核对")
        }
        GuessReason::Values { fitting, looked_at } => {
            format!("表头看不出，按内容判断：{looked_at} 个值中 {fitting} 个相符，请核对")
        }
    }
}

/// Why a row was skipped.
pub fn skip_reason(reason: SkipReason) -> String {
    match reason {
        SkipReason::Blank => "空行".into(),
        SkipReason::Title => "标题或说明".into(),
        SkipReason::Head => "表头".into(),
        SkipReason::Subtotal => "合计行".into(),
        SkipReason::SameAs { other_row, other_sheet: None } => format!("与第 {other_row} 行相同"),
        SkipReason::SameAs { other_row, other_sheet: Some(_) } => {
            format!("与另一个工作表的第 {other_row} 行相同")
        }
        SkipReason::LeftOut => "已选择不导入".into(),
        SkipReason::Outvoted { other_row, other_sheet: None } => format!("已选择以第 {other_row} 行为准"),
        SkipReason::Outvoted { other_row, other_sheet: Some(_) } => {
            format!("已选择以另一个工作表的第 {other_row} 行为准")
        }
    }
}

/// What was repaired in a row.
pub fn mend(mend: &Mend) -> String {
    match mend {
        Mend::FullWidth => "全角数字，按半角读".into(),
        Mend::Written => "价格带符号或单位，只取数字".into(),
        Mend::PriceAsText => "价格存成了文本，按数字读".into(),
        Mend::Noise => "去掉了表格程序多出的小数".into(),
        Mend::Remark { remark } => format!("价格后面的「{remark}」记为备注"),
        Mend::UnitFromName { unit } => format!("单位「{unit}」取自名称或规格"),
        Mend::NameTakenApart => "名称和规格写在一起，已拆开对上".into(),
        Mend::LeadingZeros => "编码少了前面的 0，已补上".into(),
        Mend::PlaceholderCode => "编码没写，按名称和规格对上".into(),
        Mend::Merged => "取合并单元格的内容".into(),
        Mend::Remembered => "按这个供应商以前的选择对上商品".into(),
        Mend::UnitRemembered { unit } => format!("按这个供应商以前的选择，单位是「{unit}」"),
        Mend::Decided => "按你的选择".into(),
    }
}

/// Why a sheet is taken for one with prices, or not.
pub fn sheet_reason(reason: SheetReason) -> &'static str {
    match reason {
        SheetReason::Columns => "有商品列和价格列",
        SheetReason::OtherName => "有价格，但表名像旧价或说明",
        SheetReason::NoColumns => "看不出商品列或价格列",
        SheetReason::Empty => "空表",
        SheetReason::Chosen => "由你选定",
    }
}

/// What is wrong in a row: where, what stands there, and what to do.
pub fn cell_fault(row: usize, fault: &CellFault) -> String {
    let column = match &fault.column {
        Some(letters) if fault.head.is_empty() => format!(" {letters} 列"),
        Some(letters) => format!(" {letters} 列（{}）", fault.head),
        None => String::new(),
    };
    let text = if fault.text.is_empty() { String::new() } else { format!("「{}」", fault.text) };
    format!("第 {row} 行{column}{text}：{}", cell_fault_words(&fault.what))
}

/// Why a file cannot be read as it is, and what to do.
pub fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::EmptySheet => "这个工作表是空的，请换一个工作表或文件。".into(),
        FileFault::TooManyRows { rows, rows_max } => {
            format!("这个工作表有 {rows} 行，最多 {rows_max} 行。请拆成几个文件。")
        }
        FileFault::TooManyColumns { columns, columns_max } => {
            format!("这个工作表有 {columns} 列，最多 {columns_max} 列。请删去不用的列。")
        }
        FileFault::NoProductColumn => "看不出哪一列是商品，请指定编码、条码或名称列。".into(),
        FileFault::NoPriceColumn => "看不出哪一列是价格，请指定价格列。".into(),
        FileFault::ColumnOutside { meaning: of, .. } => {
            format!("指定给「{}」的列不在这个工作表里，请重新指定。", meaning(*of))
        }
        FileFault::ColumnTwice { .. } => "同一列被指定了两次，请重新指定。".into(),
        FileFault::TaxBasisDiffers { file_includes_tax: true, .. } => {
            "文件里是含税价，价目表是不含税价。请改选不含税的列，或同意按税率折算。".into()
        }
        FileFault::TaxBasisDiffers { file_includes_tax: false, .. } => {
            "文件里是不含税价，价目表是含税价。请改选含税的列，或同意按税率折算。".into()
        }
    }
}

fn cell_fault_words(what: &CellFaultCode) -> String {
    match what {
        CellFaultCode::PriceMissing => "没有价格，请补上或删去这一行".into(),
        CellFaultCode::PriceZero => "价格是 0，请补上或删去这一行".into(),
        CellFaultCode::NotANumber => "不是数字，请改成数字，例如 128.00".into(),
        CellFaultCode::Negative => "不能小于 0".into(),
        CellFaultCode::TooManyDecimals { decimals_max } => format!("小数太多，最多 {decimals_max} 位"),
        CellFaultCode::TooLarge { max } => format!("太大，最多 {max}"),
        CellFaultCode::FormulaError { error } => format!("公式出错（{error}），请在表格里改好再导入"),
        CellFaultCode::ProductMissing => "没有写是哪个商品".into(),
        CellFaultCode::UnknownProduct => "没有这个商品，请核对，或请总部先建好它".into(),
        CellFaultCode::AmbiguousProduct { products } => {
            format!("有 {products} 个商品相符，请用编码或条码区分")
        }
        CellFaultCode::ProductsDisagree { by_code, by_barcode } => {
            format!("编码是商品 {by_code}，条码却是商品 {by_barcode}，请核对")
        }
        CellFaultCode::NameOfOther { product_code, product_name } => {
            format!("编码 {product_code} 是「{product_name}」，和这里写的名称对不上，请选定是哪个商品")
        }
        CellFaultCode::ArchivedProduct { product_code } => {
            format!("商品 {product_code} 已停售，请删去这一行，或请总部恢复销售")
        }
        CellFaultCode::UnitMissing { units } => {
            format!("没有写单位，这个商品有 {}，请写明", units.join("、"))
        }
        CellFaultCode::UnknownUnit { unit, units } => {
            format!("商品没有单位「{unit}」，只有 {}", units.join("、"))
        }
        CellFaultCode::UnitsDisagree { unit, price_unit } => {
            format!("单位列写的是「{unit}」，价格里写的是「{price_unit}」，请核对")
        }
        CellFaultCode::DateWrong => "不是日期，应写成 2026-05-01".into(),
        CellFaultCode::FromAfterTo { from, to } => {
            format!("失效日期 {} 早于生效日期 {}", day(*to), day(*from))
        }
        CellFaultCode::NoteTooLong { letters_max } => format!("备注太长，最多 {letters_max} 个字"),
        CellFaultCode::OtherPriceIn { other_row, other_price, other_sheet } => {
            let sheet = other_sheet.as_ref().map(|sheet| format!("工作表「{sheet}」")).unwrap_or_default();
            format!(
                "{sheet}第 {other_row} 行给同一商品写了另一个价格或截止日（{}），请只留一个",
                other_price.to_yuan()
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_row_column_head_text_and_what_to_do() {
        let fault = CellFault {
            meaning: Meaning::Price,
            column: Some("F".into()),
            head: "含税单价".into(),
            text: "面议".into(),
            what: CellFaultCode::NotANumber,
        };
        assert_eq!(
            cell_fault(7, &fault),
            "第 7 行 F 列（含税单价）「面议」：不是数字，请改成数字，例如 128.00"
        );
        let bare = CellFault {
            head: String::new(),
            text: String::new(),
            what: CellFaultCode::PriceMissing,
            ..fault
        };
        assert_eq!(cell_fault(7, &bare), "第 7 行 F 列：没有价格，请补上或删去这一行");
    }

    #[test]
    fn a_name_that_belies_its_code_is_told_with_what_the_code_is() {
        let fault = CellFault {
            meaning: Meaning::Name,
            column: Some("B".into()),
            head: "名称".into(),
            text: "内墙耐水腻子粉".into(),
            what: CellFaultCode::NameOfOther {
                product_code: "FS0101".into(),
                product_name: "JS聚合物防水涂料 20kg".into(),
            },
        };
        assert_eq!(
            cell_fault(2, &fault),
            "第 2 行 B 列（名称）「内墙耐水腻子粉」：编码 FS0101 是「JS聚合物防水涂料 20kg」，和这里写的名称对不上，\
             请选定是哪个商品"
        );
    }
}
