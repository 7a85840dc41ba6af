//! A host that loads only what is signed.
#![cfg(all(target_os = "linux", feature = "signed"))]

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, mpsc};
use std::time::{Duration, Instant};

use itest::ITestPlugin2;
use minisign::{KeyPair, SecretKey};
use plugin_loader::{Package, Refusal, signed};
use rustix::fs::{CWD, FileType, Mode as FileMode, mknodat};

use crate::extra::{is_loaded, of_version};
use crate::libraries::{command, extra};
use crate::world::{Mode, World, drop_in, in_each_mode, names, report};

/// A publisher's key, and somebody else's.
static PUBLISHER: LazyLock<KeyPair> = LazyLock::new(new_key);
static OTHER: LazyLock<KeyPair> = LazyLock::new(new_key);

fn new_key() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().unwrap()
}

/// The text of `minisign.pub`.
fn public(pair: &KeyPair) -> String {
    pair.pk.to_box().unwrap().to_string()
}

/// As minisign prints it.
fn number(pair: &KeyPair) -> String {
    let number = pair.pk.keynum().try_into().unwrap();
    format!("{:016X}", u64::from_le_bytes(number))
}

fn signature(key: &SecretKey, bytes: &[u8]) -> String {
    minisign::sign(None, key, bytes, None, None)
        .unwrap()
        .to_string()
}

fn beside(library: &Path) -> PathBuf {
    library.with_extension("so.minisig")
}

fn package(world: &World, directory: &Path) -> Package {
    let hook = signed(&public(&PUBLISHER)).unwrap();
    world.package(&[directory]).allow(hook)
}

/// Why the only library is not used.
#[track_caller]
fn refusal(package: &Package) -> Refusal {
    assert_eq!(names::<dyn ITestPlugin2>(package), [""; 0]);
    let mut report = report(package);
    assert_eq!(report.len(), 1, "{report:?}");
    report.remove(0).1
}

#[test]
fn what_is_signed_is_used_and_the_signature_is_no_library() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let library = extra(630);
        let path = drop_in(&directory, "a.so", &library);
        fs::write(beside(&path), signature(&PUBLISHER.sk, &library)).unwrap();
        let package = package(world, &directory);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000630"]);
        assert_eq!(report(&package), []);
        assert_eq!(package.libraries().len(), 1);
    });
}

#[test]
fn what_is_not_signed_is_denied_until_it_is() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let library = extra(631);
        let path = drop_in(&directory, "a.so", &library);
        let package = package(world, &directory);
        let unsigned = refusal(&package);
        let signature = beside(&path);
        assert_eq!(
            unsigned,
            Refusal::Unsigned {
                signature: signature.clone()
            }
        );
        let text = unsigned.to_string();
        let start = format!(
            "it is not signed: there is no `{}`\nhelp: ",
            signature.display()
        );
        assert!(text.starts_with(&start), "{text}");
        assert!(!is_loaded(&path));

        fs::write(&signature, self::signature(&PUBLISHER.sk, &library)).unwrap();
        package.retry();
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000631"]);
        assert_eq!(report(&package), []);
    });
}

#[test]
fn a_key_that_is_not_known_is_named() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let library = extra(632);
    let path = drop_in(&directory, "a.so", &library);
    fs::write(beside(&path), signature(&OTHER.sk, &library)).unwrap();
    let package = package(&world, &directory);
    let refusal = refusal(&package);
    let known = vec![number(&PUBLISHER)];
    let key = number(&OTHER);
    assert_eq!(refusal, Refusal::UnknownSigner { key, known });
    let start = format!(
        "it is signed with the key {}, and this program trusts only {}\nhelp: ",
        number(&OTHER),
        number(&PUBLISHER)
    );
    assert!(refusal.to_string().starts_with(&start), "{refusal}");

    // A program may know several.
    let keys = [&*PUBLISHER, &*OTHER].map(public).concat();
    let package = world.package(&[&directory]).allow(signed(&keys).unwrap());
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000632"]);
}

#[test]
fn a_signature_is_one_of_these_bytes_and_of_no_others() {
    let wrong = |number: u32, change: &dyn Fn(&Path, String)| {
        let world = World::new(Mode::Cold);
        let directory = world.directory("plugins");
        let library = extra(number);
        let path = drop_in(&directory, "a.so", &library);
        change(&path, signature(&PUBLISHER.sk, &library));
        let refusal = refusal(&package(&world, &directory));
        let (key, signature) = (self::number(&PUBLISHER), beside(&path));
        assert_eq!(refusal, Refusal::WrongSignature { signature, key });
        assert!(!is_loaded(&path));
    };
    // Of another version.
    wrong(633, &|path, _| {
        let other = signature(&PUBLISHER.sk, &of_version(&extra(633), "0.1.1"));
        fs::write(beside(path), other).unwrap();
    });
    // One bit of the library, of which no other check knows.
    wrong(634, &|path, signature| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        drop_in(path.parent().unwrap(), "a.so", &bytes);
        fs::write(beside(path), signature).unwrap();
    });
    // Something behind the library.
    wrong(635, &|path, signature| {
        let bytes = [&*fs::read(path).unwrap(), b"more"].concat();
        drop_in(path.parent().unwrap(), "a.so", &bytes);
        fs::write(beside(path), signature).unwrap();
    });
    // The comment is signed, too.
    wrong(636, &|path, signature| {
        fs::write(beside(path), signature.replace("timestamp:", "timestamp:1")).unwrap();
    });
    // Signed with another key, which has the number of the publisher's.
    wrong(637, &|path, _| {
        let mut key = OTHER.sk.to_bytes();
        key[54..62].copy_from_slice(PUBLISHER.pk.keynum());
        let key = SecretKey::from_bytes(&key).unwrap();
        let signature = signature(&key, &fs::read(path).unwrap());
        fs::write(beside(path), signature).unwrap();
    });
}

#[test]
fn what_is_no_signature_is_said_to_be_none() {
    let malformed = |number: u32, expected: &str, write: &dyn Fn(&Path, String)| {
        let world = World::new(Mode::Cold);
        let directory = world.directory("plugins");
        let library = extra(number);
        let path = drop_in(&directory, "a.so", &library);
        write(&beside(&path), signature(&PUBLISHER.sk, &library));
        let start = Instant::now();
        let refusal = refusal(&package(&world, &directory));
        assert!(start.elapsed() < Duration::from_secs(5), "{expected}");
        let (error, signature) = (expected.to_owned(), beside(&path));
        assert_eq!(refusal, Refusal::SignatureUnreadable { signature, error });
        let start = format!(
            "its signature `{}` cannot be used: {expected}\nhelp: ",
            beside(&path).display()
        );
        assert!(refusal.to_string().starts_with(&start), "{refusal}");
    };
    let form = "it is not a minisign signature";
    malformed(640, form, &|path, _| fs::write(path, "").unwrap());
    malformed(641, form, &|path, signature| {
        fs::write(path, &signature[..signature.len() / 2]).unwrap();
    });
    malformed(642, form, &|path, _| {
        fs::write(path, "untrusted comment: é\n".repeat(4)).unwrap();
    });
    malformed(643, "it is not text", &|path, _| {
        fs::write(path, [0xff; 300]).unwrap();
    });
    let regular = "it is not a regular file";
    // Nobody writes to it, and a host that waits for that waits for ever.
    malformed(644, regular, &|path, _| {
        mknodat(CWD, path, FileType::Fifo, FileMode::from_raw_mode(0o644), 0).unwrap();
    });
    malformed(645, regular, &|path, _| fs::create_dir(path).unwrap());
    malformed(646, "it is a link", &|path, signature| {
        let real = path.with_extension("real");
        fs::write(&real, signature).unwrap();
        symlink(real, path).unwrap();
    });
    malformed(647, "it is a link", &|path, _| {
        symlink("/dev/zero", path).unwrap();
    });
    // With nothing on the disk.
    malformed(648, "it is too long for a signature", &|path, signature| {
        let mut file = File::create(path).unwrap();
        file.write_all(signature.as_bytes()).unwrap();
        file.set_len(1 << 40).unwrap();
    });
    // `minisign -l` signs the bytes themselves.
    malformed(
        649,
        "it has the format of an old version of minisign",
        &|path, signature| {
            let letters = signature.replacen("\nRUR", "\nRWR", 1);
            let letters = letters.replacen("\nRUQ", "\nRWQ", 1);
            let letters = letters.replacen("\nRUS", "\nRWS", 1);
            let letters = letters.replacen("\nRUT", "\nRWT", 1);
            assert_ne!(letters, signature);
            fs::write(path, letters).unwrap();
        },
    );
}

/// The link may lead to where nobody looks: the signature is beside the library itself.
#[test]
fn a_library_behind_a_link_is_signed_where_it_lies() {
    let world = World::new(Mode::Cold);
    let (directory, elsewhere) = (world.directory("plugins"), world.directory("elsewhere"));
    let library = extra(650);
    let path = drop_in(&elsewhere, "real.so", &library);
    symlink(&path, directory.join("link.so")).unwrap();
    fs::write(beside(&path), signature(&PUBLISHER.sk, &library)).unwrap();
    assert_eq!(
        names::<dyn ITestPlugin2>(&package(&world, &directory)),
        ["extra-000650"]
    );
}

/// Nobody can vouch for what is loaded from where it lies.
#[test]
fn a_library_that_brings_another_one_is_denied() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let (needing, sibling) = crate::copies::needing(&world);
    let path = drop_in(&directory, "needing.so", &needing);
    fs::write(beside(&path), signature(&PUBLISHER.sk, &needing)).unwrap();
    let refusal = refusal(&package(&world, &directory));
    assert!(refusal.to_string().starts_with("it loads `"), "{refusal}");
    assert_eq!(
        refusal,
        Refusal::UnsignedSibling {
            sibling: sibling.clone()
        }
    );
    assert!(!is_loaded(&sibling));
}

/// Whoever can write to the directory may do so at the worst moment.
#[test]
fn what_is_verified_is_what_is_loaded_whatever_the_file_has_become() {
    let overwritten = |number: u32, by: u32, of: u32| {
        let world = World::new(Mode::Cold);
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "a.so", &extra(number));
        fs::write(beside(&path), signature(&PUBLISHER.sk, &extra(of))).unwrap();
        let is_signed = signed(&public(&PUBLISHER)).unwrap();
        let (said, heard) = mpsc::channel();
        let package = world.package(&[&directory]).allow(move |candidate| {
            fs::write(candidate.path(), extra(by)).unwrap();
            let answer = is_signed(candidate);
            said.send(answer.is_ok()).unwrap();
            answer
        });
        let names = names::<dyn ITestPlugin2>(&package);
        (heard.try_iter().collect::<Vec<_>>(), names)
    };
    let answers = overwritten(651, 652, 652);
    assert_eq!(answers, (vec![false], vec![]));
    let answers = overwritten(653, 654, 653);
    assert_eq!(answers, (vec![true], vec!["extra-000653"]));
}

/// Signs libraries with the command, in a directory with the key.
fn dropin_sign(key: &Path, password: &str, libraries: &[&Path]) -> (Option<i32>, String, String) {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(command);
    let mut child = Command::new(&*PROGRAM)
        .args(["sign", "--key"])
        .arg(key)
        .args(libraries)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who needs no password does not read it.
    let _ = child.stdin.take().unwrap().write_all(password.as_bytes());
    let output = child.wait_with_output().unwrap();
    let [out, errors] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    (output.status.code(), out, errors)
}

#[test]
fn the_command_signs() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let paths = [660, 661].map(|number| {
        let name = format!("{number}.so");
        drop_in(&directory, &name, &extra(number))
    });
    let libraries = paths.each_ref().map(PathBuf::as_path);
    let key = world.path("minisign.key");
    // minisign writes no checksum into a key that has no password; the crate does, and puts it last.
    let mut bytes = PUBLISHER.sk.to_bytes();
    let start = bytes.len() - 32;
    bytes[start..].fill(0);
    let secret = SecretKey::from_bytes(&bytes).unwrap();
    fs::write(&key, secret.to_box(None).unwrap().to_string()).unwrap();
    let (status, out, errors) = dropin_sign(&key, "", &libraries);
    assert_eq!((status, &*errors), (Some(0), ""));
    let line = |path: &Path| {
        let (signature, key) = (beside(path), number(&PUBLISHER));
        format!("{}: signed with the key {key}\n", signature.display())
    };
    assert_eq!(out, libraries.map(line).concat());
    let package = package(&world, &directory);
    assert_eq!(names::<dyn ITestPlugin2>(&package).len(), 2);
    assert_eq!(report(&package), []);
    let text = fs::read_to_string(beside(&paths[0])).unwrap();
    assert!(text.contains("\tfile:660.so\t"), "{text}");
    // For each user, and nothing is left.
    let mode = fs::metadata(beside(&paths[0]))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o444, 0o444);
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 4);
    // Again, which replaces it.
    assert_eq!(dropin_sign(&key, "", &libraries).0, Some(0));
    // minisign itself, where it is.
    let public_file = world.path("minisign.pub");
    fs::write(&public_file, public(&PUBLISHER)).unwrap();
    let mut minisign = Command::new("minisign");
    minisign
        .arg("-Vp")
        .arg(public_file)
        .arg("-m")
        .arg(&paths[0]);
    if let Ok(output) = minisign.output() {
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn the_command_asks_for_a_password_and_says_what_is_wrong() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "a.so", &extra(662));
    let pair = KeyPair::generate_encrypted_keypair(Some("open".to_owned())).unwrap();
    let key = world.path("minisign.key");
    fs::write(&key, pair.sk.to_box(None).unwrap().to_string()).unwrap();
    let fails = |key: &Path, password: &str, library: &Path, expected: &str| {
        let (status, out, errors) = dropin_sign(key, password, &[library]);
        assert_eq!((status, &*out), (Some(2), ""), "{errors}");
        assert!(errors.contains(expected), "{errors}");
    };
    fails(
        &key,
        "shut\n",
        &path,
        "minisign.key`: Wrong password for that key",
    );
    fails(
        &key,
        "",
        &path,
        "minisign.key`: Wrong password for that key",
    );
    assert!(!beside(&path).exists());
    assert_eq!(dropin_sign(&key, "open\n", &[&path]).0, Some(0));
    let hook = signed(&public(&pair)).unwrap();
    let package = world.package(&[&directory]).allow(hook);
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000662"]);

    let file = world.path("minisign.pub");
    fs::write(&file, public(&PUBLISHER)).unwrap();
    fails(
        &file,
        "",
        &path,
        "minisign.pub`: it is not a secret key\nhelp: ",
    );
    fails(
        &world.path("none"),
        "",
        &path,
        "none`: No such file or directory",
    );
    fs::write(&key, PUBLISHER.sk.to_box(None).unwrap().to_string()).unwrap();
    fails(&key, "", &directory, "plugins`: it is not a regular file");
    fails(
        &key,
        "",
        &world.path("none.so"),
        "none.so`: No such file or directory",
    );
}
