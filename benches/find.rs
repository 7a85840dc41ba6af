//! A search by name, beside that of the standard library's map.
//!
//! `cargo bench -p plugin-benches --bench find`

// The hundred thousand are a constant.
#![allow(long_running_const_eval)]

use std::collections::HashMap;
use std::hint::black_box;

use divan::Bencher;
use plugin_core::{Interface, slot};

plugin_benches::slots! {
    ITen "TEN" "linkme_TEN" 10
    IThousand "THOUSAND" "linkme_THOUSAND" 1_000
}

// Clippy has looked at the others, and would take its time.
#[cfg(not(clippy))]
plugin_benches::slots! {
    IHundredThousand "HUNDRED_THOUSAND" "linkme_HUNDRED_THOUSAND" 100_000
}

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
