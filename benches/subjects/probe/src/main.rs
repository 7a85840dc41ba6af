//! A host of all registries: it lists its works, does each once, or measures them.
//!
//! `bench-probe check` does each work once, and fails where two subjects disagree.
//! `bench-probe count`, under callgrind, does each some times, and then twice as often.
//! `bench-probe time` asks criterion.

mod casts;
mod maps;
mod registries;
mod work;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::ExitCode;

use work::Work;

// Only named, so that they are linked.
use bench_left as _;
use bench_right as _;

fn main() -> ExitCode {
    #[cfg(all(feature = "peers", not(clippy)))]
    bench_registries::inventory::fill();
    let works = works();
    match std::env::args().nth(1).as_deref() {
        Some("check") => check(&works),
        Some("count") => count(&works),
        #[cfg(feature = "peers")]
        Some("time") => time(&works),
        _ => {
            eprintln!("usage: bench-probe check|count|time");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn works() -> Vec<Work> {
    let mut works = vec![Work::new("nothing", "nothing", 1, |_| 0)];
    registries::add(&mut works);
    maps::add(&mut works);
    casts::add(&mut works);
    works
}

/// All subjects answer the same.
fn check(works: &[Work]) {
    let mut answers = BTreeMap::new();
    for work in works {
        let answer = (work.run)(work.names[0]);
        println!("{}: {answer}", work.label());
        // Addresses differ, and so do the plugins of other crates.
        if matches!(
            work.what,
            "length" | "call" | "data" | "first" | "miss" | "cast"
        ) {
            let of = answers.entry((work.what, work.size)).or_insert(answer);
            assert_eq!(*of, answer, "{} disagrees", work.label());
        }
    }
}

fn count(works: &[Work]) {
    for work in works {
        // The first use makes indexes.
        black_box((work.run)(work.names[0]));
        let twice = [work.names, work.names].concat();
        println!("{}\t{}", work.names.len(), work.label());
        counted(work.run, work.names);
        counted(work.run, &twice);
    }
}

/// What callgrind looks at.
#[inline(never)]
fn counted(run: fn(&'static str) -> usize, names: &[&'static str]) {
    let run = black_box(run);
    for name in names {
        black_box(run(name));
    }
}

#[cfg(feature = "peers")]
fn time(works: &[Work]) {
    use std::time::Duration;

    let mut criterion = criterion::Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(50))
        .measurement_time(Duration::from_millis(250));
    for work in works {
        // The first use makes indexes: criterion would take it for what each one takes.
        black_box((work.run)(work.names[0]));
        let (run, mut names) = (black_box(work.run), work.names.iter().cycle());
        criterion.bench_function(&work.label(), |bencher| {
            bencher.iter(|| run(names.next().unwrap()));
        });
    }
}
