//! The words of documents: what a printed quotation says, and why one is refused.

use serde::Serialize;

use crate::base::{Date, Fen};
use crate::documents::template::Language;
use crate::documents::{DocumentState, FileKind, PageRefused, PrintRefused, PrintedPack, SheetRefused};
use crate::pricing::import::grid::column_letters;

/// The fixed words on a printed quotation.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct QuoteLabels {
    pub title: &'static str,
    pub not_a_contract: &'static str,
    pub draft_number: &'static str,
    pub number: &'static str,
    pub issued_day: &'static str,
    pub valid_until: &'static str,
    pub salesperson: &'static str,
    pub price_basis: &'static str,
    pub customer: &'static str,
    pub contact: &'static str,
    pub phone: &'static str,
    pub address: &'static str,
    pub tax_no: &'static str,
    pub position: &'static str,
    pub product: &'static str,
    pub picture: &'static str,
    pub unit: &'static str,
    pub qty: &'static str,
    pub unit_price: &'static str,
    pub amount: &'static str,
    pub net: &'static str,
    pub tax_rate: &'static str,
    pub note: &'static str,
    pub no_lines: &'static str,
    pub total_amount: &'static str,
    pub discount: &'static str,
    pub whole_off: &'static str,
    pub rounding: &'static str,
    pub subtotal: &'static str,
    pub terms: &'static str,
    pub net_ex_tax: &'static str,
    pub tax: &'static str,
    pub payable: &'static str,
    pub capital: &'static str,
    pub notes: &'static str,
    pub bank: &'static str,
    pub bank_holder: &'static str,
    pub bank_name: &'static str,
    pub bank_account: &'static str,
    pub customer_signs: &'static str,
    pub seller_signs: &'static str,
    pub signer: &'static str,
    pub sign_day: &'static str,
    pub verify: &'static str,
    pub verify_hint: &'static str,
    pub verify_code: &'static str,
    pub hash: &'static str,
}

/// The words of a quotation in Chinese.
pub const QUOTE_LABELS: QuoteLabels = QuoteLabels {
    title: "报价单",
    not_a_contract: "报价单，非合同",
    draft_number: "草稿，未编号",
    number: "编号",
    issued_day: "报价日期",
    valid_until: "有效期至",
    salesperson: "报价人",
    price_basis: "计价方式",
    customer: "客户",
    contact: "联系人",
    phone: "电话",
    address: "地址",
    tax_no: "税号",
    position: "序号",
    product: "商品名称及规格",
    picture: "图片",
    unit: "单位",
    qty: "数量",
    unit_price: "单价",
    amount: "金额",
    net: "优惠后",
    tax_rate: "税率",
    note: "备注",
    no_lines: "还没有商品",
    total_amount: "商品金额",
    discount: "优惠",
    whole_off: "整单优惠",
    rounding: "抹零",
    subtotal: "小计",
    terms: "交货与结算",
    net_ex_tax: "不含税金额",
    tax: "税额",
    payable: "价税合计",
    capital: "人民币（大写）",
    notes: "说明",
    bank: "收款账户",
    bank_holder: "户名",
    bank_name: "开户行",
    bank_account: "账号",
    customer_signs: "客户确认（签字或盖章）",
    seller_signs: "报价单位（盖章）",
    signer: "签署人",
    sign_day: "日期",
    verify: "扫码验真",
    verify_hint: "查看本单是否由我司出具、是否仍然有效，并比对文件",
    verify_code: "验真码",
    hash: "内容指纹",
};

/// The same words with English beside the Chinese, a blank between them.
pub const QUOTE_LABELS_ZH_EN: QuoteLabels = QuoteLabels {
    title: "报价单 Quotation",
    not_a_contract: "报价单，非合同 Quotation, not a contract",
    draft_number: "草稿，未编号 Draft, no number",
    number: "编号 No.",
    issued_day: "报价日期 Date",
    valid_until: "有效期至 Valid until",
    salesperson: "报价人 Salesperson",
    price_basis: "计价方式 Price basis",
    customer: "客户 Customer",
    contact: "联系人 Contact",
    phone: "电话 Phone",
    address: "地址 Address",
    tax_no: "税号 Tax no.",
    position: "序号 No.",
    product: "商品名称及规格 Description",
    picture: "图片 Picture",
    unit: "单位 Unit",
    qty: "数量 Qty",
    unit_price: "单价 Unit price",
    amount: "金额 Amount",
    net: "优惠后 Net",
    tax_rate: "税率 VAT",
    note: "备注 Remark",
    no_lines: "还没有商品 No lines yet",
    total_amount: "商品金额 Subtotal",
    discount: "优惠 Discount",
    whole_off: "整单优惠 Overall discount",
    rounding: "抹零 Rounding",
    subtotal: "小计 Subtotal",
    terms: "交货与结算 Terms",
    net_ex_tax: "不含税金额 Net of VAT",
    tax: "税额 VAT",
    payable: "价税合计 Total",
    capital: "人民币（大写） In words",
    notes: "说明 Notes",
    bank: "收款账户 Bank account",
    bank_holder: "户名 Account name",
    bank_name: "开户行 Bank",
    bank_account: "账号 Account no.",
    customer_signs: "客户确认（签字或盖章） Customer",
    seller_signs: "报价单位（盖章） Seller",
    signer: "签署人 Name",
    sign_day: "日期 Date",
    verify: "扫码验真 Verify",
    verify_hint: "查看本单是否由我司出具、是否仍然有效，并比对文件 Scan to verify",
    verify_code: "验真码 Code",
    hash: "内容指纹 Fingerprint",
};

/// The fixed words in these languages.
pub fn quote_labels(language: Language) -> QuoteLabels {
    match language {
        Language::Zh => QUOTE_LABELS,
        Language::ZhEn => QUOTE_LABELS_ZH_EN,
    }
}

/// The words around page number and number of pages once more, in the second language.
pub const PAGE_OF_PAGES_EN: [&str; 3] = ["Page ", " / ", ""];

/// What stands under the prices, in these languages.
pub fn price_basis_in(language: Language, prices_include_tax: bool) -> String {
    let zh = price_basis(prices_include_tax);
    match (language, prices_include_tax) {
        (Language::Zh, _) => zh.to_string(),
        (Language::ZhEn, true) => format!("{zh} incl. VAT, CNY"),
        (Language::ZhEn, false) => format!("{zh} excl. VAT, CNY"),
    }
}

/// The words around page number and number of pages.
pub const PAGE_OF_PAGES: [&str; 3] = ["第 ", " 页 / 共 ", " 页"];

/// What stands under the prices: whether they include tax.
pub fn price_basis(prices_include_tax: bool) -> &'static str {
    if prices_include_tax { "单价含税，单位：元" } else { "单价不含税，单位：元" }
}

/// What one unit holds: `1 箱 = 4 桶`.
pub fn pack(unit: &str, pack: &PrintedPack) -> String {
    format!("1 {unit} = {} {}", pack.holds, pack.base)
}

/// How a paper without a link is checked, in these languages.
pub fn verify_by_asking(language: Language, phone: Option<&str>) -> String {
    let zh = match phone {
        Some(phone) => format!("验真：请拨打 {phone}，报出编号和下面的验真码，由我司核对本单是否有效"),
        None => "验真：请向我司报出编号和下面的验真码，核对本单是否有效".to_string(),
    };
    match language {
        Language::Zh => zh,
        Language::ZhEn => format!("{zh} To verify, give us the number and the code below"),
    }
}

/// The words across a page that must not be taken for a quotation in force.
pub fn watermark(state: DocumentState) -> Option<&'static str> {
    match state {
        DocumentState::Draft => Some("草稿"),
        DocumentState::Superseded => Some("已被取代"),
        DocumentState::Cancelled => Some("已取消"),
        DocumentState::Issued | DocumentState::Signed | DocumentState::Expired => None,
    }
}

/// `2026-05-05` → `2026年5月5日`.
pub fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Yuan with 千分位: `-1,234,567.80`.
pub fn money(amount: Fen) -> String {
    thousands(&amount.to_yuan())
}

/// What is taken off, with a minus sign; an addition with a plus sign.
pub fn reduction(amount: Fen) -> String {
    let text = money(amount);
    match text.strip_prefix('-') {
        Some(added) => format!("+{added}"),
        None => format!("-{text}"),
    }
}

/// Decimal text with 千分位 before the point.
pub fn thousands(decimal: &str) -> String {
    let (sign, bare) = decimal.strip_prefix('-').map_or(("", decimal), |bare| ("-", bare));
    let (whole, fraction) = bare.split_at(bare.find('.').unwrap_or(bare.len()));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.push_str(fraction);
    grouped
}

/// Yuan as the screens write them: `¥1,602.80`, `-¥3.00`.
pub fn with_sign(decimal: &str) -> String {
    match decimal.strip_prefix('-') {
        Some(bare) => format!("-¥{}", thousands(bare)),
        None => format!("¥{}", thousands(decimal)),
    }
}

/// The sign at the end of notes that were cut.
pub fn notes_cut(left_out: usize) -> String {
    format!("……（说明过长，其余 {left_out} 字未印出，请以系统中的报价单为准）")
}

/// A kind of file as people call it.
pub fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg | FileKind::Png | FileKind::Webp | FileKind::Heic => "图片",
        FileKind::Pdf => "PDF 文件",
        FileKind::Xlsx => "Excel 工作簿（.xlsx）",
        FileKind::Xls => "旧版 Excel 工作簿（.xls）",
        FileKind::Csv => "文本表格（.csv）",
    }
}

/// Why no PDF was made, and what to do.
pub fn print_refused(refused: &PrintRefused) -> String {
    match refused {
        PrintRefused::FontsMissing { .. } => {
            "服务器上没有中文字体，无法生成 PDF。请管理员运行 scripts/fonts，或安装系统字体 fonts-noto-cjk，然后再试一次；报价单已保存，不受影响。".into()
        }
        PrintRefused::TooManyLines { count, limit } => {
            format!("报价单有 {count} 行，最多能印 {limit} 行。请拆成几张报价单。")
        }
        PrintRefused::TotalsDisagree => {
            "报价单的合计与各行之和不一致，不能印出。请重新打开报价单让系统重新计价；若仍如此，请联系管理员。".into()
        }
        PrintRefused::SealOnDraft => "草稿不能盖章。请先出具报价单。".into(),
        PrintRefused::SealUnreadable => "印章图片无法读取。请管理员在「公司资料」里重新上传 PNG 格式的公章；大区自己的印章，请总部在设计台里换。".into(),
        PrintRefused::SealTooLarge { limit } => {
            format!("印章图片太大，边长最多 {limit} 像素。请管理员缩小后重新上传。")
        }
        PrintRefused::LinkTooLong => {
            "验真网址太长，放不进二维码。请管理员缩短设置中的 public_url。".into()
        }
        PrintRefused::Failed { .. } => {
            "PDF 没有生成，报价单已保存，不受影响。请再试一次；若仍失败，请联系管理员并告知发生时间。".into()
        }
    }
}

/// A seal that is no PNG.
pub const SEAL_NEEDS_PNG: &str = "公章图片要用 PNG（透明底），请换成 PNG 图片再上传。";

/// Why a picture is not kept as the seal, and what to do.
pub fn seal_refused(refused: &PrintRefused) -> String {
    match refused {
        PrintRefused::SealTooLarge { limit } => {
            format!("公章图片太大，边长最多 {limit} 像素，请缩小后再上传。")
        }
        _ => "公章图片打不开：文件不完整或已损坏，请换一张 PNG 图片再上传。".into(),
    }
}

/// Why a photo or scan is not taken as the signed page, and what to do.
pub fn page_refused(refused: PageRefused) -> String {
    match refused {
        PageRefused::Unreadable => "这张图片打不开：文件已损坏。请重新拍照，或换一张再上传。".into(),
        PageRefused::NoPage => "这个 PDF 打不开，或者一页也没有。请重新扫描，或换一个文件再上传。".into(),
        PageRefused::Protected => "这个 PDF 有密码保护，别人打不开。请去掉密码后再上传。".into(),
        PageRefused::TooSmall { side_min } => {
            format!("这张图片太小，看不清签字：每边至少 {side_min} 像素。请重新拍照再上传。")
        }
        PageRefused::TooLarge { pixels_max } => {
            format!(
                "这张图片太大，最多 {} 万像素。请调低相机的分辨率重新拍，或改用扫描件。",
                pixels_max / 10_000
            )
        }
    }
}

/// Why a sheet is not read, and what to do.
pub fn sheet_refused(refused: &SheetRefused) -> String {
    match refused {
        SheetRefused::Empty => "文件是空的。请检查后重新选择文件。".into(),
        SheetRefused::NotASheet { found: Some(kind) } => {
            format!("这个文件是{}，不是表格。请选择 .xlsx、.xls 或 .csv 文件。", file_kind(*kind))
        }
        SheetRefused::NotASheet { found: None } => {
            "这个文件不是表格。请选择 .xlsx、.xls 或 .csv 文件。".into()
        }
        SheetRefused::WebPage => "这个文件其实是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。".into(),
        SheetRefused::NameSaysOther { extension, found } => format!(
            "文件名以 .{extension} 结尾，内容却是{}。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。",
            file_kind(*found)
        ),
        SheetRefused::Protected => "文件有密码保护，无法读取。请去掉密码后再上传。".into(),
        SheetRefused::TooManyRows { sheet, limit } => {
            format!("工作表「{sheet}」超过 {limit} 行。请拆成几个文件，或删去下方的空行。")
        }
        SheetRefused::TooManyColumns { sheet, limit } => {
            format!("工作表「{sheet}」超过 {limit} 列。请只保留需要的列。")
        }
        SheetRefused::TooManyCells { limit } => {
            format!("文件里的单元格超过 {limit} 个。请拆成几个文件，或只保留需要的列。")
        }
        SheetRefused::TooManySheets { limit } => {
            format!("文件里的工作表超过 {limit} 张。请只保留需要的工作表。")
        }
        SheetRefused::CellTooLong { place: Some(place), limit } => format!(
            "工作表「{}」第 {} 行 {} 列的文字太长，一格最多 {limit} 个字。请改短后再上传。",
            place.sheet,
            place.row + 1,
            column_letters(place.column)
        ),
        SheetRefused::CellTooLong { place: None, limit } => {
            format!(
                "文件里有一大段没有分成格的文字或空白，没有再读下去。如果有一格写得太长（最多 {limit} 个字），请改短；如果找不到这样的格，请用 Excel 或 WPS 打开，另存为新的 .xlsx，再上传。"
            )
        }
        SheetRefused::TooLarge { limit_mb } => {
            format!("文件展开后超过 {limit_mb} MB，无法读取。请删去图片和多余的工作表后再上传。")
        }
        SheetRefused::UnknownEncoding => {
            "文件的文字编码无法识别。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。".into()
        }
        SheetRefused::Stopped => "已停止读取这个文件。".into(),
        SheetRefused::Damaged { .. } => {
            "文件已损坏，无法读取。请用 Excel 或 WPS 打开，另存一份后再上传。".into()
        }
        SheetRefused::NotWritten { .. } => {
            "表格没有生成。请再试一次；若仍失败，请联系管理员并告知发生时间。".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::CellPlace;

    #[test]
    fn money_is_grouped_by_thousands() {
        assert_eq!(money(Fen(706_560)), "7,065.60");
        assert_eq!(money(Fen(-123_456_780)), "-1,234,567.80");
        assert_eq!(money(Fen(99_999)), "999.99");
        assert_eq!(money(Fen(0)), "0.00");
        assert_eq!(thousands("1000"), "1,000");
        assert_eq!([with_sign("1602.80"), with_sign("-1234.00")], ["¥1,602.80", "-¥1,234.00"]);
        assert_eq!(thousands("1234567.2500"), "1,234,567.2500");
    }

    #[test]
    fn days_read_as_people_say_them() {
        assert_eq!(day(crate::base::parse_date("2026-05-05").unwrap()), "2026年5月5日");
    }

    #[test]
    fn every_refusal_says_what_to_do_and_hides_the_machine() {
        let detail = || "secret/path: line 3".to_string();
        let print = [
            PrintRefused::FontsMissing { looked_in: vec![detail()] },
            PrintRefused::TooManyLines { count: 2_001, limit: 2_000 },
            PrintRefused::TotalsDisagree,
            PrintRefused::SealOnDraft,
            PrintRefused::SealUnreadable,
            PrintRefused::SealTooLarge { limit: 4_000 },
            PrintRefused::LinkTooLong,
            PrintRefused::Failed { detail: detail() },
        ];
        let sheet = [
            SheetRefused::Empty,
            SheetRefused::NotASheet { found: Some(FileKind::Pdf) },
            SheetRefused::NotASheet { found: None },
            SheetRefused::WebPage,
            SheetRefused::NameSaysOther { extension: "xlsx".into(), found: FileKind::Csv },
            SheetRefused::Protected,
            SheetRefused::TooManyRows { sheet: "价目表".into(), limit: 200_000 },
            SheetRefused::TooManyColumns { sheet: "价目表".into(), limit: 200 },
            SheetRefused::TooManySheets { limit: 50 },
            SheetRefused::TooManyCells { limit: 4_000_000 },
            SheetRefused::NotWritten { detail: detail() },
            SheetRefused::TooLarge { limit_mb: 200 },
            SheetRefused::CellTooLong { place: None, limit: 32_767 },
            SheetRefused::CellTooLong {
                place: Some(CellPlace { sheet: "价目表".into(), row: 1, column: 1 }),
                limit: 32_767,
            },
            SheetRefused::UnknownEncoding,
            SheetRefused::Damaged { detail: detail() },
        ];
        let sentences = print.iter().map(print_refused).chain(sheet.iter().map(sheet_refused));
        for sentence in sentences {
            assert!(sentence.contains("请") && sentence.ends_with('。'), "{sentence}");
            assert!(!sentence.contains("secret"), "{sentence}");
        }
    }
}
