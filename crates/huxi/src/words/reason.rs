//! What the machine and PostgreSQL say in English, in Chinese: by their numbers, which stay the same.

/// By the number of an error of the operating system, as Rust writes it at the end: `(os error 13)`.
const SYSTEM: &[(&str, &str)] = &[
    ("2", "没有这个文件或目录，请检查路径"),
    ("5", "磁盘读写出错，请检查硬盘"),
    ("13", "没有权限，请用运行 Huxi 的那个账号执行，或改文件的权限"),
    ("20", "路径中间有一段不是目录，请检查路径"),
    ("21", "这是一个目录，请写到文件"),
    ("28", "磁盘满了，请清理出空间"),
    ("30", "磁盘是只读的，请检查挂载"),
    ("98", "端口已被别的程序占用"),
    ("99", "这台机器没有这个地址"),
    ("104", "连接断了，请看数据库是不是在运行"),
    ("110", "等了太久没有回应，请检查网络"),
    ("111", "那里没有程序在等待连接，请看数据库是不是在运行、端口对不对"),
    ("113", "到不了那台机器，请检查网络"),
];

/// By the code that PostgreSQL gives to what it says.
const POSTGRES: &[(&str, &str)] = &[
    ("28000", "这个用户不能连这个库，请检查 database_url 和 pg_hba.conf"),
    ("28P01", "密码不对，请检查 database_url"),
    ("3D000", "没有这个库，请检查 database_url，或者先建好它"),
    ("42501", "这个用户的权限不够，请让它做这个库的所有者"),
    ("53100", "PostgreSQL 的磁盘满了，请清理出空间"),
    ("53300", "PostgreSQL 的连接用完了，请过一会儿再试，或者调大 max_connections"),
    ("57P01", "连接被数据库管理员断开了（PostgreSQL 在停机或重启），请过一会儿再试"),
    ("57P02", "PostgreSQL 崩溃后正在恢复，请过一会儿再试"),
    ("57P03", "PostgreSQL 正在启动，请过一会儿再试"),
];

/// What the driver says of a connection that is gone.
const BROKEN: &[&str] = &["connection closed", "error communicating with the server"];

/// The reason in Chinese, with what to do; what is not known is told as it was said.
pub(super) fn reason(said: &str) -> String {
    let number = said.rsplit_once("(os error ").and_then(|(_, rest)| rest.split_once(')'));
    let of_system = number.and_then(|(number, _)| SYSTEM.iter().find(|(known, _)| *known == number));
    let coded = |(code, _): &&(&str, &str)| said.split([' ', ':', ',']).any(|word| word == *code);
    match of_system.or_else(|| POSTGRES.iter().find(coded)) {
        Some((_, words)) => (*words).to_string(),
        None if BROKEN.iter().any(|broken| said.contains(broken)) => {
            "连接断了，请看 PostgreSQL 是不是在运行、网络通不通".to_string()
        }
        None => format!("原文是「{}」", said.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn what_machines_say_is_told_in_chinese_and_the_unknown_as_it_was_said() {
        for (said, words) in [
            ("No such file or directory (os error 2)", "没有这个文件"),
            ("error connecting to server: Connection refused (os error 111)", "数据库是不是在运行"),
            ("57P01 terminating connection due to administrator command", "断开"),
            ("connection closed", "连接断了"),
            ("db error: 28P01 password authentication failed", "密码不对"),
        ] {
            let told = reason(said);
            assert!(told.contains(words) && !told.contains("error") && !told.contains("原文"), "{told}");
        }
        assert_eq!(reason("something odd"), "原文是「something odd」");
    }
}
