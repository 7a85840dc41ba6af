//! Files that are made to cost much: little memory, and little time.
#![cfg(target_os = "linux")]

use std::env;
use std::fs::{self, File};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use object::{Object as _, ObjectSection as _};
use plugin_loader::{Manifest, Package, Refusal};

use crate::libraries::{extra, places, testplugin};
use crate::world::{Mode, World, drop_in, report};

const ROOT: &str = "DROPIN_HOSTILE_ROOT";
const MEBIBYTE: usize = 1 << 20;

#[test]
fn hostile_files_cost_less_than_64_mebibytes_and_a_second() {
    let world = World::new(Mode::Cold);
    for (name, bytes, len) in hostile() {
        let directory = world.directory(name);
        let path = drop_in(&directory, "hostile.so", &bytes);
        // With a hole at its end, which takes no place on disk.
        let file = File::options().write(true).open(&path).unwrap();
        let modified = file.metadata().unwrap().modified().unwrap();
        file.set_len(len.max(bytes.len() as u64)).unwrap();
        file.set_modified(modified).unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command.args([
            "--exact",
            "hostile::look_at_them",
            "--ignored",
            "--nocapture",
        ]);
        command.env(ROOT, &directory);
        let start = Instant::now();
        let output = command.output().unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        let time = start.elapsed();
        // What this test does is not optimized.
        let most = if cfg!(debug_assertions) { 10 } else { 1 };
        assert!(time < Duration::from_secs(most), "{name}: {time:?}");
        let printed = String::from_utf8(output.stdout).unwrap();
        let peak = printed.lines().find_map(|line| line.strip_prefix("peak "));
        let peak: usize = peak.unwrap().parse().unwrap();
        println!("{name}: {peak} KiB, {time:?}");
        assert!(peak < 64 << 10, "{name}: {peak} KiB");
    }
}

#[test]
#[ignore = "it is a process of the test above"]
fn look_at_them() {
    let root = PathBuf::from(env::var_os(ROOT).unwrap());
    // SAFETY: nothing there is loaded.
    let package = unsafe { Package::of_directories("demo", [&root]) }.without_cache();
    for (path, refusal) in report(&package) {
        println!("{path}: {refusal}");
    }
    println!("{}", package.libraries().len());
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("peak {}", peak.unwrap().trim().trim_end_matches(" kB"));
}

#[test]
fn a_cap_is_named() {
    let refusal = |name: &str| {
        let (_, mut bytes, len) = hostile()
            .into_iter()
            .find(|(other, ..)| *other == name)
            .unwrap();
        bytes.resize(bytes.len().max(usize::try_from(len).unwrap()), 0);
        Manifest::of_bytes(&bytes).unwrap_err()
    };
    let longest = 2 << 20;
    let size = 16 << 20;
    assert_eq!(
        refusal("a long manifest"),
        Refusal::ManifestTooLong { size, longest }
    );
    let longest = 16 << 20;
    assert_eq!(
        refusal("many sections"),
        Refusal::HeadersTooLong { longest }
    );
}

/// What each is called, its bytes, and how long it is with a hole behind them.
fn hostile() -> Vec<(&'static str, Vec<u8>, u64)> {
    let good = extra(600);
    let mut many_sections = good.clone();
    // Their number does not fit into the header, and is in the first one.
    many_sections[0x3c..0x3e].copy_from_slice(&[0, 0]);
    let first = sections(&good);
    many_sections[first + 0x20..][..8].copy_from_slice(&(4_u64 << 20).to_le_bytes());
    let mut many_segments = good.clone();
    many_segments[0x38..0x3a].copy_from_slice(&[0xff, 0xff]);
    many_segments[first + 0x2c..][..4].copy_from_slice(&(4_u32 << 20).to_le_bytes());
    let plugin = |text: &[u8], tags: usize| {
        let mut record = Vec::new();
        let texts = [
            &b"name"[..],
            b"package",
            b"1.0.0",
            b"lib.rs",
            b"1",
            b"id",
            b"id",
            text,
        ]
        .join(&0);
        record.extend(u32::try_from(texts.len()).unwrap().to_le_bytes());
        record.extend(texts);
        record.extend(0_u32.to_le_bytes());
        record.extend(u32::try_from(tags).unwrap().to_le_bytes());
        record.extend(vec![0; tags * 8]);
        record.extend(0_u32.to_le_bytes());
        record
    };
    let whole = 1 << 30;
    vec![
        ("a hole", good.clone(), whole),
        ("many sections", many_sections, 600 << 20),
        ("many segments", many_segments, 600 << 20),
        (
            "a long manifest",
            with_manifest(&good, &[0; 16 * MEBIBYTE]),
            0,
        ),
        ("zeros", with_manifest(&good, &[0; 2 * MEBIBYTE]), 0),
        (
            "many tags",
            with_plugin(&good, &plugin(b"", (2 * MEBIBYTE - 4_096) / 8)),
            0,
        ),
        (
            "a long text",
            with_plugin(&good, &plugin(&vec![1; 2 * MEBIBYTE - 4_096], 0)),
            0,
        ),
    ]
}

/// Where the headers of a library's sections begin.
fn sections(library: &[u8]) -> usize {
    let bytes = library[0x28..0x30].try_into().unwrap();
    usize::try_from(u64::from_le_bytes(bytes)).unwrap()
}

/// The library with another manifest, at its end.
fn with_manifest(library: &[u8], manifest: &[u8]) -> Vec<u8> {
    let mut bytes = library.to_owned();
    let offset = (bytes.len() as u64).to_le_bytes();
    let size = (manifest.len() as u64).to_le_bytes();
    let start = (places(library, b"\xf0dropin")[0] as u64).to_le_bytes();
    let mut headers = (sections(library)..library.len()).step_by(0x40);
    let of_manifest = headers
        .find(|header| library[header + 0x18..][..8] == start)
        .unwrap();
    bytes[of_manifest + 0x18..][..8].copy_from_slice(&offset);
    bytes[of_manifest + 0x20..][..8].copy_from_slice(&size);
    bytes.extend(manifest);
    bytes
}

/// The library with another plugin in its manifest.
fn with_plugin(library: &[u8], plugin: &[u8]) -> Vec<u8> {
    let records = places(library, b"\xf0dropin");
    let number = |at: usize| u32::from_le_bytes(library[at..at + 4].try_into().unwrap());
    let header = records.into_iter().find(|at| number(at + 8) == 1).unwrap();
    let len = usize::try_from(number(header + 12)).unwrap();
    let mut manifest = library[header..][..16 + len].to_owned();
    manifest.extend(&library[header..][..8]);
    manifest.extend(2_u32.to_le_bytes());
    manifest.extend(u32::try_from(plugin.len()).unwrap().to_le_bytes());
    manifest.extend(plugin);
    with_manifest(library, &manifest)
}

/// Such a file holds a library for each of several processors.
#[test]
fn a_universal_file_is_what_it_holds_for_this_processor() {
    let universal = |processors: &[u32]| {
        let mut bytes = vec![0xca, 0xfe, 0xba, 0xbe];
        bytes.extend(u32::try_from(processors.len()).unwrap().to_be_bytes());
        for (index, processor) in processors.iter().enumerate() {
            let offset = 4_096 * (u32::try_from(index).unwrap() + 1);
            for number in [*processor, 3, offset, 32, 12] {
                bytes.extend(number.to_be_bytes());
            }
        }
        for (index, processor) in processors.iter().enumerate() {
            bytes.resize(4_096 * (index + 1), 0);
            for number in [0xfeed_facf, *processor, 3, 6, 0, 0, 0, 0] {
                bytes.extend(number.to_le_bytes());
            }
        }
        bytes
    };
    let said = |bytes: &[u8]| Manifest::of_bytes(bytes).unwrap_err().to_string();
    let (arm, intel, power) = (0x0100_000c, 0x0100_0007, 0x0100_0012);
    let both = universal(&[arm, intel]);
    let arch = env::consts::ARCH;
    let expected =
        format!("it is a library for {arch} (MachO), and this program is for {arch} (Elf)");
    assert_eq!(said(&both), expected);
    let neither = universal(&[power, power]);
    let expected = "it is a library for powerpc64, powerpc64 (MachO), and this program is for ";
    assert!(said(&neither).starts_with(expected), "{}", said(&neither));
    for len in 0..both.len() {
        let refusal = Manifest::of_bytes(&both[..len]).unwrap_err();
        let is_whole = len > 8_192 + 31 || (arch == "aarch64" && len > 4_096 + 31);
        assert_eq!(
            refusal.to_string() == said(&both),
            is_whole,
            "{len}: {refusal}"
        );
    }
}

/// A million: `DROPIN_MUTATIONS=1000000 cargo test --release -p plugin-loader --test conformance mutated -- --nocapture`.
#[test]
fn no_mutated_manifest_makes_the_reader_panic() {
    let rounds = env::var("DROPIN_MUTATIONS").map_or(5_000, |rounds| rounds.parse().unwrap());
    let good = testplugin();
    let file = object::File::parse(good).unwrap();
    // Elsewhere, there are records of its interfaces, which are a program's.
    let section = file.section_by_name(".dropin").unwrap();
    let (start, len) = section.file_range().unwrap();
    let [start, end] = [start, start + len].map(|place| usize::try_from(place).unwrap());
    let mut random = Random(0x853c_49e6_748f_ea9b);
    let (mut bytes, mut refused) = (good.to_owned(), 0);
    for round in 0..rounds {
        let part = &mut bytes[start..end];
        for _ in 0..=random.below(3) {
            mutate(part, &mut random);
        }
        let read = catch_unwind(|| Manifest::of_bytes(&bytes));
        let read = read.unwrap_or_else(|_| panic!("in round {round}"));
        // Whatever it says can be said.
        match read {
            Ok(manifest) => drop(manifest.to_string()),
            Err(refusal) => {
                assert!(!refusal.to_string().is_empty());
                refused += 1;
            }
        }
        bytes[start..end].copy_from_slice(&good[start..end]);
    }
    println!("{rounds} mutated manifests, {refused} refused, 0 panics");
    assert!(refused > rounds / 4, "only {refused} were noticed");
}

/// Changes bytes, numbers, and what is where.
fn mutate(bytes: &mut [u8], random: &mut Random) {
    let at = random.below(bytes.len() - 16);
    match random.below(6) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = 0xff,
        2 => {
            let extremes = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, u32::MAX];
            let number = extremes[random.below(extremes.len())];
            bytes[at / 4 * 4..][..4].copy_from_slice(&number.to_le_bytes());
        }
        3 => {
            // A length is one more, or one less.
            let number = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
            let other = if at % 2 == 0 {
                number.wrapping_add(1)
            } else {
                number.wrapping_sub(1)
            };
            bytes[at..at + 4].copy_from_slice(&other.to_le_bytes());
        }
        4 => {
            let (from, len) = (random.below(bytes.len()), random.below(64));
            let len = len.min(bytes.len() - from).min(bytes.len() - at);
            bytes.copy_within(from..from + len, at);
        }
        _ => {
            // Something is missing, and all that follows moves.
            let len = 1 + random.below(15);
            bytes.copy_within(at + len.., at);
        }
    }
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
