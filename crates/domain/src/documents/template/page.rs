//! What paper a document is printed on, and in which languages.

use serde::{Deserialize, Serialize};

/// The paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// Continuous form of 241 mm, whole sheets of 280 mm.
    #[serde(rename = "form_280")]
    Form280,
    /// Continuous form of 241 mm, half sheets of 140 mm.
    #[serde(rename = "form_140")]
    Form140,
    /// Continuous form of 241 mm, third sheets of 93 mm.
    #[serde(rename = "form_93")]
    Form93,
}

impl PageSize {
    pub const ALL: [PageSize; 4] = [PageSize::A4, PageSize::Form280, PageSize::Form140, PageSize::Form93];

    /// The name in rows and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            PageSize::A4 => "a4",
            PageSize::Form280 => "form_280",
            PageSize::Form140 => "form_140",
            PageSize::Form93 => "form_93",
        }
    }

    /// The paper of that name.
    pub fn from_key(key: &str) -> Option<PageSize> {
        PageSize::ALL.into_iter().find(|size| size.key() == key)
    }

    /// Width and height in tenths of a millimetre.
    pub fn tenths_of_mm(self) -> (u32, u32) {
        match self {
            PageSize::A4 => (2_100, 2_970),
            PageSize::Form280 => (2_410, 2_800),
            PageSize::Form140 => (2_410, 1_400),
            PageSize::Form93 => (2_410, 933),
        }
    }

    /// A continuous form with holes on both sides, for a needle printer: black on white, nothing near the holes.
    pub fn is_form(self) -> bool {
        self != PageSize::A4
    }

    /// Too low for large headings and a seal in its true size.
    pub fn is_low(self) -> bool {
        matches!(self, PageSize::Form140 | PageSize::Form93)
    }
}

/// In which languages a document says what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    Zh,
    /// English beside the Chinese.
    ZhEn,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Zh, Language::ZhEn];

    /// The name in rows and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::ZhEn => "zh_en",
        }
    }

    /// The languages of that name.
    pub fn from_key(key: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.key() == key)
    }
}
