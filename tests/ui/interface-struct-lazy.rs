use plugin_core::interface;

#[interface(lazy = true)]
pub struct Route {
    pub path: &'static str,
}

fn main() {}
