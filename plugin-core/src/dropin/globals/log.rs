//! Hands the records that a library logs with the crate `log` to the logger of the program.

use std::string::{String, ToString as _};
use std::sync::OnceLock;
use std::vec::Vec;

use log::kv::{Error, Key, Source, Value as KvValue, VisitSource, VisitValue};
use log::{Level, LevelFilter, Log, Metadata, Record};

use super::{HostLog, Logged, Value, contained};

/// The program's side: whatever logger it has by then.
pub(super) struct Host;

impl HostLog for Host {
    fn max_level(&self) -> usize {
        log::max_level() as usize
    }

    fn is_enabled(&self, level: usize, target: &str) -> bool {
        let metadata = Metadata::builder()
            .level(level_of(level))
            .target(target)
            .build();
        contained(|| log::logger().enabled(&metadata))
    }

    fn log(&self, record: &Logged<'_>) {
        contained(|| {
            log::logger().log(
                &Record::builder()
                    .level(level_of(record.level))
                    .target(record.target)
                    .args(format_args!("{}", record.text))
                    .module_path(record.module_path)
                    .file(record.file)
                    .line(record.line)
                    .key_values(&Values(record.values))
                    .build(),
            );
        });
    }

    fn flush(&self) {
        contained(|| log::logger().flush());
    }
}

fn level_of(level: usize) -> Level {
    let mut levels = Level::iter();
    levels
        .find(|known| *known as usize == level)
        .unwrap_or(Level::Trace)
}

struct Values<'a>(&'a [(String, Value)]);

impl Source for Values<'_> {
    fn visit<'kvs>(&'kvs self, visitor: &mut dyn VisitSource<'kvs>) -> Result<(), Error> {
        for (key, value) in self.0 {
            let value = match value {
                Value::Bool(value) => KvValue::from(*value),
                Value::I64(value) => KvValue::from(*value),
                Value::U64(value) => KvValue::from(*value),
                Value::I128(value) => KvValue::from(value),
                Value::U128(value) => KvValue::from(value),
                Value::F64(value) => KvValue::from(*value),
                Value::Text(value) => KvValue::from(&**value),
                Value::Shown(value) => KvValue::from_display(value),
            };
            visitor.visit_pair(Key::from_str(key), value)?;
        }
        Ok(())
    }
}

/// The library's side: its logger.
struct Bridge(OnceLock<&'static dyn HostLog>);

static BRIDGE: Bridge = Bridge(OnceLock::new());

/// Gives the library a logger, unless it has one.
pub(super) fn install(host: &'static dyn HostLog) {
    let _ = BRIDGE.0.set(host);
    if log::set_logger(&BRIDGE).is_ok() {
        // What the program does not want is left out below, where the level of the day is known.
        log::set_max_level(LevelFilter::Trace);
    }
}

impl Log for Bridge {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let level = metadata.level() as usize;
        self.0.get().is_some_and(|host| {
            level <= host.max_level() && host.is_enabled(level, metadata.target())
        })
    }

    fn log(&self, record: &Record<'_>) {
        let Some(host) = self.0.get().filter(|_| self.enabled(record.metadata())) else {
            return;
        };
        // It is made here: a panic of what it is made of belongs to the library.
        let text = record.args().to_string();
        let mut values = Collected(Vec::new());
        let _ = record.key_values().visit(&mut values);
        host.log(&Logged {
            level: record.level() as usize,
            target: record.target(),
            text: &text,
            module_path: record.module_path(),
            file: record.file(),
            line: record.line(),
            values: &values.0,
        });
    }

    fn flush(&self) {
        if let Some(host) = self.0.get() {
            host.flush();
        }
    }
}

struct Collected(Vec<(String, Value)>);

impl<'kvs> VisitSource<'kvs> for Collected {
    fn visit_pair(&mut self, key: Key<'kvs>, value: KvValue<'kvs>) -> Result<(), Error> {
        let mut one = One(None);
        value.visit(&mut one)?;
        self.0.extend(one.0.map(|value| (key.to_string(), value)));
        Ok(())
    }
}

struct One(Option<Value>);

impl VisitValue<'_> for One {
    fn visit_any(&mut self, value: KvValue<'_>) -> Result<(), Error> {
        self.0 = Some(Value::Shown(value.to_string()));
        Ok(())
    }

    fn visit_u64(&mut self, value: u64) -> Result<(), Error> {
        self.0 = Some(Value::U64(value));
        Ok(())
    }

    fn visit_i64(&mut self, value: i64) -> Result<(), Error> {
        self.0 = Some(Value::I64(value));
        Ok(())
    }

    fn visit_u128(&mut self, value: u128) -> Result<(), Error> {
        self.0 = Some(Value::U128(value));
        Ok(())
    }

    fn visit_i128(&mut self, value: i128) -> Result<(), Error> {
        self.0 = Some(Value::I128(value));
        Ok(())
    }

    fn visit_f64(&mut self, value: f64) -> Result<(), Error> {
        self.0 = Some(Value::F64(value));
        Ok(())
    }

    fn visit_bool(&mut self, value: bool) -> Result<(), Error> {
        self.0 = Some(Value::Bool(value));
        Ok(())
    }

    fn visit_str(&mut self, value: &str) -> Result<(), Error> {
        self.0 = Some(Value::Text(value.into()));
        Ok(())
    }
}
