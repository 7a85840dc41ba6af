//! Slices that somebody has written: what no registry can be faster than.

use crate::{Number, Numbered, numbers, objects};

macro_rules! slices {
    ($($slice:ident $count:literal)*) => {
        $(
            #[doc = concat!($count, " objects.")]
            pub static $slice: &[&dyn Numbered] = {
                static NUMBERS: [Number; $count] = numbers();
                static OBJECTS: [&dyn Numbered; $count] = objects(&NUMBERS);
                &OBJECTS
            };
        )*
    };
}

slices! {
    OF_1 1
    OF_10 10
    OF_100 100
    OF_1000 1_000
}

// Clippy has looked at the others, and would take its time.
#[cfg(all(feature = "peers", not(clippy)))]
slices! {
    OF_10000 10_000
    OF_100000 100_000
}
