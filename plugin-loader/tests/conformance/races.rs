//! Directories that change at any moment, under a host that looks and loads.
//!
//! A minute of it: `DROPIN_STRESS_SECONDS=60 cargo test -p plugin-loader --test conformance races -- --nocapture`.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use itest::ITestPlugin2;
use plugin_loader::{Package, Refusal};
use rustix::fs::{CWD, FileType, Mode as FileMode, RenameFlags, mknodat, renameat_with};

use crate::libraries::extra;
use crate::world::{Mode, World, drop_in, files};

const SECONDS: &str = "DROPIN_STRESS_SECONDS";
const ROOT: &str = "DROPIN_RACES_ROOT";
/// Where a library that must not run leaves a trace.
const TRACE: &str = "DROPIN_RACES_TRACE";
/// No answer takes longer.
const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn what_changes_at_any_moment_neither_crashes_nor_hangs_nor_runs_unchecked() {
    let world = World::new(Mode::Cold);
    let [stable, changing, left, right] =
        ["stable", "changing", "left", "right"].map(|name| world.directory(name));
    drop_in(&stable, "stable.so", &extra(900));
    let bad = compile_bad(&world);
    let goods: Vec<_> = (910..918).map(extra).collect();
    for directory in [&left, &right] {
        drop_in(directory, "always.so", &extra(901));
    }
    // A library is loaded once: so there are many.
    for number in 0..40 {
        drop_in(
            &left,
            &format!("exchanged-{number}.so"),
            &extra(920 + number),
        );
        drop_in(&right, &format!("exchanged-{number}.so"), &bad);
    }

    let seconds = env::var(SECONDS).map_or(3, |seconds| seconds.parse().unwrap());
    let start = Instant::now();
    let mut random = 1_u32;
    let mut host = Host::new(&world);
    let (mut changes, mut answers) = (0, 0);
    let is_over = || start.elapsed() >= Duration::from_secs(seconds);
    let exchanging = {
        let (left, right) = (left.clone(), right.clone());
        thread::spawn(move || {
            let mut count = 0;
            while start.elapsed() < Duration::from_secs(seconds) {
                renameat_with(CWD, &left, CWD, &right, RenameFlags::EXCHANGE).unwrap();
                count += 1;
                // Sometimes between two system calls of the host, and sometimes not.
                thread::sleep(Duration::from_micros(count * 37 % 400));
            }
            count
        })
    };
    while !is_over() {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let good = &goods[(random >> 24) as usize % goods.len()];
        change(random >> 8, &changing, good, &bad);
        changes += 1;
        thread::sleep(Duration::from_millis(u64::from(random >> 20) % 4));
        if let Some(count) = host.ended() {
            answers += count;
            host = Host::new(&world);
        }
    }
    let exchanges = exchanging.join().unwrap();
    // What is there in the end is whole, and is found.
    for name in ["renamed", "fifo", "truncated", "segmented"] {
        drop_in(&changing, &format!("{name}.so"), &extra(903));
    }
    fs::write(world.path("stop"), "").unwrap();
    answers += host.wait();
    assert!(
        !world.path("trace").exists(),
        "a library has run that is no drop-in"
    );
    assert!(answers > 0);
    println!(
        "{changes} changes, {exchanges} exchanges, {answers} answers, 0 crashes, 0 hangs, 0 unchecked libraries run"
    );
}

/// A library that is no drop-in, and tells of it when it runs.
fn compile_bad(world: &World) -> Vec<u8> {
    let (source, library) = (world.path("bad.c"), world.path("bad"));
    let text = format!(
        "#include <stdio.h>\n#include <stdlib.h>\n\
         static void trace(void) {{ fclose(fopen(getenv(\"{TRACE}\"), \"w\")); }}\n\
         __attribute__((constructor)) static void load(void) {{ trace(); }}\n\
         void plugin_core_dropin_7(void *handshake) {{ trace(); }}\n"
    );
    fs::write(&source, text).unwrap();
    let mut compiler = Command::new("cc");
    compiler
        .args(["-w", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source);
    assert!(compiler.status().unwrap().success());
    fs::read(library).unwrap()
}

/// One of many things that somebody may do to a directory.
fn change(random: u32, directory: &Path, good: &[u8], bad: &[u8]) {
    match random % 6 {
        0 => drop(drop_in(directory, "renamed.so", good)),
        1 => drop(drop_in(directory, "renamed.so", bad)),
        2 => {
            fs::remove_file(directory.join("renamed.so")).ok();
        }
        3 => {
            let pipe = directory.join("pipe");
            let _ = fs::remove_file(&pipe);
            mknodat(CWD, &pipe, FileType::Fifo, FileMode::RUSR, 0).unwrap();
            fs::rename(pipe, directory.join("fifo.so")).unwrap();
            drop_in(directory, "fifo.so.part", good);
            thread::yield_now();
            fs::rename(directory.join("fifo.so.part"), directory.join("fifo.so")).unwrap();
        }
        4 => {
            let bytes = good;
            let mut options = File::options();
            options.write(true).create(true).truncate(false);
            let mut file = options.open(directory.join("truncated.so")).unwrap();
            file.set_len(u64::from(random) % bytes.len() as u64)
                .unwrap();
            thread::yield_now();
            file.write_all(bytes).unwrap();
        }
        _ => {
            let bytes = good;
            let [start, end] = [bytes.len() / 3, bytes.len() / 3 * 2];
            let file = File::create(directory.join("segmented.so")).unwrap();
            file.write_all_at(&bytes[end..], end as u64).unwrap();
            file.write_all_at(&bytes[..start], 0).unwrap();
            thread::yield_now();
            file.write_all_at(&bytes[start..end], start as u64).unwrap();
        }
    }
}

/// A process that looks and loads, until it has loaded much, or is told to stop.
struct Host(Child, PathBuf);

impl Host {
    fn new(world: &World) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args([
            "--exact",
            "races::look_and_load",
            "--ignored",
            "--nocapture",
        ]);
        command
            .env(ROOT, world.path(""))
            .env(TRACE, world.path("trace"));
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Self(child.unwrap(), world.path("beat"))
    }

    /// How many answers it has had, if it has ended.
    fn ended(&mut self) -> Option<usize> {
        let beat = fs::metadata(&self.1).and_then(|beat| beat.modified());
        let silence = beat.ok().and_then(|beat| beat.elapsed().ok());
        if silence.is_some_and(|silence| silence > LONGEST) {
            self.0.kill().unwrap();
            panic!("it hangs");
        }
        self.0.try_wait().unwrap()?;
        Some(self.wait())
    }

    fn wait(&mut self) -> usize {
        let output = std::io::read_to_string(self.0.stdout.take().unwrap()).unwrap();
        let errors = std::io::read_to_string(self.0.stderr.take().unwrap()).unwrap();
        let status = self.0.wait().unwrap();
        let answers = output
            .lines()
            .find_map(|line| line.strip_prefix("answers "));
        let Some(answers) = answers.filter(|_| status.success()) else {
            panic!("{status}\n{output}\n{errors}");
        };
        answers.parse().unwrap()
    }
}

#[test]
#[ignore = "it is the process of the test above"]
fn look_and_load() {
    let root = PathBuf::from(env::var_os(ROOT).unwrap());
    let new = || {
        let directories = ["stable", "changing", "left"].map(|name| root.join(name));
        // SAFETY: no library of the other process is loaded that is not checked, which is what this shows.
        unsafe { Package::of_directories("races", directories) }.cache_in(root.join("cache"))
    };
    let mut answers = 0;
    // What was loaded stays in memory.
    while copies() < 100 && answers < 150 {
        fs::write(root.join("beat"), "").unwrap();
        let is_last = root.join("stop").exists();
        let package = new();
        for _ in 0..5 {
            package.poll();
            ask(&package);
            answers += 1;
        }
        if is_last {
            while let Some(time) = package.next_poll() {
                fs::write(root.join("beat"), "").unwrap();
                thread::sleep(time.saturating_duration_since(Instant::now()));
                package.poll();
                ask(&package);
            }
            let libraries = package.libraries().into_iter();
            let found: BTreeSet<_> = libraries.map(|(path, _)| path).collect();
            let there = ["changing", "left"].map(|name| files(&root.join(name)));
            let there = there.into_iter().flatten();
            let there = there.filter(|path| path.extension().is_some_and(|suffix| suffix == "so"));
            let report = package.report();
            let refused = |path: &PathBuf| report.iter().any(|unused| unused.path == *path);
            for path in there {
                let is_bad = fs::metadata(&path).unwrap().len() < 100_000;
                // A package before this one may have loaded what lay there then.
                let mut refusals = report.iter().filter(|unused| unused.path == path);
                let is_stale = refusals.any(|unused| unused.refusal == Refusal::Stale);
                assert_eq!(
                    found.contains(&path),
                    !is_bad && !is_stale,
                    "{}: {report:?}",
                    path.display()
                );
                assert!(found.contains(&path) || refused(&path), "{report:?}");
            }
            break;
        }
    }
    println!("\nanswers {answers}");
}

/// Uses whatever there is.
fn ask(package: &Package) {
    let start = Instant::now();
    let mut names = BTreeSet::new();
    for plugin in package.plugins::<dyn ITestPlugin2>() {
        assert_eq!(plugin.test(), plugin.info.name());
        assert!(names.insert(plugin.info.name()));
    }
    assert!(names.contains("extra-000900"), "{names:?}");
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
}

fn copies() -> usize {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    maps.matches("/memfd:").count()
}
