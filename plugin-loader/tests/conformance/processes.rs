//! Several processes that look at one directory, with one cache, while another one changes it.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use plugin_loader::{Event, Package};

use crate::libraries::{extra, testplugin};
use crate::world::{Mode, World, drop_in};

/// The number of seconds, 3 where it is not given.
const SECONDS: &str = "DROPIN_STRESS_SECONDS";
/// The directory of the test, in the processes that look.
const ROOT: &str = "DROPIN_STRESS_ROOT";

/// Two processes poll a directory and write its cache, while this one adds, replaces, and removes
/// libraries. For a minute: `DROPIN_STRESS_SECONDS=60 cargo test -p plugin-loader --test conformance
/// processes`.
#[test]
fn processes_that_share_a_cache_lose_nothing() {
    const NAMES: u32 = 12;

    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    drop_in(&directory, "always-a.so", &extra(1));
    drop_in(&directory, "always-b.so", testplugin());
    let seconds = env::var(SECONDS).map_or(3, |seconds| seconds.parse().unwrap());
    let pollers = [(); 2].map(|()| poller(&world));

    let start = Instant::now();
    let mut random = 1_u32;
    let mut version = 0;
    let mut expected = BTreeSet::new();
    while start.elapsed() < Duration::from_secs(seconds) {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let number = (random >> 8) % NAMES;
        let name = format!("comes-and-goes-{number}.so");
        version = (version + 1) % 1_000;
        match random >> 28 {
            0..4 => {
                let _ = fs::remove_file(directory.join(&name));
                expected.retain(|(other, _)| *other != name);
            }
            4 => {
                // In place, in pieces, with pauses.
                let bytes = extra(900_000);
                let mut file = File::create(directory.join("slow.so")).unwrap();
                for piece in bytes.chunks(bytes.len() / 3) {
                    file.write_all(piece).unwrap();
                    thread::sleep(Duration::from_millis(7));
                }
                fs::remove_file(directory.join("slow.so")).unwrap();
            }
            _ => {
                let content = (number + 1) * 1_000 + version;
                drop_in(&directory, &name, &extra(content));
                expected.retain(|(other, _)| *other != name);
                expected.insert((name, format!("extra-{content:06}")));
            }
        }
        thread::sleep(Duration::from_millis(u64::from(random >> 16) % 8));
    }
    fs::write(world.path("stop"), "").unwrap();
    for poller in pollers {
        let output = poller.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}\n{errors}");
        let found = text.lines().filter_map(|line| line.strip_prefix("found "));
        let found: BTreeSet<_> = found.map(str::to_owned).collect();
        let expected = expected
            .iter()
            .map(|(file, plugin)| format!("{file} {plugin}"));
        assert_eq!(found, expected.collect());
    }
    // The cache that was left is good for something: it says the same.
    let caches = crate::world::files(&world.cache());
    let [cache] = &caches[..] else {
        panic!("there is more than the cache: {caches:?}");
    };
    let text = fs::read_to_string(cache).unwrap();
    assert!(text.lines().last().unwrap().starts_with("end "), "{text}");
}

fn poller(world: &World) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([
        "--exact",
        "processes::poll_until_told_to_stop",
        "--ignored",
        "--nocapture",
    ]);
    command.env(ROOT, world.path(""));
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "it is one of the processes of the test above"]
fn poll_until_told_to_stop() {
    let root = PathBuf::from(env::var_os(ROOT).unwrap());
    let new = || {
        // SAFETY: the other process makes the files.
        let package = unsafe { Package::of_directories("dummy.plugins", [root.join("plugins")]) };
        package.cache_in(root.join("cache"))
    };
    let mut package = new();
    let mut count = 0;
    loop {
        let is_last = root.join("stop").exists();
        // What the events say, one after the other, is what there is.
        let mut told = BTreeSet::new();
        for _ in 0..20 {
            for event in package.poll() {
                match event {
                    Event::Added { path, .. } => assert!(told.insert(path.clone()), "{path:?}"),
                    Event::Removed { path } => assert!(told.remove(&path), "{path:?}"),
                    // Neither is anything broken, nor is a library loaded that changes.
                    event => panic!("{event}"),
                }
            }
            let libraries = package.libraries();
            let paths: BTreeSet<_> = libraries.iter().map(|(path, _)| path.clone()).collect();
            assert_eq!(paths, told);
            for (path, manifest) in &libraries {
                check(path, &manifest.plugins[0].name);
            }
            for name in ["always-a.so", "always-b.so"] {
                assert!(
                    paths.contains(&root.join("plugins").join(name)),
                    "{paths:?}"
                );
            }
            count += 1;
        }
        if is_last {
            break;
        }
        // As a program that starts now, with the cache that is there now.
        package = new();
    }
    for (path, manifest) in package.libraries() {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("comes-and-goes-") {
            println!("found {name} {}", manifest.plugins[0].name);
        }
    }
    println!("looked {count} times");
}

/// Whether a library says what was written to a file of its name, at some time.
fn check(path: &Path, plugin: &str) {
    let name = path.file_stem().unwrap().to_str().unwrap();
    if let Some(number) = name.strip_prefix("comes-and-goes-") {
        let number: u32 = number.parse().unwrap();
        let content: u32 = plugin.strip_prefix("extra-").unwrap().parse().unwrap();
        assert_eq!(content / 1_000, number + 1, "{}", path.display());
    }
}
