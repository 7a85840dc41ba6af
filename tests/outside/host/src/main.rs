//! Prints every plugin of every interface, and the order of some; or what is odd about them.

use interface::{IEmpty, INumber, IText};
use plugin_core::{IPlugin, Interface, Plugin, plugin, plugins, slot};
use third_party as _;

#[plugin(IPlugin, INumber, name = "of the host")]
static OWN: u32 = 100;

fn print<I: ?Sized + Interface>(title: &str, show: fn(&I) -> String) {
    let line = |plugin: &Plugin<I>| {
        let info = plugin.info;
        let (package, version) = (info.package(), info.version());
        format!("{title}: {} {} {package} {version} {}", info.name(), info.id(), show(plugin))
    };
    let mut lines: Vec<_> = plugins::<I>().iter().map(line).collect();
    lines.sort_unstable();
    println!("{title}: {}", lines.len());
    for line in lines {
        println!("{}", line.trim_end());
    }
}

fn print_sorted<I: ?Sized + Interface>(title: &str) {
    for plugin in slot::<I>().sorted() {
        println!("{title}: {}", plugin.info.id());
    }
}

fn main() {
    if std::env::args().nth(1).is_some_and(|argument| argument == "findings") {
        for finding in plugin_core::catalog().findings() {
            println!("{finding}");
        }
        return;
    }
    print::<dyn IPlugin>("IPlugin", |_| String::new());
    print::<dyn INumber>("INumber", |plugin| plugin.number().to_string());
    print::<dyn IText>("IText", |plugin| plugin.text());
    print::<dyn IEmpty>("IEmpty", |_| String::new());
    print::<dyn old::IMaterial>("old", |plugin| plugin.version().to_string());
    print::<dyn new::IMaterial>("new", |plugin| plugin.version().to_string());
    print_sorted::<dyn IPlugin>("sorted IPlugin");
    print_sorted::<dyn INumber>("sorted INumber");
    assert!(<dyn old::IMaterial>::INFO != <dyn new::IMaterial>::INFO);
}
