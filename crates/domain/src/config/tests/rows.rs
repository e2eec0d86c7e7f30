//! Differences, merges, rollbacks and hashes by key.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn any_rows() -> impl Strategy<Value = Rows> {
    let content = prop_oneof![Just("1"), Just("2"), Just("3")].prop_map(str::to_string);
    prop::collection::btree_map("[a-f]", content, 0..7)
}

fn any_delta() -> impl Strategy<Value = Delta> {
    let content = prop::option::of(prop_oneof![Just("1"), Just("2"), Just("3")].prop_map(str::to_string));
    prop::collection::btree_map("[a-f]", content, 0..7)
}

fn rows(pairs: &[(&str, &str)]) -> Rows {
    pairs.iter().map(|(key, content)| (key.to_string(), content.to_string())).collect()
}

proptest! {
    #[test]
    fn a_draft_equal_to_the_head_differs_in_nothing(head in any_rows()) {
        prop_assert!(delta_between(&head, &head).is_empty());
        let same: Delta = head.iter().map(|(key, content)| (key.clone(), Some(content.clone()))).collect();
        prop_assert!(changes_of(&head, &same).is_empty());
        prop_assert!(Counts::of(&changes_of(&head, &same)).is_zero());
    }

    #[test]
    fn the_difference_applied_to_one_gives_the_other(one in any_rows(), other in any_rows()) {
        let delta = delta_between(&one, &other);
        prop_assert_eq!(&apply(&one, &delta), &other);
        let changes = changes_of(&one, &delta);
        prop_assert_eq!(changes.len(), delta.len());
        let counts = Counts::of(&changes);
        prop_assert_eq!(one.len() as i64 + counts.added - counts.removed, other.len() as i64);
    }

    #[test]
    fn rolling_back_restores_the_hash(old in any_rows(), deltas in prop::collection::vec(any_delta(), 0..5)) {
        let head = deltas.iter().fold(old.clone(), |rows, delta| apply(&rows, delta));
        let restored = apply(&head, &delta_between(&head, &old));
        prop_assert_eq!(content_hash(&restored), content_hash(&old));
        prop_assert_eq!(content_hash(&head) == content_hash(&old), head == old);
    }

    #[test]
    fn a_merge_keeps_mine_where_they_did_not_touch_it_and_theirs_elsewhere(
        base in any_rows(), mine in any_delta(), theirs in any_delta(), all_mine in any::<bool>()
    ) {
        let their_rows = apply(&base, &theirs);
        let choice = if all_mine { Choice::Mine } else { Choice::Theirs };
        let choices: BTreeMap<String, Choice> = mine.keys().map(|key| (key.clone(), choice)).collect();
        let merged = apply(&their_rows, &rebase(&base, &mine, &their_rows, &choices).unwrap());
        let my_rows = apply(&base, &mine);
        for key in ["a", "b", "c", "d", "e", "f"] {
            let (was, me, they, got) = (base.get(key), my_rows.get(key), their_rows.get(key), merged.get(key));
            let touched = mine.contains_key(key) && me != was;
            let wanted = match (touched, they == was) {
                (true, true) => me,
                (true, false) if all_mine => me,
                _ if mine.contains_key(key) && they == was => me,
                _ if mine.contains_key(key) && all_mine => me,
                _ => they,
            };
            prop_assert_eq!(got, wanted, "{}", key);
        }
    }

    #[test]
    fn a_merge_without_choices_names_just_the_keys_that_both_changed_apart(
        base in any_rows(), mine in any_delta(), theirs in any_delta()
    ) {
        let their_rows = apply(&base, &theirs);
        let named: Vec<String> = match rebase(&base, &mine, &their_rows, &BTreeMap::new()) {
            Ok(_) => Vec::new(),
            Err(conflicts) => conflicts.into_iter().map(|conflict| conflict.key).collect(),
        };
        let apart = |key: &String| {
            let (was, they) = (base.get(key), their_rows.get(key));
            was != they && mine.get(key).is_some_and(|me| me.as_ref() != they)
        };
        let wanted: Vec<String> = mine.keys().filter(|key| apart(key)).cloned().collect();
        prop_assert_eq!(named, wanted);
    }
}

#[test]
fn no_other_rows_have_the_same_hash() {
    let hash = content_hash(&rows(&[("P1", "128"), ("P2", "64")]));
    for other in [
        rows(&[]),
        rows(&[("P1", "128")]),
        rows(&[("P1", "12"), ("8P2", "64")]),
        rows(&[("P1128P2", "64")]),
        rows(&[("P1", "64"), ("P2", "128")]),
    ] {
        assert_ne!(content_hash(&other), hash);
    }
    assert_eq!(hash.len(), 64);
}

#[test]
fn deleting_what_they_changed_is_a_conflict_and_deleting_twice_is_none() {
    let base = rows(&[("P1", "128")]);
    let mine = Delta::from([("P1".to_string(), None)]);
    let conflicts = rebase(&base, &mine, &rows(&[("P1", "130")]), &BTreeMap::new()).unwrap_err();
    assert_eq!(
        conflicts.first().map(|it| (it.mine.as_deref(), it.theirs.as_deref())),
        Some((None, Some("130")))
    );
    assert_eq!(rebase(&base, &mine, &rows(&[]), &BTreeMap::new()), Ok(Delta::new()));
}
