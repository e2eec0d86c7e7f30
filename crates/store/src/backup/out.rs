//! Where an archive is written. Once that has failed, or nobody wants the archive any more, it takes what follows and keeps
//! nothing of it: the writer of archives ends every archive that it lets go of, and says on standard error, in its own
//! words, when that fails again.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) struct Out<W: Write + Seek> {
    inner: BufWriter<W>,
    at: u64,
    fault: Option<io::ErrorKind>,
    unwanted: Arc<AtomicBool>,
}

/// Let go of before the writer of the archive is, it tells `Out` that nobody wants the rest.
pub(super) struct Wanted {
    unwanted: Arc<AtomicBool>,
}

impl Drop for Wanted {
    fn drop(&mut self) {
        self.unwanted.store(true, Ordering::Relaxed);
    }
}

impl<W: Write + Seek> Out<W> {
    pub(super) fn new(inner: W) -> (Out<W>, Wanted) {
        let unwanted = Arc::new(AtomicBool::new(false));
        let wanted = Wanted { unwanted: unwanted.clone() };
        (Out { inner: BufWriter::new(inner), at: 0, fault: None, unwanted }, wanted)
    }

    /// What was written to, when all of it arrived there.
    pub(super) fn whole(self) -> io::Result<W> {
        match self.fault {
            Some(kind) => Err(kind.into()),
            None => self.inner.into_inner().map_err(|error| error.into_error()),
        }
    }

    fn keeps_nothing(&self) -> bool {
        self.fault.is_some() || self.unwanted.load(Ordering::Relaxed)
    }

    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.inspect_err(|error| {
            if error.kind() != io::ErrorKind::Interrupted {
                self.fault = Some(error.kind());
            }
        })
    }
}

impl<W: Write + Seek> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = if self.keeps_nothing() {
            bytes.len()
        } else {
            let done = self.inner.write(bytes);
            self.noted(done)?
        };
        self.at = self.at.saturating_add(u64::try_from(taken).unwrap_or_default());
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.keeps_nothing() {
            return Ok(());
        }
        let done = self.inner.flush();
        self.noted(done)
    }
}

impl<W: Write + Seek> Seek for Out<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = if self.keeps_nothing() {
            match to {
                SeekFrom::Start(at) => at,
                SeekFrom::Current(by) => self.at.saturating_add_signed(by),
                SeekFrom::End(_) => self.at,
            }
        } else {
            let done = self.inner.seek(to);
            self.noted(done)?
        };
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A disk with room for so many bytes.
    struct Disk {
        content: Cursor<Vec<u8>>,
        room: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.content.get_ref().len() + bytes.len() > self.room {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.content.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.content.flush()
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.content.seek(to)
        }
    }

    fn begun(room: usize) -> (ZipWriter<Out<Disk>>, Wanted) {
        let (out, wanted) = Out::new(Disk { content: Cursor::new(Vec::new()), room });
        let mut zip = ZipWriter::new(out);
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("a", stored).unwrap();
        (zip, wanted)
    }

    #[test]
    fn what_fits_arrives_whole() {
        let (mut zip, _wanted) = begun(100_000);
        zip.write_all(&[7; 50_000]).unwrap();
        let disk = zip.finish().unwrap().whole().unwrap();
        assert!(zip::ZipArchive::new(disk.content).is_ok());
    }

    #[test]
    fn on_a_full_disk_the_first_failure_is_told_and_none_after_it_and_nothing_counts_as_whole() {
        let (mut zip, _wanted) = begun(20_000);
        assert_eq!(zip.write_all(&[7; 50_000]).unwrap_err().kind(), io::ErrorKind::StorageFull);
        let (mut out, _wanted) = Out::new(Disk { content: Cursor::new(Vec::new()), room: 0 });
        out.write_all(b"a").unwrap();
        assert!(out.flush().is_err(), "no room for what was buffered");
        assert!(out.write_all(&[7; 50_000]).is_ok() && out.flush().is_ok());
        assert_eq!(out.stream_position().unwrap(), 50_001);
        assert_eq!(out.seek(SeekFrom::Start(30)).unwrap(), 30);
        assert_eq!(out.whole().err().unwrap().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn an_archive_that_nobody_wants_any_more_is_ended_without_a_fault_though_the_disk_is_full() {
        // The head of the entry fits, what ends the archive does not.
        let (zip, wanted) = begun(60);
        drop(wanted);
        assert!(zip.finish().is_ok());
    }
}
