use std::fs;
use std::sync::LazyLock;

use tempfile::TempDir;

use super::*;

fn header(target: &str) -> String {
    super::header(target, Path::new("/usr/lib/matsim"))
}

static HEADER: LazyLock<String> = LazyLock::new(|| header("x86_64-unknown-linux-gnu"));

fn identity(inode: u64) -> Identity {
    Identity {
        device: 7,
        inode,
        size: 409_600,
        modified: -1_500_000_000,
        changed: 1_764_040_392_123_456_789,
    }
}

/// As a file of an image has it, which was built to be the same each time.
fn whole_seconds() -> Identity {
    Identity {
        changed: 1_000_000_000,
        ..identity(5)
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
        "two\nwords.so",
        identity(4),
        Said::new(Err(Refusal::Truncated)),
        true,
    );
    known.insert(
        "image.so",
        whole_seconds(),
        Said::new(Err(Refusal::Truncated)),
        true,
    );
    known
}

#[test]
fn it_is_text_with_a_line_for_each_file() {
    let text = print(&HEADER, &known());
    let lines: Vec<_> = text.lines().collect();
    let [header, glass, notes, words, end] = lines[..] else {
        panic!("{text}");
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        header,
        format!("plugin-loader 4 {version} x86_64-unknown-linux-gnu \"/usr/lib/matsim\"")
    );
    assert_eq!(
        glass,
        "offers 409600 -1500000000 1764040392123456789 7 1 \"libglass.so\" {\"package\":\"a b\"}"
    );
    assert_eq!(
        notes,
        "refused 409600 -1500000000 1764040392123456789 7 2 \"notes.so\" {\"code\":\"not-a-library\"}"
    );
    assert!(words.contains(r#" 4 "two\nwords.so" "#), "{words}");
    assert!(end.starts_with("end 3 "), "{end}");
}

#[test]
fn what_was_written_is_read() {
    let known = parse(&print(&HEADER, &known()), &HEADER).unwrap();
    let said = Said::Offers("{\"package\":\"a b\"}".into());
    assert_eq!(known.get("libglass.so", &identity(1)), Some(said));
    let refused = Said::new(Err(Refusal::Truncated));
    assert_eq!(known.get("two\nwords.so", &identity(4)), Some(refused));
    assert_eq!(known.get("libglass.so", &identity(2)), None);
    // Another file system may be mounted there, with the same numbers and times.
    let device = Identity {
        device: 8,
        ..identity(1)
    };
    assert_eq!(known.get("libglass.so", &device), None);
    // What may change without a sign is not written.
    assert_eq!(known.get("changing.so", &identity(3)), None);
    assert_eq!(known.get("image.so", &whole_seconds()), None);
}

#[test]
fn leftovers_and_caches_of_directories_that_are_gone_are_removed() {
    let root = TempDir::new().unwrap();
    let place = root.path().join("cache");
    fs::create_dir(&place).unwrap();
    let there = header_of(root.path());
    let gone = header_of(&root.path().join("gone"));
    for (name, header) in [
        ("dropins-2", &there),
        ("dropins-3", &gone),
        ("notes", &gone),
    ] {
        fs::write(place.join(name), print(header, &known())).unwrap();
    }
    let [old, new] = ["dropins-old.new", "dropins-young.new"].map(|name| place.join(name));
    fs::write(&new, "").unwrap();
    let hour = std::time::SystemTime::now() - Duration::from_secs(3_600);
    fs::File::create(&old).unwrap().set_modified(hour).unwrap();
    write(&place.join("dropins-1"), &there, &known()).unwrap();
    let mut names: Vec<_> = fs::read_dir(&place)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["dropins-1", "dropins-2", "dropins-young.new", "notes"]
    );
}

fn header_of(directory: &Path) -> String {
    super::header("x86_64-unknown-linux-gnu", directory)
}

#[test]
fn no_damage_goes_unnoticed() {
    let text = print(&HEADER, &known());
    for end in 0..text.len() {
        assert!(parse(&text[..end], &HEADER).is_none(), "{:?}", &text[..end]);
    }
    for index in 0..text.len() {
        for bit in 0..7 {
            let mut bytes = text.clone().into_bytes();
            bytes[index] ^= 1 << bit;
            let damaged = String::from_utf8(bytes).unwrap();
            assert!(parse(&damaged, &HEADER).is_none(), "{damaged:?}");
        }
    }
    assert!(parse(&format!("{text}{text}"), &HEADER).is_none());
    assert!(parse(&text, &header("aarch64-apple-darwin")).is_none());
    assert!(parse(&text, &HEADER).is_some());
}

#[test]
fn an_old_one_is_there_until_the_new_one_is() {
    let root = TempDir::new().unwrap();
    let path = root.path().join("below/it/dropins-1");
    write(&path, &HEADER, &known()).unwrap();
    let first = fs::File::open(&path).unwrap();
    write(&path, &HEADER, &Known::default()).unwrap();
    // Who reads the old one reads it to its end.
    let old = String::from_utf8(file::read(&first, 0).unwrap()).unwrap();
    assert_eq!(old, print(&HEADER, &known()));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        print(&HEADER, &Known::default())
    );
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn what_others_could_have_written_is_not_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let root = TempDir::new().unwrap();
    let path = root.path().join("dropins-1");
    write(&path, &HEADER, &known()).unwrap();
    assert_eq!(read(&path, &HEADER, Trust::Owner).entries.len(), 3);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(read(&path, &HEADER, Trust::Owner).entries.len(), 0);
    assert_eq!(read(&path, &HEADER, Trust::Everybody).entries.len(), 3);
}
