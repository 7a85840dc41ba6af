//! Where `DISCARD` is set, the linker throws away what it names.

use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=DISCARD");
    if let Ok(sections) = env::var("DISCARD") {
        let script = format!("{}/discard.ld", env::var("OUT_DIR").unwrap());
        let text = format!("SECTIONS {{ /DISCARD/ : {{ *({sections}) }} }} INSERT AFTER .data;\n");
        fs::write(&script, text).unwrap();
        println!("cargo:rustc-link-arg=-Wl,-T,{script}");
    }
}
