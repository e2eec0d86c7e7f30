//! The use-cases of Huxi: check the right, load, let the domain decide, save.

pub mod ports;
