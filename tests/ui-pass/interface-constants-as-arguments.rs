//! Types that are called like those of the standard library, and take constants.

#![deny(warnings)]

mod own {
    use std::marker::PhantomData;

    #[derive(plugin_core::Shape)]
    pub struct Vec<T, const LEN: usize>(PhantomData<T>);
    #[derive(plugin_core::Shape)]
    pub struct Range<const LEN: usize>;
    #[derive(plugin_core::Shape)]
    pub struct Option<T, const IS: bool>(PhantomData<T>);
    #[derive(plugin_core::Shape)]
    pub struct Steel(pub u8);
    pub const LEN: usize = 4;
    #[allow(non_upper_case_globals)]
    pub const lower: usize = 5;
}

mod sizes {
    pub const LEN: usize = 2;
}

use own::{LEN, Range, Steel, lower};
use plugin_core::{IPlugin, interface, plugin, plugins};
use sizes::LEN as RENAMED;

const HERE: bool = true;

#[interface(dropin)]
trait IConstants {
    fn named(&self, bytes: own::Vec<u8, LEN>, of: own::Vec<Steel, RENAMED>) -> Range<LEN>;
    fn lower(&self, range: &Range<lower>, is: own::Option<Steel, HERE>) -> Range<{ sizes::LEN }>;
    fn literal(&self, range: [own::Vec<String, 3>; 2]) -> Option<Range<LEN>>;
    fn types(&self, steels: Vec<Steel>, texts: Option<String>, nested: Box<Vec<Vec<Steel>>>);
    fn interfaces(&self, plugins: Vec<&'static dyn IPlugin>, routes: Vec<Route>);
}

#[interface(dropin)]
pub struct Route {
    lengths: &'static own::Vec<u8, LEN>,
    steels: &'static [Option<Steel>],
}

struct Constants;

impl IConstants for Constants {
    fn named(&self, _: own::Vec<u8, LEN>, _: own::Vec<Steel, RENAMED>) -> Range<LEN> {
        Range
    }
    fn lower(&self, _: &Range<lower>, _: own::Option<Steel, HERE>) -> Range<{ sizes::LEN }> {
        Range
    }
    fn literal(&self, _: [own::Vec<String, 3>; 2]) -> Option<Range<LEN>> {
        None
    }
    fn types(&self, steels: Vec<Steel>, _: Option<String>, _: Box<Vec<Vec<Steel>>>) {
        assert!(steels.iter().all(|steel| steel.0 > 0));
    }
    fn interfaces(&self, _: Vec<&'static dyn IPlugin>, routes: Vec<Route>) {
        for Route { lengths, steels } in routes {
            let _ = (lengths, steels);
        }
    }
}

#[plugin(IConstants)]
static CONSTANTS: Constants = Constants;

fn main() {
    assert_eq!(plugins::<dyn IConstants>().len(), 1);
}
