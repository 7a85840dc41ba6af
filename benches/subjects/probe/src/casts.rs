//! From one interface to another, of an object that has three.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::LazyLock;

use bench_registries::Number;
use bench_registries::ours::{IFirst, ISecond, IThird, IUnlisted};
use plugin_core::{Interface, Plugin, plugins};

use crate::work::Work;

#[cfg(feature = "peers")]
mod registered {
    use super::{IFirst, ISecond, IThird, Number};

    crosstrait::register! { Number => dyn IFirst }
    crosstrait::register! { Number => dyn ISecond }
    crosstrait::register! { Number => dyn IThird }
}

/// What somebody would write by hand: how to make each interface's object out of each type.
static CASTS: LazyLock<HashMap<(TypeId, TypeId), Cast>> = LazyLock::new(|| {
    let number = TypeId::of::<Number>();
    let first: Caster<dyn IFirst> = |any| Some(any.downcast_ref::<Number>()?);
    let second: Caster<dyn ISecond> = |any| Some(any.downcast_ref::<Number>()?);
    let third: Caster<dyn IThird> = |any| Some(any.downcast_ref::<Number>()?);
    HashMap::from([
        (
            (number, TypeId::of::<dyn IFirst>()),
            Box::new(first) as Cast,
        ),
        ((number, TypeId::of::<dyn ISecond>()), Box::new(second)),
        ((number, TypeId::of::<dyn IThird>()), Box::new(third)),
    ])
});

type Caster<I> = fn(&dyn Any) -> Option<&I>;

/// A `Caster`, of whichever interface.
type Cast = Box<dyn Any + Send + Sync>;

static OBJECT: Number = Number(3);

fn in_map<I: ?Sized + 'static>(object: &dyn Any) -> Option<&I> {
    let cast = CASTS.get(&(object.type_id(), TypeId::of::<I>()))?;
    cast.downcast_ref::<Caster<I>>()?(object)
}

fn of_plugin<I: ?Sized + Interface>() -> Option<Plugin<I>> {
    plugins::<dyn IFirst>().first()?.info.query::<I>()
}

pub(crate) fn add(works: &mut Vec<Work>) {
    works.extend([
        Work::new("plugin-core", "cast", 1, |_| {
            of_plugin::<dyn IFirst>().map_or(0, |object| object.number())
        }),
        Work::new("plugin-core", "cast", 2, |_| {
            of_plugin::<dyn ISecond>().map_or(0, |object| object.number())
        }),
        Work::new("plugin-core", "cast", 3, |_| {
            of_plugin::<dyn IThird>().map_or(0, |object| object.number())
        }),
        Work::new("plugin-core", "no cast", 3, |_| {
            of_plugin::<dyn IUnlisted>().map_or(0, |object| object.number())
        }),
        Work::new("HashMap", "cast", 3, |_| {
            in_map::<dyn IThird>(&OBJECT).map_or(0, IThird::number)
        }),
        Work::new("HashMap", "no cast", 3, |_| {
            in_map::<dyn IUnlisted>(&OBJECT).map_or(0, IUnlisted::number)
        }),
    ]);
    #[cfg(feature = "peers")]
    works.extend([
        Work::new("crosstrait", "cast", 3, |_| {
            crosstrait::REGISTRY
                .cast_ref::<dyn IThird>(&OBJECT)
                .map_or(0, IThird::number)
        }),
        Work::new("crosstrait", "no cast", 3, |_| {
            crosstrait::REGISTRY
                .cast_ref::<dyn IUnlisted>(&OBJECT)
                .map_or(0, IUnlisted::number)
        }),
    ]);
}
