//! How many records one answer may hold.

use super::invalid::{FieldFault, Invalid};

/// The size of one page; every list takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u32);

impl Limit {
    /// What a list gives when nobody says how many.
    pub const USUAL: Limit = Limit(50);
    /// The most that an ordinary list gives.
    pub const MAX: u32 = 200;

    /// `wanted` between 1 and `max`, the usual size when nothing is said; refused outside.
    pub fn new(wanted: Option<i64>, max: u32) -> Result<Limit, Invalid> {
        let Some(wanted) = wanted else { return Ok(Limit::USUAL) };
        let refused = || Invalid::one("limit", FieldFault::NotInRange { min: 1, max: i64::from(max) });
        let size = u32::try_from(wanted).map_err(|_| refused())?;
        if (1..=max).contains(&size) { Ok(Limit(size)) } else { Err(refused()) }
    }

    pub fn get(self) -> u32 {
        self.0
    }

    /// One more than the page, to learn whether another page follows.
    pub fn and_one(self) -> u32 {
        self.0 + 1
    }

    /// Cuts what was read with `and_one` to the page; `true` when more follows.
    pub fn cut<T>(self, rows: &mut Vec<T>) -> bool {
        let size = usize::try_from(self.0).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_the_page_size() {
        assert_eq!(Limit::new(None, 200), Ok(Limit::USUAL));
        assert_eq!(Limit::new(Some(200), 200).map(Limit::get), Ok(200));
        for wrong in [0, -1, 201, i64::MAX] {
            assert!(Limit::new(Some(wrong), 200).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_row_more_than_the_page_means_that_another_follows() {
        let limit = Limit::new(Some(2), 200).unwrap();
        let mut rows = vec![1, 2, 3];
        assert!(limit.cut(&mut rows));
        assert_eq!(rows, [1, 2]);
        assert!(!limit.cut(&mut rows));
    }
}
