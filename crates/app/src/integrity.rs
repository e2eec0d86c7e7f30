//! Whether everything that was promised is still there: numbers, frozen documents, ledgers, files.

use std::collections::BTreeMap;

use domain::base::QuoteId;
use domain::documents::sha256_hex;
use domain::quotes::{Snapshot, written_number};
use store::integrity::{self, FileState, FrozenRow, Series};
use store::{Store, StoreError};

use crate::AppError;

/// So many faults are named; the rest is counted.
pub const NAMED_MAX: usize = 200;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntegrityFault {
    /// The engine's own words.
    Database(String),
    /// Of a series so many numbers were taken and so many stand on documents; the first that stands on none.
    Numbers {
        series: String,
        taken: i64,
        given: i64,
        first: Option<String>,
    },
    /// An issued version without its document.
    DocumentMissing {
        document: String,
    },
    /// The document is not the one that its hash was taken over.
    DocumentAltered {
        document: String,
    },
    /// The figures of the document do not follow from its lines.
    Figures {
        document: String,
    },
    /// The row that lists show has other figures than the document.
    RowDiffers {
        document: String,
    },
    /// A record that must not be as it is: what is wrong, and what people call it.
    Record {
        fault: &'static str,
        name: String,
    },
    FileMissing {
        hash: String,
    },
    FileAltered {
        hash: String,
    },
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    pub numbers: u64,
    pub documents: u64,
    pub files: u64,
    pub file_bytes: u64,
    /// At most `NAMED_MAX` of them.
    pub faults: Vec<IntegrityFault>,
    /// How many there are in all.
    pub fault_count: u64,
}

impl Examined {
    /// Nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.fault_count == 0
    }

    fn add(&mut self, fault: IntegrityFault) {
        self.fault_count += 1;
        if self.faults.len() < NAMED_MAX {
            self.faults.push(fault);
        }
    }
}

/// Looks through the whole database and all files, beside whoever works with them. What is written meanwhile may or may
/// not be seen; nothing is changed.
pub async fn examine(store: &Store) -> Result<Examined, AppError> {
    let mut examined = Examined::default();
    let said = store.read(|tx| Box::pin(async move { integrity::engine_faults(tx).await }));
    let said: Result<Vec<String>, StoreError> = said.await;
    for said in said? {
        examined.add(IntegrityFault::Database(said));
    }
    numbers(store, &mut examined).await?;
    documents(store, &mut examined).await?;
    let records = store.read(|tx| {
        Box::pin(async move { integrity::nowhere(tx, u32::try_from(NAMED_MAX).unwrap_or(u32::MAX)).await })
    });
    let records: Result<_, StoreError> = records.await;
    for (fault, _, name) in records? {
        examined.add(IntegrityFault::Record { fault, name });
    }
    files(store, &mut examined).await?;
    Ok(examined)
}

/// Series and numbers are read in one moment: a number that is taken meanwhile is seen with its document or not at all.
async fn numbers(store: &Store, examined: &mut Examined) -> Result<(), AppError> {
    let read = store.read(|tx| {
        Box::pin(async move {
            let series = integrity::series(tx).await?;
            let mut given = Given::default();
            loop {
                let page = integrity::quote_numbers(tx, &given.last).await?;
                if !given.take(page) {
                    break;
                }
            }
            given.last.clear();
            loop {
                let page = integrity::order_numbers(tx, &given.last).await?;
                if !given.take(page) {
                    break;
                }
            }
            Ok::<_, StoreError>((series, given))
        })
    });
    let (series, given) = read.await?;
    examined.numbers += given.count;
    for series in &series {
        if let Some(fault) = given.fault_of(series) {
            examined.add(fault);
        }
    }
    let known: Vec<&str> = series.iter().map(|series| series.name.as_str()).collect();
    for (name, counted) in given.series.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        let (taken, given) = (0, counted.count);
        let fault = IntegrityFault::Numbers { series: name.clone(), taken, given, first: None };
        examined.add(fault);
    }
    Ok(())
}

/// How many numbers of each series stand on documents. They come in their order, so that a gap shows at once.
#[derive(Default)]
struct Given {
    count: u64,
    last: String,
    series: BTreeMap<String, Counted>,
}

#[derive(Default)]
struct Counted {
    count: i64,
    highest: i64,
    /// The lowest number that was passed over.
    gap: Option<i64>,
}

impl Given {
    /// Counts a page; `false` when it was the last one.
    fn take(&mut self, page: Vec<String>) -> bool {
        for number in &page {
            self.count += 1;
            let (series, n) = split(number);
            let counted = self.series.entry(series).or_default();
            if n != counted.highest + 1 && counted.gap.is_none() {
                counted.gap = Some(counted.highest + 1);
            }
            counted.count += 1;
            counted.highest = counted.highest.max(n);
        }
        match page.into_iter().next_back() {
            Some(last) => {
                self.last = last;
                true
            }
            None => false,
        }
    }

    fn fault_of(&self, series: &Series) -> Option<IntegrityFault> {
        let none = Counted::default();
        let counted = self.series.get(&series.name).unwrap_or(&none);
        let whole = counted.count == series.last && counted.highest == series.last;
        if whole {
            return None;
        }
        let next = (counted.highest < series.last).then_some(counted.highest + 1);
        let first = counted.gap.filter(|gap| *gap <= series.last).or(next);
        Some(IntegrityFault::Numbers {
            series: series.name.clone(),
            taken: series.last,
            given: counted.count,
            first: first.map(|n| written_number(&series.name, n)),
        })
    }
}

/// The series of a number and its place in it: `SZ26-D000045` is the 45th of `SZ26-D`.
fn split(number: &str) -> (String, i64) {
    let (branch_and_year, n) = number.rsplit_once('-').unwrap_or((number, ""));
    match n.strip_prefix('D') {
        Some(n) => (format!("{branch_and_year}-D"), n.parse().unwrap_or_default()),
        None => (branch_and_year.to_string(), n.parse().unwrap_or_default()),
    }
}

async fn documents(store: &Store, examined: &mut Examined) -> Result<(), AppError> {
    let mut after = QuoteId(0);
    loop {
        let page = store.read(|tx| Box::pin(async move { integrity::frozen(tx, after).await }));
        let page: Result<Vec<FrozenRow>, StoreError> = page.await;
        let page = page?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.quote;
        // Hashing and adding up a page takes CPU time.
        let looked = tokio::task::spawn_blocking(move || page.iter().map(fault_of).collect::<Vec<_>>()).await;
        let looked = looked.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        for fault in looked {
            examined.documents += 1;
            if let Some(fault) = fault {
                examined.add(fault);
            }
        }
    }
}

/// What is wrong with one frozen document.
fn fault_of(row: &FrozenRow) -> Option<IntegrityFault> {
    let number = row.number.clone().unwrap_or_else(|| format!("#{}", row.quote.0));
    let document = format!("{number} V{}", row.revision);
    let Some(text) = &row.document else { return Some(IntegrityFault::DocumentMissing { document }) };
    if row.hash.as_deref() != Some(sha256_hex(text.as_bytes()).as_str()) {
        return Some(IntegrityFault::DocumentAltered { document });
    }
    let Ok(snapshot) = serde_json::from_str::<Snapshot>(text) else {
        return Some(IntegrityFault::DocumentAltered { document });
    };
    if snapshot.recompute().is_err() {
        return Some(IntegrityFault::Figures { document });
    }
    let shown = snapshot.amounts().ok().map(|sums| (sums.net.0, sums.net_ex_tax.0, sums.tax.0));
    let same = shown == Some((row.net, row.net_ex_tax, row.tax))
        && row.number.as_deref() == Some(snapshot.number.as_str())
        && row.revision == snapshot.revision;
    if same { None } else { Some(IntegrityFault::RowDiffers { document }) }
}

async fn files(store: &Store, examined: &mut Examined) -> Result<(), AppError> {
    let mut after = String::new();
    loop {
        let behind = after.clone();
        let page = store.read(|tx| Box::pin(async move { integrity::file_hashes(tx, &behind).await }));
        let page: Result<Vec<String>, StoreError> = page.await;
        let page = page?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.clone();
        for hash in page {
            examined.files += 1;
            let (state, bytes) = integrity::file_state(store, &hash).await?;
            examined.file_bytes += bytes;
            match state {
                FileState::Whole => {}
                FileState::Missing => examined.add(IntegrityFault::FileMissing { hash }),
                FileState::Altered => examined.add(IntegrityFault::FileAltered { hash }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(numbers: &[&str]) -> Given {
        let mut given = Given::default();
        given.take(numbers.iter().map(ToString::to_string).collect());
        given
    }

    #[track_caller]
    fn check(numbers: &[&str], series: &str, last: i64, first: Option<Option<&str>>) {
        let fault = given(numbers).fault_of(&Series { name: series.to_string(), last });
        let named = fault.map(|fault| match fault {
            IntegrityFault::Numbers { first, .. } => first,
            other => panic!("{other:?}"),
        });
        assert_eq!(named, first.map(|first| first.map(str::to_string)), "{numbers:?}");
    }

    #[test]
    fn every_number_that_was_taken_stands_on_a_document() {
        check(&["SZ26-000001", "SZ26-000002"], "SZ26", 2, None);
        check(&["SZ26-D000001", "SZ26-000001"], "SZ26-D", 1, None);
        check(&["SZ26-000001", "SZ26-000003"], "SZ26", 3, Some(Some("SZ26-000002")));
        check(&["SZ26-000001"], "SZ26", 2, Some(Some("SZ26-000002")));
        check(&[], "SZ26", 1, Some(Some("SZ26-000001")));
        check(&["SZ26-000001", "SZ26-000002"], "SZ26", 1, Some(None));
    }
}
