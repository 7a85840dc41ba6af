//! Hands the events and spans of a library, from the crate `tracing`, to the subscriber of the program.

use core::cell::RefCell;
use core::fmt;
use core::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::boxed::Box;
use std::collections::HashMap;
use std::string::ToString as _;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::vec::Vec;
use std::{format, thread_local};

use foldhash::fast::FixedState;
use tracing_core::callsite::{self, Callsite, Identifier};
use tracing_core::dispatcher::{get_default, set_global_default};
use tracing_core::field::{DisplayValue, Field, FieldSet, ValueSet, Visit, display};
use tracing_core::metadata::Kind;
use tracing_core::span::{Attributes, Current, Id, Record};
use tracing_core::subscriber::Interest;
use tracing_core::{Dispatch, Event, Level, Metadata, Subscriber};

use super::{HostSite, HostSpan, HostTracing, Parent, SiteOf, Value, contained};

/// From the fewest to all.
const LEVELS: [Level; 5] = [
    Level::ERROR,
    Level::WARN,
    Level::INFO,
    Level::DEBUG,
    Level::TRACE,
];

/// The program's side: whatever subscriber it has by then.
pub(super) struct Host;

impl HostTracing for Host {
    fn site(&self, of: &SiteOf) -> Option<&'static dyn HostSite> {
        contained(|| {
            let site: &'static Site = Box::leak(Box::default());
            let fields = FieldSet::new(of.fields, Identifier(site));
            let kind = if of.is_span { Kind::SPAN } else { Kind::EVENT };
            let level = LEVELS[of.level.clamp(1, LEVELS.len()) - 1];
            site.metadata.get_or_init(|| {
                Metadata::new(
                    of.name,
                    of.target,
                    level,
                    of.file,
                    of.line,
                    of.module_path,
                    fields,
                    kind,
                )
            });
            callsite::register(site);
            Some(site as _)
        })
    }
}

/// A place in a library that makes events or spans: it stays, as the library does.
#[derive(Default)]
struct Site {
    /// Of which events of it the program's subscribers want to know: none, some, or all.
    interest: AtomicU8,
    metadata: OnceLock<Metadata<'static>>,
}

const NONE: u8 = 0;
const SOME: u8 = 1;
const ALL: u8 = 2;

impl Site {
    fn known(&'static self) -> &'static Metadata<'static> {
        let metadata = self.metadata.get();
        metadata.expect("a site is made with its metadata")
    }
}

impl Callsite for Site {
    fn set_interest(&self, interest: Interest) {
        let interest = match interest {
            interest if interest.is_never() => NONE,
            interest if interest.is_always() => ALL,
            _ => SOME,
        };
        self.interest.store(interest, Ordering::Relaxed);
    }

    fn metadata(&self) -> &Metadata<'_> {
        self.metadata
            .get()
            .expect("a site is made with its metadata")
    }
}

impl HostSite for Site {
    fn is_enabled(&'static self) -> bool {
        match self.interest.load(Ordering::Relaxed) {
            NONE => false,
            ALL => true,
            _ => contained(|| get_default(|host| host.enabled(self.known()))),
        }
    }

    fn event(&'static self, parent: Parent, values: &[(usize, Value)]) {
        let metadata = self.known();
        contained(|| {
            with_values(metadata, values, |values| match parent {
                Parent::Current => Event::dispatch(metadata, values),
                Parent::None => Event::child_of(None::<Id>, metadata, values),
                Parent::Id(id) => Event::child_of(Id::from_u64(id), metadata, values),
            });
        });
    }

    fn span(&'static self, parent: Parent, values: &[(usize, Value)]) -> Option<Box<dyn HostSpan>> {
        let metadata = self.known();
        contained(|| {
            with_values(metadata, values, |values| {
                let attributes = match parent {
                    Parent::Current => Attributes::new(metadata, values),
                    Parent::None => Attributes::new_root(metadata, values),
                    Parent::Id(id) => Attributes::child_of(Id::from_u64(id), metadata, values),
                };
                let dispatch = get_default(Dispatch::clone);
                let id = dispatch.new_span(&attributes);
                let span: Box<dyn HostSpan> = Box::new(Span {
                    dispatch,
                    id,
                    metadata,
                });
                Some(span)
            })
        })
    }
}

/// A span of the program's that a library has opened: all that happens to it goes to where it was made.
struct Span {
    dispatch: Dispatch,
    id: Id,
    metadata: &'static Metadata<'static>,
}

impl HostSpan for Span {
    fn id(&self) -> u64 {
        self.id.into_u64()
    }

    fn enter(&self) {
        contained(|| self.dispatch.enter(&self.id));
    }

    fn exit(&self) {
        contained(|| self.dispatch.exit(&self.id));
    }

    fn record(&self, values: &[(usize, Value)]) {
        contained(|| {
            with_values(self.metadata, values, |values| {
                self.dispatch.record(&self.id, &Record::new(values));
            });
        });
    }

    fn follows_from(&self, id: u64) {
        contained(|| {
            let id = Id::from_u64(id);
            self.dispatch.record_follows_from(&self.id, &id);
        });
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        contained(|| self.dispatch.try_close(self.id.clone()));
    }
}

/// As many fields as all versions of tracing allow.
const MOST: usize = 32;

/// The values as tracing has them. It takes an array, in which values may be missing.
fn with_values<T>(
    metadata: &Metadata<'static>,
    values: &[(usize, Value)],
    then: impl FnOnce(&ValueSet<'_>) -> T,
) -> T {
    type AnyValue<'a> = &'a dyn tracing_core::field::Value;

    let fields: Vec<Field> = metadata.fields().iter().collect();
    let values = values.iter().filter(|(index, _)| *index < fields.len());
    let values: Vec<&(usize, Value)> = values.take(MOST).collect();
    let Some(any) = fields.first() else {
        let none: [(&Field, Option<AnyValue<'_>>); 0] = [];
        return then(&metadata.fields().value_set(&none));
    };
    let shown: Vec<Option<DisplayValue<&str>>> = values
        .iter()
        .map(|(_, value)| match value {
            Value::Shown(text) => Some(display(&**text)),
            _ => None,
        })
        .collect();
    let texts: Vec<&str> = values
        .iter()
        .map(|(_, value)| match value {
            Value::Text(text) => &**text,
            _ => "",
        })
        .collect();
    let all: [(&Field, Option<AnyValue<'_>>); MOST] = core::array::from_fn(|place| {
        let Some((index, value)) = values.get(place) else {
            return (any, None);
        };
        let value: Option<AnyValue<'_>> = match value {
            Value::Bool(value) => Some(value),
            Value::I64(value) => Some(value),
            Value::U64(value) => Some(value),
            Value::I128(value) => Some(value),
            Value::U128(value) => Some(value),
            Value::F64(value) => Some(value),
            Value::Text(_) => Some(&texts[place]),
            Value::Shown(_) => shown[place].as_ref().map(|value| value as _),
        };
        (&fields[*index], value)
    });
    then(&metadata.fields().value_set(&all))
}

/// The library's side: its subscriber.
struct Bridge {
    host: &'static dyn HostTracing,
    sites: RwLock<HashMap<Identifier, Option<&'static dyn HostSite>, FixedState>>,
    spans: RwLock<HashMap<u64, Arc<Opened>, FixedState>>,
    next: AtomicU64,
}

/// A span of the library's.
struct Opened {
    /// The program's.
    span: Box<dyn HostSpan>,
    metadata: &'static Metadata<'static>,
    /// How many of its ids the library has.
    ids: AtomicUsize,
}

thread_local! {
    /// The spans of the library that this thread is in, the innermost one last.
    static ENTERED: RefCell<Vec<(u64, &'static Metadata<'static>)>> = const { RefCell::new(Vec::new()) };
}

/// Gives the library a subscriber, unless it has one.
pub(super) fn install(host: &'static dyn HostTracing) {
    let _ = set_global_default(Dispatch::new(Bridge {
        host,
        sites: RwLock::default(),
        spans: RwLock::default(),
        next: AtomicU64::new(1),
    }));
}

impl Bridge {
    fn site(&self, metadata: &'static Metadata<'static>) -> Option<&'static dyn HostSite> {
        let key = metadata.callsite();
        let sites = self.sites.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(site) = sites.get(&key) {
            return *site;
        }
        drop(sites);
        // The program may have something to say of it, and so no lock is held.
        let level = LEVELS.iter().position(|level| level == metadata.level());
        let names: Vec<&'static str> = metadata.fields().iter().map(|field| field.name()).collect();
        let site = self.host.site(&SiteOf {
            name: metadata.name(),
            target: metadata.target(),
            level: level.map_or(LEVELS.len(), |index| index + 1),
            module_path: metadata.module_path(),
            file: metadata.file(),
            line: metadata.line(),
            fields: names.leak(),
            is_span: metadata.is_span(),
        });
        let mut sites = self.sites.write().unwrap_or_else(PoisonError::into_inner);
        *sites.entry(key).or_insert(site)
    }

    fn opened(&self, id: &Id) -> Option<Arc<Opened>> {
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        spans.get(&id.into_u64()).map(Arc::clone)
    }

    /// What the program is told of where an event or a span belongs.
    fn parent(&self, is_root: bool, parent: Option<&Id>) -> Parent {
        match parent.and_then(|id| self.opened(id)) {
            Some(opened) => Parent::Id(opened.span.id()),
            None if is_root => Parent::None,
            None => Parent::Current,
        }
    }
}

impl Subscriber for Bridge {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        self.site(metadata);
        // The program may change its mind at any time.
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let sites = self.sites.read().unwrap_or_else(PoisonError::into_inner);
        let site = sites.get(&metadata.callsite()).copied().flatten();
        drop(sites);
        site.is_some_and(HostSite::is_enabled)
    }

    fn event(&self, event: &Event<'_>) {
        if let Some(site) = self.site(event.metadata()) {
            let mut values = Collected::default();
            event.record(&mut values);
            site.event(self.parent(event.is_root(), event.parent()), &values.0);
        }
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        if let Some(site) = self.site(span.metadata()) {
            let mut values = Collected::default();
            span.record(&mut values);
            let of_host = site.span(self.parent(span.is_root(), span.parent()), &values.0);
            if let Some(of_host) = of_host {
                let opened = Opened {
                    span: of_host,
                    metadata: span.metadata(),
                    ids: AtomicUsize::new(1),
                };
                let mut spans = self.spans.write().unwrap_or_else(PoisonError::into_inner);
                spans.insert(id, Arc::new(opened));
            }
        }
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, record: &Record<'_>) {
        if let Some(opened) = self.opened(id) {
            let mut values = Collected::default();
            record.record(&mut values);
            opened.span.record(&values.0);
        }
    }

    fn record_follows_from(&self, id: &Id, follows: &Id) {
        if let (Some(opened), Some(other)) = (self.opened(id), self.opened(follows)) {
            opened.span.follows_from(other.span.id());
        }
    }

    fn enter(&self, id: &Id) {
        if let Some(opened) = self.opened(id) {
            opened.span.enter();
            // Not so while the thread ends.
            let _ = ENTERED.try_with(|entered| {
                entered.borrow_mut().push((id.into_u64(), opened.metadata));
            });
        }
    }

    fn exit(&self, id: &Id) {
        if let Some(opened) = self.opened(id) {
            opened.span.exit();
            let _ = ENTERED.try_with(|entered| {
                let mut entered = entered.borrow_mut();
                let place = entered.iter().rposition(|(of, _)| *of == id.into_u64());
                place.map(|place| entered.remove(place));
            });
        }
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some(opened) = self.opened(id) {
            opened.ids.fetch_add(1, Ordering::Relaxed);
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let Some(opened) = self.opened(&id) else {
            return false;
        };
        let is_last = opened.ids.fetch_sub(1, Ordering::AcqRel) == 1;
        if is_last {
            let mut spans = self.spans.write().unwrap_or_else(PoisonError::into_inner);
            let closed = spans.remove(&id.into_u64());
            // The program is told of its end without the lock.
            drop(spans);
            drop(closed);
        }
        is_last
    }

    fn current_span(&self) -> Current {
        let current = ENTERED.try_with(|entered| entered.borrow().last().copied());
        match current.ok().flatten() {
            Some((id, metadata)) => Current::new(Id::from_u64(id), metadata),
            None => Current::none(),
        }
    }
}

#[derive(Default)]
struct Collected(Vec<(usize, Value)>);

impl Collected {
    fn add(&mut self, field: &Field, value: Value) {
        self.0.push((field.index(), value));
    }
}

impl Visit for Collected {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, Value::Shown(format!("{value:?}")));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.add(field, Value::F64(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, Value::I64(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field, Value::U64(value));
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.add(field, Value::I128(value));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.add(field, Value::U128(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field, Value::Bool(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, Value::Text(value.into()));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.add(field, Value::Shown(value.to_string()));
    }
}
