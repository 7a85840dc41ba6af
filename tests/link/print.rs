/// Prints which program speaks, and then the id of each plugin in it.
fn print(title: &str) {
    let mut ids: Vec<_> = plugin_core::plugins::<dyn plugin_core::IPlugin>()
        .iter()
        .map(|plugin| plugin.info.id())
        .collect();
    ids.sort_unstable();
    println!("{title}: {}", ids.join(" "));
}
