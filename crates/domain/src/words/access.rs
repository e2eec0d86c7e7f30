//! Words of the access area: roles, accounts and passwords.

use serde_json::{Value, json};

use super::keys;
use crate::access::{AccountRefused, OrgInUse, PasswordFault, Right};
use crate::base::{Refusal, RefusalSort};

/// The name of a shipped role; the key itself for a role that was made later.
pub fn role_name(key: &str) -> &str {
    match key {
        "seller" => "销售",
        "new_seller" => "新人销售",
        "region_manager" => "区域经理",
        "hq_operations" => "总部运营",
        "owner" => "老板",
        "warehouse_keeper" => "仓管",
        "logistics_lead" => "物流主管",
        "finance" => "财务",
        "personnel" => "人事",
        "administrator" => "管理员",
        other => other,
    }
}

/// Why a new password is not taken, and what would be.
pub fn password_fault(fault: PasswordFault) -> &'static str {
    match fault {
        PasswordFault::TooShort => "新密码太短，请至少用 8 个字符。",
        PasswordFault::TooLong => "新密码太长，请不要超过 128 个字符。",
        PasswordFault::HoldsAccount => "新密码里不能包含账号名，请换一个。",
        PasswordFault::Unchanged => "新密码和现在的一样，请换一个。",
    }
}

/// What a shipped role does, in one sentence; empty for a role that was made later.
pub fn role_about(key: &str) -> &str {
    match key {
        "seller" => "看自己的客户和单据，报价、签约；看不到成本。",
        "new_seller" => "看和做的跟销售一样，让价上限更低（见「改价权限」）；给还在带教期的新人。",
        "region_manager" => "看本区全部客户和单据，含成本；定等级、类型和归属。",
        "hq_operations" => "管商品、价格和配置，看全部单据，含成本。",
        "owner" => "看全部，审批全部；不改基础资料。",
        "warehouse_keeper" => "看订单和商品，看不到价格。",
        "logistics_lead" => "看订单和商品，看不到价格。",
        "finance" => "看全部单据和成本；不改价格。",
        "personnel" => "开通和停用入职、离职人员的账号，建和改组织。",
        "administrator" => "管所有账号、组织和设置，看操作日志；自己的账号看不到价格和成本。",
        _ => "",
    }
}

/// What the code of an organisation is made of.
pub fn org_code_letters(letters_max: usize) -> String {
    format!("编号前缀只能用 1 到 {letters_max} 个英文字母，例如 SZ，不能有数字和别的符号。")
}

/// What a right lets people do.
pub fn right_name(right: Right) -> &'static str {
    match right {
        Right::CustomerRead => "看客户",
        Right::CustomerWrite => "改客户资料",
        Right::CustomerAssign => "定客户的等级、类型和归属",
        Right::QuoteRead => "看报价单",
        Right::QuoteWrite => "做报价单",
        Right::QuoteIssue => "出具报价单",
        Right::QuoteSign => "录入签约",
        Right::QuoteIssueBelowFloor => "低于底价出具报价单",
        Right::QuoteSetShare => "共用常用清单",
        Right::QuoteReleaseVoid => "放行作废价格的报价单",
        Right::OrderRead => "看订单",
        Right::ProductRead => "看商品",
        Right::ProductWrite => "改商品",
        Right::PriceRead => "看价格",
        Right::PriceCost => "看成本、底价和毛利",
        Right::ConfigRead => "看配置",
        Right::ConfigEdit => "改配置",
        Right::ConfigPublish => "确认和发布配置",
        Right::ConfigVoid => "作废配置",
        Right::PeopleRead => "看人员",
        Right::PeopleWrite => "管账号",
        Right::PeopleAll => "管所有账号",
        Right::CompanyWrite => "改公司资料和印章",
        Right::InsightsRead => "看用时统计",
        Right::FilesWrite => "上传文件",
        Right::AuditRead => "看操作记录",
        Right::TaskManage => "管手下的任务",
        Right::ViewAs => "以他人身份查看",
        Right::KeysWrite => "管 API 密钥",
        Right::WebhooksWrite => "管外发地址",
    }
}

/// The name of the shipped head office.
pub const HEAD_OFFICE: &str = "总部";

impl Refusal for AccountRefused {
    fn code(&self) -> &'static str {
        match self {
            AccountRefused::WrongPassword => "wrong_password",
            AccountRefused::SlowDown { .. } => "slow_down",
            AccountRefused::WeakPassword(_) => "weak_password",
            AccountRefused::AccountTaken => "account_taken",
            AccountRefused::OwnAccount => "own_account",
            AccountRefused::PowerfulAccount => "powerful_account",
            AccountRefused::AboveOwn(_) => "not_allowed",
            AccountRefused::WrongKey => "wrong_key",
            AccountRefused::WrongKeys { .. } => "slow_down",
            AccountRefused::OwnEyes => "own_eyes",
            AccountRefused::LockedEyes => "locked_eyes",
            AccountRefused::AlreadySetUp => "already_set_up",
            AccountRefused::WrongSetupCode => "wrong_setup_code",
            AccountRefused::OrgCodeTaken => "org_code_taken",
            AccountRefused::OrgNameTaken => "org_name_taken",
            AccountRefused::OrgClosed => "org_closed",
            AccountRefused::OrgParentClosed => "org_parent_closed",
            AccountRefused::OrgInUse(_) => "org_in_use",
            AccountRefused::HeadOfficeStays => "head_office_stays",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            AccountRefused::SlowDown { .. } | AccountRefused::WrongKeys { .. } => RefusalSort::TooMany,
            AccountRefused::AboveOwn(_) => RefusalSort::Forbidden,
            AccountRefused::WrongPassword
            | AccountRefused::WrongKey
            | AccountRefused::WeakPassword(_)
            | AccountRefused::WrongSetupCode => RefusalSort::Invalid,
            AccountRefused::AccountTaken
            | AccountRefused::OwnAccount
            | AccountRefused::OwnEyes
            | AccountRefused::LockedEyes
            | AccountRefused::PowerfulAccount
            | AccountRefused::AlreadySetUp
            | AccountRefused::OrgCodeTaken
            | AccountRefused::OrgNameTaken
            | AccountRefused::OrgClosed
            | AccountRefused::OrgParentClosed
            | AccountRefused::OrgInUse(_)
            | AccountRefused::HeadOfficeStays => RefusalSort::State,
        }
    }

    fn facts(&self) -> Value {
        match self {
            AccountRefused::SlowDown { retry_after_seconds }
            | AccountRefused::WrongKeys { retry_after_seconds } => {
                json!({"retry_after_seconds": retry_after_seconds})
            }
            AccountRefused::AboveOwn(right) => json!({"right": right.key()}),
            AccountRefused::OrgInUse(use_of) => json!({
                "orgs": use_of.orgs,
                "people": use_of.people,
                "customers": use_of.customers,
                "open_quotes": use_of.open_quotes,
                "price_lists": use_of.price_lists,
            }),
            _ => json!({}),
        }
    }

    fn sentence(&self) -> String {
        match self {
            AccountRefused::WrongPassword => "账号或密码不对，请检查后再试。".into(),
            AccountRefused::SlowDown { retry_after_seconds } => {
                format!("密码输错次数太多，请 {}后再试。", wait(*retry_after_seconds))
            }
            AccountRefused::WeakPassword(fault) => password_fault(*fault).into(),
            AccountRefused::AccountTaken => "这个账号名已经有人用了，请换一个。".into(),
            AccountRefused::OwnAccount => {
                "自己的密码请在「我的」里改；自己的岗位、所属和停用，请让管理员来做；自己就是管理员的，请让另一位。".into()
            }
            AccountRefused::PowerfulAccount => {
                "这个账号有管理权限，只有能管所有账号的人（管理员）能改。".into()
            }
            AccountRefused::AboveOwn(right) => {
                format!("这个账号的岗位能{}，超出了你自己的权限，请让管理员来做。", right_name(*right))
            }
            AccountRefused::WrongKey => "API 密钥不对、已到期或已吊销，请换一个。".into(),
            AccountRefused::WrongKeys { retry_after_seconds } => {
                format!("API 密钥错的次数太多，请 {}后再试。", wait(*retry_after_seconds))
            }
            AccountRefused::OwnEyes => keys::OWN_EYES.into(),
            AccountRefused::LockedEyes => keys::LOCKED_EYES.into(),
            AccountRefused::AlreadySetUp => "公司已经开通过了，请直接登录。".into(),
            AccountRefused::WrongSetupCode => "开通码不对，请用启动程序时打印的地址打开。".into(),
            AccountRefused::OrgCodeTaken => "这个编号前缀已经被别的机构用了，请换一个。".into(),
            AccountRefused::OrgNameTaken => "已经有一个机构叫这个名字，请换一个，例如写上城市。".into(),
            AccountRefused::OrgClosed => {
                "这个机构已经关闭，不能再放人、放客户、建价目表；请换一个，或者请管理员、人事先重新打开它。".into()
            }
            AccountRefused::OrgParentClosed => "它的上级已经关闭，请先重新打开上级。".into(),
            AccountRefused::OrgInUse(use_of) => org_in_use(*use_of),
            AccountRefused::HeadOfficeStays => "总部不能关闭。".into(),
        }
    }
}

/// Why a unit cannot be closed yet, and what to do first.
fn org_in_use(use_of: OrgInUse) -> String {
    let hangs = [
        (use_of.orgs, "个没关闭的下级机构"),
        (use_of.people, "个在用的账号"),
        (use_of.customers, "个客户"),
        (use_of.open_quotes, "张没办完的报价单"),
        (use_of.price_lists, "张没停用的价目表"),
    ];
    let hangs = hangs.into_iter().filter(|(count, _)| *count > 0);
    let hangs: Vec<String> = hangs.map(|(count, what)| format!("{count} {what}")).collect();
    format!(
        "这里还有 {}。请先转走或办完（客户、报价单、价目表请区域经理或总部来办），再关闭。",
        hangs.join("、")
    )
}

/// The name of a unit that is closed, where one chooses among all of them.
pub fn closed_org(name: &str) -> String {
    format!("{name}（已关闭）")
}

fn wait(seconds: i64) -> String {
    if seconds < 60 { format!("{seconds} 秒") } else { format!("{} 分钟", (seconds + 59) / 60) }
}
