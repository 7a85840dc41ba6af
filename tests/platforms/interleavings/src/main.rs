//! What plugin-core shares between threads by hand, in each order in which two threads can run.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use loom::sync::Arc;
use loom::thread;

mod atomic {
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
}

/// Loom's atomics are made while the program runs.
macro_rules! constant {
    ($($function:tt)*) => {
        $($function)*
    };
}
use constant;

#[path = "../../../../plugin-core/src/backend/constructors/shared.rs"]
mod shared;

use shared::{List, Link, Once};

fn main() {
    explore("a list", || {
        let list = Arc::new(List::new());
        let [first, second] = [1, 2].map(|value| &*Box::leak(Box::new(Link::new(value))));
        let reader = {
            let list = list.clone();
            thread::spawn(move || {
                let seen: Vec<u32> = list.iter().copied().collect();
                assert!([&[][..], &[1], &[2, 1]].contains(&&*seen), "{seen:?}");
            })
        };
        list.add(first);
        list.add(second);
        // As a constructor that runs twice.
        list.add(first);
        reader.join().unwrap();
        assert!(list.iter().eq(&[2, 1]));
    });
    explore("a list that two add to", || {
        let list = Arc::new(List::new());
        let [first, second] = [1, 2].map(|value| &*Box::leak(Box::new(Link::new(value))));
        let adder = {
            let list = list.clone();
            thread::spawn(move || list.add(first))
        };
        list.add(second);
        adder.join().unwrap();
        let seen: Vec<u32> = list.iter().copied().collect();
        assert!(seen == [1, 2] || seen == [2, 1], "{seen:?}");
    });
    explore("a value that is made once", || {
        let once = Arc::new(Once::new());
        let ask = |once: Arc<Once<loom::sync::atomic::AtomicU32>>| {
            let value = once.get_or_make(|| {
                let value = loom::sync::atomic::AtomicU32::new(0);
                value.store(7, Relaxed);
                value
            });
            assert_eq!(value.load(Relaxed), 7);
            std::ptr::from_ref(value).addr()
        };
        let other = {
            let once = once.clone();
            thread::spawn(move || ask(once))
        };
        assert_eq!(ask(once), other.join().unwrap());
    });
}

fn explore(what: &str, model: impl Fn() + Send + Sync + 'static) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);

    COUNT.store(0, Relaxed);
    loom::model(move || {
        COUNT.fetch_add(1, Relaxed);
        model();
    });
    let count = COUNT.load(Relaxed);
    assert!(count > 1, "there is one order");
    eprintln!("{what}: {count} orders");
    println!("{what} is sound");
}
