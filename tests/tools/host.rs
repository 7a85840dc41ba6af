plugin_core::link_plugins!();

fn main() {
    println!("{}", shape::shapes());
}
