//! The pictures of a product: so many, in an order, the first of them the main one.

/// A product has at most so many pictures.
pub const PICTURES_MAX: usize = 8;

/// A picture of a product by the hashes of its two files; both are JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What is shown large.
    pub file: String,
    /// What is shown small: in lists, and on paper.
    pub thumb: String,
    /// Pixels of the large one.
    pub width: u32,
    pub height: u32,
}

/// Why the pictures of a product stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GalleryRefused {
    #[error("a product has at most {max} pictures")]
    Full { max: usize },
    #[error("the product has this picture already")]
    Twice,
    #[error("the order names other pictures than the product has now")]
    OtherPictures,
}

/// Whether one more picture may stand behind `present`.
pub fn may_add(present: &[Picture], file: &str) -> Result<(), GalleryRefused> {
    if present.iter().any(|picture| picture.file == file) {
        return Err(GalleryRefused::Twice);
    }
    if present.len() >= PICTURES_MAX { Err(GalleryRefused::Full { max: PICTURES_MAX }) } else { Ok(()) }
}

/// Whether `asked` names each of `present` once: who orders pictures has seen them all.
pub fn may_order(present: &[Picture], asked: &[String]) -> Result<(), GalleryRefused> {
    let mut left: Vec<&str> = present.iter().map(|picture| picture.file.as_str()).collect();
    for file in asked {
        let place = left.iter().position(|known| known == file).ok_or(GalleryRefused::OtherPictures)?;
        left.swap_remove(place);
    }
    if left.is_empty() { Ok(()) } else { Err(GalleryRefused::OtherPictures) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gallery(count: usize) -> Vec<Picture> {
        let picture = |n| Picture { file: format!("f{n}"), thumb: format!("t{n}"), width: 800, height: 600 };
        (0..count).map(picture).collect()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_string()).collect()
    }

    #[test]
    fn eight_pictures_are_the_limit_and_none_stands_there_twice() {
        assert_eq!(may_add(&gallery(0), "f9"), Ok(()));
        assert_eq!(may_add(&gallery(PICTURES_MAX - 1), "f9"), Ok(()));
        assert_eq!(may_add(&gallery(PICTURES_MAX), "f9"), Err(GalleryRefused::Full { max: 8 }));
        assert_eq!(may_add(&gallery(3), "f2"), Err(GalleryRefused::Twice));
    }

    #[test]
    fn an_order_names_every_picture_once_and_no_other() {
        assert_eq!(may_order(&gallery(3), &names(&["f2", "f0", "f1"])), Ok(()));
        assert_eq!(may_order(&gallery(0), &[]), Ok(()));
        for wrong in [&["f0", "f1"][..], &["f0", "f1", "f1"], &["f0", "f1", "f2", "f3"], &["f0", "f1", "f9"]]
        {
            assert_eq!(
                may_order(&gallery(3), &names(wrong)),
                Err(GalleryRefused::OtherPictures),
                "{wrong:?}"
            );
        }
    }
}
