//! Addresses that may be told something: how they are written, and to which machines they may lead.

// Addresses as figures; what opens connections stands in `std` and not here.
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;

use url::{Host, Url};

use super::WebhookFailure;

/// Longest address.
pub const ADDRESS_LETTERS_MAX: usize = 500;

/// An address as it was accepted: `https://erp.example.cn:8443/hooks/huxi?from=1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookAddress {
    /// Over https.
    pub secure: bool,
    /// A name, or an IP address without brackets.
    pub host: String,
    pub port: u16,
    /// Path and query, with the slash at the beginning.
    pub path: String,
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It is no address of the web, or holds signs that no address holds.
    NotWeb,
    /// http, where only https may be.
    NotSecure,
    /// A name and a password stand in it.
    WithPassword,
    /// It leads inside, which is not allowed.
    Inside,
}

/// Where a machine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetPlace {
    /// On the open net.
    Public,
    /// On this machine, or in a network of one's own.
    Inside,
    /// Nowhere that a message may go: link-local (there answer the machines that rent out machines), many at once, none.
    Nowhere,
}

impl WebhookAddress {
    /// Reads an address; `inside_allowed`: it may lead to machines inside, and then without https.
    pub fn parse(text: &str, inside_allowed: bool) -> Result<WebhookAddress, AddressFault> {
        let text = text.trim();
        let plain = |sign: u8| sign.is_ascii_graphic() && !br#""<>\^`{|}#"#.contains(&sign);
        if text.len() > ADDRESS_LETTERS_MAX || !text.bytes().all(plain) {
            return Err(AddressFault::NotWeb);
        }
        let asked = Url::parse(text).map_err(|_| AddressFault::NotWeb)?;
        let secure = match asked.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(AddressFault::NotWeb),
        };
        // Browsers forgive what is missing or doubled here; who wrote it so may have meant something else.
        let written = text.split_once("://").map_or("", |(_, rest)| rest);
        let written = written.split(['/', '?']).next().unwrap_or_default();
        if written.is_empty() || written.ends_with(':') {
            return Err(AddressFault::NotWeb);
        }
        if written.contains('@') {
            return Err(AddressFault::WithPassword);
        }
        let port = asked.port_or_known_default().filter(|port| *port > 0).ok_or(AddressFault::NotWeb)?;
        let path =
            asked.query().map_or(asked.path().to_string(), |query| format!("{}?{query}", asked.path()));
        let address = WebhookAddress { secure, host: host_of(&asked)?, port, path };
        address.check(inside_allowed)?;
        Ok(address)
    }

    /// What can be said of it before anybody asks where its name leads.
    fn check(&self, inside_allowed: bool) -> Result<(), AddressFault> {
        if !self.secure && !inside_allowed {
            return Err(AddressFault::NotSecure);
        }
        let name = self.host.trim_end_matches('.');
        let local = name == "localhost" || name.ends_with(".localhost");
        let place = match self.host.parse::<IpAddr>() {
            Ok(ip) => place_of(ip),
            Err(_) if local => TargetPlace::Inside,
            Err(_) => return Ok(()),
        };
        match place {
            TargetPlace::Public if self.secure => Ok(()),
            TargetPlace::Public => Err(AddressFault::NotSecure),
            TargetPlace::Inside if inside_allowed => Ok(()),
            TargetPlace::Inside | TargetPlace::Nowhere => Err(AddressFault::Inside),
        }
    }

    /// Host and port as they stand in the `Host` header: the usual port is left out.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let usual = if self.secure { 443 } else { 80 };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }
}

impl fmt::Display for WebhookAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(out, "{scheme}://{}{}", self.authority(), self.path)
    }
}

/// The name, or the figures however they were written: `0x7f.1` and `2130706433` are `127.0.0.1`.
fn host_of(asked: &Url) -> Result<String, AddressFault> {
    match asked.host() {
        Some(Host::Ipv4(ip)) => Ok(ip.to_string()),
        Some(Host::Ipv6(ip)) => Ok(ip.to_string()),
        Some(Host::Domain(name)) => {
            let named = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'.' | b'_');
            if name.bytes().all(named) { Ok(name.to_string()) } else { Err(AddressFault::NotWeb) }
        }
        None => Err(AddressFault::NotWeb),
    }
}

/// Endings of names that are known in a network of one's own only.
const INSIDE_ENDINGS: [&str; 5] = [".localhost", ".local", ".lan", ".internal", ".home.arpa"];

/// Whether somebody outside, as a customer at home, can open this address of the web; nobody asks where its name leads.
pub fn opens_outside(address: &str) -> bool {
    let Some(host) = Url::parse(address).ok().and_then(|asked| host_of(&asked).ok()) else { return false };
    let name = host.trim_end_matches('.');
    match name.parse::<IpAddr>() {
        Ok(ip) => place_of(ip) == TargetPlace::Public,
        Err(_) => name.contains('.') && !INSIDE_ENDINGS.iter().any(|ending| name.ends_with(ending)),
    }
}

/// Where the machine with this address stands.
pub fn place_of(ip: IpAddr) -> TargetPlace {
    match ip.to_canonical() {
        IpAddr::V4(ip) => place_of_v4(ip),
        IpAddr::V6(ip) => place_of_v6(ip),
    }
}

fn place_of_v4(ip: Ipv4Addr) -> TargetPlace {
    match ip.octets() {
        [10 | 127, ..] | [192, 168, ..] | [172, 16..=31, ..] | [100, 64..=127, ..] => TargetPlace::Inside,
        // This network, link-local, examples, measuring, many at once, and what is kept for later.
        [0 | 224..=255, ..]
        | [169, 254, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => TargetPlace::Nowhere,
        _ => TargetPlace::Public,
    }
}

fn place_of_v6(ip: Ipv6Addr) -> TargetPlace {
    let [first, second, third, ..] = ip.segments();
    match first {
        _ if ip == Ipv6Addr::LOCALHOST => TargetPlace::Inside,
        0xfc00..=0xfdff => TargetPlace::Inside,
        // Older addresses wrapped into newer ones: they lead where the inner one leads.
        0x2002 => {
            let [a, b] = second.to_be_bytes();
            let [c, d] = third.to_be_bytes();
            match place_of_v4(Ipv4Addr::new(a, b, c, d)) {
                TargetPlace::Public => TargetPlace::Public,
                TargetPlace::Inside | TargetPlace::Nowhere => TargetPlace::Nowhere,
            }
        }
        // Tunnels (2001::/32) and examples (2001:db8::/32).
        0x2001 if second == 0 || second == 0xdb8 => TargetPlace::Nowhere,
        0x2000..=0x3fff => TargetPlace::Public,
        _ => TargetPlace::Nowhere,
    }
}

/// Whether a message may go to a machine there; asked of the very address that is connected to.
pub fn may_send(secure: bool, place: TargetPlace, inside_allowed: bool) -> Result<(), WebhookFailure> {
    match place {
        TargetPlace::Nowhere => Err(WebhookFailure::Forbidden),
        TargetPlace::Inside if inside_allowed => Ok(()),
        TargetPlace::Inside => Err(WebhookFailure::Forbidden),
        TargetPlace::Public if secure => Ok(()),
        TargetPlace::Public => Err(WebhookFailure::PlainHttp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, inside_allowed: bool, wanted: Result<&str, AddressFault>) {
        let read = WebhookAddress::parse(text, inside_allowed).map(|address| address.to_string());
        assert_eq!(read, wanted.map(str::to_string), "{text}");
    }

    #[test]
    fn an_address_of_the_web_is_read_and_written_the_same() {
        for text in
            ["https://erp.example.cn/hooks", "https://erp.example.cn:8443/a?b=c", "https://[2400::1]/"]
        {
            reads(text, false, Ok(text));
        }
        reads(" HTTPS://ERP.example.cn ", false, Ok("https://erp.example.cn/"));
        reads("https://erp.example.cn?x=1", false, Ok("https://erp.example.cn/?x=1"));
        reads("https://erp.example.cn:443/a", false, Ok("https://erp.example.cn/a"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "erp.example.cn",
            "ftp://erp.example.cn",
            "https://",
            "https:///a",
            "https://erp.example.cn:0/",
            "https://erp.example.cn:99999/",
            "https://erp.example.cn:/",
            "https://[::1",
            "https://[2400::1]x/",
            "https://内网/",
            "https://a b/",
            "https://a/#part",
            "https://a/\"",
            "https:/a/",
            "https:a/",
            "https://1.2.3.4.5/",
            "https://256.0.0.1/",
        ] {
            assert!(WebhookAddress::parse(text, true).is_err(), "{text}");
        }
        reads("https://user:secret@erp.example.cn/", false, Err(AddressFault::WithPassword));
    }

    #[test]
    fn only_who_allows_it_sends_inside_or_without_https() {
        reads("http://erp.example.cn/", false, Err(AddressFault::NotSecure));
        reads("http://erp.example.cn/", true, Ok("http://erp.example.cn/"));
        reads("http://8.8.8.8/", true, Err(AddressFault::NotSecure));
        for text in ["https://127.0.0.1/", "https://localhost/", "https://192.168.1.5/", "https://[::1]/"] {
            reads(text, false, Err(AddressFault::Inside));
            reads(text, true, Ok(text));
        }
        for text in ["https://169.254.169.254/", "https://0.0.0.0/", "https://[fe80::1]/"] {
            reads(text, true, Err(AddressFault::Inside));
        }
        // The same machines in one figure, in hexadecimal and octal figures, with fewer dots, with one at the end.
        for text in [
            "https://2852039166/",
            "https://0xa9fea9fe/",
            "https://0251.0376.0251.0376/",
            "https://0/",
            "https://169.254.43518/",
            "http://2852039166/",
        ] {
            reads(text, true, Err(AddressFault::Inside));
        }
        for text in ["https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://127.0.0.1./"] {
            reads(text, false, Err(AddressFault::Inside));
            reads(text, true, Ok("https://127.0.0.1/"));
        }
        reads("https://localhost./", false, Err(AddressFault::Inside));
    }

    #[test]
    fn machines_inside_are_known_however_they_are_written() {
        use TargetPlace::{Inside, Nowhere, Public};
        for (ip, place) in [
            ("8.8.8.8", Public),
            ("172.15.0.1", Public),
            ("172.16.0.1", Inside),
            ("172.31.255.255", Inside),
            ("172.32.0.1", Public),
            ("10.0.0.1", Inside),
            ("100.64.0.1", Inside),
            ("100.128.0.1", Public),
            ("127.9.9.9", Inside),
            ("169.254.169.254", Nowhere),
            ("0.0.0.0", Nowhere),
            ("224.0.0.1", Nowhere),
            ("255.255.255.255", Nowhere),
            ("::1", Inside),
            ("::", Nowhere),
            ("fd00::7", Inside),
            ("fe80::1", Nowhere),
            ("ff02::1", Nowhere),
            ("::ffff:10.0.0.1", Inside),
            ("::ffff:8.8.8.8", Public),
            ("64:ff9b::a00:1", Nowhere),
            ("2002:a00:1::1", Nowhere),
            ("2002:808:808::1", Public),
            ("2001:db8::1", Nowhere),
            ("2400:3200::1", Public),
        ] {
            assert_eq!(place_of(ip.parse().unwrap()), place, "{ip}");
        }
    }

    #[test]
    fn the_machine_that_answers_decides_and_not_the_name() {
        assert_eq!(may_send(true, TargetPlace::Public, false), Ok(()));
        assert_eq!(may_send(true, TargetPlace::Inside, false), Err(WebhookFailure::Forbidden));
        assert_eq!(may_send(false, TargetPlace::Inside, true), Ok(()));
        assert_eq!(may_send(false, TargetPlace::Public, true), Err(WebhookFailure::PlainHttp));
        assert_eq!(may_send(true, TargetPlace::Nowhere, true), Err(WebhookFailure::Forbidden));
    }

    #[test]
    fn who_is_outside_opens_what_leads_there_and_nothing_of_ones_own_network() {
        for open in [
            "https://huxi.example.cn",
            "http://huxi.example.cn:8080",
            "https://8.8.8.8",
            "https://[2400:3200::1]",
        ] {
            assert!(opens_outside(open), "{open}");
        }
        for inside in [
            "http://127.0.0.1:7010",
            "http://localhost:7010",
            "https://192.168.1.20",
            "http://10.0.0.5",
            "http://172.20.3.4",
            "http://[::1]:7010",
            "http://[fe80::1]",
            "http://server",
            "http://huxi.local",
            "http://huxi.lan",
            "huxi.example.cn",
            "",
        ] {
            assert!(!opens_outside(inside), "{inside}");
        }
    }
}
