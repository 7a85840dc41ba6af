use plugin_core::{interface, plugin};

#[interface(configured)]
pub struct Route {
    pub path: &'static str,
}

#[plugin(Route)]
static INDEX: Route = Route { path: "/" };

fn main() {}
