//! Slices of linkme's.

use linkme::distributed_slice;

use crate::{Datum, Numbered};

macro_rules! slices {
    ($($slice:ident $count:literal)*) => {
        $(
            #[doc = concat!($count, " objects.")]
            #[distributed_slice]
            pub static $slice: [&'static dyn Numbered];
        )*
    };
}

macro_rules! data_slices {
    ($($slice:ident $count:literal)*) => {
        $(
            #[doc = concat!($count, " elements of data.")]
            #[distributed_slice]
            pub static $slice: [Datum];
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

#[cfg(all(feature = "peers", not(clippy)))]
mod large {
    use linkme::distributed_slice;

    use crate::{Datum, Number, Numbered, data, numbers, objects};

    slices! {
        OF_10000 10_000
        OF_100000 100_000
    }

    data_slices! {
        DATA_10000 10_000
        DATA_100000 100_000
    }

    #[cfg(million)]
    data_slices! {
        DATA_1000000 1_000_000
    }

    macro_rules! fill {
        ($($section:literal $count:literal)*) => {
            $(
                const _: () = {
                    static NUMBERS: [Number; $count] = numbers();
                    #[used]
                    #[unsafe(link_section = $section)]
                    static OBJECTS: [&dyn Numbered; $count] = objects(&NUMBERS);
                };
            )*
        };
    }

    fill! {
        "linkme_OF_10000" 10_000
        "linkme_OF_100000" 100_000
    }

    macro_rules! fill_data {
        ($($section:literal $count:literal)*) => {
            $(
                const _: () = {
                    #[used]
                    #[unsafe(link_section = $section)]
                    static DATA: [Datum; $count] = data();
                };
            )*
        };
    }

    fill_data! {
        "linkme_DATA_10000" 10_000
        "linkme_DATA_100000" 100_000
    }

    #[cfg(million)]
    fill_data! {
        "linkme_DATA_1000000" 1_000_000
    }
}

#[cfg(all(feature = "peers", not(clippy)))]
pub use large::{DATA_10000, DATA_100000, OF_10000, OF_100000};

#[cfg(all(feature = "peers", million, not(clippy)))]
pub use large::DATA_1000000;
