//! What plugin-core costs, beside its peers: measures it, and writes `benches/RESULTS.md`.
//!
//! `cargo run --release -p plugin-benches -- all`

mod cargo;
mod compile_time;
mod generate;
mod measured;
mod run_time;
mod usage;

use std::env;
use std::process::ExitCode;

use compile_time::Extent;
use measured::Measured;

const USAGE: &str = "\
usage: cargo run --release -p plugin-benches -- COMMAND

  compile-time           what plugins cost their compiler: a quarter of an hour
  compile-time quick     the same of two thousand plugins in one crate, once, unrecorded";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["run-time"] => {
            let counts = match run_time::count() {
                Ok(counts) => counts,
                Err(error) => {
                    eprintln!("{error}");
                    return ExitCode::FAILURE;
                }
            };
            counts.save(Measured::INSTRUCTIONS);
            run_time::time().save(Measured::TIME);
        }
        ["compile-time"] => compile_time(),
        ["compile-time", "quick"] => compile_time_quick(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn compile_time() {
    let measured = compile_time::measure(&Extent {
        rounds: 3,
        plugins: vec![500, 2_000],
        crates: vec![1, 10],
        own_crates: true,
    });
    measured.save(Measured::COMPILE_TIME);
    print!("{}", compile_time::tables(&measured));
}

fn compile_time_quick() {
    let measured = compile_time::measure(&Extent {
        rounds: 1,
        plugins: vec![2_000],
        crates: vec![1],
        own_crates: false,
    });
    print!("{}", compile_time::tables(&measured));
}
