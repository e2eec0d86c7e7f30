//! Durable quotations a second, made and issued as the program does it, beside bare rusqlite writing the same rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use app::quotes::{create_quote, issue_quote};
use domain::quotes::Seen;

use crate::bare;
use crate::company::{Company, failed};
use crate::figure::Figure;

const LINES: i64 = 5;
const CLIENTS: [u64; 3] = [1, 8, 64];
const FOR: Duration = Duration::from_secs(4);

/// The figures of `quotes`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let company = Arc::new(Company::made().await?);
        let mut rates = Vec::new();
        for clients in CLIENTS {
            rates.push((clients, rate(&company, clients).await?));
        }
        let bare = bare::quotations_one_by_one(&company.folder().join("huxi.db"))?;
        Ok(rates.into_iter().map(|(clients, rate)| figure(clients, rate, bare)).collect())
    })
}

fn figure(clients: u64, rate: f64, bare: f64) -> Figure {
    Figure {
        what: format!("durable quotations of {LINES} lines a second, {clients} clients"),
        measured: format!("{rate:.0}"),
        floor: format!("{bare:.0} (bare rusqlite, the same rows in the same two transactions, one client)"),
        ratio: format!("{:.2}", rate / bare),
        budget: None,
    }
}

/// Quotations a second by so many clients, each waiting for its answer before it goes on.
async fn rate(company: &Arc<Company>, clients: u64) -> anyhow::Result<f64> {
    let lines = company.lines(LINES).await?;
    let made = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let hands = (0..clients).map(|_| {
        let (company, lines, made) = (Arc::clone(company), lines.clone(), Arc::clone(&made));
        tokio::spawn(async move {
            while began.elapsed() < FOR {
                let (ctx, seller) = (&company.ctx, &company.seller);
                let draft = create_quote(ctx, seller, company.customer, lines.clone()).await?;
                issue_quote(ctx, seller, draft.head.id, None, &Seen::default()).await?;
                made.fetch_add(1, Ordering::SeqCst);
            }
            Ok(())
        })
    });
    for hand in hands.collect::<Vec<_>>() {
        hand.await?.map_err(failed)?;
    }
    Ok(made.load(Ordering::SeqCst) as f64 / began.elapsed().as_secs_f64())
}
