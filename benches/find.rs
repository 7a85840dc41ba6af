//! A search by name, beside that of the standard library's map.
//!
//! A miss of a slot includes its error, which has all names in their order. A hundred thousand
//! plugins would take too long to build: only the map has as many.

use std::collections::HashMap;
use std::hint::black_box;

use divan::Bencher;
use plugin_benches::{ITen, IThousand};
use plugin_core::{Interface, Plugin, slot};

const SIZES: [usize; 3] = [10, 1_000, 100_000];

fn main() {
    divan::main();
}

fn hit<I: ?Sized + Interface>(bencher: Bencher<'_, '_>) {
    // The first search makes the index.
    assert!(slot::<I>().find("missing").is_err());
    let names: Vec<_> = slot::<I>().plugins().iter().map(name).collect();
    let mut names = names.iter().cycle();
    bencher.bench_local(|| {
        let name = black_box(names.next().unwrap());
        slot::<I>().find(name).unwrap()
    });
}

fn name<I: ?Sized>(plugin: &Plugin<I>) -> &'static str {
    plugin.info.name()
}

#[divan::bench]
fn slot_hit_10(bencher: Bencher<'_, '_>) {
    hit::<dyn ITen>(bencher);
}

#[divan::bench]
fn slot_hit_1000(bencher: Bencher<'_, '_>) {
    hit::<dyn IThousand>(bencher);
}

#[divan::bench]
fn slot_miss_10() -> bool {
    slot::<dyn ITen>().find(black_box("missing")).is_err()
}

#[divan::bench]
fn slot_miss_1000() -> bool {
    slot::<dyn IThousand>().find(black_box("missing")).is_err()
}

fn names(size: usize) -> Vec<String> {
    (0..size).map(|number| format!("P{number:03}")).collect()
}

#[divan::bench(args = SIZES)]
fn map_hit(bencher: Bencher<'_, '_>, size: usize) {
    let names = names(size);
    let map: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    let mut names = names.iter().cycle();
    bencher.bench_local(|| map[black_box(names.next().unwrap().as_str())]);
}

#[divan::bench(args = SIZES)]
fn map_miss(bencher: Bencher<'_, '_>, size: usize) {
    let names = names(size);
    let map: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    bencher.bench_local(|| !map.contains_key(black_box("missing")));
}
