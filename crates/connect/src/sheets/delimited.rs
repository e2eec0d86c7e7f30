//! Text tables: in UTF-8, UTF-16 or GB18030, with commas, semicolons, tabs or bars.

use app::ports::Watcher;
use domain::documents::SheetRefused;
use domain::pricing::import::grid::{Cell, Grid};
use encoding_rs::{Encoding, GB18030, UTF_8};

use super::grid::{Budget, GridBuilder};

/// The signs that part fields, the likelier first.
const DELIMITERS: [char; 4] = [',', '\t', ';', '|'];

/// The heads of a table stand within so many bytes.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// Rows that are looked at to find the sign.
const ROWS_LOOKED_AT: usize = 100;

/// The table as one sheet named after the file.
pub fn read(name: &str, bytes: &[u8], watcher: &dyn Watcher) -> Result<Grid, SheetRefused> {
    let text = decode(bytes)?;
    let (body, declared) = without_declaration(&text);
    let delimiter = declared.unwrap_or_else(|| guess_delimiter(body));
    // A quote that never closes is an inch sign or a slip, not the rest of the file in one field.
    let quoted = Fields::new(body, delimiter, true).all_quotes_close();
    let mut budget = Budget::of_file(watcher);
    let mut builder = GridBuilder::new(name, &mut budget);
    builder
        .expect_rows(u32::try_from(memchr::memchr_iter(b'\n', body.as_bytes()).count()).unwrap_or(u32::MAX));
    for field in Fields::new(body, delimiter, quoted) {
        builder.put(field.row, field.column, cell_of(field.text))?;
    }
    Ok(builder.finish())
}

/// Its first row, from the beginning of the file only.
pub fn heads(name: &str, bytes: &[u8], watcher: &dyn Watcher) -> Result<Grid, SheetRefused> {
    let begun = bytes.get(..HEAD_BYTES_MAX).and_then(|begun| {
        // In two bytes a letter, a line cannot be told from half a sign.
        let wide = Encoding::for_bom(bytes).is_some_and(|(marked, _)| marked != UTF_8);
        let end = memchr::memrchr(b'\n', begun).filter(|_| !wide)?;
        begun.get(..=end)
    });
    let mut grid = read(name, begun.unwrap_or(bytes), watcher)?;
    grid.rows.truncate(1);
    Ok(grid)
}

fn cell_of(text: String) -> Cell {
    if text.is_empty() {
        return Cell::Empty;
    }
    // `="00123"` is how programs keep Excel from turning a code into a number.
    match text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.contains('"') => Cell::Text(inner.to_string()),
        Some(_) | None => Cell::Text(text),
    }
}

fn decode(bytes: &[u8]) -> Result<String, SheetRefused> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => GB18030,
    };
    let (text, _, has_faults) = encoding.decode(bytes);
    if has_faults || text.contains('\0') { Err(SheetRefused::UnknownEncoding) } else { Ok(text.into_owned()) }
}

/// The first line `sep=;` tells Excel the sign and is not shown as a row.
fn without_declaration(text: &str) -> (&str, Option<char>) {
    let Some(rest) = text.strip_prefix("sep=") else { return (text, None) };
    let mut signs = rest.chars();
    let sign = signs.next();
    let line_end = signs.as_str();
    match line_end.strip_prefix("\r\n").or_else(|| line_end.strip_prefix('\n')) {
        Some(body) => (body, sign),
        None => (text, None),
    }
}

/// The sign that parts most rows into the same number of fields, at least two.
fn guess_delimiter(text: &str) -> char {
    let mut best = (0, ',');
    for delimiter in DELIMITERS {
        let mut widths = vec![0usize; ROWS_LOOKED_AT];
        for field in Fields::new(text, delimiter, true) {
            let row = usize::try_from(field.row).unwrap_or(usize::MAX);
            let Some(width) = widths.get_mut(row) else { break };
            *width += 1;
        }
        let agreeing = |width: usize| widths.iter().filter(|other| **other == width).count();
        let parted = widths.iter().filter(|width| **width > 1);
        let score = parted.map(|width| agreeing(*width)).max().unwrap_or(0);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

struct Field {
    row: u32,
    column: u32,
    text: String,
}

/// The fields of a text, row by row; blank rows count.
struct Fields<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    delimiter: char,
    quoted: bool,
    row: u32,
    column: u32,
    /// A delimiter has been read and its field not yet.
    field_waits: bool,
    unclosed: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, delimiter: char, quoted: bool) -> Fields<'a> {
        let rest = text.chars().peekable();
        Fields { rest, delimiter, quoted, row: 0, column: 0, field_waits: false, unclosed: false }
    }

    fn all_quotes_close(mut self) -> bool {
        while self.next().is_some() {}
        !self.unclosed
    }

    /// The text up to the quote that ends it; a doubled quote is one quote.
    fn quoted_part(&mut self, text: &mut String) {
        while let Some(letter) = self.rest.next() {
            if letter != '"' {
                text.push(letter);
            } else if self.rest.next_if_eq(&'"').is_some() {
                text.push('"');
            } else {
                return;
            }
        }
        self.unclosed = true;
    }

    fn ends_row(&mut self, letter: char) -> bool {
        if letter == '\r' {
            self.rest.next_if_eq(&'\n');
        }
        letter == '\n' || letter == '\r'
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        if self.rest.peek().is_none() && !self.field_waits {
            return None;
        }
        let (row, column) = (self.row, self.column);
        self.field_waits = false;
        let mut text = String::new();
        if self.quoted && self.rest.next_if_eq(&'"').is_some() {
            self.quoted_part(&mut text);
        }
        while let Some(letter) = self.rest.next() {
            if letter == self.delimiter {
                self.column = self.column.saturating_add(1);
                self.field_waits = true;
                return Some(Field { row, column, text });
            }
            if self.ends_row(letter) {
                break;
            }
            text.push(letter);
        }
        self.row = self.row.saturating_add(1);
        self.column = 0;
        Some(Field { row, column, text })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Nobody;
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&[&str]]) {
        let grid = read("价格.csv", bytes, &Nobody).unwrap();
        let rows: Vec<Vec<String>> =
            grid.rows.iter().map(|cells| cells.iter().map(Cell::text).collect()).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn every_encoding_of_the_office_is_read() {
        let expected: &[&[&str]] = &[&["编号", "名称"], &["P1", "外墙漆"]];
        check("编号,名称\nP1,外墙漆".as_bytes(), expected);
        check("\u{FEFF}编号,名称\r\nP1,外墙漆\r\n".as_bytes(), expected);
        check(b"\xB1\xE0\xBA\xC5,\xC3\xFB\xB3\xC6\nP1,\xCD\xE2\xC7\xBD\xC6\xE1\n", expected);
        let utf16: Vec<u8> =
            "\u{FEFF}编号\t名称\r\nP1\t外墙漆\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, expected);
        assert_eq!(read("a.csv", b"a,b\n\xFF\xFF\xFF", &Nobody), Err(SheetRefused::UnknownEncoding));
    }

    #[test]
    fn the_sign_between_fields_is_found_or_declared() {
        for sign in [',', ';', '\t', '|'] {
            let text = format!("编号{sign}价格{sign}备注\nP1{sign}1.5{sign}好\n");
            check(text.as_bytes(), &[&["编号", "价格", "备注"], &["P1", "1.5", "好"]]);
        }
        check("P1;1,5\nP2;2,5\nP3;一".as_bytes(), &[&["P1", "1,5"], &["P2", "2,5"], &["P3", "一"]]);
        check("sep=|\na,b|c\n".as_bytes(), &[&["a,b", "c"]]);
        check("只有一列\n一\n".as_bytes(), &[&["只有一列"], &["一"]]);
    }

    #[test]
    fn the_heads_are_read_without_the_rest() {
        let rows = "P1,外墙漆\n".repeat(20_000);
        let text = format!("编号,名称\n{rows}");
        let (gbk, _, _) = GB18030.encode(&text);
        let wide: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        // What stands behind the beginning is not even looked at.
        let broken = [text.as_bytes(), b"\xFF\xFF\xFF"].concat();
        for bytes in [text.as_bytes(), &gbk, &wide, &broken, "编号,名称".as_bytes()] {
            let grid = heads("价格.csv", bytes, &Nobody).unwrap();
            let told: Vec<String> = grid.rows[0].iter().map(Cell::text).collect();
            assert_eq!((grid.rows.len(), told), (1, vec!["编号".to_string(), "名称".to_string()]));
        }
    }

    #[test]
    fn quotes_hold_signs_and_lines_and_inches_are_no_quotes() {
        check(b"a,\"x, \"\"y\"\"\nz\",b\n", &[&["a", "x, \"y\"\nz", "b"]]);
        check("管 3\",1\n管 4\",2\n".as_bytes(), &[&["管 3\"", "1"], &["管 4\"", "2"]]);
        check(b"\"3,1\n4,2\n", &[&["\"3", "1"], &["4", "2"]]);
        check(b"=\"00123\",=1+1\n", &[&["00123", "=1+1"]]);
    }

    #[test]
    fn rows_keep_the_numbers_that_people_see() {
        check(b"a,b\n\n\r\nc,,d,,\n\n", &[&["a", "b"], &[], &[], &["c", "", "d"]]);
        check(b",", &[]);
        check(b"a\rb", &[&["a"], &["b"]]);
    }
}
