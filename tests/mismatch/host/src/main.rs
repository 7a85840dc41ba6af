//! Calls all plugins of a library, and says which of them it could not use, and why.

use std::cell::RefCell;
use std::env;
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::{Arc, OnceLock, mpsc};

use iface::*;
use plugin_loader::Library;
use third::*;

struct Host;

impl Log for Host {
    fn info(&self) -> u64 {
        1
    }

    fn error(&self) -> u64 {
        2
    }
}

impl IInner for Host {
    fn inner(&self) -> Vec<Sample> {
        vec![Sample::new(1), Sample::new(2)]
    }
}

impl ISelf for Host {
    fn call(&self, _: &dyn ISelf) -> u64 {
        0
    }

    fn number(&self) -> u64 {
        66
    }
}

fn sum(samples: &[Sample]) -> u64 {
    samples.iter().map(|sample| sample.mass).sum()
}

fn main() {
    let path = env::args().nth(1).unwrap();
    // SAFETY: it is one of these tests.
    let library = match unsafe { Library::load(path.as_ref()) } {
        Ok(library) => library,
        Err(refusal) => {
            println!("refused: {refusal}");
            return;
        }
    };
    let offers = library.manifest().plugins.iter();
    for offered in offers.flat_map(|offer| &offer.interfaces) {
        if let Err(refusal) = offered.check() {
            let name = offered.path.trim_start_matches("iface::");
            println!("{name} refused: {}", refusal.to_string().replace('\n', " "));
        }
    }
    macro_rules! call {
        ($($name:ident: |$plugin:ident| $value:expr, $right:literal;)*) => {$(
            for $plugin in library.plugins::<dyn $name>() {
                let value = format!("{:?}", $value);
                let said = if value == $right { "right" } else { "WRONG" };
                println!("{} {said}: {value}", stringify!($name));
            }
        )*};
    }
    call! {
        ISwapped: |p| { let s = p.call(); (s.mass, s.volume) }, "(10, 20)";
        IRetyped: |p| p.call().0 as u64, "3";
        ILaid: |p| { let laid = p.call(); (laid.a, laid.b, laid.c) }, "(1, 2, 3)";
        IPadded: |p| { let padded = p.call(); (padded.a, padded.b) }, "(5, 6)";
        INiche: |p| p.call().is_some(), "true";
        IOrder: |p| matches!(p.call(), Order::Delete), "true";
        IValued: |p| matches!(p.call(), Valued::B), "true";
        ICounted: |p| matches!(p.call(), Counted::B), "true";
        IGrown: |p| matches!(p.call(), Grown::B), "true";
        IPayload: |p| matches!(p.call(), Payload::Number(7)), "true";
        IUnion: |p| unsafe { p.call().number }, "8";
        IAlias: |p| p.call() as u64, "9";
        IBuffer: |p| p.call().0.iter().map(|byte| usize::from(*byte)).sum::<usize>() == p.call().0.len(), "true";
        ISum: |p| p.call().0, "1";
        IThing: |p| p.call().1, "2";
        IHidden: |p| (p.call().len(), p.call().double()), "(11, 22)";
        IArray: |p| p.call() == [1; LEN], "true";
        INode: |p| { let node = p.call().next.unwrap(); (node.value, node.sample.unwrap().mass) }, "(2, 3)";
        IEven: |p| p.call(&Even { odd: vec![Odd { even: Vec::new(), order: Order::Ask }] }), "1";
        IFirst: |p| p.call().0.0.0[0].a, "1";
        IStack: |p| sum(&p.call().0), "3";
        IProjected: |p| sum(&p.call()), "3";
        IImported: |p| sum(&p.call()), "3";
        IMacro: |p| p.call(&Sample::new(5)), "5";
        IBoxed: |p| p.call().unwrap().mass, "12";
        IArc: |p| p.call(Arc::new(Sample::new(5))), "5";
        IWeak: |p| { let sample = Arc::new(Sample::new(5)); p.call(Arc::downgrade(&sample)) }, "5";
        IRc: |p| p.call(Rc::new(RefCell::new(Sample::new(5)))), "5";
        ISender: |p| {
            let (sender, receiver) = mpsc::channel();
            p.call(sender);
            receiver.iter().map(|sample| sample.mass).sum::<u64>()
        }, "780";
        ILinked: |p| p.call().iter().map(|sample| sample.mass).sum::<u64>(), "3";
        IMap: |p| p.call()["a"].mass, "1";
        IIntoIter: |p| sum(p.call().as_slice()), "3";
        IIter: |p| p.call([Sample::new(1), Sample::new(2)].iter()), "3";
        IOnce: |p| p.call(&OnceLock::from(Box::new(Sample::new(5)))), "5";
        INonNull: |p| p.call(NonNull::from(&mut Sample::new(5))), "5";
        ITuple: |p| p.call().1.mass, "2";
        IFunction: |p| p.call(|sample| sample.mass), "3";
        IClosure: |p| p.call(&|sample| vec![sample.clone(), sample.clone()]), "8";
        IIterator: |p| p.call().map(|sample| sample.mass).sum::<u64>(), "3";
        ILog: |p| p.call(&Host), "1";
        IBoxedLog: |p| p.call(Box::new(Host)), "2";
        IInner: |p| sum(&p.inner()), "3";
        IMentions: |p| p.call(&Host), "3";
        IAny: |p| p.call().is::<u64>(), "false";
        IPlain: |p| p.call("text"), "\"text!\"";
        IDescribed: |p| (p.name(), p.kind(), p.call()), "(11, 22, 33)";
        ISelf: |p| p.call(&Host), "66";
        IJson: |p| p.call(), "[Number(13), String(\"text\")]";
    }
    // Its field has another name in the other form.
    for plugin in library.plugins::<dyn IRenamed>() {
        let _ = plugin.call();
        println!("IRenamed right: its field");
    }
    for data in library.plugins::<Data>() {
        println!("Data {}: {}", if data.number == 55 { "right" } else { "WRONG" }, data.number);
    }
}
