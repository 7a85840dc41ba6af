#![allow(non_camel_case_types)]

use plugin_core::{interface, plugin};

#[interface]
pub trait r#dyn {
    fn r#type(&self) -> u8;
}

impl r#dyn for u8 {
    fn r#type(&self) -> u8 {
        *self
    }
}

#[plugin(r#dyn)]
static r#STATIC: u8 = 3;

#[plugin(r#dyn)]
#[allow(non_upper_case_globals)]
static r#move: u8 = 4;

fn main() {
    let info = plugin_core::slot::<dyn r#dyn>().info();
    assert_eq!((info.name(), info.members()[0].name()), ("dyn", "type"));
    let mut names: Vec<_> =
        plugin_core::plugins::<dyn r#dyn>().iter().map(|plugin| plugin.info.name()).collect();
    names.sort();
    assert_eq!(names, ["STATIC", "move"]);
}
