//! What goes in comes out, or there is an error.

use std::io::{self, Write as _};

use icodec::{ICodec, Last, configurables, decode, encode};

use super::{read, write};
use crate::stage::Stage;

fn stages(codecs: &[&str]) -> Vec<Stage> {
    let stages = codecs.iter().map(|codec| codec.parse().unwrap());
    stages.collect()
}

fn codecs() -> Vec<&'static str> {
    let makers = configurables::<dyn ICodec>().sorted();
    let names: Vec<_> = makers.iter().map(|maker| maker.info.name()).collect();
    assert_eq!(names.len(), 8, "{names:?}");
    names
}

fn compressed(codecs: &[&str], content: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    write(&stages(codecs), &mut &*content, &mut file).unwrap();
    file
}

fn decompressed(mut file: &[u8]) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    read(&mut file, &mut content)?;
    Ok(content)
}

/// Half of it repeats itself, and half of it does not.
fn content(length: usize) -> Vec<u8> {
    let mut state: u32 = 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let mut content = Vec::with_capacity(length + 64);
    while content.len() < length {
        content.extend_from_slice(b"a codec changes a stream of bytes ");
        content.extend((0..30).map(|_| next()));
    }
    content.truncate(length);
    content
}

fn each_codec_gives_back(lengths: &[usize]) {
    for codec in codecs() {
        for &length in lengths {
            let content = content(length);
            let file = compressed(&[codec], &content);
            assert!(length < 1000 || file.len() < length, "{codec}: {length}");
            assert_eq!(decompressed(&file).unwrap(), content, "{codec}: {length}");
        }
    }
}

#[test]
fn each_codec_gives_back_what_it_was_given() {
    each_codec_gives_back(&[0, 1, 23, 24, 25, 1000, 65_536]);
}

fn passes_in_pieces(length: usize) {
    let content = content(length);
    for codec in [
        "zstd",
        "gzip:level=1",
        "lz4",
        "snappy",
        "brotli:quality=2",
        "xz:preset=0",
    ] {
        let file = compressed(&[codec], &content);
        assert!(decompressed(&file).unwrap() == content, "{codec}");
    }
}

#[test]
fn a_long_file_passes_in_pieces() {
    passes_in_pieces(500_000);
}

fn undone_from_the_last(length: usize) {
    let content = content(length);
    for first in codecs() {
        for second in codecs() {
            let file = compressed(&[first, second], &content);
            assert!(decompressed(&file).unwrap() == content, "{first}, {second}");
        }
    }
    let file = compressed(&["lz4", "gzip:level=9", "zstd:level=19"], &content);
    let header = br#"["lz4",{"use":"gzip","level":9},{"use":"zstd","level":19}]"#;
    assert_eq!(&file[12..12 + header.len()], header);
    assert!(decompressed(&file).unwrap() == content);
}

#[test]
fn codecs_in_a_row_are_undone_from_the_last() {
    undone_from_the_last(2000);
}

/// What the codecs take long for, which are not optimized.
mod long {
    #[test]
    #[ignore = "long: 300 kB"]
    fn each_codec_gives_back_what_it_was_given() {
        super::each_codec_gives_back(&[300_000]);
    }

    #[test]
    #[ignore = "long: 10 MB"]
    fn a_long_file_passes_in_pieces() {
        super::passes_in_pieces(10_000_000);
    }

    #[test]
    #[ignore = "long: 64 times 100 kB"]
    fn codecs_in_a_row_are_undone_from_the_last() {
        super::undone_from_the_last(100_000);
    }
}

#[test]
fn a_file_with_one_wrong_byte_is_an_error() {
    for codec in codecs() {
        let content = content(600);
        let file = compressed(&[codec], &content);
        for at in 0..file.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut damaged = file.clone();
                damaged[at] ^= flip;
                let read = decompressed(&damaged);
                assert!(read.is_err(), "{codec}: {flip:#x} at {at} is not noticed");
            }
        }
    }
}

#[test]
fn a_file_that_is_too_short_or_too_long_is_an_error() {
    for codecs in [
        &["zstd"][..],
        &["gzip"],
        &["brotli", "xz"],
        &["snappy", "lz4"],
    ] {
        let mut file = compressed(codecs, &content(2000));
        for length in 0..file.len() {
            assert!(
                decompressed(&file[..length]).is_err(),
                "{codecs:?}: {length}"
            );
        }
        file.push(0);
        assert!(decompressed(&file).is_err(), "{codecs:?}: a byte more");
    }
}

/// Without our checksums, a codec may not notice, but it may not panic either; and those with a checksum notice.
#[test]
fn a_codec_alone_does_not_panic() {
    for name in codecs() {
        let codec = &stages(&[name])[0];
        let content = content(600);
        let encoded = encode(&**codec, &content).unwrap();
        for at in 0..encoded.len() {
            let mut damaged = encoded.clone();
            damaged[at] ^= 0x55;
            let decoded = decode(&**codec, &damaged);
            let is_checked = ["gzip", "lz4", "snappy", "xz", "zlib", "zstd"].contains(&name);
            if let (Ok(decoded), true) = (decoded, is_checked) {
                assert!(decoded == content, "{name}: {at}");
            }
            let _ = decode(&**codec, &encoded[..at]);
        }
    }
}

/// A disk with so much space.
struct Disk(usize);

impl io::Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.0);
        self.0 -= count;
        match count {
            0 => Err(io::ErrorKind::StorageFull.into()),
            count => Ok(count),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error() {
    for name in codecs() {
        let codec = &stages(&[name])[0];
        let content = content(3000);
        let length = encode(&**codec, &content).unwrap().len();
        for space in (0..length).step_by(7).chain([length - 1]) {
            let mut disk = Disk(space);
            let written = codec
                .encoder(Box::new(Last(&mut disk)))
                .and_then(|mut sink| {
                    sink.write_all(&content)?;
                    sink.finish()
                });
            assert!(written.is_err(), "{name}: {space} of {length}");
        }
    }
}

#[test]
fn errors_say_which_codec_and_which_end() {
    let file = compressed(&["gzip", "zstd"], &content(2000));
    let error = |file: &[u8]| decompressed(file).unwrap_err().to_string();
    let mut damaged = file.clone();
    let body = file.len() - 100;
    damaged[body] ^= 1;
    assert!(error(&damaged).contains("zstd: "), "{}", error(&damaged));
    let mut damaged = file.clone();
    damaged[4] = b'2';
    assert!(error(&damaged).starts_with("another version of squeeze has written it"));
    let mut damaged = file.clone();
    damaged[15] ^= 1;
    assert_eq!(error(&damaged), "its header is damaged");
    assert_eq!(error(&file[..file.len() - 20]), "zstd: incomplete frame");
    assert_eq!(error(&file[..6]), "it ends too early");
}
