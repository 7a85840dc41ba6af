#![forbid(unsafe_code)]

use shape::IShape;

plugin_core::link_plugins!();

#[plugin_core::plugin(plugin_core::IPlugin, IShape)]
static TRIANGLE: u32 = 3;

fn main() {
    for plugin in plugin_core::slot::<dyn IShape>().sorted() {
        let also = plugin.info.query::<dyn plugin_core::IPlugin>().is_some();
        println!("{} {} {also}", plugin.info.id(), plugin.sides());
    }
    println!("{}", plugin_core::plugins::<dyn plugin_core::IPlugin>().len());
}
