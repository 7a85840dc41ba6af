//! Threads that look for plugins at the same moment, for tools that see what is wrong with that.

use std::sync::Barrier;
use std::{env, thread};

plugin_core::link_plugins!();

#[path = "../../line.rs"]
mod line;

const THREADS: usize = 8;

fn main() {
    // What the tools have to see, or else they see nothing.
    match env::args().nth(1).as_deref() {
        Some("race") => race(),
        Some("overrun") => overrun(),
        _ => {}
    }
    let start = Barrier::new(THREADS);
    let look = || {
        start.wait();
        let mut text = String::new();
        report::write(&mut text).unwrap();
        text
    };
    let texts: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(look)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(texts.iter().all(|text| *text == texts[0]));
    print!("{}", texts[0]);
}

fn race() {
    static mut COUNT: u32 = 0;

    thread::scope(|scope| {
        for _ in 0..2 {
            // SAFETY: there is none, which is the point.
            scope.spawn(|| unsafe { COUNT += 1 });
        }
    });
}

fn overrun() {
    let values = vec![1, 2, 3];
    // SAFETY: there is none, which is the point.
    let value = unsafe { values.as_ptr().add(values.len()).read_volatile() };
    println!("{value}");
}
