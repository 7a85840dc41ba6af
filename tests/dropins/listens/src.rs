//! Loads a library, and does one thing after the other: asks one of its plugins for a note, or changes what is heard.

use std::io::Write as _;
use std::{env, io, process, thread};

use imat::INote;
use log::kv::{Key, Value, VisitSource};
use plugin_loader::Library;
use tracing_subscriber::fmt::format::FmtSpan;

fn main() {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().unwrap();
    // SAFETY: it is one of these tests.
    let library = unsafe { Library::load(path.as_ref()) }.unwrap();
    for argument in arguments {
        match argument.as_str() {
            "log" => log::set_logger(&Logger).unwrap(),
            "off" => log::set_max_level(log::LevelFilter::Off),
            "info" => log::set_max_level(log::LevelFilter::Info),
            "debug" => log::set_max_level(log::LevelFilter::Debug),
            "subscribe" => subscribe(tracing::Level::INFO),
            "span" => return inside(library, tracing::info_span!("host").entered()),
            "print" => print!("the tail of the host, "),
            "exit" => process::exit(0),
            name => ask(library, name),
        }
    }
}

fn inside(library: &Library, _span: tracing::span::EnteredSpan) {
    ask(library, "traces");
}

fn ask(library: &Library, name: &str) {
    let mut plugins = library.plugins::<dyn INote>().iter();
    let plugin = plugins.find(|plugin| plugin.info.name() == name).unwrap();
    let note = plugin.note();
    if note > 0 {
        eprintln!("{name}: {note}");
    }
}

fn subscribe(level: tracing::Level) {
    tracing_subscriber::fmt()
        .with_max_level(level)
        .without_time()
        .with_ansi(false)
        .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
        .with_writer(io::stderr)
        .init();
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.target() != "unheard"
    }

    fn log(&self, record: &log::Record<'_>) {
        let mut values = Values(String::new());
        record.key_values().visit(&mut values).unwrap();
        let file = record.file().map(|file| file.rsplit(['/', '\\']).next().unwrap());
        eprintln!(
            "{} {} {:?} {file:?} {} {:?}{} in {:?}",
            record.level(),
            record.target(),
            record.module_path(),
            record.line().is_some(),
            record.args(),
            values.0,
            thread::current().name(),
        );
        if env::var_os("PANIC").is_some() {
            panic!("the logger of the host");
        }
    }

    fn flush(&self) {
        io::stderr().flush().unwrap();
        eprintln!("flushed");
    }
}

struct Values(String);

impl<'kvs> VisitSource<'kvs> for Values {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), log::kv::Error> {
        let number = value.to_u64().map(|number| number + 1);
        self.0 += &format!(" {key}={value} {number:?}");
        Ok(())
    }
}
