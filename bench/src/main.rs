//! Measures Huxi beside a floor taken in the same run: `bench/run [words of a name]` prints a table.

mod bare;
mod company;
mod config;
mod figure;
mod http;
mod imports;
mod list;
mod many;
mod memory;
mod pdf;
mod postgres;
mod price;
mod process;
mod quotes;
mod search;
mod start;
mod timers;
mod upload;
mod visitor;

use figure::{Figure, HEAD};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Measure = fn() -> anyhow::Result<Vec<Figure>>;

/// Everything that is measured, by name.
const MEASURES: &[(&str, Measure)] = &[
    ("price", price::measure),
    ("pdf", pdf::measure),
    ("quotes", quotes::measure),
    ("list", list::measure),
    ("search", search::measure),
    ("http", http::measure),
    ("postgres", postgres::measure),
    ("config", config::measure),
    ("imports", imports::measure),
    ("upload", upload::measure),
    ("timers", timers::measure),
    ("start", start::measure),
    ("memory", memory::measure),
];

fn main() -> anyhow::Result<()> {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    println!("{HEAD}");
    for (_, measure) in MEASURES.iter().filter(|(name, _)| name.contains(&wanted)) {
        for figure in measure()? {
            println!("{figure}");
        }
    }
    Ok(())
}
