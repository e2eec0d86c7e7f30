//! Active time from marks of activity: what lies closer together than five minutes belongs together, longer gaps do not count.

use crate::base::Instant;

/// A gap longer than this is idle: none of it counts.
pub const IDLE_MS_MAX: i64 = 5 * 60 * 1_000;
/// The longest span that one mark may claim.
pub const ACTIVE_MS_MAX: i64 = 12 * 3_600 * 1_000;

/// What a browser says of somebody who works on a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    Opened,
    FirstInput,
    Focus,
    Blur,
    /// A span of activity ended; it says how long it was.
    Active,
    Idle,
    /// The PDF was opened.
    Pdf,
}

/// One sign of activity: somebody was there during `active_ms` until `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub kind: MarkKind,
    pub at: Instant,
    /// 0 for a moment.
    pub active_ms: i64,
}

impl MarkKind {
    const ALL: [MarkKind; 7] = [
        MarkKind::Opened,
        MarkKind::FirstInput,
        MarkKind::Focus,
        MarkKind::Blur,
        MarkKind::Active,
        MarkKind::Idle,
        MarkKind::Pdf,
    ];

    /// The name on the wire and in the database.
    pub fn key(self) -> &'static str {
        match self {
            MarkKind::Opened => "opened",
            MarkKind::FirstInput => "first_input",
            MarkKind::Focus => "focus",
            MarkKind::Blur => "blur",
            MarkKind::Active => "active",
            MarkKind::Idle => "idle",
            MarkKind::Pdf => "pdf",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<MarkKind> {
        MarkKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Idleness is noticed some time after it began, so it is no sign that somebody was there.
    fn is_activity(self) -> bool {
        self != MarkKind::Idle
    }
}

/// Active time between `from` and `until`: the marks' spans, and the gaps between them of at most five minutes.
///
/// Spans that overlap (two tabs, a phone beside the PC) count once; the order of the marks does not matter.
pub fn active_ms(marks: &[Mark], from: Instant, until: Instant) -> i64 {
    let mut spans: Vec<(i64, i64)> = marks.iter().filter_map(|mark| span(mark, from, until)).collect();
    spans.sort_unstable();
    let mut active: i64 = 0;
    let mut reached: Option<i64> = None;
    for (start, end) in spans {
        let gap = reached.map_or(0, |reached| (start - reached).max(0));
        let bridged = if gap <= IDLE_MS_MAX { gap } else { 0 };
        let counted_from = reached.map_or(start, |reached| start.max(reached));
        active = active.saturating_add(bridged).saturating_add((end - counted_from).max(0));
        reached = Some(reached.map_or(end, |reached| reached.max(end)));
    }
    active
}

/// The part of a mark's span that lies between `from` and `until`.
fn span(mark: &Mark, from: Instant, until: Instant) -> Option<(i64, i64)> {
    if !mark.kind.is_activity() || from > until {
        return None;
    }
    let length = mark.active_ms.clamp(0, ACTIVE_MS_MAX);
    let (start, end) = (mark.at.plus_ms(-length).0, mark.at.0);
    if end < from.0 || start > until.0 {
        return None;
    }
    Some((start.max(from.0), end.min(until.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000;

    fn moment(minute: i64) -> Mark {
        Mark { kind: MarkKind::Focus, at: Instant(minute * MINUTE), active_ms: 0 }
    }

    fn span_of(from: i64, to: i64) -> Mark {
        Mark { kind: MarkKind::Active, at: Instant(to * MINUTE), active_ms: (to - from) * MINUTE }
    }

    #[track_caller]
    fn check(marks: &[Mark], minutes: i64) {
        assert_eq!(active_ms(marks, Instant(0), Instant(1_000 * MINUTE)), minutes * MINUTE, "{marks:?}");
    }

    #[test]
    fn a_gap_of_five_minutes_counts_and_a_longer_one_does_not() {
        check(&[moment(0), moment(5)], 5);
        check(&[moment(0), moment(6)], 0);
        let just_over = Mark { at: Instant(5 * MINUTE + 1), ..moment(0) };
        check(&[moment(0), just_over], 0);
    }

    #[test]
    fn a_call_in_between_does_not_count() {
        // Opened at 0, worked to 4, telephone from 4 to 30, worked to 33, issued.
        check(&[moment(0), span_of(0, 4), moment(30), span_of(30, 33)], 7);
    }

    #[test]
    fn two_tabs_at_once_count_once_whatever_order_their_marks_come_in() {
        check(&[span_of(0, 10), span_of(5, 12), span_of(2, 3)], 12);
        check(&[span_of(2, 3), span_of(5, 12), span_of(0, 10)], 12);
    }

    #[test]
    fn idleness_is_no_activity() {
        let idle = |minute: i64| Mark { kind: MarkKind::Idle, at: Instant(minute * MINUTE), active_ms: 0 };
        check(&[span_of(0, 2), idle(7), moment(10)], 2);
    }

    #[test]
    fn only_what_lies_between_opening_and_issue_counts() {
        let (from, until) = (Instant(10 * MINUTE), Instant(20 * MINUTE));
        let marks = [span_of(0, 12), span_of(18, 30), moment(40)];
        assert_eq!(active_ms(&marks, from, until), 4 * MINUTE);
        assert_eq!(active_ms(&marks, until, from), 0);
        assert_eq!(active_ms(&[], from, until), 0);
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in MarkKind::ALL {
            assert_eq!(MarkKind::from_key(kind.key()), Some(kind));
        }
        assert_eq!(MarkKind::from_key("asleep"), None);
    }

    proptest! {
        #[test]
        fn active_time_fits_between_its_ends_and_grows_with_every_mark(
            spans in prop::collection::vec((0i64..500, 0i64..30), 0..40),
            more in (0i64..500, 0i64..30),
        ) {
            let marks: Vec<Mark> = spans.iter().map(|(from, long)| span_of(*from, from + long)).collect();
            let (from, until) = (Instant(0), Instant(400 * MINUTE));
            let before = active_ms(&marks, from, until);
            prop_assert!((0..=400 * MINUTE).contains(&before));
            let mut longer = marks.clone();
            longer.push(span_of(more.0, more.0 + more.1));
            prop_assert!(active_ms(&longer, from, until) >= before);
            let mut reversed = marks;
            reversed.reverse();
            prop_assert_eq!(active_ms(&reversed, from, until), before);
        }
    }
}
