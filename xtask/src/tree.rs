//! The repository as the rules see it: every text file by its path from the root, with `/` between folders.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// Folders that hold what was built, fetched or made, never what was written.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", ".git", ".cache", "data", "pictures"];

/// One place where the repository breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl Fault {
    /// A fault on a line of a file; line 0 means the file as a whole.
    pub fn new(path: &str, line: usize, what: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// All text files of the repository.
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads every text file beneath `root` that somebody wrote.
    pub fn read(root: &Path) -> anyhow::Result<Tree> {
        let mut files = BTreeMap::new();
        gather(root, "", &mut files)?;
        Ok(Tree { files })
    }

    /// Every file, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every file whose name ends in one of `endings`.
    pub fn ending<'a>(&'a self, endings: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(|(path, _)| endings.iter().any(|ending| path.ends_with(ending)))
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The names directly beneath `folder` (ending in `/`): files with their ending, folders without.
    pub fn names_in(&self, folder: &str) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(folder))
            .filter_map(|rest| rest.split('/').next())
            .collect();
        names.dedup();
        names
    }
}

#[cfg(test)]
impl Tree {
    /// A made-up repository for the test of a rule.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        Tree { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }
}

fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() {
            let bytes = std::fs::read(entry.path())?;
            // What is not UTF-8 (pictures, fonts, workbooks) is no text and has no rule.
            if let Ok(text) = String::from_utf8(bytes) {
                files.insert(path, text);
            }
        }
    }
    Ok(())
}
