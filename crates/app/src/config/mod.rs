//! Configuration: what people draft, confirm, publish, withdraw and roll back, and the snapshot that the system runs on.

mod live;

pub use live::{Live, LiveCell, live};
