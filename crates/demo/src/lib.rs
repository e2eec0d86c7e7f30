//! The demo company: made from a fixed seed through the same use-cases that people use.

mod buyers;
mod chance;
mod goods;
mod staff;
