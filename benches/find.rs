//! A search by name, beside that of the standard library's map, and that of `scattered-collect`, whose
//! hundred thousand entries would take too long to build.
//!
//! `cargo bench -p plugin-benches --bench find`

// The hundred thousand are a constant.
#![allow(long_running_const_eval)]

use std::collections::HashMap;
use std::hint::black_box;

use divan::Bencher;
use plugin_core::{Interface, slot};
use scattered_collect::map::ScatteredMap;
use scattered_collect::{gather, scatter};

plugin_benches::slots! {
    ITen "TEN" "plugins_TEN" 10
    IThousand "THOUSAND" "plugins_THOUSAND" 1_000
}

// Clippy has looked at the others, and would take its time.
#[cfg(not(clippy))]
plugin_benches::slots! {
    IHundredThousand "HUNDRED_THOUSAND" "plugins_HUNDRED_THOUSAND" 100_000
}

#[gather]
static MAP_OF_TEN: ScatteredMap<&'static str, usize>;

#[gather]
static MAP_OF_A_THOUSAND: ScatteredMap<&'static str, usize>;

/// Entries for all numbers that begin with the one given: each star stands for one more digit.
macro_rules! entries {
    ($map:ident $number:expr;) => {
        const _: () = {
            #[scatter($map)]
            static ENTRY: (&'static str, usize) =
                const { (plugin_benches::name($number), $number) };
        };
    };
    ($map:ident $number:expr; * $($star:tt)*) => {
        entries! { $map 10 * ($number); $($star)* }
        entries! { $map 10 * ($number) + 1; $($star)* }
        entries! { $map 10 * ($number) + 2; $($star)* }
        entries! { $map 10 * ($number) + 3; $($star)* }
        entries! { $map 10 * ($number) + 4; $($star)* }
        entries! { $map 10 * ($number) + 5; $($star)* }
        entries! { $map 10 * ($number) + 6; $($star)* }
        entries! { $map 10 * ($number) + 7; $($star)* }
        entries! { $map 10 * ($number) + 8; $($star)* }
        entries! { $map 10 * ($number) + 9; $($star)* }
    };
}

entries! { MAP_OF_TEN 0; * }
entries! { MAP_OF_A_THOUSAND 0; * * * }

fn main() {
    divan::main();
}

/// The names, in an order that no cache foresees.
fn names<I: ?Sized + Interface>() -> impl Iterator<Item = &'static str> {
    let plugins = slot::<I>().plugins();
    let name = move |index: usize| plugins[index * 7_919 % plugins.len()].info.name();
    let names: Vec<_> = (0..plugins.len()).map(name).collect();
    names.leak().iter().copied().cycle()
}

fn in_slot<I: ?Sized + Interface>(bencher: Bencher<'_, '_>) {
    // The first search makes the index.
    assert!(slot::<I>().find("missing").is_err());
    let mut names = names::<I>();
    bencher.bench_local(|| slot::<I>().find(black_box(names.next().unwrap())).unwrap());
}

fn in_map<I: ?Sized + Interface>(bencher: Bencher<'_, '_>) {
    let plugins = slot::<I>().plugins().iter();
    let map: HashMap<&str, _> = plugins.map(|plugin| (plugin.info.name(), plugin)).collect();
    let mut names = names::<I>();
    bencher.bench_local(|| map[black_box(names.next().unwrap())]);
}

fn not_in_slot<I: ?Sized + Interface>(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| slot::<I>().find(black_box("missing")).is_err());
}

fn not_in_map<I: ?Sized + Interface>(bencher: Bencher<'_, '_>) {
    let plugins = slot::<I>().plugins().iter();
    let map: HashMap<&str, _> = plugins.map(|plugin| (plugin.info.name(), plugin)).collect();
    bencher.bench_local(|| !map.contains_key(black_box("missing")));
}

fn in_scattered(map: &'static ScatteredMap<&'static str, usize>, bencher: Bencher<'_, '_>) {
    let size = map.len();
    let names: Vec<_> = (0..size)
        .map(|index| plugin_benches::name(index * 7_919 % size))
        .collect();
    let mut names = names.leak().iter().cycle();
    bencher.bench_local(|| map.get(black_box(names.next().unwrap())).unwrap());
}

#[divan::bench]
fn hit_scattered_10(bencher: Bencher<'_, '_>) {
    in_scattered(&MAP_OF_TEN, bencher);
}

#[divan::bench]
fn hit_scattered_1000(bencher: Bencher<'_, '_>) {
    in_scattered(&MAP_OF_A_THOUSAND, bencher);
}

macro_rules! sizes {
    ($($name:ident: $interface:ident,)*) => {
        $(
            mod $name {
                use divan::Bencher;

                use super::$interface;

                #[divan::bench]
                fn hit_slot(bencher: Bencher<'_, '_>) {
                    super::in_slot::<dyn $interface>(bencher);
                }

                #[divan::bench]
                fn hit_std_map(bencher: Bencher<'_, '_>) {
                    super::in_map::<dyn $interface>(bencher);
                }

                #[divan::bench]
                fn miss_slot(bencher: Bencher<'_, '_>) {
                    super::not_in_slot::<dyn $interface>(bencher);
                }

                #[divan::bench]
                fn miss_std_map(bencher: Bencher<'_, '_>) {
                    super::not_in_map::<dyn $interface>(bencher);
                }
            }
        )*
    };
}

sizes! {
    ten: ITen,
    thousand: IThousand,
}

#[cfg(not(clippy))]
sizes! {
    hundred_thousand: IHundredThousand,
}
