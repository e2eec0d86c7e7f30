//! Seals that were opened once and found sound: a company has a few, and each stands on hundreds of papers.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::documents::PrintRefused;
use typst::foundations::Bytes;

use super::pictures::check_seal;

/// So many seals are remembered; the one that was found sound first goes first.
const KEPT: usize = 16;

/// Opening a seal takes as long as setting a short paper, so it is done once for each.
#[derive(Default)]
pub(super) struct Stamps(Mutex<VecDeque<Bytes>>);

impl Stamps {
    /// The seal as the typesetter takes it, opened now if these very bytes were not opened before.
    pub(super) fn sound(&self, png: &[u8]) -> Result<Bytes, PrintRefused> {
        let known = self.kept().iter().find(|seal| seal.as_slice() == png).cloned();
        if let Some(seal) = known {
            return Ok(seal);
        }
        check_seal(png)?;
        let seal = Bytes::new(png.to_vec());
        let mut kept = self.kept();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(seal.clone());
        Ok(seal)
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn seal(side: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_pixel(side, side, Rgba([200, 0, 0, 90]))
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_sound_seal_is_opened_once_and_a_broken_one_is_refused_each_time() {
        let stamps = Stamps::default();
        let first = stamps.sound(&seal(20)).unwrap();
        assert_eq!(stamps.sound(&seal(20)).unwrap().as_slice().as_ptr(), first.as_slice().as_ptr());
        let broken = seal(20)[..40].to_vec();
        for _ in 0..2 {
            assert_eq!(stamps.sound(&broken), Err(PrintRefused::SealUnreadable));
        }
        assert_eq!(stamps.kept().len(), 1);
    }

    #[test]
    fn no_more_seals_are_kept_than_a_company_has() {
        let stamps = Stamps::default();
        for side in 1..40 {
            stamps.sound(&seal(side)).unwrap();
        }
        assert_eq!(stamps.kept().len(), KEPT);
        assert_eq!(stamps.kept().back().unwrap().as_slice(), seal(39).as_slice());
    }
}
