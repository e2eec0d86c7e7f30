//! What a person may do with a version of a quotation now; the screens show just that.

use super::state::ShownState;

/// One thing to do with a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteAction {
    Edit,
    Issue,
    TakeOver,
    /// Whoever was asked gives the draft back with a word.
    GiveBack,
    /// Whoever asked takes it back.
    WithdrawAsk,
    Delete,
    Copy,
    /// Another alternative (方案) beside this one.
    AddOption,
    Revise,
    Cancel,
    Sign,
    Release,
    Pdf,
}

/// What the rights of a person open on this very quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    pub write: bool,
    pub issue: bool,
    pub sign: bool,
    pub release: bool,
    /// Somebody else took the draft over.
    pub taken: bool,
    /// The draft is in another's hands, and this person may take it over.
    pub take: bool,
    /// This person was asked to decide on the draft.
    pub give_back: bool,
    /// This person asked, and it still waits.
    pub withdraw_ask: bool,
}

impl QuoteAction {
    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            QuoteAction::Edit => "edit",
            QuoteAction::Issue => "issue",
            QuoteAction::TakeOver => "take_over",
            QuoteAction::GiveBack => "give_back",
            QuoteAction::WithdrawAsk => "withdraw_ask",
            QuoteAction::Delete => "delete",
            QuoteAction::Copy => "copy",
            QuoteAction::AddOption => "add_option",
            QuoteAction::Revise => "revise",
            QuoteAction::Cancel => "cancel",
            QuoteAction::Sign => "sign",
            QuoteAction::Release => "release",
            QuoteAction::Pdf => "pdf",
        }
    }
}

/// The actions in the order in which they are shown. `held`: it may not be signed now; `void`: because of withdrawn prices.
/// `settled`: another version of the number was signed.
pub fn actions(state: ShownState, opened: Opened, held: bool, void: bool, settled: bool) -> Vec<QuoteAction> {
    let mut actions = Vec::new();
    let mut offer = |allowed: bool, action: QuoteAction| {
        if allowed {
            actions.push(action);
        }
    };
    match state {
        ShownState::Draft => {
            offer(opened.write && !opened.taken, QuoteAction::Edit);
            offer(opened.issue && !opened.taken && !settled, QuoteAction::Issue);
            offer(opened.take && opened.write && opened.issue && !settled, QuoteAction::TakeOver);
            offer(opened.give_back && opened.issue, QuoteAction::GiveBack);
            offer(opened.withdraw_ask && opened.write, QuoteAction::WithdrawAsk);
            offer(opened.write, QuoteAction::Copy);
            offer(opened.write && !opened.taken && !settled, QuoteAction::AddOption);
            offer(opened.write && !opened.taken, QuoteAction::Delete);
        }
        ShownState::Issued | ShownState::Expired => {
            offer(opened.sign && !held && !settled, QuoteAction::Sign);
            offer(true, QuoteAction::Pdf);
            offer(opened.release && void, QuoteAction::Release);
            offer(opened.write && !settled, QuoteAction::Revise);
            offer(opened.write, QuoteAction::Copy);
            offer(opened.write && !settled, QuoteAction::AddOption);
            offer(opened.write && !settled, QuoteAction::Cancel);
        }
        ShownState::Signed | ShownState::Superseded | ShownState::Cancelled => {
            offer(true, QuoteAction::Pdf);
            offer(opened.write, QuoteAction::Copy);
        }
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;
    use QuoteAction::*;

    const HEAD_OFFICE: Opened = Opened {
        write: false,
        issue: false,
        sign: false,
        release: true,
        taken: false,
        take: false,
        give_back: false,
        withdraw_ask: false,
    };
    const SELLER: Opened = Opened { write: true, issue: true, sign: true, release: false, ..HEAD_OFFICE };

    #[test]
    fn a_seller_edits_a_draft_and_signs_what_is_issued() {
        assert_eq!(
            actions(ShownState::Draft, SELLER, false, false, false),
            [Edit, Issue, Copy, AddOption, Delete]
        );
        let issued = actions(ShownState::Issued, SELLER, false, false, false);
        assert_eq!(issued, [Sign, Pdf, Revise, Copy, AddOption, Cancel]);
    }

    #[test]
    fn what_somebody_took_over_is_theirs_until_it_is_taken_back() {
        let manager = Opened { take: true, ..SELLER };
        let offered = actions(ShownState::Draft, manager, false, false, false);
        assert_eq!(offered, [Edit, Issue, TakeOver, Copy, AddOption, Delete]);
        let seller = Opened { taken: true, take: true, ..SELLER };
        assert_eq!(actions(ShownState::Draft, seller, false, false, false), [TakeOver, Copy]);
        let reader = Opened { write: false, issue: false, ..seller };
        assert_eq!(actions(ShownState::Draft, reader, false, false, false), []);
    }

    #[test]
    fn whoever_was_asked_may_give_back_and_whoever_asked_may_take_back() {
        let asked = Opened { take: true, give_back: true, ..SELLER };
        let offered = actions(ShownState::Draft, asked, false, false, false);
        assert_eq!(offered, [Edit, Issue, TakeOver, GiveBack, Copy, AddOption, Delete]);
        let asking = Opened { withdraw_ask: true, ..SELLER };
        let offered = actions(ShownState::Draft, asking, false, false, false);
        assert_eq!(offered, [Edit, Issue, WithdrawAsk, Copy, AddOption, Delete]);
    }

    #[test]
    fn what_is_held_is_not_signed_and_head_office_may_release_it() {
        assert_eq!(
            actions(ShownState::Issued, SELLER, true, true, false),
            [Pdf, Revise, Copy, AddOption, Cancel]
        );
        assert_eq!(actions(ShownState::Issued, HEAD_OFFICE, true, true, false), [Pdf, Release]);
        assert_eq!(actions(ShownState::Issued, HEAD_OFFICE, false, false, false), [Pdf]);
    }

    #[test]
    fn once_a_version_is_signed_the_others_stay_as_they_are() {
        assert_eq!(actions(ShownState::Draft, SELLER, false, false, true), [Edit, Copy, Delete]);
        assert_eq!(actions(ShownState::Signed, SELLER, false, false, true), [Pdf, Copy]);
        assert_eq!(actions(ShownState::Superseded, SELLER, true, false, true), [Pdf, Copy]);
    }
}
