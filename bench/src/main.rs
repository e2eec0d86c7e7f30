//! Measures Huxi beside a floor taken in the same run: `bench/run [words of a name]` prints a table.

mod bare;
mod company;
mod config;
mod figure;
mod http;
mod imports;
mod list;
mod pdf;
mod postgres;
mod price;
mod quotes;
mod start;

use figure::Figure;

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
    ("http", http::measure),
    ("postgres", postgres::measure),
    ("config", config::measure),
    ("imports", imports::measure),
    ("start", start::measure),
];

fn main() -> anyhow::Result<()> {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    println!("| what | measured | floor of the same run | ratio |");
    println!("|---|---|---|---|");
    for (_, measure) in MEASURES.iter().filter(|(name, _)| name.contains(&wanted)) {
        for figure in measure()? {
            println!("{figure}");
        }
    }
    Ok(())
}
