//! The records of an old workbook, as far as they tell how much is in it.

/// Numbers of the record kinds (MS-XLS §2.3).
pub mod kinds {
    pub const END: u16 = 0x000A;
    pub const FILE_PASS: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00BD;
    pub const SHARED_STRINGS: u16 = 0x00FC;
    pub const LABEL_SST: u16 = 0x00FD;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const BEGIN: u16 = 0x0809;

    /// Formula, rich label, number, label, truth or error, short number: a record for one cell.
    pub const ONE_CELL: [u16; 6] = [0x0006, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E];
}

/// The records of a stream from some place on.
pub struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

/// One record.
pub struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records of `stream` from `at` on, until the stream ends or breaks off.
    pub fn new(stream: &'a [u8], at: usize) -> Records<'a> {
        Records { stream, at }
    }

    /// The data of the records that continue the one read last.
    pub fn continued(&self) -> Vec<&'a [u8]> {
        let rest = Records::new(self.stream, self.at);
        rest.take_while(|record| record.kind == kinds::CONTINUE).map(|record| record.data).collect()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let start = self.at.checked_add(4)?;
        let head = self.stream.get(self.at..start)?;
        let end = start.checked_add(usize::from(u16_in(head, 2)?))?;
        self.at = end;
        Some(Record { kind: u16_in(head, 0)?, data: self.stream.get(start..end)? })
    }
}

impl Record<'_> {
    /// The 16-bit number at `at`.
    pub fn u16_at(&self, at: usize) -> Option<u32> {
        u16_in(self.data, at).map(u32::from)
    }

    /// The 32-bit number at `at`.
    pub fn u32_at(&self, at: usize) -> Option<u32> {
        u32_in(self.data, at)
    }
}

/// Letters of each shared text. Where the table cannot be followed it ends; the caller knows no length of the others.
pub fn letters_of(first: &[u8], continued: &[&[u8]]) -> Vec<usize> {
    let parts = std::iter::once(first).chain(continued.iter().copied()).collect();
    // Two counts of four bytes stand before the texts.
    let mut texts = Texts { parts, part: 0, at: 8 };
    std::iter::from_fn(|| texts.step()).collect()
}

/// A table of texts over a record and those that continue it.
struct Texts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Texts<'a> {
    /// Steps over one text; its number of letters.
    fn step(&mut self) -> Option<usize> {
        let head = self.head(3)?;
        let letters = usize::from(u16_in(head, 0)?);
        let flags = *head.get(2)?;
        let runs = if flags & 8 != 0 { usize::from(u16_in(self.head(2)?, 0)?) } else { 0 };
        let extra = if flags & 4 != 0 { usize::try_from(u32_in(self.head(4)?, 0)?).ok()? } else { 0 };
        self.skip_letters(letters, flags & 1 != 0)?;
        self.skip((runs * 4).checked_add(extra)?)?;
        Some(letters)
    }

    /// Bytes that are never parted between two records.
    fn head(&mut self, count: usize) -> Option<&'a [u8]> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.next_part()?;
        }
        let bytes = self.parts.get(self.part)?.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(bytes)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        loop {
            let left = self.left()?;
            if count <= left {
                self.at += count;
                return Some(());
            }
            count -= left;
            self.next_part()?;
        }
    }

    /// Letters that go on in the next record begin there with a byte saying how wide they are.
    fn skip_letters(&mut self, mut letters: usize, mut wide: bool) -> Option<()> {
        loop {
            let size = if wide { 2 } else { 1 };
            let room = self.left()? / size;
            if letters <= room {
                self.at += letters * size;
                return Some(());
            }
            letters -= room;
            self.next_part()?;
            wide = self.parts.get(self.part)?.first()? & 1 != 0;
            self.at = 1;
        }
    }

    fn left(&self) -> Option<usize> {
        Some(self.parts.get(self.part)?.len().saturating_sub(self.at))
    }

    fn next_part(&mut self) -> Option<()> {
        self.part += 1;
        self.at = 0;
        self.parts.get(self.part).map(|_| ())
    }
}

fn u16_in(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_in(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_measured_across_records() {
        let plain = [&[3, 0, 0][..], b"abc"].concat();
        let wide = [&[2, 0, 1][..], &[1, 0x4E, 2, 0x4E]].concat();
        let rich = [&[1, 0, 8, 2, 0][..], b"x", &[0; 8]].concat();
        let cut = [&[4, 0, 0][..], b"ab"].concat();
        let first = [&[0; 8][..], &plain, &wide, &rich, &cut].concat();
        // The rest of the cut text goes on two bytes wide.
        let second = [&[1][..], &[1, 0x4E, 2, 0x4E], &plain].concat();
        assert_eq!(letters_of(&first, &[&second]), [3, 2, 1, 4, 3]);
        assert_eq!(letters_of(&first, &[]), [3, 2, 1]);
        assert_eq!(letters_of(&[], &[]), Vec::<usize>::new());
    }

    #[test]
    fn a_stream_that_breaks_off_ends() {
        let stream = [1, 0, 2, 0, 7, 7, 2, 0, 9, 0, 1];
        assert_eq!(Records::new(&stream, 0).map(|record| record.kind).collect::<Vec<_>>(), [1]);
        assert!(Records::new(&stream, usize::MAX).next().is_none());
    }
}
