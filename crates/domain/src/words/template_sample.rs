//! A made document for the preview of a template where no real one can be shown.

use crate::base::{BasisPoints, Date, Fen, Qty, UnitPrice};
use crate::documents::{
    DocumentState, PrintedCustomer, PrintedLine, PrintedQuote, PrintedSalesperson, PrintedSeller,
    PrintedTotals, VerifyCode, sha256_hex,
};
use crate::quotes::Invoice;
use crate::words::terms::invoice;

/// Name, specification, unit, quantity, price in ten-thousandths of a yuan.
const GOODS: [(&str, &str, &str, i64, i64); 4] = [
    ("外墙乳胶漆", "20kg/桶 哑光白", "桶", 60, 1_177_600),
    ("耐水腻子粉", "20kg/袋", "袋", 120, 285_000),
    ("瓷砖胶 C2TE", "20kg/袋", "袋", 80, 420_000),
    ("聚合物水泥防水涂料", "18kg/套", "套", 15, 2_360_000),
];
/// 13 % tax within a price: what is left of 113.
const TAXED: i64 = 113;

/// A quotation of four lines from this seller, issued today.
pub fn quote(seller: PrintedSeller, today: Date) -> PrintedQuote {
    let lines: Vec<PrintedLine> = GOODS.iter().zip(1..).map(line).collect();
    let net = lines.iter().map(|line| line.net.0).sum::<i64>();
    let net_ex_tax = (net * 100 + TAXED / 2) / TAXED;
    PrintedQuote {
        seller,
        number: Some("样张-000001".to_string()),
        version: 1,
        issued_day: today,
        valid_until: today,
        customer: PrintedCustomer {
            name: "样张客户装饰工程有限公司".to_string(),
            contact: "王经理".to_string(),
            phone: "138 0000 0000".to_string(),
            address: "示例市示例区示例路 1 号".to_string(),
        },
        salesperson: PrintedSalesperson {
            name: "示例".to_string(),
            phone: "139 0000 0000".to_string(),
            branch: "示例分公司".to_string(),
        },
        prices_include_tax: true,
        lines,
        totals: PrintedTotals {
            amount: Fen(net),
            discount: Fen::ZERO,
            whole_off: Fen::ZERO,
            rounding: Fen::ZERO,
            net: Fen(net),
            net_ex_tax: Fen(net_ex_tax),
            tax: Fen(net - net_ex_tax),
        },
        option: None,
        terms: vec![("发票".to_string(), invoice(Invoice::Special).to_string())],
        notes: "1. 以上价格含市区内送货，不含卸货上楼。\n2. 付款方式：货到验收后 30 天内付清。".to_string(),
        state: DocumentState::Issued,
        hash: Some(sha256_hex(b"sample")),
        verify_code: Some(VerifyCode::from_random(0)),
    }
}

fn line((goods, position): (&(&str, &str, &str, i64, i64), i64)) -> PrintedLine {
    let (name, spec, unit, qty, price) = *goods;
    // Prices here are whole fen, so the product of whole quantities is exact.
    let amount = Fen(qty * price / 100);
    PrintedLine {
        position,
        code: format!("YZ-{position:04}"),
        name: name.to_string(),
        spec: spec.to_string(),
        unit: unit.to_string(),
        pack: None,
        qty: Qty::whole(qty),
        unit_price: UnitPrice(price),
        amount,
        net: amount,
        share: Fen::ZERO,
        tax_rate: BasisPoints::of_whole(1_300).unwrap_or_default(),
        note: String::new(),
        group: String::new(),
        picture: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_adds_up() {
        let today = crate::base::parse_date("2026-05-05").unwrap();
        assert_eq!(quote(PrintedSeller::default(), today).check(), Ok(()));
    }
}
