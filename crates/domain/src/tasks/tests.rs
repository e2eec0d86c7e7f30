//! Who may do what with a task.

use std::collections::BTreeMap;

use super::*;
use crate::access::Reach;
use crate::base::OrgId;

fn actor(person: i64, reach: Option<Reach>) -> Actor {
    let grants: BTreeMap<Right, Reach> = reach.map(|reach| (Right::TaskManage, reach)).into_iter().collect();
    Actor { person: PersonId(person), name: "谁".into(), org: OrgId(2), org_path: "/1/2/".into(), grants }
}

const OWN: TaskStanding<'_> = TaskStanding { holder: PersonId(7), holder_path: "/1/2/5/" };

#[test]
fn the_holder_does_it_and_who_manages_the_holder_hands_it_over() {
    let all = [TaskAct::Finish, TaskAct::Refuse, TaskAct::HandOver];
    assert_eq!(OWN.acts(&actor(7, None), TaskState::Open), all);
    assert_eq!(OWN.acts(&actor(9, Some(Reach::Org)), TaskState::Open), [TaskAct::HandOver]);
    let elsewhere = TaskStanding { holder_path: "/1/3/5/", ..OWN };
    assert!(!elsewhere.seen_by(&actor(9, Some(Reach::Org))));
    assert!(elsewhere.seen_by(&actor(9, Some(Reach::All))));
    assert!(!OWN.seen_by(&actor(9, None)) && !OWN.seen_by(&actor(9, Some(Reach::Own))));
    assert_eq!(OWN.need(&actor(9, None)), Err(AccessRefused::NotFound));
}

#[test]
fn what_is_over_is_not_done_again_but_what_was_done_is_opened_again() {
    let own = actor(7, None);
    let done = TaskState::Done;
    let refused = TaskForbidden::State(TaskRefused::NotOpen { state: done });
    assert_eq!(OWN.may(&own, TaskAct::Finish, done), Err(refused));
    assert_eq!(OWN.may(&own, TaskAct::Reopen, done), Ok(()));
    assert_eq!(OWN.may(&own, TaskAct::Reopen, TaskState::Refused), Ok(()));
    let over = TaskForbidden::State(TaskRefused::NotSettled { state: TaskState::Over });
    assert_eq!(OWN.may(&own, TaskAct::Reopen, TaskState::Over), Err(over));
    let manager = actor(9, Some(Reach::Org));
    assert_eq!(OWN.may(&manager, TaskAct::Finish, TaskState::Open), Err(TaskForbidden::Right));
}

#[test]
fn an_outcome_has_what_the_task_asks_for() {
    assert_eq!(accept_outcome(TaskProof::None, " ", false), Ok(String::new()));
    assert!(matches!(accept_outcome(TaskProof::Text, " ", true), Err(OutcomeFault::Invalid(_))));
    assert_eq!(accept_outcome(TaskProof::Text, " 下周定 ", false), Ok("下周定".to_string()));
    let missing = OutcomeFault::Refused(TaskRefused::FileMissing);
    assert_eq!(accept_outcome(TaskProof::File, "拍了", false), Err(missing));
    assert_eq!(accept_outcome(TaskProof::File, "", true), Ok(String::new()));
    assert!(accept_outcome(TaskProof::None, &"字".repeat(201), false).is_err());
}

#[test]
fn a_refusal_has_a_reason() {
    assert!(accept_reason("").is_err() && accept_reason("忙").is_err());
    assert_eq!(accept_reason(" 客户已转走 "), Ok("客户已转走".to_string()));
}

#[test]
fn the_time_that_is_gone_stays_between_its_ends() {
    let gone = |now| percent_gone(Instant(100), Instant(300), Instant(now));
    assert_eq!([gone(0), gone(100), gone(199), gone(200), gone(300), gone(900)], [0, 0, 49, 50, 100, 100]);
    assert_eq!(percent_gone(Instant(5), Instant(5), Instant(9)), 100);
}
