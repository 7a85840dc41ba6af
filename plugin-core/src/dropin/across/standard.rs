//! Implements the traits of the standard library for [`Across`], so that interfaces may mention their objects.

use core::error::Error;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::boxed::Box;
use std::io;

use super::carry::carried;
use super::{Across, Held, Kept, Side};
use crate::Shape;

macro_rules! shown {
    ($($trait:ident)*) => {$(
        impl<H: Held<Target: fmt::$trait>, S: Side, By: ?Sized> fmt::$trait for Across<H, S, By> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.call(|target| target.fmt(formatter))
            }
        }
    )*};
}

shown! { Binary Debug Display LowerExp LowerHex Octal Pointer UpperExp UpperHex }

impl<H: Held<Target: Error>, S: Side, By: ?Sized> Error for Across<H, S, By> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.call(Error::source)
    }
}

impl<T: ?Sized, H: Held<Target: AsRef<T>>, S: Side, By: ?Sized> AsRef<T> for Across<H, S, By> {
    fn as_ref(&self) -> &T {
        self.call(AsRef::as_ref)
    }
}

impl<H: Held<Target: core::hash::Hasher>, S: Side, By: ?Sized> core::hash::Hasher
    for Across<H, S, By>
{
    fn finish(&self) -> u64 {
        self.call(core::hash::Hasher::finish)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.call_mut(|target| target.write(bytes));
    }
}

impl<T, H, S, By> Iterator for Across<H, S, By>
where
    T: Shape<By>,
    H: Held<Target: Iterator<Item = T>>,
    S: Side,
    By: ?Sized,
{
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.call_mut(|target| target.next().map(carried::<By, S, T>))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.call(Iterator::size_hint)
    }

    fn nth(&mut self, index: usize) -> Option<T> {
        self.call_mut(|target| target.nth(index).map(carried::<By, S, T>))
    }
}

impl<T, H, S, By> DoubleEndedIterator for Across<H, S, By>
where
    T: Shape<By>,
    H: Held<Target: DoubleEndedIterator<Item = T>>,
    S: Side,
    By: ?Sized,
{
    fn next_back(&mut self) -> Option<T> {
        self.call_mut(|target| target.next_back().map(carried::<By, S, T>))
    }
}

impl<T, H, S, By> ExactSizeIterator for Across<H, S, By>
where
    T: Shape<By>,
    H: Held<Target: ExactSizeIterator<Item = T>>,
    S: Side,
    By: ?Sized,
{
    fn len(&self) -> usize {
        self.call(ExactSizeIterator::len)
    }
}

impl<T, F, S, By> Future for Across<Kept<Pin<Box<F>>>, S, By>
where
    T: Shape<By>,
    F: Future<Output = T> + ?Sized,
    S: Side,
    By: ?Sized,
{
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let callee = self.held.callee();
        let future = self.held.pointer.as_mut();
        S::call(callee, || future.poll(context).map(carried::<By, S, T>))
    }
}

impl<H: Held<Target: fmt::Write>, S: Side, By: ?Sized> fmt::Write for Across<H, S, By> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.call_mut(|target| target.write_str(text))
    }
}

impl<H: Held<Target: io::Write>, S: Side, By: ?Sized> io::Write for Across<H, S, By> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.call_mut(|target| target.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call_mut(io::Write::flush)
    }
}

impl<H: Held<Target: io::Read>, S: Side, By: ?Sized> io::Read for Across<H, S, By> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.call_mut(|target| target.read(buffer))
    }
}

impl<H: Held<Target: io::BufRead>, S: Side, By: ?Sized> io::BufRead for Across<H, S, By> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.call_mut(io::BufRead::fill_buf)
    }

    fn consume(&mut self, amount: usize) {
        self.call_mut(|target| target.consume(amount));
    }
}

impl<H: Held<Target: io::Seek>, S: Side, By: ?Sized> io::Seek for Across<H, S, By> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.call_mut(|target| target.seek(to))
    }
}
