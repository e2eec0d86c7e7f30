//! Handling time: P50 and P90 of the active time from opening a quotation to issuing it, over a sample that a seed draws.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::active_time::{Mark, MarkKind, active_ms};
use crate::base::{Instant, PersonId, QuoteId};

/// The largest sample.
pub const SAMPLE_MAX: usize = 200;

/// An issued quotation and what its maker's browsers said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    pub quote: QuoteId,
    pub owner: PersonId,
    pub issued_at: Instant,
    pub marks: Vec<Mark>,
}

/// The measure. P50 and P90 are nearest-rank over the sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandlingTime {
    /// Issued quotations with a mark of opening.
    pub population: usize,
    pub p50_ms: Option<i64>,
    pub p90_ms: Option<i64>,
    pub by_owner: Vec<OwnerTime>,
    /// In the order in which the seed drew them.
    pub sample: Vec<Measured>,
}

/// One quotation of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    pub quote: QuoteId,
    pub owner: PersonId,
    pub opened_at: Instant,
    pub issued_at: Instant,
    pub active_ms: i64,
}

/// The measure of one owner's quotations in the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerTime {
    pub owner: PersonId,
    pub n: usize,
    pub p50_ms: i64,
    pub p90_ms: i64,
}

/// Draws at most `SAMPLE_MAX` quotations by `seed` and measures them; the same facts and seed give the same sample.
pub fn handling_time(handled: &[Handled], seed: u64) -> HandlingTime {
    let measured: Vec<Measured> = handled.iter().filter_map(measure).collect();
    let population = measured.len();
    let measured = drawn(measured, |it| it.quote, seed);
    let mut of_owner: BTreeMap<PersonId, Vec<i64>> = BTreeMap::new();
    for it in &measured {
        of_owner.entry(it.owner).or_default().push(it.active_ms);
    }
    let by_owner = of_owner.into_iter().filter_map(|(owner, mut times)| {
        times.sort_unstable();
        let (p50_ms, p90_ms) = (percentile(&times, 50)?, percentile(&times, 90)?);
        Some(OwnerTime { owner, n: times.len(), p50_ms, p90_ms })
    });
    let by_owner = by_owner.collect();
    let mut times: Vec<i64> = measured.iter().map(|it| it.active_ms).collect();
    times.sort_unstable();
    HandlingTime {
        population,
        p50_ms: percentile(&times, 50),
        p90_ms: percentile(&times, 90),
        by_owner,
        sample: measured,
    }
}

/// At most `SAMPLE_MAX` of them, in the order in which the seed draws their quotations: drawing from what was drawn gives the
/// same again, so that only what is drawn needs to be measured.
pub fn drawn<T>(mut all: Vec<T>, quote: impl Fn(&T) -> QuoteId, seed: u64) -> Vec<T> {
    all.sort_by_cached_key(|it| (draw(seed, quote(it)), quote(it)));
    all.truncate(SAMPLE_MAX);
    all
}

/// Nearest rank: the smallest of the `sorted` times that at least `percent` of them do not exceed.
pub fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// From the first opening to the issue, and never more than lies between the two: what is looked at afterwards, the PDF
/// among it, is no work on the quotation, and a pause before it would be counted with it.
fn measure(handled: &Handled) -> Option<Measured> {
    let issued_at = handled.issued_at;
    let openings = handled.marks.iter().filter(|mark| mark.kind == MarkKind::Opened && mark.at <= issued_at);
    let opened_at = openings.map(|mark| mark.at).min()?;
    let mut marks = handled.marks.clone();
    // The issue itself is activity, whatever the browser still had to tell.
    marks.push(Mark { kind: MarkKind::Focus, at: issued_at, active_ms: 0 });
    let active_ms = active_ms(&marks, opened_at, issued_at);
    Some(Measured { quote: handled.quote, owner: handled.owner, opened_at, issued_at, active_ms })
}

/// Where a quotation stands in the order of a seed: even, and the same on every machine.
fn draw(seed: u64, quote: QuoteId) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    hash.update(quote.0.to_be_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    /// Opened at 09:00, worked without pause for `minutes`, issued.
    fn handled(id: i64, owner: i64, minutes: i64) -> Handled {
        let opened = Mark { kind: MarkKind::Opened, at: Instant(0), active_ms: 0 };
        let worked =
            Mark { kind: MarkKind::Active, at: Instant(minutes * MINUTE), active_ms: minutes * MINUTE };
        Handled {
            quote: QuoteId(id),
            owner: PersonId(owner),
            issued_at: Instant(minutes * MINUTE),
            marks: vec![opened, worked],
        }
    }

    #[test]
    fn ten_quotations_of_one_to_ten_minutes_have_p50_of_five_and_p90_of_nine() {
        let log: Vec<Handled> = (1..=10).map(|n| handled(n, n % 2, n)).collect();
        let measured = handling_time(&log, 7);
        assert_eq!((measured.population, measured.sample.len()), (10, 10));
        assert_eq!((measured.p50_ms, measured.p90_ms), (Some(5 * MINUTE), Some(9 * MINUTE)));
        let even = measured.by_owner.first().unwrap();
        assert_eq!((even.owner, even.n, even.p50_ms, even.p90_ms), (PersonId(0), 5, 6 * MINUTE, 10 * MINUTE));
    }

    #[test]
    fn a_quotation_that_nobody_opened_in_a_browser_is_not_measured() {
        let silent = Handled { marks: vec![], ..handled(1, 1, 3) };
        let measured = handling_time(&[silent], 7);
        assert_eq!(measured, HandlingTime::default());
    }

    #[test]
    fn what_is_looked_at_after_the_issue_does_not_count_the_pdf_right_after_it_among_it() {
        let mut quote = handled(1, 1, 3);
        let later = |minute: i64, kind: MarkKind| Mark { kind, at: Instant(minute * MINUTE), active_ms: 0 };
        quote.marks.push(later(4, MarkKind::Pdf));
        quote.marks.push(later(1_440, MarkKind::Opened));
        quote.marks.push(later(1_441, MarkKind::Pdf));
        assert_eq!(handling_time(&[quote], 7).p50_ms, Some(3 * MINUTE));
    }

    #[test]
    fn two_browsers_and_a_pdf_never_make_more_of_it_than_lies_between_opening_and_issue() {
        let mut quote = handled(1, 1, 0);
        let (opened, issued) = (Instant(10 * MINUTE), Instant(10 * MINUTE + 57_000));
        let mark = |kind: MarkKind, at: i64, active_ms: i64| Mark { kind, at: Instant(at), active_ms };
        quote.issued_at = issued;
        quote.marks = vec![
            mark(MarkKind::Opened, opened.0, 0),
            mark(MarkKind::Opened, opened.0 + 3_000, 0),
            // Each browser tells of its own span; one reaches back before the opening, one beyond the issue.
            mark(MarkKind::Active, opened.0 + 40_000, 180_000),
            mark(MarkKind::Active, issued.0 + 20_000, 60_000),
            mark(MarkKind::Pdf, issued.0 + 34_000, 0),
        ];
        let measured = handling_time(&[quote], 7);
        assert_eq!(measured.p50_ms, Some(57_000));
        let one = measured.sample.first().unwrap();
        assert_eq!(one.active_ms, one.issued_at.0 - one.opened_at.0);
    }

    #[test]
    fn the_seed_draws_the_sample_and_draws_it_again() {
        let log: Vec<Handled> = (1..=1_000).map(|n| handled(n, 1, 1 + n % 50)).collect();
        let mut shuffled = log.clone();
        shuffled.reverse();
        let first = handling_time(&log, 7);
        assert_eq!((first.population, first.sample.len()), (1_000, SAMPLE_MAX));
        assert_eq!(handling_time(&shuffled, 7), first);
        assert_ne!(handling_time(&log, 8).sample, first.sample);
        let few = drawn(log, |it| it.quote, 7);
        assert_eq!(few.len(), SAMPLE_MAX);
        assert_eq!(handling_time(&few, 7).sample, first.sample, "what is drawn is all that is measured");
    }

    #[test]
    fn nearest_rank_takes_a_time_that_was_measured() {
        assert_eq!(percentile(&[], 50), None);
        assert_eq!(percentile(&[3], 50), Some(3));
        assert_eq!(percentile(&[1, 2], 50), Some(1));
        assert_eq!(percentile(&[1, 2, 3], 50), Some(2));
        assert_eq!(percentile(&[1, 2, 3], 90), Some(3));
        assert_eq!(percentile(&[1, 2], 100), Some(2));
    }
}
