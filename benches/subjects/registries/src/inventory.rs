//! Lists of inventory's.

use crate::Numbered;

macro_rules! lists {
    ($($list:ident $count:literal)*) => {
        $(
            #[doc = concat!("One of ", $count, " objects.")]
            pub struct $list(pub &'static dyn Numbered);

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

#[cfg(not(clippy))]
mod large {
    use std::cell::UnsafeCell;

    use inventory::Node;

    use crate::{Number, Numbered, numbers};

    lists! {
        Of10000 10_000
        Of100000 100_000
    }

    macro_rules! fill {
        ($($list:ident $count:literal)*) => {
            /// Does to the large lists what constructors would have done before `main`.
            pub fn fill() {
                $({
                    static NUMBERS: [Number; $count] = numbers();
                    static ELEMENTS: [$list; $count] = {
                        let mut elements = [const { $list(&NUMBERS[0]) }; $count];
                        let mut index = 0;
                        while index < $count {
                            elements[index] = $list(&NUMBERS[index]);
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
        Of10000 10_000
        Of100000 100_000
    }
}

#[cfg(not(clippy))]
pub use large::{Of10000, Of100000, fill};
