#![deny(warnings)]

mod inner {
    #[plugin_core::interface]
    pub(super) trait IShape {
        fn area(&self) -> f64;
    }
}

fn main() {
    // An interface that nobody provides is an empty slot, not an error.
    assert!(plugin_core::plugins::<dyn inner::IShape>().is_empty());
}
