//! A program whose plugins are linked in.

use imat::{IMaterial, INote, Material, Sample};
use metals as _;
use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, IMaterial, INote)]
static OWN: Material = Material(1);

fn main() {
    for plugin in plugin_core::plugins::<dyn IMaterial>() {
        let note = plugin.info.query::<dyn INote>().map(|note| note.note());
        println!("{} {} {note:?}", plugin.info, plugin.mass(&Sample::new(10)));
    }
    println!("{}", plugin_core::catalog());
    println!("{}", plugin_core::slot::<dyn IPlugin>().find("OWN").is_ok());
}
