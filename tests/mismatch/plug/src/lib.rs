//! A plugin of each interface.

use std::any::Any;
use std::cell::RefCell;
use std::collections::{HashMap, LinkedList};
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::rc::Rc;
use std::slice;
use std::sync::{Arc, OnceLock, Weak, mpsc};

use iface::*;
use plugin_core::plugin;
use third::*;

plugin_core::dropin!();

pub struct P;

fn two() -> Vec<Sample> {
    vec![Sample::new(1), Sample::new(2)]
}

fn sum(samples: &[Sample]) -> u64 {
    samples.iter().map(|sample| sample.mass).sum()
}

macro_rules! plugins {
    ($($place:ident: $name:ident $item:item)*) => {$(
        impl $name for P {
            $item
        }

        #[plugin($name)]
        static $place: P = P;
    )*};
}

plugins! {
    SWAPPED: ISwapped fn call(&self) -> Swapped { Swapped { mass: 10, volume: 20 } }
    RETYPED: IRetyped fn call(&self) -> Retyped { Retyped(3u8.into()) }
    RENAMED: IRenamed fn call(&self) -> Renamed {
        #[cfg(not(feature = "v2"))]
        return Renamed { celsius: 4 };
        #[cfg(feature = "v2")]
        return Renamed { kelvin: 277 };
    }
    LAID: ILaid fn call(&self) -> Laid { Laid { a: 1, b: 2, c: 3 } }
    PADDED: IPadded fn call(&self) -> Padded { Padded::new(5, 6) }
    NICHE: INiche fn call(&self) -> Option<Niche> {
        #[cfg(not(feature = "v2"))]
        return Some(Niche(0));
        #[cfg(feature = "v2")]
        return Some(Niche(std::num::NonZeroU32::MIN));
    }
    ORDER: IOrder fn call(&self) -> Order { Order::Delete }
    VALUED: IValued fn call(&self) -> Valued { Valued::B }
    COUNTED: ICounted fn call(&self) -> Counted { Counted::second() }
    GROWN: IGrown fn call(&self) -> Grown { Grown::B }
    PAYLOAD: IPayload fn call(&self) -> Payload { Payload::Number(7) }
    UNION: IUnion fn call(&self) -> Either { Either { number: 8 } }
    ALIAS: IAlias fn call(&self) -> Number { 9u8.into() }
    BUFFER: IBuffer fn call(&self) -> Buffer { Buffer(Box::new([1; _])) }
    SUM: ISum fn call(&self) -> Sum { Sum(1, PhantomData) }
    THING: IThing fn call(&self) -> Thing { Thing(1, 2) }
    HIDDEN: IHidden fn call(&self) -> Hidden { Hidden::new(11) }
    ARRAY: IArray fn call(&self) -> [u8; LEN] { [1; LEN] }
    NODE: INode fn call(&self) -> Node {
        let next = Some(Box::new(Node { value: 2, next: None, sample: Some(Sample::new(3)) }));
        Node { value: 1, next, sample: None }
    }
    EVEN: IEven fn call(&self, even: &Even) -> u64 { even.odd.len() as u64 }
    FIRST: IFirst fn call(&self) -> First { First(Second(Box::new(Third(vec![Fourth { a: 1, b: 2 }])))) }
    STACK: IStack fn call(&self) -> Stack<Sample> { Stack(two()) }
    PROJECTED: IProjected fn call(&self) -> Vec<Sample> { two() }
    IMPORTED: IImported fn call(&self) -> List<Sample> { two() }
    MACRO: IMacro fn call(&self, sample: &Sample) -> u64 { sample.mass }
    BOXED: IBoxed fn call(&self) -> Box<Option<Sample>> { Box::new(Some(Sample::new(12))) }
    ARC: IArc fn call(&self, sample: Arc<Sample>) -> u64 { sample.mass }
    WEAK: IWeak fn call(&self, sample: Weak<Sample>) -> u64 { sample.upgrade().unwrap().mass }
    RC: IRc fn call(&self, sample: Rc<RefCell<Sample>>) -> u64 { sample.borrow().mass }
    SENDER: ISender fn call(&self, sender: mpsc::Sender<Sample>) {
        for mass in 0..40 {
            sender.send(Sample::new(mass)).unwrap();
        }
    }
    LINKED: ILinked fn call(&self) -> LinkedList<Sample> { two().into_iter().collect() }
    MAP: IMap fn call(&self) -> HashMap<String, Sample> { [("a".to_owned(), Sample::new(1))].into() }
    INTO_ITER: IIntoIter fn call(&self) -> std::vec::IntoIter<Sample> { two().into_iter() }
    ITER: IIter fn call(&self, samples: slice::Iter<'_, Sample>) -> u64 { sum(samples.as_slice()) }
    ONCE: IOnce fn call(&self, sample: &OnceLock<Box<Sample>>) -> u64 { sample.get().unwrap().mass }
    NON_NULL: INonNull fn call(&self, sample: NonNull<Sample>) -> u64 { unsafe { sample.as_ref() }.mass }
    TUPLE: ITuple fn call(&self) -> (u64, Sample) { (1, Sample::new(2)) }
    FUNCTION: IFunction fn call(&self, function: fn(&Sample) -> u64) -> u64 { function(&Sample::new(3)) }
    CLOSURE: IClosure fn call(&self, closure: &dyn for<'a> Fn(&'a Sample) -> Vec<Sample>) -> u64 {
        sum(&closure(&Sample::new(4)))
    }
    ITERATOR: IIterator fn call(&self) -> Box<dyn Iterator<Item = Sample> + '_> { Box::new(two().into_iter()) }
    LOG: ILog fn call(&self, log: &dyn Log) -> u64 { log.info() }
    BOXED_LOG: IBoxedLog fn call(&self, log: Box<dyn Log + Send + Sync>) -> u64 { log.error() }
    INNER: IInner fn inner(&self) -> Vec<Sample> { two() }
    MENTIONS: IMentions fn call(&self, inner: &dyn IInner) -> u64 { sum(&inner.inner()) }
    ANY: IAny fn call(&self) -> Box<dyn Any> { Box::new(Sample::new(1)) }
    PLAIN: IPlain fn call(&self, text: &str) -> String { format!("{text}!") }
    DESCRIBED: IDescribed fn call(&self) -> u64 { 33 }
    JSON: IJson fn call(&self) -> Vec<serde_json::Value> { vec![13.into(), "text".into()] }
}

impl Describe for P {
    fn name(&self) -> u64 {
        11
    }

    fn kind(&self) -> u64 {
        22
    }
}

impl ISelf for P {
    fn call(&self, other: &dyn ISelf) -> u64 {
        other.number()
    }

    fn number(&self) -> u64 {
        44
    }
}

#[plugin(ISelf)]
static ITSELF: P = P;

#[plugin(Data)]
static DATA: Data = Data {
    order: Order::Keep,
    number: 55,
};
