//! What the program `huxi` is made of besides its commands.

pub mod answer;
pub mod demo;
pub mod price;
pub mod serve;
pub mod settings;
pub mod strict;
pub mod words;
pub mod worktime;
