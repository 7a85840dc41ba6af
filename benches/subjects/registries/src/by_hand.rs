//! Slices that somebody has written: what no registry can be faster than.

use crate::{Datum, Number, Numbered, data, numbers, objects};

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

macro_rules! data_slices {
    ($($slice:ident $count:literal)*) => {
        $(
            #[doc = concat!($count, " elements of data.")]
            pub static $slice: &[Datum] = {
                static DATA: [Datum; $count] = data();
                &DATA
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

data_slices! {
    DATA_1 1
    DATA_10 10
    DATA_100 100
    DATA_1000 1_000
}

// Clippy has looked at the others, and would take its time.
#[cfg(all(feature = "peers", not(clippy)))]
slices! {
    OF_10000 10_000
    OF_100000 100_000
}

#[cfg(all(feature = "peers", not(clippy)))]
data_slices! {
    DATA_10000 10_000
    DATA_100000 100_000
}

#[cfg(all(feature = "peers", million, not(clippy)))]
data_slices! {
    DATA_1000000 1_000_000
}
