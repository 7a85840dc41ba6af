//! An interface for each way in which a type is mentioned.

use std::any::Any;
use std::cell::RefCell;
use std::collections::{HashMap, LinkedList};
use std::ptr::NonNull;
use std::rc::Rc;
use std::slice;
use std::sync::{Arc, OnceLock, Weak, mpsc};

use plugin_core::interface;
use third::*;

macro_rules! interfaces {
    ($($name:ident $signature:item)*) => {$(
        #[interface(dropin)]
        pub trait $name {
            $signature
        }
    )*};
}

interfaces! {
    ISwapped fn call(&self) -> Swapped;
    IRetyped fn call(&self) -> Retyped;
    IRenamed fn call(&self) -> Renamed;
    ILaid fn call(&self) -> Laid;
    IPadded fn call(&self) -> Padded;
    INiche fn call(&self) -> Option<Niche>;
    IOrder fn call(&self) -> Order;
    IValued fn call(&self) -> Valued;
    ICounted fn call(&self) -> Counted;
    IGrown fn call(&self) -> Grown;
    IPayload fn call(&self) -> Payload;
    IUnion fn call(&self) -> Either;
    IAlias fn call(&self) -> Number;
    IBuffer fn call(&self) -> Buffer;
    ISum fn call(&self) -> Sum;
    IThing fn call(&self) -> Thing;
    IHidden fn call(&self) -> Hidden;
    IArray fn call(&self) -> [u8; LEN];
    INode fn call(&self) -> Node;
    IEven fn call(&self, even: &Even) -> u64;
    IFirst fn call(&self) -> First;
    IStack fn call(&self) -> Stack<Sample>;
    IProjected fn call(&self) -> <Key as Has>::Out;
    IImported fn call(&self) -> List<Sample>;
    IMacro fn call(&self, sample: &third::sample!()) -> u64;
    IBoxed fn call(&self) -> Box<Option<Sample>>;
    IArc fn call(&self, sample: Arc<Sample>) -> u64;
    IWeak fn call(&self, sample: Weak<Sample>) -> u64;
    IRc fn call(&self, sample: Rc<RefCell<Sample>>) -> u64;
    ISender fn call(&self, sender: mpsc::Sender<Sample>);
    ILinked fn call(&self) -> LinkedList<Sample>;
    IMap fn call(&self) -> HashMap<String, Sample>;
    IIntoIter fn call(&self) -> std::vec::IntoIter<Sample>;
    IIter fn call(&self, samples: slice::Iter<'_, Sample>) -> u64;
    IOnce fn call(&self, sample: &OnceLock<Box<Sample>>) -> u64;
    INonNull fn call(&self, sample: NonNull<Sample>) -> u64;
    ITuple fn call(&self) -> (u64, Sample);
    IFunction fn call(&self, function: fn(&Sample) -> u64) -> u64;
    IClosure fn call(&self, closure: &dyn for<'a> Fn(&'a Sample) -> Vec<Sample>) -> u64;
    IIterator fn call(&self) -> Box<dyn Iterator<Item = Sample> + '_>;
    ILog fn call(&self, log: &dyn Log) -> u64;
    IBoxedLog fn call(&self, log: Box<dyn Log + Send + Sync>) -> u64;
    IInner fn inner(&self) -> Vec<Sample>;
    IMentions fn call(&self, inner: &dyn IInner) -> u64;
    IAny fn call(&self) -> Box<dyn Any>;
    IPlain fn call(&self, text: &str) -> String;
}

#[interface(dropin)]
pub trait IDescribed: Describe {
    fn call(&self) -> u64;
}

#[interface(dropin)]
pub trait ISelf {
    fn call(&self, other: &dyn ISelf) -> u64;
    fn number(&self) -> u64;
}

#[interface(dropin)]
pub struct Data {
    pub order: Order,
    pub number: u64,
}

/// A type of a crate that knows nothing of shapes.
#[interface(dropin, foreign(serde_json::Value))]
pub trait IJson {
    fn call(&self) -> Vec<serde_json::Value>;
}
