//! A price file as somebody has it becomes price rows: which column means what, and what is wrong in which row.

pub mod grid;
