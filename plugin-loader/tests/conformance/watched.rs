//! Waiting for changes.
#![cfg(feature = "watch")]

use std::fs::{self, File};
use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use crate::libraries::extra;
use crate::world::{Mode, World, drop_in, told};

const LONG: Duration = Duration::from_secs(60);

#[test]
fn who_waits_is_woken() {
    let world = World::new(Mode::Cold);
    let directory = world.path("not/there/yet");
    let package = world.package(&[&directory]);
    let mut watch = package.watch().unwrap();
    let start = Instant::now();
    assert_eq!(watch.wait(Duration::from_millis(200)), []);
    assert!(start.elapsed() >= Duration::from_millis(200));
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(50));
            fs::create_dir_all(&directory).unwrap();
            drop_in(&directory, "a.so", &extra(801));
        });
        assert_eq!(told(&watch.wait(LONG)), ["added a.so"]);
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(50));
            fs::remove_dir_all(&directory).unwrap();
        });
        assert_eq!(told(&watch.wait(LONG)), ["removed a.so"]);
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(50));
            fs::create_dir_all(&directory).unwrap();
            // In place, and in pieces.
            let mut file = File::create(directory.join("b.so")).unwrap();
            for piece in extra(802).chunks(100_000) {
                file.write_all(piece).unwrap();
                thread::sleep(Duration::from_millis(20));
            }
        });
        assert_eq!(told(&watch.wait(LONG)), ["added b.so"]);
    });
    // It was woken, and did not only look now and then: three waits of ten seconds would be thirty.
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    // What happened here was told here; the package itself has its own events.
    assert_eq!(told(&package.poll()), ["added b.so"]);
}
