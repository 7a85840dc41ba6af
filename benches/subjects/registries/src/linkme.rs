//! Slices of linkme's.

use linkme::distributed_slice;

use crate::Numbered;

macro_rules! slices {
    ($($slice:ident $count:literal)*) => {
        $(
            #[doc = concat!($count, " objects.")]
            #[distributed_slice]
            pub static $slice: [&'static dyn Numbered];
        )*
    };
}

slices! {
    OF_1 1
    OF_10 10
    OF_100 100
    OF_1000 1_000
}

#[cfg(all(feature = "peers", not(clippy)))]
mod large {
    use linkme::distributed_slice;

    use crate::{Number, Numbered, numbers, objects};

    slices! {
        OF_10000 10_000
        OF_100000 100_000
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
}

#[cfg(all(feature = "peers", not(clippy)))]
pub use large::{OF_10000, OF_100000};
