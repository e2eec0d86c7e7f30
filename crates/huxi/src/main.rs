//! The program `huxi`: one subcommand for each thing it does.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use huxi::answer::Answer;
use huxi::price::{self, PriceArgs};
use huxi::words;

/// Huxi：从价目表到报价、订单。
#[derive(Debug, Parser)]
#[command(name = "huxi", version, disable_help_subcommand = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Price(PriceArgs),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            return Answer { code: 0, out: error.to_string(), err: String::new() }.finish();
        }
        Err(error) => return Answer::unreadable(words::usage_fault(&error)).finish(),
    };
    match cli.command {
        Command::Price(args) => price::run(&args).finish(),
    }
}
