//! The listings of the book, compiled and run. `mdbook build docs` makes the book, in `target/book`.

/// What crates.io shows of plugin-loader.
#[doc = include_str!("../plugin-loader/README.md")]
pub mod loader {}

/// A chapter.
macro_rules! chapters {
    ($($ident:ident = $path:literal)*) => {
        $(#[doc = include_str!(concat!("src/", $path))] pub mod $ident {})*
    };
}

chapters! {
    introduction = "introduction.md"
    interfaces = "interfaces/index.md"
    data_and_functions = "interfaces/data-and-functions.md"
    parameters = "interfaces/parameters.md"
    extending = "interfaces/extending.md"
    publishing = "interfaces/publishing.md"
    plugins = "plugins/index.md"
    values = "plugins/values.md"
    functions_and_types = "plugins/functions-and-types.md"
    testing = "plugins/testing.md"
    hosts = "hosts/index.md"
    lookup = "hosts/lookup.md"
    configuration = "hosts/configuration.md"
    command_line = "hosts/command-line.md"
    inspecting = "hosts/inspecting.md"
    dropins = "dropins/index.md"
    dropins_for_hosts = "dropins/hosts.md"
    linkme = "coming-from/linkme.md"
    inventory = "coming-from/inventory.md"
    typetag = "coming-from/typetag.md"
    no_std = "targets/no-std.md"
}
