//! What the program `huxi` is made of besides its commands.

pub mod answer;
pub mod backup;
pub mod demo;
pub mod moving;
pub mod nightly;
pub mod price;
pub mod serve;
pub mod settings;
pub mod strict;
pub mod words;
pub mod worktime;
