//! How long it takes to find the libraries of a directory, beside Twisted's plugin system.
//!
//! ```sh
//! python3 -m venv target/twisted && target/twisted/bin/pip install twisted
//! PYTHON=target/twisted/bin/python cargo bench -p plugin-loader
//! ```
//!
//! Each first look is that of a new process, whose clock starts when the interface is known; the
//! files are in memory. A library has one plugin; so has a module of Twisted's, that of its guide.

use std::ffi::CString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use itest::{ITestPlugin, ITestPlugin2};
use plugin_loader::Package;

#[path = "../tests/conformance/libraries.rs"]
#[allow(dead_code)]
mod libraries;

const COUNTS: [u32; 4] = [10, 100, 1_000, 2_000];
const PROCESSES: usize = 11;
const POLLS: usize = 201;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let [_, question, root] = &arguments[..] {
        return answer(question, Path::new(root));
    }
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let twisted = Command::new(&python)
        .args(["-c", "import twisted"])
        .output();
    let has_twisted = twisted.is_ok_and(|output| output.status.success());
    println!("microseconds, the least        files        here   Twisted     ratio");
    for count in COUNTS {
        let world = World::new(count);
        let here = world.here();
        let there = has_twisted.then(|| world.twisted(&python));
        for (index, (question, time)) in here.iter().enumerate() {
            let there = there.as_ref().and_then(|there| there[index]);
            let there = there.map_or(String::new(), |there| {
                format!("{there:>10.0}{:>9.1}x", there / time)
            });
            println!("{question:<28}{count:>8}{time:>12.1}{there}");
        }
    }
    if !has_twisted {
        println!(
            "\nTwisted is not there: `{python} -c 'import twisted'` fails; see the bench's first lines"
        );
    }
}

/// A directory of so many libraries.
struct World(PathBuf);

impl World {
    fn new(count: u32) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("directories-{count}"));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("plugins")).unwrap();
        for number in 0..count {
            let path = root.join(format!("plugins/p{number:06}.so"));
            fs::write(path, libraries::extra(number)).unwrap();
        }
        // What is younger is not remembered.
        thread::sleep(Duration::from_secs(3));
        package(&root).poll();
        Self(root)
    }

    /// The questions, with the answers.
    fn here(&self) -> Vec<(&'static str, f64)> {
        let program = env::current_exe().unwrap();
        let ask = |question: &str, processes: usize| {
            least((0..processes).map(|_| {
                let mut command = Command::new(&program);
                let output = command.arg(question).arg(&self.0).output().unwrap();
                assert!(output.status.success(), "{output:?}");
                String::from_utf8(output.stdout)
                    .unwrap()
                    .trim()
                    .parse()
                    .unwrap()
            }))
        };
        vec![
            ("first look, no cache", ask("cold", PROCESSES)),
            ("first look, none matches", ask("none", PROCESSES)),
            ("first look, all match", ask("all", PROCESSES)),
            ("again, all match", ask("again", 1)),
            ("poll, nothing has changed", ask("poll", 1)),
            ("a status of each file", ask("status", 1)),
            ("report, the first time", ask("report", PROCESSES)),
            ("report, again", ask("report again", 1)),
        ]
    }

    /// The answers to the same questions, where there is one.
    fn twisted(&self, python: &str) -> Vec<Option<f64>> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/twisted_plugins.py");
        let count = fs::read_dir(self.0.join("plugins")).unwrap().count();
        let ask = |question: &str, processes: usize| {
            least((0..processes).map(|_| {
                let mut command = Command::new(python);
                command
                    .arg(script)
                    .arg(question)
                    .arg(self.0.join("twisted"))
                    .arg(count.to_string());
                let output = command.output().unwrap();
                assert!(output.status.success(), "{output:?}");
                String::from_utf8(output.stdout)
                    .unwrap()
                    .trim()
                    .parse()
                    .unwrap()
            }))
        };
        ask("make", 1);
        vec![
            Some(ask("cold", PROCESSES)),
            Some(ask("none", PROCESSES)),
            Some(ask("all", PROCESSES)),
            Some(ask("again", 1)),
            // It has no poll: to ask again is to look again, which this is the cheapest part of.
            Some(ask("poll", 1)),
            None,
            None,
            None,
        ]
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn package(root: &Path) -> Package {
    // SAFETY: this program has made what is there.
    let package = unsafe { Package::of_directories("bench", [root.join("plugins")]) };
    package.cache_in(root.join("cache"))
}

/// In a process of its own.
fn answer(question: &str, root: &Path) {
    let count = fs::read_dir(root.join("plugins")).unwrap().count();
    let first = |ask: &dyn Fn() -> usize, expected| {
        let start = Instant::now();
        let found = ask();
        let time = start.elapsed();
        assert_eq!(found, expected);
        time.as_secs_f64()
    };
    let many = |ask: &dyn Fn() -> usize| least((0..POLLS).map(|_| first(ask, ask())));
    let none = || package(root).plugins::<dyn ITestPlugin>().len();
    let all = || package(root).plugins::<dyn ITestPlugin2>().len();
    let seconds = match question {
        "cold" => first(
            &|| {
                package(root)
                    .without_cache()
                    .plugins::<dyn ITestPlugin>()
                    .len()
            },
            0,
        ),
        "none" => first(&none, 0),
        "all" => first(&all, count),
        "again" => {
            let package = package(root);
            many(&|| package.plugins::<dyn ITestPlugin2>().len())
        }
        "poll" => {
            let package = package(root);
            package.poll();
            many(&|| package.poll().len())
        }
        // What the system takes of a poll: no poll is faster.
        "status" => {
            let path = root.join("plugins");
            let names = fs::read_dir(&path).unwrap();
            let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
            let names = names.map(|entry| CString::new(name(entry.unwrap())).unwrap());
            let names: Vec<_> = names.collect();
            many(&|| statuses(&path, &names))
        }
        "report" => {
            let package = package(root);
            package.poll();
            first(&|| package.report().len(), 0)
        }
        "report again" => {
            let package = package(root);
            many(&|| package.report().len())
        }
        question => panic!("{question}"),
    };
    println!("{}", seconds * 1e6);
}

#[cfg(unix)]
fn statuses(directory: &Path, names: &[CString]) -> usize {
    use rustix::fs::{AtFlags, statat};

    let directory = fs::File::open(directory).unwrap();
    let statuses = names.iter();
    let statuses = statuses.map(|name| statat(&directory, &**name, AtFlags::empty()));
    statuses.flatten().count()
}

#[cfg(not(unix))]
fn statuses(directory: &Path, names: &[CString]) -> usize {
    let paths = names
        .iter()
        .map(|name| directory.join(name.to_str().unwrap()));
    paths.flat_map(fs::metadata).count()
}

/// What it takes on a machine that does nothing else.
fn least(times: impl Iterator<Item = f64>) -> f64 {
    times.fold(f64::INFINITY, f64::min)
}
