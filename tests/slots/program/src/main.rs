//! A program that walks the plugins of two interfaces.

fn main() {
    let left = plugin_core::plugins::<dyn left::ILeft>().len();
    #[cfg(feature = "both")]
    let left = left + plugin_core::plugins::<dyn right::IRight>().len();
    println!("{left}");
}
