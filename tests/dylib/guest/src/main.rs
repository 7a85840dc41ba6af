#![forbid(unsafe_code)]

use kernel::ICommand;

plugin_core::link_plugins!();

#[plugin_core::plugin(ICommand)]
static OWN: u32 = 3;

fn main() {
    for plugin in plugin_core::slot::<dyn ICommand>().sorted() {
        println!("{}", plugin.info.id());
    }
}
