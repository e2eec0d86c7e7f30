//! What the program `huxi` is made of besides its commands.

pub mod settings;
pub mod words;
