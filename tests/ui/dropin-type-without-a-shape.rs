// 7 mistakes
use plugin_core::{interface, shape, Shape};

struct Sample;

trait Log {}

#[derive(Shape)]
struct Holder {
    sample: Option<Sample>,
}

#[interface(dropin)]
trait IMaterial {
    fn sample(&self) -> Vec<Sample>;
    fn log(&self, log: &dyn Log);
    fn holder(&self) -> Holder;
}

#[interface(dropin)]
trait IExtending: Log {}

#[shape]
struct NoTrait;

#[interface(dropin, foreign(Sample))]
trait IForeign {
    fn sample(&self) -> Sample;
}

#[interface(dropin = true)]
trait IValued {}

fn main() {}
