use plugin_core::interface;

fn main() {
    #[interface]
    trait IShape {
        fn area(&self) -> f64;
    }
}
