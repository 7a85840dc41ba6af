// 8 mistakes
use std::fmt::Debug;

use plugin_core::{interface, plugin};

#[interface]
pub trait IShape {}

pub trait IPlain {}

pub struct Data {
    pub number: u32,
}

pub fn make() {}

pub static NUMBER: u32 = 1;

pub type Shape = dyn IShape;

pub mod shapes {
    pub trait IRound {}
}

#[plugin(IPlain)]
static A: u32 = 1;

#[plugin(Data)]
static B: Data = Data { number: 1 };

#[plugin(make)]
static C: u32 = 1;

#[plugin(NUMBER)]
static D: u32 = 1;

#[plugin(Shape)]
static E: u32 = 1;

#[plugin(Debug)]
static F: u32 = 1;

#[plugin(shapes::IRound)]
static G: u32 = 1;

#[plugin(std::error::Error)]
static H: std::fmt::Error = std::fmt::Error;

fn main() {}
