//! One row of the table, and how a short piece of work is timed.

use std::fmt;
use std::time::{Duration, Instant};

/// Rounds of which the middle one counts.
const ROUNDS: usize = 9;

/// A measured figure beside the floor and the budget that it is judged by; what is empty is not there.
#[derive(Default)]
pub struct Figure {
    pub what: String,
    pub measured: String,
    pub floor: String,
    pub ratio: String,
    /// What it may be, and whether it is.
    pub budget: Option<(String, bool)>,
}

impl Figure {
    /// A duration beside what the same work costs at the very least.
    pub fn times(what: &str, measured: Duration, floor_name: &str, floor: Duration) -> Figure {
        let ratio = measured.as_secs_f64() / floor.as_secs_f64().max(1e-9);
        Figure {
            what: what.to_owned(),
            measured: shown(measured),
            floor: format!("{} ({floor_name})", shown(floor)),
            ratio: format!("{ratio:.1}"),
            budget: None,
        }
    }

    /// A duration that has no floor to stand beside.
    pub fn alone(what: &str, measured: Duration) -> Figure {
        Figure::said(what, shown(measured))
    }

    /// Anything that has no floor to stand beside.
    pub fn said(what: &str, measured: String) -> Figure {
        Figure { what: what.to_owned(), measured, ..Figure::default() }
    }

    /// A duration that may be this long at most.
    pub fn at_most(what: &str, measured: Duration, budget: Duration) -> Figure {
        let held = measured <= budget;
        Figure::alone(what, measured).with_budget(format!("≤ {}", shown(budget)), held)
    }

    /// This figure beside what it may be.
    pub fn with_budget(self, budget: String, held: bool) -> Figure {
        Figure { budget: Some((budget, held)), ..self }
    }
}

/// The head of the table.
pub const HEAD: &str =
    "| what | budget | measured | verdict | floor of the same run | ratio |\n|---|---|---|---|---|---|";

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        let (budget, verdict) = match &self.budget {
            Some((budget, true)) => (budget.as_str(), "held"),
            Some((budget, false)) => (budget.as_str(), "**missed**"),
            None => ("", ""),
        };
        let (budget, verdict) = (or_none(budget), or_none(verdict));
        let (floor, ratio) = (or_none(&self.floor), or_none(&self.ratio));
        write!(out, "| {} | {budget} | {} | {verdict} | {floor} | {ratio} |", self.what, self.measured)
    }
}

/// How long one run of `work` takes: the middle of several rounds of `runs` each.
pub fn time(runs: u32, mut work: impl FnMut()) -> Duration {
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            for _ in 0..runs {
                work();
            }
            began.elapsed() / runs
        })
        .collect();
    rounds.sort();
    rounds.get(ROUNDS / 2).copied().unwrap_or_default()
}

/// The time that so many of a hundred stay below.
pub fn percentile(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort();
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default()
}

/// The middle one of the times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A duration as the table shows it.
pub fn shown(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    match nanos {
        0..10_000 => format!("{nanos} ns"),
        10_000..10_000_000 => format!("{:.1} µs", duration.as_secs_f64() * 1e6),
        _ => format!("{:.1} ms", duration.as_secs_f64() * 1e3),
    }
}
