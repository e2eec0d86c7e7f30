//! The Chinese fonts that go into a PDF, wherever this machine keeps them.

use std::path::{Path, PathBuf};

use domain::documents::PrintRefused;
use typst::foundations::Bytes;
use typst::text::Font;

/// Families that hold all of simplified Chinese, the first found wins.
const FAMILIES: [&str; 4] = ["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN"];

/// How files of these families are named.
const FILE_NAMES: [&str; 4] = ["notosanssc", "notosanscjk", "sourcehansanssc", "sourcehansanscn"];

/// How deep a font folder is searched.
const DEPTH_MAX: usize = 5;

/// One family in regular and, when the machine has it, bold.
pub struct Fonts {
    pub family: String,
    pub regular: Font,
    pub bold: Option<Font>,
}

impl Fonts {
    /// The fonts of the first folder that has a regular Chinese one.
    pub fn find(folders: &[PathBuf]) -> Result<Fonts, PrintRefused> {
        folders.iter().find_map(|folder| Fonts::in_folder(folder)).ok_or_else(|| PrintRefused::FontsMissing {
            looked_in: folders.iter().map(|folder| folder.display().to_string()).collect(),
        })
    }

    /// Both weights, regular first.
    pub fn all(&self) -> Vec<Font> {
        std::iter::once(self.regular.clone()).chain(self.bold.clone()).collect()
    }

    /// The heavier one, for headings and seals.
    pub fn heaviest(&self) -> &Font {
        self.bold.as_ref().unwrap_or(&self.regular)
    }

    fn in_folder(folder: &Path) -> Option<Fonts> {
        let mut files = Vec::new();
        collect_font_files(folder, 0, &mut files);
        files.sort();
        let fonts: Vec<Font> =
            files.iter().filter_map(|file| std::fs::read(file).ok()).flat_map(faces).collect();
        FAMILIES.iter().find_map(|family| {
            let weighing = |weight: u16| {
                let fits = |font: &&Font| font.info().family == *family && weight_of(font) == weight;
                fonts.iter().find(fits).cloned()
            };
            Some(Fonts { family: (*family).to_string(), regular: weighing(400)?, bold: weighing(700) })
        })
    }
}

/// Where fonts are looked for: the folder of the settings, what `scripts/fonts` fetched, then the system.
pub fn font_folders(setting: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = setting.map(Path::to_path_buf).into_iter().collect();
    folders.push(PathBuf::from(".cache/fonts"));
    if let Some(home) = std::env::var_os("HOME") {
        folders.push(Path::new(&home).join(".local/share/fonts"));
        folders.push(Path::new(&home).join("Library/Fonts"));
    }
    for folder in ["/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts"] {
        folders.push(PathBuf::from(folder));
    }
    folders
}

fn weight_of(font: &Font) -> u16 {
    font.info().variant.weight.to_number()
}

fn faces(file: Vec<u8>) -> impl Iterator<Item = Font> {
    Font::iter(Bytes::new(file))
}

/// Only regular and bold files of known families are read: a whole system folder is hundreds of megabytes.
fn collect_font_files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && depth < DEPTH_MAX {
            collect_font_files(&path, depth + 1, found);
        } else if is_wanted(&path) {
            found.push(path);
        }
    }
}

fn is_wanted(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_font = [".ttf", ".otf", ".ttc"].iter().any(|ending| name.ends_with(ending));
    let of_family = FILE_NAMES.iter().any(|family| plain.starts_with(family));
    let of_weight = plain.contains("regular") || plain.contains("bold");
    let between = plain.contains("semibold") || plain.contains("extrabold") || plain.contains("demibold");
    is_font && of_family && of_weight && !between
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_and_bold_of_known_families_are_read() {
        for name in [
            "NotoSansSC_400Regular.ttf",
            "NotoSansSC_700Bold.ttf",
            "NotoSansCJK-Regular.ttc",
            "SourceHanSansSC-Bold.otf",
        ] {
            assert!(is_wanted(Path::new(name)), "{name}");
        }
        for name in [
            "NotoSansSC_600SemiBold.ttf",
            "NotoSerifCJK-Regular.ttc",
            "NotoSansSC_400Regular.ttf.png",
            "NotoSansMono-Regular.ttf",
        ] {
            assert!(!is_wanted(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_machine_without_fonts_is_told_so() {
        let empty = tempfile::tempdir().unwrap();
        std::fs::write(empty.path().join("NotoSansSC-Regular.ttf"), b"not a font").unwrap();
        let refused = Fonts::find(&[empty.path().to_path_buf(), PathBuf::from("/nowhere")]).err().unwrap();
        assert!(matches!(refused, PrintRefused::FontsMissing { looked_in } if looked_in.len() == 2));
    }
}
