use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, priority = -2147483648)]
static LOWEST: u8 = 1;

#[plugin(IPlugin, priority = 0x7fff_ffff)]
static HIGHEST: u8 = 2;

fn main() {
    let priority = |name| {
        let mut plugins = plugin_core::plugins::<dyn IPlugin>().iter();
        plugins.find(|plugin| plugin.info.name() == name).unwrap().info.priority()
    };
    assert_eq!((priority("LOWEST"), priority("HIGHEST")), (i32::MIN, i32::MAX));
}
