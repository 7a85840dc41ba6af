//! Lists of inventory's.

use crate::{Datum, Numbered};

macro_rules! lists {
    ($($list:ident $count:literal)*) => {
        $(
            #[doc = concat!("One of ", $count, " objects.")]
            pub struct $list(pub &'static dyn Numbered);

            inventory::collect!($list);
        )*
    };
}

macro_rules! data_lists {
    ($($list:ident $count:literal)*) => {
        $(
            #[doc = concat!("One of ", $count, " elements of data.")]
            pub struct $list(pub Datum);

            inventory::collect!($list);
        )*
    };
}

lists! {
    Of1 1
    Of10 10
    Of100 100
    Of1000 1_000
}

data_lists! {
    DataOf1 1
    DataOf10 10
    DataOf100 100
    DataOf1000 1_000
}

#[cfg(not(clippy))]
mod large {
    use std::cell::UnsafeCell;

    use inventory::Node;

    use crate::{Datum, Number, Numbered, datum, numbers};

    lists! {
        Of10000 10_000
        Of100000 100_000
    }

    data_lists! {
        DataOf10000 10_000
        DataOf100000 100_000
    }

    static NUMBERS: [Number; 100_000] = numbers();

    macro_rules! fill {
        ($($list:ident $count:literal $index:ident => $element:expr;)*) => {
            /// Does to the large lists what constructors would have done before `main`.
            pub fn fill() {
                $({
                    const fn element($index: usize) -> $list {
                        $list($element)
                    }
                    static ELEMENTS: [$list; $count] = {
                        let mut elements = [const { element(0) }; $count];
                        let mut index = 0;
                        while index < $count {
                            elements[index] = element(index);
                            index += 1;
                        }
                        elements
                    };
                    static NODES: [Node; $count] = {
                        let mut nodes = [const {
                            Node { value: &ELEMENTS[0], next: UnsafeCell::new(None) }
                        }; $count];
                        let mut index = 0;
                        while index < $count {
                            nodes[index].value = &ELEMENTS[index];
                            index += 1;
                        }
                        nodes
                    };
                    for node in &NODES {
                        // SAFETY: each node is submitted once, to the registry of its value's type,
                        // and nobody reads the registry yet.
                        unsafe { node.value.submit(node) };
                    }
                })*
            }
        };
    }

    fill! {
        Of10000 10_000 index => &NUMBERS[index];
        Of100000 100_000 index => &NUMBERS[index];
        DataOf10000 10_000 index => datum(index);
        DataOf100000 100_000 index => datum(index);
    }
}

#[cfg(not(clippy))]
pub use large::{DataOf10000, DataOf100000, Of10000, Of100000, fill};
