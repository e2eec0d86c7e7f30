//! Words of the access area: roles and passwords.

use crate::access::PasswordFault;

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
