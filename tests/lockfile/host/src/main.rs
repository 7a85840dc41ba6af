//! Uses the bytes of a library, if that fits.

use iface::IBytes;
use plugin_loader::Library;

fn main() {
    let path = std::env::args().nth(1).unwrap();
    // SAFETY: it is one of these tests.
    let library = unsafe { Library::load(path.as_ref()) }.unwrap();
    for plugin in library.plugins::<dyn IBytes>() {
        println!("{:?}", plugin.bytes().clone().slice(1..));
    }
    for offered in library.manifest().plugins.iter().flat_map(|offer| &offer.interfaces) {
        if let Err(refusal) = offered.check() {
            println!("refused: {refusal}");
        }
    }
}
