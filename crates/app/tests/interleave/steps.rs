//! What may happen at the same time. Another step is one more variant here: it is paired with all others.

use app::config::{self, Submission};
use app::quotes::{self, AcceptRequest};
use domain::base::DraftId;
use domain::quotes::DraftText;

use crate::interleave::arena::Arena;
use crate::support::{HOUR, World, code};

/// One thing that somebody does, or that time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A confirmed draft is published as soon as it may be.
    Publish,
    /// A confirmed draft is published for two hours later.
    Schedule,
    /// A confirmed draft takes the place of the newest revision and withdraws it.
    PublishAndVoid,
    /// The revision before the one in force is withdrawn.
    VoidOld,
    /// The revision before the one in force is restored.
    RollBack,
    /// The queued release is taken back.
    Cancel,
    /// An hour passes, and with it the moment of the queued release.
    ComesIntoForce,
    /// A draft of a quotation is issued.
    Issue,
    /// An issued quotation is signed.
    Sign,
    /// The customer accepts the issued quotation on its link.
    Accept,
    /// The draft is saved with ten times as much.
    Save,
    /// The next version of the issued quotation is begun.
    Revise,
    /// The issued quotation is ended.
    End,
}

impl Step {
    pub const ALL: &'static [Step] = &[
        Step::Publish,
        Step::Schedule,
        Step::PublishAndVoid,
        Step::VoidOld,
        Step::RollBack,
        Step::Cancel,
        Step::ComesIntoForce,
        Step::Issue,
        Step::Sign,
        Step::Accept,
        Step::Save,
        Step::Revise,
        Step::End,
    ];

    /// Some steps are about the queue.
    pub fn makes_sense(self, queue: bool) -> bool {
        match self {
            Step::Cancel | Step::ComesIntoForce => queue,
            _ => true,
        }
    }

    pub fn needs_quotes(self) -> bool {
        matches!(self, Step::Issue | Step::Sign | Step::Accept | Step::Save | Step::Revise | Step::End)
    }

    /// What must be there before the step can be taken; its number.
    pub async fn prepare(self, arena: &Arena, price: &str) -> i64 {
        let soonest = if arena.queue { Some(arena.begins().plus_ms(HOUR)) } else { None };
        let newest_n = arena.base_n() + i64::from(arena.queue);
        let asked = match self {
            Step::Publish => Submission { effective_at: soonest, ..Submission::default() },
            Step::Schedule => {
                Submission { effective_at: Some(arena.begins().plus_ms(2 * HOUR)), ..Submission::default() }
            }
            Step::PublishAndVoid => {
                Submission { effective_at: soonest, note: "录错".to_string(), voids_n: Some(newest_n) }
            }
            Step::Cancel => {
                let world = &arena.here;
                let queued = config::revision(&world.ctx, &world.author, world.price_list, newest_n).await;
                return queued.unwrap().row.release.0;
            }
            _ => return 0,
        };
        let world = &arena.here;
        world.confirmed(world.price_list, vec![world.paint_at(price)], asked).await.unwrap().0
    }

    /// Takes the step on one of the servers; what came of it.
    pub async fn take(self, arena: &Arena, world: &World, prepared: i64) -> String {
        let (ctx, actor, list) = (&world.ctx, &world.author, world.price_list);
        let old_n = arena.base_n() - 1;
        match self {
            Step::Publish | Step::Schedule | Step::PublishAndVoid => {
                code(&config::publish(ctx, actor, DraftId(prepared), None).await).to_string()
            }
            Step::VoidOld => code(&config::void_revision(ctx, actor, list, old_n, "录错").await).to_string(),
            Step::RollBack => {
                code(&config::roll_back(ctx, actor, list, old_n, "回去", None).await).to_string()
            }
            Step::Cancel => {
                let release = domain::base::ReleaseId(prepared);
                code(&config::cancel_release(ctx, actor, release, "不涨了").await).to_string()
            }
            Step::ComesIntoForce => {
                world.clock.set(arena.begins().plus_ms(HOUR));
                "ok".to_string()
            }
            Step::Issue => code(&world.issues(arena.draft()).await).to_string(),
            Step::Sign => code(&world.signs(arena.issued()).await).to_string(),
            Step::Accept => {
                let (token, typed) = arena.handed();
                let request =
                    AcceptRequest { signer: "王小明".to_string(), code: typed, agent: String::new() };
                code(&quotes::accept_share(ctx, &token, request).await).to_string()
            }
            Step::Save => {
                let draft = world.reads(arena.draft()).await;
                let text = DraftText {
                    customer: draft.head.customer,
                    valid_until: None,
                    notes: String::new(),
                    lines: vec![world.line("a", world.paint, "600", "桶")],
                    terms: Default::default(),
                    whole: Default::default(),
                };
                let as_made = 1;
                let saved = quotes::save_quote(ctx, &world.seller, arena.draft(), as_made, text).await;
                code(&saved).to_string()
            }
            Step::Revise => code(&quotes::revise_quote(ctx, &world.seller, arena.issued()).await).to_string(),
            Step::End => {
                code(&quotes::cancel_quote(ctx, &world.seller, arena.issued(), "不要了").await).to_string()
            }
        }
    }
}
