//! The reader of manifests, on bytes that nobody meant.

use std::fs;
use std::panic::catch_unwind;

use plugin_loader::{Manifest, Refusal};

use crate::fixtures::fixtures;

#[test]
fn no_part_of_a_library_is_taken_for_the_whole() {
    let bytes = fs::read(fixtures().library("alloy")).unwrap();
    let mut read = 0;
    for len in (0..bytes.len()).step_by(bytes.len() / 1_200) {
        let refusal = Manifest::of_bytes(&bytes[..len]).unwrap_err();
        // The first bytes tell that it is a library at all.
        let expected = len < 16 && refusal == Refusal::NotALibrary;
        assert!(
            expected || refusal == Refusal::Truncated,
            "{len}: {refusal:?}"
        );
        read += 1;
    }
    assert!(read > 1_000, "only {read}");
    assert!(Manifest::of_bytes(&bytes).is_ok());
}

#[test]
fn no_byte_makes_the_reader_panic() {
    let good = fs::read(fixtures().library("alloy")).unwrap();
    let manifest = Manifest::of_bytes(&good).unwrap();
    // Where the headers and the manifest are, since most bytes are of no interest here.
    let section = find(&good, b"\xf0dropin").unwrap();
    let ranges = [
        0..4_096,
        good.len() - 4_096..good.len(),
        section..section + 2_048,
        0..good.len(),
    ];
    let mut bytes = good.clone();
    let mut random = Random(0x853c_49e6_748f_ea9b);
    let mut refused = 0;
    for round in 0..2_000 {
        let range = ranges[round % ranges.len()].clone();
        let at = range.start + random.below(range.len());
        let flip = 1 << random.below(8);
        bytes[at] ^= flip;
        let read = catch_unwind(|| Manifest::of_bytes(&bytes));
        bytes[at] ^= flip;
        match read.unwrap_or_else(|_| panic!("a flip of byte {at}")) {
            // It says what it said, or something else that can be said.
            Ok(read) => drop(read),
            Err(refusal) => {
                assert!(!refusal.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!(refused > 50, "only {refused} of them were noticed");
    assert_eq!(Manifest::of_bytes(&good), Ok(manifest));
}

/// What is wrong with a manifest, and where.
#[test]
fn records_that_do_not_fit_are_refused() {
    let good = fs::read(fixtures().library("alloy")).unwrap();
    let section = find(&good, b"\xf0dropin").unwrap();
    let with = |at: usize, value: &[u8]| {
        let mut bytes = good.clone();
        bytes[section + at..][..value.len()].copy_from_slice(value);
        Manifest::of_bytes(&bytes)
    };
    let corrupt = |offset| Err(Refusal::ManifestCorrupt { offset });
    assert_eq!(with(0, b"X"), corrupt(0));
    assert_eq!(
        with(7, &[9]),
        Err(Refusal::ManifestFormat {
            library: 9,
            host: 1
        })
    );
    // A kind that there is not; a record that is longer than the section, or than all memory.
    assert_eq!(with(8, &[77]), corrupt(16));
    assert_eq!(with(12, &[255, 255, 255, 0]), corrupt(16));
    assert_eq!(with(12, &[255, 255, 255, 255]), corrupt(16));
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// The same numbers in each run: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % end
    }
}
