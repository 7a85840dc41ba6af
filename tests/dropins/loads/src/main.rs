//! Loads each library that is named, and says what became of it. With `A=B`, it puts a copy of `B` in
//! the place of `A`.

use std::path::Path;
use std::{env, fs};

use imat::{Grade, IMaterial, INote, Sample};
use metals as _;
use plugin_core::{IPlugin, Interface, Plugin};
use plugin_loader::Library;

pub fn main() {
    for argument in env::args().skip(1) {
        if let Some((old, new)) = argument.split_once('=') {
            let copy = format!("{old}.copy");
            fs::copy(new, &copy).unwrap();
            fs::rename(&copy, old).unwrap();
            continue;
        }
        let path = Path::new(&argument);
        let name = path.file_name().unwrap().to_str().unwrap();
        // SAFETY: they are those of these tests.
        match unsafe { Library::load(path) } {
            Ok(library) => show(name, library),
            Err(refusal) => println!("{name} is refused: {refusal}"),
        }
    }
    // What is linked in, and not what was loaded.
    let own: Vec<_> = plugin_core::plugins::<dyn IMaterial>().iter().map(|own| own.info.name()).collect();
    assert_eq!(own, ["TIN"]);
}

fn show(name: &str, library: &'static Library) {
    let mut refusals: Vec<String> = library
        .manifest()
        .plugins
        .iter()
        .flat_map(|plugin| &plugin.interfaces)
        .filter_map(|offered| offered.check().err())
        .map(|refusal| refusal.to_string())
        .collect();
    refusals.dedup();
    for refusal in refusals {
        println!("{name}: {refusal}");
    }
    for plugin in library.plugins::<dyn IPlugin>() {
        println!("{name} has {} {}", plugin.info.id(), plugin.info);
    }
    for plugin in library.plugins::<dyn INote>() {
        println!("{name} has {}, a note {}", plugin.info.id(), plugin.note());
    }
    for grade in library.plugins::<Grade>() {
        let info = grade.info;
        println!("{name} has {} {}, a grade {} {}", info.id(), info.name(), grade.level, grade.name);
        if info.id() == "grades::high" {
            assert_eq!((info.priority(), info.module_path()), (3, "data"));
        }
        assert_eq!(info.query::<Grade>().unwrap().name, grade.name);
    }
    for plugin in library.plugins::<dyn IMaterial>() {
        println!("{name} has {}, a material {}", plugin.info.id(), plugin.mass(&Sample::new(10)));
        exchange(plugin);
        look_at(plugin);
    }
}

/// Memory that one side allocates, and the other grows, shrinks, or frees.
fn exchange(plugin: &Plugin<dyn IMaterial>) {
    for len in [0, 1, 100, 10_000, 1_000_000] {
        let mut text = plugin.text();
        text.extend(std::iter::repeat_n('x', len));
        text.shrink_to_fit();
        assert!(text.starts_with("text "));
        let mut bytes = plugin.grow(vec![7; len]);
        assert_eq!(bytes.len(), len + 100_000);
        bytes.resize(len / 2, 0);
        bytes.shrink_to_fit();
        bytes.extend(vec![3; len]);
        drop(plugin.grow(bytes));
        assert_eq!(plugin.keep("y".repeat(len).into()), len);
    }
}

/// What a program knows of a plugin, whether it was linked in or loaded.
fn look_at(plugin: &Plugin<dyn IMaterial>) {
    let info = plugin.info;
    assert_eq!(info.type_name(), "imat::Material");
    assert!(info.provides::<dyn IMaterial>());
    assert!(info.interfaces().contains(&<dyn IMaterial>::INFO));
    let same = info.query::<dyn IMaterial>().unwrap();
    assert!(std::ptr::addr_eq(same.object, plugin.object));
    assert_eq!(info.provides::<dyn INote>(), info.query::<dyn INote>().is_some());
    if info.name() != "brass" {
        return;
    }
    assert_eq!(info.query::<dyn INote>().unwrap().note(), 102);
    assert_eq!(info.id(), "alloy::BRASS");
    assert_eq!((info.package(), info.version()), ("alloy", "0.3.0"));
    assert_eq!(info.docs(), "Copper and zinc.\n\nIt is yellow.");
    assert_eq!(info.priority(), -3);
    assert_eq!(info.module_path(), "alloy");
    assert!(info.file().ends_with("lib.rs") && info.line() > 1);
    let tags: Vec<_> = info.tags().iter().map(|tag| (tag.key(), tag.value())).collect();
    assert_eq!(tags, [("color", "yellow"), ("standard", "EN 1652")]);
    let interfaces = [<dyn IPlugin>::INFO, <dyn IMaterial>::INFO, <dyn INote>::INFO];
    assert_eq!(info.interfaces(), interfaces);
}
