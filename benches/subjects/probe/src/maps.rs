//! A search by name: one that is there, and one that is not.

use std::collections::HashMap;
use std::sync::LazyLock;

use bench_registries::ours;
#[cfg(feature = "peers")]
use bench_registries::scattered;
use plugin_core::{Interface, slot};

use crate::work::Work;

#[cfg(feature = "peers")]
#[allow(clippy::unreadable_literal, reason = "another crate has written it")]
mod perfect {
    include!(concat!(env!("OUT_DIR"), "/maps.rs"));
}

/// What somebody would write who had only the slice.
type Map = HashMap<&'static str, usize>;

fn map<I: ?Sized + Interface>() -> Map {
    let plugins = slot::<I>().plugins().iter();
    plugins.map(|plugin| (plugin.info.name(), 1)).collect()
}

macro_rules! search {
    ($works:ident $subject:literal $size:literal $name:ident => $found:expr) => {
        $works.extend(
            ["hit", "miss"]
                .map(|what| Work::new($subject, what, $size, |$name| usize::from($found))),
        );
    };
}

macro_rules! size {
    ($works:ident $size:literal $interface:ident) => {
        search!($works "plugin-core" $size name => slot::<dyn ours::$interface>().find(name).is_ok());
        search!($works "HashMap" $size name => {
            static MAP: LazyLock<Map> = LazyLock::new(map::<dyn ours::$interface>);
            MAP.contains_key(name)
        });
    };
}

pub(crate) fn add(works: &mut Vec<Work>) {
    size!(works 1 IOf1);
    size!(works 10 IOf10);
    size!(works 100 IOf100);
    #[cfg(feature = "peers")]
    {
        size!(works 1_000 IOf1000);
        search!(works "scattered-collect" 1 name => scattered::MAP_1.get(&name).is_some());
        search!(works "scattered-collect" 10 name => scattered::MAP_10.get(&name).is_some());
        search!(works "scattered-collect" 100 name => scattered::MAP_100.get(&name).is_some());
        search!(works "scattered-collect" 1_000 name => scattered::MAP_1000.get(&name).is_some());
        search!(works "phf" 1 name => perfect::OF_1.contains_key(name));
        search!(works "phf" 10 name => perfect::OF_10.contains_key(name));
        search!(works "phf" 100 name => perfect::OF_100.contains_key(name));
        search!(works "phf" 1_000 name => perfect::OF_1000.contains_key(name));
        search!(works "phf" 10_000 name => perfect::OF_10000.contains_key(name));
        #[cfg(not(clippy))]
        {
            size!(works 10_000 IOf10000);
            size!(works 100_000 IOf100000);
        }
    }
}
