//! Words of keys with which programs work, and of looking through another's eyes.

/// Somebody has as many keys as one may have.
pub fn too_many(most: usize) -> String {
    format!("一个人最多有 {most} 个在用的 API 密钥，请先吊销不用的。")
}

/// A key cannot do this, whoever made it.
pub const NOT_WITH_KEY: &str = "这件事不能用 API 密钥做，请在网页上登录后操作。";
/// While looking through another's eyes nothing is changed.
pub const VIEWING_ONLY: &str = "现在是以他人身份查看，只能看、不能改。要操作，请先结束查看。";
/// The account that is looked through was locked meanwhile.
pub const VIEWING_OVER: &str = "你以他人身份查看的账号刚被停用，什么都看不到了，也没有改动任何东西。请点「结束查看」，回到自己的身份再操作。";
/// Nobody looks through their own eyes.
pub const OWN_EYES: &str = "不用以自己的身份查看自己，请选另一位同事。";
/// The account is locked.
pub const LOCKED_EYES: &str = "这个账号已停用，看不到任何东西。";
