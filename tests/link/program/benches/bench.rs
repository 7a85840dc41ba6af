plugin_core::link_plugins!();

include!("../../print.rs");

fn main() {
    print("bench");
}
