//! What becomes of an issued quotation.

use std::collections::HashMap;

use domain::base::Fen;
use domain::quotes::{LostText, LostWhy};

use crate::chance::Chance;
use crate::truths;

const DAY_MINUTES: i64 = 24 * 60;
/// Dealers who get what we lose, by region.
const DEALERS: &[(&str, &[&str])] = &[
    ("RSZ", &["姑苏建材广场", "东吴装饰城"]),
    ("RNJ", &[truths::NANJING_DEALER, "卡子门建材"]),
    ("RXC", &["锡南建材市场", "常焦装饰城"]),
    ("RTT", &["江海建材", "五洲装饰城"]),
    ("RHH", &[truths::CHEAP_DEALER.0]),
];

/// What happens next, and after how many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Next {
    Sign,
    /// A new version, which is signed afterwards or not.
    Revise {
        signs: bool,
    },
    Cancel,
    Lose(Loss),
    /// Nobody hears of it again.
    Nothing,
}

/// How a quotation is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Premium goods that are not in stock near by.
    NotInStock,
    /// Somebody is cheaper by so many percent.
    Price(i64),
    /// Credit, the customer's old acquaintance, a stopped site.
    Other(usize),
}

/// Decides so that of every thousand as many are signed as is true.
#[derive(Default)]
pub struct Outcomes {
    quotas: HashMap<(bool, String), i64>,
}

impl Outcomes {
    /// What becomes of a quotation in that region.
    pub fn of(&mut self, region: &str, premium: bool, chance: &mut Chance) -> (i64, Next) {
        let permille = match (premium, region) {
            (true, "RSZ") => truths::PREMIUM_SIGNED_SUZHOU,
            (true, "RNJ") => truths::PREMIUM_SIGNED_NANJING,
            (true, _) => truths::PREMIUM_SIGNED,
            (false, _) => truths::USUAL_SIGNED,
        };
        // What is left over is carried to the next one, so that the rate is met in any company, large or small.
        let carried = self.quotas.entry((premium, region.to_string())).or_insert(500);
        *carried += permille;
        let signs = *carried >= 1_000;
        if signs {
            *carried -= 1_000;
        }
        let soon = chance.between(0, 3) * DAY_MINUTES + chance.between(30, 240);
        let next = match (signs, chance.between(1, 100)) {
            (true, 1..=12) => Next::Revise { signs: true },
            (true, _) => Next::Sign,
            (false, 1..=45) => Next::Lose(loss(region, premium, chance)),
            (false, 46..=55) => Next::Cancel,
            (false, 56..=60) => Next::Revise { signs: false },
            (false, _) => Next::Nothing,
        };
        (soon, next)
    }
}

fn loss(region: &str, premium: bool, chance: &mut Chance) -> Loss {
    match (premium, region, chance.between(1, 100)) {
        (true, "RNJ", 1..=80) => Loss::NotInStock,
        (_, "RHH", 1..=70) => Loss::Price(truths::CHEAP_DEALER.1),
        (_, _, 1..=45) => Loss::Price(chance.between(2, 5)),
        _ => Loss::Other(chance.place(3)),
    }
}

impl Loss {
    /// What the seller records, of a quotation that came to `net`.
    pub fn text(self, region: &str, net: Fen, chance: &mut Chance) -> LostText {
        let dealers = DEALERS.iter().find(|(code, _)| *code == region).map(|(_, names)| *names);
        let dealer = chance.one_of(dealers.unwrap_or_default()).copied().unwrap_or_default();
        let (why, words, to, price) = match self {
            Loss::NotInStock => {
                (LostWhy::Delivery, "高端货要从苏州调，客户等不了一周", truths::NANJING_DEALER, None)
            }
            Loss::Price(percent) => (LostWhy::Price, "", dealer, Some(Fen(net.0 * (100 - percent) / 100))),
            Loss::Other(0) => (LostWhy::Terms, "客户要月结，我们只给款到发货", dealer, None),
            Loss::Other(1) => (LostWhy::Relation, "", dealer, None),
            Loss::Other(_) => (LostWhy::Stopped, "工地停了", "", None),
        };
        LostText {
            why: why.key().to_string(),
            words: words.to_string(),
            to: to.to_string(),
            price: price.map(Fen::to_yuan).unwrap_or_default(),
        }
    }
}
