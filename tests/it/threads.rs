//! The first use of a slot by many threads at once.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, LazyLock};
use std::thread;
use std::time::Duration;

use plugin_core::{PluginRef, interface, plugin, slot};

const THREADS: usize = 8;

#[interface]
trait IShared {
    fn number(&self) -> &u32;
}

impl IShared for u32 {
    fn number(&self) -> &u32 {
        self
    }
}

static MADE: AtomicU32 = AtomicU32::new(0);

#[plugin(IShared, name = "late")]
static LATE: LazyLock<u32> = LazyLock::new(|| {
    // Long enough for each of the others to come to the same place.
    thread::sleep(Duration::from_millis(20));
    MADE.fetch_add(1, Ordering::SeqCst)
});

#[plugin(IShared, name = "early")]
static EARLY: u32 = 7;

/// What each of the threads is given, when all of them ask at once, as addresses.
fn at_once(ask: fn() -> usize) -> HashSet<usize> {
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        let asked: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    ask()
                })
            })
            .collect();
        let answers = asked.into_iter().map(|thread| thread.join().unwrap());
        answers.collect()
    })
}

fn address<T: ?Sized>(value: &T) -> usize {
    (&raw const *value).addr()
}

// One test, since what is tested is the first use.
#[test]
fn the_first_use_by_many_threads_gives_each_the_same() {
    let plugins = at_once(|| address(slot::<dyn IShared>().plugins()));
    assert_eq!(
        plugins,
        HashSet::from([address(slot::<dyn IShared>().plugins())])
    );
    let sorted = at_once(|| address(slot::<dyn IShared>().sorted()));
    assert_eq!(
        sorted,
        HashSet::from([address(slot::<dyn IShared>().sorted())])
    );
    let found = at_once(|| address(slot::<dyn IShared>().find("late").unwrap()));
    assert_eq!(
        found,
        HashSet::from([address(slot::<dyn IShared>().find("late").unwrap())])
    );
    assert_eq!(MADE.load(Ordering::SeqCst), 0);
    let made = at_once(|| {
        let late = "late".parse::<PluginRef<dyn IShared>>().unwrap();
        address(late.object.number())
    });
    assert_eq!(made, HashSet::from([address(&*LATE)]));
    assert_eq!(MADE.load(Ordering::SeqCst), 1);
}
