use std::fs;

use tempfile::TempDir;

use super::*;

const TARGET: &str = "x86_64-unknown-linux-gnu";

fn identity(inode: u64) -> Identity {
    Identity {
        device: 7,
        inode,
        size: 409_600,
        modified: -1_500_000_000,
        changed: 1_764_040_392_123_456_789,
    }
}

fn known() -> Known {
    let mut known = Known::default();
    known.insert(
        "libglass.so",
        identity(1),
        Said::Offers("{\"package\":\"a b\"}".into()),
        true,
    );
    known.insert(
        "notes.so",
        identity(2),
        Said::new(Err(Refusal::NotALibrary)),
        true,
    );
    known.insert(
        "changing.so",
        identity(3),
        Said::new(Err(Refusal::Truncated)),
        false,
    );
    known.insert(
        "two words.so",
        identity(4),
        Said::new(Err(Refusal::Truncated)),
        true,
    );
    known
}

#[test]
fn it_is_text_with_a_line_for_each_file() {
    let text = print(TARGET, &known());
    let lines: Vec<_> = text.lines().collect();
    let [header, glass, notes, end] = lines[..] else {
        panic!("{text}");
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        header,
        format!("plugin-loader 2 {version} x86_64-unknown-linux-gnu")
    );
    assert_eq!(
        glass,
        "offers 409600 -1500000000 1764040392123456789 1 libglass.so {\"package\":\"a b\"}"
    );
    assert_eq!(
        notes,
        "refused 409600 -1500000000 1764040392123456789 2 notes.so \"NotALibrary\""
    );
    assert!(end.starts_with("end 2 "), "{end}");
}

#[test]
fn what_was_written_is_read_whatever_the_devices_number() {
    let known = parse(&print(TARGET, &known()), TARGET).unwrap();
    let said = Said::Offers("{\"package\":\"a b\"}".into());
    assert_eq!(known.get("libglass.so", &identity(1)), Some(said.clone()));
    let device = Identity {
        device: 8,
        ..identity(1)
    };
    assert_eq!(known.get("libglass.so", &device), Some(said));
    assert_eq!(known.get("libglass.so", &identity(2)), None);
    // What may change without a sign is not written, nor what has no line.
    assert_eq!(known.get("changing.so", &identity(3)), None);
    assert_eq!(known.get("two words.so", &identity(4)), None);
}

#[test]
fn no_damage_goes_unnoticed() {
    let text = print(TARGET, &known());
    for end in 0..text.len() {
        assert!(parse(&text[..end], TARGET).is_none(), "{:?}", &text[..end]);
    }
    for index in 0..text.len() {
        for bit in 0..7 {
            let mut bytes = text.clone().into_bytes();
            bytes[index] ^= 1 << bit;
            let damaged = String::from_utf8(bytes).unwrap();
            assert!(parse(&damaged, TARGET).is_none(), "{damaged:?}");
        }
    }
    assert!(parse(&format!("{text}{text}"), TARGET).is_none());
    assert!(parse(&text, "aarch64-apple-darwin").is_none());
    assert!(parse(&text, TARGET).is_some());
}

#[test]
fn an_old_one_is_there_until_the_new_one_is() {
    let root = TempDir::new().unwrap();
    let path = root.path().join("below/it/dropins-1");
    write(&path, TARGET, &known()).unwrap();
    let first = fs::File::open(&path).unwrap();
    write(&path, TARGET, &Known::default()).unwrap();
    // Who reads the old one reads it to its end.
    let old = String::from_utf8(file::read(&first, 0).unwrap()).unwrap();
    assert_eq!(old, print(TARGET, &known()));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        print(TARGET, &Known::default())
    );
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn what_others_could_have_written_is_not_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let root = TempDir::new().unwrap();
    let path = root.path().join("dropins-1");
    write(&path, TARGET, &known()).unwrap();
    assert_eq!(read(&path, TARGET, Trust::Owner).entries.len(), 2);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(read(&path, TARGET, Trust::Owner).entries.len(), 0);
    assert_eq!(read(&path, TARGET, Trust::Everybody).entries.len(), 2);
}
