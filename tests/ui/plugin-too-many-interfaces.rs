use plugin_core::{interface, plugin};

#[interface]
pub trait I1 {}

impl I1 for u8 {}

#[interface]
pub trait I2 {}

impl I2 for u8 {}

#[interface]
pub trait I3 {}

impl I3 for u8 {}

#[interface]
pub trait I4 {}

impl I4 for u8 {}

#[interface]
pub trait I5 {}

impl I5 for u8 {}

#[interface]
pub trait I6 {}

impl I6 for u8 {}

#[interface]
pub trait I7 {}

impl I7 for u8 {}

#[interface]
pub trait I8 {}

impl I8 for u8 {}

#[interface]
pub trait I9 {}

impl I9 for u8 {}

#[interface]
pub trait I10 {}

impl I10 for u8 {}

#[interface]
pub trait I11 {}

impl I11 for u8 {}

#[interface]
pub trait I12 {}

impl I12 for u8 {}

#[interface]
pub trait I13 {}

impl I13 for u8 {}

#[interface]
pub trait I14 {}

impl I14 for u8 {}

#[interface]
pub trait I15 {}

impl I15 for u8 {}

#[interface]
pub trait I16 {}

impl I16 for u8 {}

#[interface]
pub trait I17 {}

impl I17 for u8 {}

#[plugin(
    I1, I2, I3, I4, I5, I6, I7, I8, I9, I10, I11, I12, I13, I14, I15, I16, I17
)]
static MANY: u8 = 0;

fn main() {}
