//! What plugin-core costs, beside its peers: measures it, and writes `benches/RESULTS.md`.
//!
//! `cargo run --release -p plugin-benches -- all`

mod before_main;
mod calls;
mod cargo;
mod compile_time;
mod configured;
mod data;
mod generate;
mod hot_path;
mod measured;
mod plot;
mod report;
mod run_time;
mod scale;
mod twisted;
mod usage;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use compile_time::Extent;
use generate::Subject;
use measured::Measured;
use report::Results;

const USAGE: &str = "\
usage: cargo run --release -p plugin-benches -- COMMAND

  all           measures everything, and writes benches/RESULTS.md: about half an hour
  --check       counts instructions, and fails where they are worse than the recorded ones

a part of it:
  run-time      what the works of a host take, in instructions and in time
  before-main   what plugins cost a program that never asks for them, with packed relocations too
  compile-time  what plugins cost their compiler
  scale         what the first look at thousands of interfaces, and at a million plugins, takes;
                the walk of a million data, and the bytes of each
  twisted       what the same lookup takes in Twisted
  configured    what plugins that are made of parameters take, beside typetag
  report        writes benches/RESULTS.md and its plots from what has been measured

to look at:
  calls         what a call of a drop-in's plugin takes, beside one of a plugin that is linked in
  hot-path      the assembly of `plugins::<dyn I>()`, and of its peers
  quick         the compile time of two thousand plugins in one crate, of one type and of a type for
                each, once
  smoke TARGET  a little of each, without valgrind and other crates, built in TARGET";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["compile-time"] => compile_time(),
        ["scale"] => scale(),
        ["twisted"] => twisted(),
        ["calls"] => calls::measure(),
        ["hot-path"] => hot_path(),
        ["quick"] => quick(),
        ["smoke", target] => smoke(Path::new(target)),
        _ => {
            if let Err(error) = run(&arguments) {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// The commands that may have to refuse, as where valgrind is missing.
fn run(arguments: &[&str]) -> Result<(), String> {
    match arguments {
        ["all"] => all(),
        ["--check"] => check(),
        ["run-time"] => run_time(),
        ["before-main"] => before_main(),
        ["configured"] => configured(),
        ["report"] => report(),
        _ => Err(USAGE.to_owned()),
    }
}

fn all() -> Result<(), String> {
    run_time()?;
    before_main()?;
    compile_time();
    scale();
    twisted();
    configured()?;
    report()
}

fn check() -> Result<(), String> {
    let recorded = Measured::load(Measured::INSTRUCTIONS);
    let now = run_time::count(&["off"])?;
    let worse = report::worse(&recorded, &now);
    if worse.is_empty() {
        println!("no instruction count is worse than the recorded one");
        return Ok(());
    }
    Err(worse.join("\n"))
}

fn run_time() -> Result<(), String> {
    run_time::count(&run_time::LTO)?.save(Measured::INSTRUCTIONS);
    run_time::time("off").save(Measured::TIME);
    Ok(())
}

fn before_main() -> Result<(), String> {
    before_main::measure()?.save(Measured::BEFORE_MAIN);
    Ok(())
}

fn compile_time() {
    let extent = Extent {
        rounds: 3,
        plugins: vec![500, 2_000],
        crates: vec![1, 10],
        subjects: compile_time::SUBJECTS,
        builds: compile_time::BUILDS,
        own_types: compile_time::OWN_TYPES,
        target: None,
        own_crates: true,
    };
    // An hour's work is not lost in the last minute.
    compile_time::measure(&extent, |medians| medians.save(Measured::COMPILE_TIME));
}

fn scale() {
    let measured = scale::measure();
    measured.save(Measured::SCALE);
    print!(
        "{}{}",
        scale::tables(&measured),
        report::data_tables(&measured)
    );
}

fn twisted() {
    twisted::measure().save(Measured::TWISTED);
}

fn configured() -> Result<(), String> {
    let measured = configured::measure(3)?;
    measured.save(Measured::CONFIGURED);
    print!("{}", report::configured_table(&measured));
    Ok(())
}

fn report() -> Result<(), String> {
    let results = Results::load();
    report::write(&results);
    plot::write(&results).map_err(|error| error.to_string())
}

fn hot_path() {
    for path in hot_path::measure(hot_path::SUBJECTS, None) {
        println!("{}:\n{}", path.subject.name(), hot_path::listing(&path));
    }
}

fn quick() {
    let extent = Extent {
        rounds: 1,
        plugins: vec![2_000],
        crates: vec![1],
        subjects: compile_time::SUBJECTS,
        builds: compile_time::BUILDS,
        own_types: compile_time::OWN_TYPES,
        target: None,
        own_crates: false,
    };
    let measured = compile_time::measure(&extent, |_| {});
    print!("{}", compile_time::tables(&measured));
}

fn smoke(target: &Path) {
    let subjects = &[Subject::Ours, Subject::ByHand];
    let extent = Extent {
        rounds: 1,
        plugins: vec![4],
        crates: vec![2],
        subjects,
        builds: &[("debug", &["build"])],
        own_types: &[Subject::Ours],
        target: Some(target.to_owned()),
        own_crates: false,
    };
    let measured = compile_time::measure(&extent, |_| {});
    for (words, value) in measured.all() {
        println!("{words}: {value}");
    }
    for path in hot_path::measure(subjects, Some(target)) {
        println!("{}: {} instructions", path.subject.name(), path.count());
    }
    for plugins in [0, 4] {
        let workspace = before_main::workspace(Subject::Ours, plugins).in_target(Some(target));
        let program = before_main::build(&workspace);
        for (quantity, value) in before_main::quantities(&program) {
            println!("{quantity}, {plugins} plugins: {value}");
        }
        let texts = before_main::texts_in(&program, &workspace);
        println!("texts, {plugins} plugins: {texts}");
    }
    let host = scale::build_interfaces(4, Some(target));
    for (work, _) in scale::WORKS {
        let [nanoseconds] = scale::first_use(&host, &[work]);
        println!("{work}, 4 interfaces: {nanoseconds}");
    }
}
