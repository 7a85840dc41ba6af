use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin, name = r#"a "quoted" {name} \\ with everything"#)]
static QUOTED: u8 = 1;

fn main() {
    let plugin = &plugin_core::plugins::<dyn IPlugin>()[0];
    assert_eq!(plugin.info.name(), "a \"quoted\" {name} \\\\ with everything");
}
