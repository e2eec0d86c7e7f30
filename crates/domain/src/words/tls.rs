//! Words of certificate and key by which the server speaks HTTPS.

/// A file cannot be opened.
pub fn unreadable(file: &str, reason: &str) -> String {
    format!(
        "证书文件 {file} 打不开：{reason}。请检查设置 tls_certificate、tls_key 里的路径，以及运行 Huxi 的账号能不能读这个文件。"
    )
}

/// There is no certificate in it.
pub fn no_certificate(file: &str) -> String {
    format!(
        "文件 {file} 里没有可用的证书，或者证书已损坏。设置 tls_certificate 要指向 PEM 格式的证书（-----BEGIN CERTIFICATE----- 开头），服务器证书在前、中间证书在后，通常叫 fullchain.pem。"
    )
}

/// There is no private key in it.
pub fn no_key(file: &str) -> String {
    format!(
        "文件 {file} 里没有可用的私钥，或者私钥已损坏。设置 tls_key 要指向和证书配套的 PEM 私钥（-----BEGIN PRIVATE KEY----- 开头），通常叫 privkey.pem。"
    )
}

/// The key is locked with a password.
pub fn locked_key(file: &str) -> String {
    format!(
        "私钥 {file} 设了密码，Huxi 打不开。请用 openssl pkey -in 原文件 -out 新文件 去掉密码，只让运行 Huxi 的账号能读新文件，再把设置 tls_key 改成它。"
    )
}

/// The two do not belong together.
pub fn no_pair(certificate: &str, key: &str) -> String {
    format!(
        "证书 {certificate} 和私钥 {key} 不是一对。请换成申请这张证书时用的那把私钥，或者用这把私钥重新申请证书。"
    )
}

/// Said in the log when another certificate is in use.
pub fn replaced(file: &str) -> String {
    format!("证书 {file} 已更换，新的连接用新证书。")
}

/// Said in the log when the new files cannot be used.
pub fn kept(why: &str) -> String {
    format!("新证书不能用，继续用原来的证书。{why}")
}
