//! Plugins that are made on their first use.

use std::fmt::Debug;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use plugin_core::{interface, plugin, plugins};

use crate::only;

#[interface]
trait IBase {
    fn base(&self) -> &str;
}

#[interface]
trait ILazy: IBase + Debug {
    fn provided(&self) -> &'static str {
        "the default"
    }
    fn borrows<'a>(&'a self, text: &'a str, bytes: &[u8]) -> &'a str;
    fn generic<T>(&self, value: T) -> T
    where
        Self: Sized,
    {
        value
    }
    #[cfg(any())]
    fn absent(&self) -> Missing;
}

static MADE: AtomicU32 = AtomicU32::new(0);

#[derive(Debug)]
struct Costly(String);

impl Costly {
    fn new() -> Self {
        MADE.fetch_add(1, Ordering::SeqCst);
        Self("costly".to_owned())
    }
}

impl IBase for Costly {
    fn base(&self) -> &str {
        &self.0
    }
}

impl ILazy for Costly {
    fn provided(&self) -> &'static str {
        "its own"
    }

    fn borrows<'a>(&'a self, text: &'a str, bytes: &[u8]) -> &'a str {
        if bytes.is_empty() { text } else { &self.0 }
    }
}

/// Made late.
#[plugin(IBase, ILazy, name = "late")]
#[tag(key = "value")]
static LATE: LazyLock<Costly> = LazyLock::new(Costly::new);

// One test, since it is about what has not yet happened.
#[test]
fn a_lazy_plugin_is_made_once_by_its_first_member_and_never_by_listing() {
    let plugin = only::<dyn ILazy>();
    assert_eq!(plugins::<dyn IBase>().len(), 1);
    let info = plugin.info;
    assert_eq!((info.name(), info.docs()), ("late", "Made late."));
    assert_eq!(info.tags()[0].value(), "value");
    assert!(info.type_name().contains("LazyLock"));
    assert!(format!("{plugin:?}").contains("late"));
    let base = info.query::<dyn IBase>().unwrap();
    let lock = info.downcast_ref::<LazyLock<Costly>>().unwrap();
    assert!(std::ptr::eq(lock, &raw const LATE));
    assert!(info.downcast_ref::<Costly>().is_none());
    assert_eq!(MADE.load(Ordering::SeqCst), 0);

    assert_eq!(plugin.provided(), "its own");
    assert_eq!(MADE.load(Ordering::SeqCst), 1);
    assert_eq!(base.base(), "costly");
    assert_eq!(plugin.borrows("text", &[]), "text");
    assert_eq!(plugin.borrows("text", &[1]), "costly");
    assert_eq!(LATE.generic(3), 3);
    assert_eq!(MADE.load(Ordering::SeqCst), 1);
}

// One member writes its receiver out.
#[allow(clippy::needless_arbitrary_self_type)]
#[interface]
trait IArguments {
    fn underscore(&self, _: u8, __1: u8) -> u8;
    fn r#loop(&self, r#if: u8, mut_: &mut u8) -> u8;
    fn receiver(self: &Self) -> u8;
}

struct Sum(u8);

#[allow(clippy::needless_arbitrary_self_type)]
impl IArguments for Sum {
    fn underscore(&self, left: u8, right: u8) -> u8 {
        self.0 + left + 2 * right
    }

    fn r#loop(&self, r#if: u8, mut_: &mut u8) -> u8 {
        *mut_ += 1;
        self.0 + r#if
    }

    fn receiver(self: &Self) -> u8 {
        self.0
    }
}

#[plugin(IArguments)]
static SUM: LazyLock<Sum> = LazyLock::new(|| Sum(10));

#[test]
fn arguments_are_handed_on_in_their_order() {
    let sum = only::<dyn IArguments>();
    assert_eq!(sum.underscore(1, 2), 15);
    let mut changed = 1;
    assert_eq!((sum.r#loop(5, &mut changed), changed), (15, 2));
    assert_eq!(sum.receiver(), 10);
}

static LOCAL: u32 = 3;

#[interface]
trait IFunction {
    fn number(&self) -> u32;
}

impl IFunction for u32 {
    fn number(&self) -> u32 {
        *self
    }
}

#[plugin(IFunction)]
static FUNCTION: LazyLock<u32, fn() -> u32> = LazyLock::new(|| LOCAL + 1);

#[test]
fn the_type_of_the_function_may_be_given() {
    assert_eq!(only::<dyn IFunction>().number(), 4);
}

/// Members that cannot be handed on leave the interface without an impl for `LazyLock`, and its
/// author may write one.
mod by_hand {
    use super::{LazyLock, interface, plugin};

    #[interface]
    pub(super) trait IUnsafe {
        /// # Safety
        ///
        /// There is nothing to keep to.
        unsafe fn promise(&self) -> u8;
    }

    impl IUnsafe for LazyLock<u8> {
        unsafe fn promise(&self) -> u8 {
            **self
        }
    }

    #[plugin(IUnsafe)]
    static BY_HAND: LazyLock<u8> = LazyLock::new(|| 9);

    #[interface]
    pub(super) trait ISame {
        fn same(&self, other: &dyn Fn(&Self))
        where
            Self: Sized,
        {
            other(self);
        }
    }

    impl ISame for LazyLock<u8> {}
}

#[test]
fn an_interface_that_cannot_be_handed_on_may_be_provided_by_hand() {
    use by_hand::{ISame as _, IUnsafe};

    // SAFETY: There is nothing to keep to.
    assert_eq!(unsafe { only::<dyn IUnsafe>().promise() }, 9);
    let lock: LazyLock<u8> = LazyLock::new(|| 4);
    lock.same(&|_| ());
}
