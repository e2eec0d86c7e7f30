use std::path::PathBuf;
use std::process::Command;

use domain::base::{BasisPoints, Fen, Qty, UnitPrice, parse_date, round_half_away};
use domain::documents::{
    Clause, LINES_MAX, PrintedCustomer, PrintedLine, PrintedPack, PrintedSalesperson, PrintedSeller,
    PrintedTotals, VerifyCode,
};

use super::*;

/// The printer of this machine; `None` (and a word about it) where no Chinese font is, unless fonts are required.
pub(super) fn printer() -> Option<Printer> {
    let setting = std::env::var_os("HUXI_FONTS_DIR").map(PathBuf::from);
    let mut folders = font_folders(setting.as_deref());
    folders.insert(0, PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.cache/fonts")));
    let printer = Printer::with_folders(folders);
    match printer.warm_up() {
        Ok(()) => Some(printer),
        Err(refused) if std::env::var_os("HUXI_TEST_FONTS_REQUIRED").is_some() => panic!("{refused}"),
        Err(refused) => {
            eprintln!("left out: {refused}; scripts/fonts fetches one");
            None
        }
    }
}

/// Text of a PDF, pages parted by form feeds; `None` without poppler, unless it is required.
pub(super) fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quote.pdf");
    std::fs::write(&file, pdf).unwrap();
    match Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output() {
        Ok(done) => Some(String::from_utf8(done.stdout).unwrap()),
        Err(fault) if std::env::var_os("HUXI_TEST_FONTS_REQUIRED").is_some() => panic!("pdftotext: {fault}"),
        Err(fault) => {
            eprintln!("left out: pdftotext: {fault}");
            None
        }
    }
}

fn line(position: i64, name: &str, qty: i64, price: i64) -> PrintedLine {
    let amount = Qty(qty).times(UnitPrice(price)).unwrap();
    PrintedLine {
        position,
        code: format!("QJ-{:04}", 1_000 + position),
        name: name.into(),
        spec: "20kg/桶 哑光白".into(),
        unit: "桶".into(),
        pack: None,
        qty: Qty(qty),
        unit_price: UnitPrice(price),
        amount,
        net: amount,
        share: Fen(0),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        note: String::new(),
        group: String::new(),
        picture: None,
    }
}

pub(super) fn quote_of(lines: Vec<PrintedLine>) -> PrintedQuote {
    let mut totals = PrintedTotals::default();
    for line in &lines {
        let untaxed =
            round_half_away(i128::from(line.net.0) * 10_000, i128::from(10_000 + line.tax_rate.get()));
        totals.amount = totals.amount.plus(line.amount).unwrap();
        totals.net = totals.net.plus(line.net).unwrap();
        totals.net_ex_tax = totals.net_ex_tax.plus(Fen(untaxed.unwrap())).unwrap();
    }
    totals.discount = totals.amount.minus(totals.net).unwrap();
    totals.tax = totals.net.minus(totals.net_ex_tax).unwrap();
    PrintedQuote {
        seller: PrintedSeller {
            name: "江苏呼吸建材有限公司".into(),
            address: "江苏省苏州市吴中区东方大道 1188 号".into(),
            phone: "0512-6588 0000".into(),
            tax_no: "91320506MA1P8K2T0R".into(),
            bank_name: "中国建设银行苏州吴中支行".into(),
            bank_account: "3220 1997 5360 5000 0123".into(),
        },
        number: Some("SZ26-000123".into()),
        version: 1,
        issued_day: parse_date("2026-05-05").unwrap(),
        valid_until: parse_date("2026-05-12").unwrap(),
        customer: PrintedCustomer {
            name: "苏州金鼎装饰工程有限公司".into(),
            contact: "王建国".into(),
            phone: "138 0000 1234".into(),
            address: "苏州市姑苏区平江路 66 号 3 幢 201 室".into(),
        },
        salesperson: PrintedSalesperson {
            name: "陈晓".into(),
            phone: "139 0000 5678".into(),
            branch: "苏州分公司".into(),
        },
        prices_include_tax: true,
        lines,
        totals,
        option: None,
        terms: Vec::new(),
        notes: "1. 以上价格含 13% 增值税专用发票，含市区内送货，不含卸货上楼。\n2. 付款方式：货到验收后 30 天内付清。\n3. 颜色以实物色卡为准，调色产品一经生产不予退换。".into(),
        state: DocumentState::Issued,
        hash: Some(domain::documents::sha256_hex(b"frozen")),
        verify_code: Some(VerifyCode::from_random(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef)),
    }
}

pub(super) fn quote(lines: i64) -> PrintedQuote {
    const NAMES: [&str; 6] = [
        "外墙乳胶漆",
        "内墙抗菌乳胶漆",
        "聚合物水泥防水涂料",
        "瓷砖胶 C2TE",
        "耐水腻子粉",
        "PVC 排水管件 110mm 45°弯头",
    ];
    let name = |position: i64| NAMES[usize::try_from(position).unwrap() % NAMES.len()];
    quote_of(
        (1..=lines)
            .map(|position| line(position, name(position), position * 4_000, 1_177_600 - position * 1_137))
            .collect(),
    )
}

pub(super) fn marks(printer: &Printer) -> PrintMarks {
    PrintMarks {
        seal: Some(printer.demo_seal("江苏呼吸建材有限公司", "报价专用章").unwrap()),
        verify_url: Some("https://huxi.example.com/v/014D2PF2DBSQQG28T5CY4TQKFF".into()),
        pictures: Default::default(),
        watermark: None,
        template: Default::default(),
    }
}

/// Keeps the file for the eye when `HUXI_PDF_OUT` names a folder.
pub(super) fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("HUXI_PDF_OUT") {
        std::fs::write(PathBuf::from(folder).join(name), bytes).unwrap();
    }
}

#[test]
fn an_issued_quotation_shows_everything_that_was_decided() {
    let Some(printer) = printer() else { return };
    let pdf = printer.print(&quote(5), &marks(&printer)).unwrap();
    keep("issued.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let solid: String = text.split_whitespace().collect();
    for part in [
        "江苏呼吸建材有限公司",
        "报价单",
        "SZ26-000123",
        "V1",
        "2026年5月12日",
        "苏州金鼎装饰工程有限公司",
        "王建国",
        "QJ-1001",
        "内墙抗菌乳胶漆",
        "桶",
        "117.6463",
        "1,876.88",
        "人民币（大写）",
        "税额13%",
        "价税合计",
        "说明",
        "3220199753605000",
        "客户确认",
        "014D-2PF2-DBSQ-QG28-T5CY-4TQK-FF",
        "报价单，非合同",
        "第1页/共1页",
    ] {
        assert!(solid.contains(part), "{part} is missing in {text}");
    }
    let payable = quote(5).totals.payable().unwrap();
    assert!(solid.contains(&domain::documents::capital_rmb(payable)));
    assert!(solid.contains(&domain::words::documents::money(payable)));
}

/// Two rooms, one unit price set by hand, something off the whole, 抹零, and terms.
pub(super) fn agreed() -> PrintedQuote {
    let mut quote = quote(4);
    for (place, line) in quote.lines.iter_mut().enumerate() {
        line.group = if place < 2 { "一楼客厅".into() } else { "主卫".into() };
    }
    let shares = [Fen(200), Fen(100), Fen(50), Fen(13)];
    for (line, share) in quote.lines.iter_mut().zip(shares) {
        (line.share, line.net) = (share, line.net.minus(share).unwrap());
    }
    let totals = &mut quote.totals;
    (totals.whole_off, totals.rounding, totals.discount) = (Fen(300), Fen(63), Fen(363));
    totals.net = totals.net.minus(Fen(363)).unwrap();
    totals.tax = totals.net.minus(totals.net_ex_tax).unwrap();
    quote.option = Some("方案 B".into());
    quote.terms = vec![
        ("工地地址".into(), "苏州工业园区星湖街 218 号".into()),
        ("付款方式".into(), "款到发货".into()),
        ("订金".into(), "30%，1,000.00 元".into()),
    ];
    quote
}

#[test]
fn rooms_have_subtotals_and_what_is_off_the_whole_stands_below() {
    let Some(printer) = printer() else { return };
    let quote = agreed();
    let pdf = printer.print(&quote, &marks(&printer)).unwrap();
    keep("agreed.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let solid: String = text.split_whitespace().collect();
    let sum = |lines: &[PrintedLine]| {
        let sum = lines.iter().map(|line| line.net.0 + line.share.0).sum();
        domain::words::documents::money(Fen(sum))
    };
    for part in [
        "方案B",
        "一楼客厅",
        "主卫小计",
        &sum(&quote.lines[..2]),
        &sum(&quote.lines[2..]),
        "整单优惠-3.00",
        "抹零-0.63",
        "交货与结算",
        "星湖街218号",
        "订金30%，1,000.00元",
    ] {
        assert!(solid.contains(part), "{part} is missing in {text}");
    }
    assert!(!solid.contains("优惠后"), "what the whole bears makes no column of its own");
}

fn contract() -> PrintedContract {
    let clause = |title: &str, body: &str| Clause { title: title.into(), body: body.into() };
    PrintedContract {
        number: "SZ26-D00045".into(),
        signed_day: parse_date("2026-05-06").unwrap(),
        quote: agreed(),
        clauses: vec![
            clause("交货", "交货地点：#panic(1) 星湖街 218 号。"),
            clause("价款和付款", "款到发货。"),
        ],
    }
}

#[test]
fn a_contract_says_who_sells_what_to_whom_and_on_what_terms() {
    let Some(printer) = printer() else { return };
    let contract = contract();
    let pdf = printer.print_contract(&contract).unwrap();
    keep("contract.pdf", &pdf);
    assert!(pdf == printer.print_contract(&contract).unwrap(), "the same contract gives the same bytes");
    let Some(text) = text_of(&pdf) else { return };
    let solid: String = text.split_whitespace().collect();
    for part in [
        "购销合同",
        "SZ26-D00045",
        "甲方（需方）苏州金鼎装饰工程有限公司",
        "乙方（供方）江苏呼吸建材有限公司",
        "SZ26-000123V1",
        "2026年5月6日",
        "主卫小计",
        "抹零",
        "1.交货交货地点：#panic(1)星湖街218号。",
        "代表人签字",
        "地址苏州市姑苏区平江路66号3幢201室联系人王建国电话13800001234",
        "地址江苏省苏州市吴中区东方大道1188号电话0512-65880000税号91320506MA1P8K2T0R",
        "收款账户户名江苏呼吸建材有限公司开户行中国建设银行苏州吴中支行账号32201997536050000123",
    ] {
        assert!(solid.contains(part), "{part} is missing in {text}");
    }
    assert!(text.contains("序号"), "the head of the first column stands on one line: {text}");
    let mut wrong = contract;
    wrong.quote.totals.net = Fen(1);
    assert!(matches!(printer.print_contract(&wrong), Err(PrintRefused::TotalsDisagree)));
}

#[test]
fn a_contract_leaves_out_what_nobody_filled_in() {
    let Some(printer) = printer() else { return };
    let mut bare = contract();
    let (seller, customer) = (bare.quote.seller.name.clone(), bare.quote.customer.name.clone());
    bare.quote.seller =
        PrintedSeller { name: seller, bank_name: "建设银行".into(), ..PrintedSeller::default() };
    bare.quote.customer = PrintedCustomer { name: customer, ..PrintedCustomer::default() };
    let Some(text) = text_of(&printer.print_contract(&bare).unwrap()) else { return };
    let solid: String = text.split_whitespace().collect();
    for part in ["乙方（供方）江苏呼吸建材有限公司", "甲方（需方）苏州金鼎装饰工程有限公司", "购销合同"]
    {
        assert!(solid.contains(part), "{part} is missing in {text}");
    }
    for part in ["收款账户", "户名", "联系人", "电话", "税号"] {
        assert!(!solid.contains(part), "{part} has nothing to say in {text}");
    }
}

#[test]
fn a_larger_unit_says_what_it_holds() {
    let Some(printer) = printer() else { return };
    let mut boxed = line(1, "外墙乳胶漆", 15_000, 4_700_000);
    boxed.unit = "箱".into();
    boxed.pack = Some(PrintedPack { holds: "4".into(), base: "桶".into() });
    let mut sheet = line(2, "玻镁板", 9_000, 100_000);
    sheet.unit = "张".into();
    sheet.pack = Some(PrintedPack { holds: "1/3".into(), base: "组".into() });
    let pdf = printer.print(&quote_of(vec![boxed, sheet, line(3, "滚筒", 1_000, 90_000)]), &marks(&printer));
    let pdf = pdf.unwrap();
    keep("packs.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let solid: String = text.split_whitespace().collect();
    assert!(solid.contains("1箱=4桶") && solid.contains("1张=1/3组"), "{text}");
    assert_eq!(solid.matches("1箱=").count() + solid.matches("1张=").count(), 2, "{text}");
}

#[test]
fn without_a_link_the_paper_says_how_to_have_it_checked() {
    let Some(printer) = printer() else { return };
    let bare = PrintMarks { verify_url: None, ..marks(&printer) };
    let pdf = printer.print(&quote(3), &bare).unwrap();
    keep("no_link.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let solid: String = text.split_whitespace().collect();
    assert!(solid.contains("请拨打0512-65880000") && solid.contains("014D-2PF2-DBSQ-QG28"), "{text}");
    assert!(!solid.contains("扫码验真"), "{text}");
    let linked = text_of(&printer.print(&quote(3), &marks(&printer)).unwrap()).unwrap();
    assert!(linked.contains("扫码验真") && !linked.contains("请拨打"), "{linked}");
    let mut draft = quote(3);
    (draft.state, draft.number, draft.hash, draft.verify_code) = (DocumentState::Draft, None, None, None);
    let draft = text_of(&printer.print(&draft, &PrintMarks::default()).unwrap()).unwrap();
    assert!(!draft.contains("验真"), "{draft}");
}

#[test]
fn the_same_quotation_gives_the_same_bytes_and_another_one_others() {
    let Some(printer) = printer() else { return };
    let marks = marks(&printer);
    let first = printer.print(&quote(40), &marks).unwrap();
    let fresh = Printer::with_folders(printer.folders.clone());
    assert!(first == fresh.print(&quote(40), &marks).unwrap());
    assert!(first == printer.print(&quote(40), &marks).unwrap());
    assert!(first != printer.print(&quote(39), &marks).unwrap());
    assert_eq!(marks.seal, Some(fresh.demo_seal("江苏呼吸建材有限公司", "报价专用章").unwrap()));
}

#[test]
fn many_lines_run_over_pages_with_the_head_repeated() {
    let Some(printer) = printer() else { return };
    let pdf = printer.print(&quote(60), &marks(&printer)).unwrap();
    keep("three.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() >= 3, "{} pages", pages.len());
    for (index, page) in pages.iter().enumerate() {
        let solid: String = page.split_whitespace().collect();
        assert!(solid.contains(&format!("第{}页/共{}页", index + 1, pages.len())), "{page}");
        assert_eq!(
            solid.contains("QJ-"),
            solid.contains("商品名称及规格"),
            "head on page {}: {page}",
            index + 1
        );
    }
}

#[test]
fn what_a_user_typed_is_never_markup() {
    let Some(printer) = printer() else { return };
    let hostile = [
        "#panic(\"x\")",
        "$ a + b $",
        "*bold* _it_ `code`",
        "<script>alert(1)</script>",
        "#import \"/etc/passwd\"",
        "#image(\"x.png\")",
        "\\u{41} ] } )",
        "= heading",
        "- list",
        "// comment",
        "/* open",
        "@label",
        "😀🧱",
        "'\"`",
    ];
    let mut quote = quote(1);
    quote.lines =
        hostile.iter().zip(1..).map(|(text, position)| line(position, text, 1_000, 10_000)).collect();
    let mut hostile_quote = quote_of(quote.lines);
    let all = hostile.join("\n");
    hostile_quote.notes = all.clone();
    hostile_quote.customer.name = all.clone();
    hostile_quote.seller.name = all.clone();
    hostile_quote.number = Some(all.clone());
    hostile_quote.lines[0].note = all;
    let mut marks = marks(&printer);
    marks.watermark = Some("#panic() *草稿*".into());
    let pdf = printer.print(&hostile_quote, &marks).unwrap();
    keep("hostile.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let solid: String = text.split_whitespace().collect();
    for part in
        ["#panic(\"x\")", "$a+b$", "*bold*_it_`code`", "<script>alert(1)</script>", "=heading", "@label"]
    {
        assert!(solid.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn direction_marks_cannot_turn_a_price_around() {
    let Some(printer) = printer() else { return };
    let mut quote = quote(1);
    quote.lines[0].name = "漆\u{202E}00.1\u{202C}元\u{200F}\u{0}".into();
    let Some(text) = text_of(&printer.print(&quote, &PrintMarks::default()).unwrap()) else { return };
    assert!(text.contains("漆 00.1 元"), "{text}");
}

#[test]
fn long_texts_wrap_or_are_cut_with_a_sign() {
    let Some(printer) = printer() else { return };
    let mut quote = quote(3);
    quote.lines[0].name = "超长名称".repeat(125);
    quote.lines[1].name = "W".repeat(500);
    quote.lines[1].note = "0".repeat(500);
    quote.lines[2].name = "x".repeat(100_000);
    quote.customer.name = "a".repeat(500);
    quote.seller.name = "公司".repeat(250);
    quote.seller.bank_account = "9".repeat(80);
    quote.notes = "一二三四五六七八九十".repeat(1_000);
    let pdf = printer.print(&quote, &marks(&printer)).unwrap();
    keep("long.pdf", &pdf);
    quote.notes.push_str("超出十个字的说明尾巴");
    let Some(text) = text_of(&printer.print(&quote, &PrintMarks::default()).unwrap()) else { return };
    let solid: String = text.split_whitespace().collect();
    assert!(solid.contains("其余10字未印出") && solid.contains('…'), "{text}");
    assert!(!solid.contains("尾巴"));
}

#[test]
fn two_thousand_lines_are_printed_and_one_more_is_refused() {
    let Some(printer) = printer() else { return };
    let mut quote = quote(2_000);
    quote.lines.truncate(LINES_MAX);
    let pdf = printer.print(&quote, &marks(&printer)).unwrap();
    let last = quote.lines.last().unwrap().clone();
    if let Some(text) = text_of(&pdf) {
        assert!(text.contains(&last.code));
    }
    quote.lines.push(last);
    let refused = printer.print(&quote, &PrintMarks::default());
    assert_eq!(refused, Err(PrintRefused::TooManyLines { count: 2_001, limit: 2_000 }));
}

#[test]
fn a_draft_without_lines_is_marked_and_never_sealed() {
    let Some(printer) = printer() else { return };
    let mut draft = quote(0);
    (draft.state, draft.number, draft.hash, draft.verify_code) = (DocumentState::Draft, None, None, None);
    let watermark = domain::words::documents::watermark(draft.state).map(str::to_string);
    let plain = PrintMarks { watermark, ..PrintMarks::default() };
    let pdf = printer.print(&draft, &plain).unwrap();
    keep("draft.pdf", &pdf);
    if let Some(text) = text_of(&pdf) {
        assert!(
            text.contains("草稿，未编号") && text.contains("还没有商品") && !text.contains("扫码验真"),
            "{text}"
        );
    }
    let sealed = PrintMarks { seal: marks(&printer).seal, ..plain };
    assert_eq!(printer.print(&draft, &sealed), Err(PrintRefused::SealOnDraft));
}

#[test]
fn discounts_mixed_tax_rates_and_remarks_get_their_columns() {
    let Some(printer) = printer() else { return };
    let mut lines = quote(8).lines;
    lines[0].net = Fen(lines[0].net.0 * 97 / 100);
    lines[1].tax_rate = BasisPoints::of_whole(900).unwrap();
    lines[2].note = "现货，次日达".into();
    let pdf = printer.print(&quote_of(lines), &marks(&printer)).unwrap();
    keep("columns.pdf", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    for part in ["优惠后", "税率", "9%", "备注", "商品金额"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    let plain = text_of(&printer.print(&quote(8), &marks(&printer)).unwrap()).unwrap();
    assert!(!plain.contains("优惠后") && !plain.contains("备注"));
}

#[test]
fn prices_without_tax_say_so_and_add_it() {
    let Some(printer) = printer() else { return };
    let mut quote = quote(2);
    quote.prices_include_tax = false;
    quote.totals.net_ex_tax = quote.totals.net;
    let Some(text) = text_of(&printer.print(&quote, &PrintMarks::default()).unwrap()) else { return };
    assert!(text.contains("单价不含税"), "{text}");
    let payable = domain::words::documents::money(quote.totals.payable().unwrap());
    assert!(text.contains(&payable), "{payable} is missing in {text}");
}

#[test]
fn a_bad_seal_or_link_is_refused_by_name() {
    let Some(printer) = printer() else { return };
    let with_seal = |seal: &[u8]| {
        printer.print(&quote(1), &PrintMarks { seal: Some(seal.to_vec()), ..PrintMarks::default() })
    };
    let good = marks(&printer).seal.unwrap();
    assert!(with_seal(&good).is_ok());
    assert_eq!(printer.check_seal(&good), Ok(()));
    assert_eq!(printer.check_seal(&good[..good.len() / 2]), Err(PrintRefused::SealUnreadable));
    assert_eq!(with_seal(b""), Err(PrintRefused::SealUnreadable));
    assert_eq!(with_seal(b"<svg/>"), Err(PrintRefused::SealUnreadable));
    assert_eq!(with_seal(&good[..good.len() / 2]), Err(PrintRefused::SealUnreadable));
    let mut huge = good.clone();
    huge[16..20].copy_from_slice(&100_000u32.to_be_bytes());
    assert!(matches!(
        with_seal(&huge),
        Err(PrintRefused::SealTooLarge { .. } | PrintRefused::SealUnreadable)
    ));
    let link =
        PrintMarks { verify_url: Some("https://".to_string() + &"x".repeat(3_000)), ..PrintMarks::default() };
    assert_eq!(printer.print(&quote(1), &link), Err(PrintRefused::LinkTooLong));
}

#[test]
fn totals_that_do_not_add_up_never_reach_paper() {
    let printer = Printer::with_folders(Vec::new());
    let mut quote = quote(3);
    quote.totals.net = Fen(quote.totals.net.0 + 1);
    assert_eq!(printer.print(&quote, &PrintMarks::default()), Err(PrintRefused::TotalsDisagree));
}

#[test]
fn without_a_font_the_refusal_is_a_sentence_and_the_printer_tries_again() {
    let printer = Printer::with_folders(vec![PathBuf::from("/nowhere")]);
    for _ in 0..2 {
        let refused = printer.print(&quote(1), &PrintMarks::default()).unwrap_err();
        assert!(domain::words::documents::print_refused(&refused).contains("没有中文字体"));
    }
}

#[test]
fn many_threads_print_at_once_and_none_disturbs_another() {
    let Some(printer) = printer() else { return };
    let alone: Vec<Vec<u8>> =
        (1..5).map(|lines| printer.print(&quote(lines), &PrintMarks::default()).unwrap()).collect();
    std::thread::scope(|scope| {
        let print = |lines: i64| printer.print(&quote(lines), &PrintMarks::default()).unwrap();
        let threads: Vec<_> = (1..5).map(|lines| scope.spawn(move || print(lines))).collect();
        for (thread, expected) in threads.into_iter().zip(&alone) {
            assert!(&thread.join().unwrap() == expected);
        }
    });
}
