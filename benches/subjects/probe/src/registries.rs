//! Length, walk, walk and call, walk of data, first element, exactly one: of every registry.

use bench_registries::{by_hand, linkme, ours};
#[cfg(feature = "peers")]
use bench_registries::{inventory as lists, scattered};
use plugin_core::{plugins, slot};

use crate::work::{Work, address};

/// The works of a slice, whose element is `$plugin` and whose object `$object`.
macro_rules! slice {
    ($works:ident $subject:literal $size:literal $slice:expr, $plugin:ident => $object:expr) => {
        $works.extend([
            Work::new($subject, "length", $size, |_| $slice.len()),
            Work::new($subject, "walk", $size, |_| {
                $slice.iter().fold(0, |sum, $plugin| sum ^ address($object))
            }),
            Work::new($subject, "call", $size, |_| {
                $slice.iter().fold(0, |sum, $plugin| sum + $object.number())
            }),
            Work::new($subject, "first", $size, |_| {
                $slice
                    .first()
                    .map_or(0, |$plugin| usize::from(address($object) != 0))
            }),
        ]);
    };
}

/// The works of a list, which has no length, and no first but by a walk.
#[cfg(feature = "peers")]
macro_rules! list {
    ($works:ident $size:literal $list:ty) => {
        $works.extend([
            Work::new("inventory", "length", $size, |_| {
                inventory::iter::<$list>.into_iter().count()
            }),
            Work::new("inventory", "walk", $size, |_| {
                let list = inventory::iter::<$list>.into_iter();
                list.fold(0, |sum, plugin| sum ^ address(plugin.0))
            }),
            Work::new("inventory", "call", $size, |_| {
                let list = inventory::iter::<$list>.into_iter();
                list.fold(0, |sum, plugin| sum + plugin.0.number())
            }),
            Work::new("inventory", "first", $size, |_| {
                let first = inventory::iter::<$list>.into_iter().next();
                first.map_or(0, |plugin| usize::from(address(plugin.0) != 0))
            }),
        ]);
    };
}

/// The walk of a slice, or of a list, whose elements are data.
macro_rules! data {
    ($works:ident $subject:literal $size:literal $list:expr, $element:ident => $datum:expr) => {
        $works.push(Work::new($subject, "data", $size, |_| {
            let list = $list.into_iter();
            list.fold(0, |sum, $element| sum + $datum.number)
        }));
    };
}

macro_rules! size {
    ($works:ident $size:literal $interface:ident $slice:ident $datum:ident $data:ident) => {
        slice!($works "by hand" $size by_hand::$slice, plugin => *plugin);
        slice!($works "plugin-core" $size plugins::<dyn ours::$interface>(), plugin => plugin.object);
        slice!($works "linkme" $size linkme::$slice, plugin => *plugin);
        data!($works "by hand" $size by_hand::$data, datum => datum);
        data!($works "plugin-core" $size plugins::<ours::$datum>(), plugin => plugin.object);
        data!($works "linkme" $size linkme::$data, datum => datum);
    };
}

pub(crate) fn add(works: &mut Vec<Work>) {
    size!(works 1 IOf1 OF_1 DatumOf1 DATA_1);
    size!(works 10 IOf10 OF_10 DatumOf10 DATA_10);
    size!(works 100 IOf100 OF_100 DatumOf100 DATA_100);
    #[cfg(feature = "peers")]
    {
        size!(works 1_000 IOf1000 OF_1000 DatumOf1000 DATA_1000);
        slice!(works "scattered-collect" 1 scattered::OF_1, plugin => *plugin);
        slice!(works "scattered-collect" 10 scattered::OF_10, plugin => *plugin);
        slice!(works "scattered-collect" 100 scattered::OF_100, plugin => *plugin);
        slice!(works "scattered-collect" 1_000 scattered::OF_1000, plugin => *plugin);
        list!(works 1 lists::Of1);
        data!(works "inventory" 1 inventory::iter::<lists::DataOf1>, element => element.0);
        list!(works 10 lists::Of10);
        data!(works "inventory" 10 inventory::iter::<lists::DataOf10>, element => element.0);
        list!(works 100 lists::Of100);
        data!(works "inventory" 100 inventory::iter::<lists::DataOf100>, element => element.0);
        list!(works 1_000 lists::Of1000);
        data!(works "inventory" 1_000 inventory::iter::<lists::DataOf1000>, element => element.0);
        #[cfg(not(clippy))]
        {
            size!(works 10_000 IOf10000 OF_10000 DatumOf10000 DATA_10000);
            size!(works 100_000 IOf100000 OF_100000 DatumOf100000 DATA_100000);
            list!(works 10_000 lists::Of10000);
            data!(works "inventory" 10_000 inventory::iter::<lists::DataOf10000>, element => element.0);
            list!(works 100_000 lists::Of100000);
            data!(works "inventory" 100_000 inventory::iter::<lists::DataOf100000>, element => element.0);
        }
    }
    one(works);
}

fn one(works: &mut Vec<Work>) {
    works.extend([
        Work::new("by hand", "one", 1, |_| match by_hand::OF_1 {
            [one] => address(*one),
            _ => 0,
        }),
        Work::new("plugin-core", "one", 1, |_| {
            slot::<dyn ours::IOf1>()
                .only()
                .map_or(0, |one| address(one.object))
        }),
        Work::new("linkme", "one", 1, |_| match &linkme::OF_1[..] {
            [one] => address(*one),
            _ => 0,
        }),
    ]);
    #[cfg(feature = "peers")]
    works.extend([
        Work::new("scattered-collect", "one", 1, |_| {
            match &scattered::OF_1[..] {
                [one] => address(*one),
                _ => 0,
            }
        }),
        Work::new("inventory", "one", 1, |_| {
            let mut list = inventory::iter::<lists::Of1>.into_iter();
            match (list.next(), list.next()) {
                (Some(one), None) => address(one.0),
                _ => 0,
            }
        }),
    ]);
}
