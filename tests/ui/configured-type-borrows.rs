use plugin_core::{interface, plugin};
use serde::Deserialize;

#[interface(configured)]
pub trait IFilter {}

#[plugin(IFilter)]
#[derive(Deserialize)]
struct Blur<'a> {
    _name: &'a str,
}

impl IFilter for Blur<'_> {}

fn main() {}
