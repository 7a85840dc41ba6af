//! The program, as its user sees it.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use minisign::KeyPair;
use serde_json::Value;

/// A directory of one test, in which the program runs.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_squeeze"));
        command.current_dir(&self.0).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it prints, when it succeeds.
    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {errors}", output.status);
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it says, when it fails with this code.
    #[track_caller]
    fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{errors}");
        errors
    }
}

/// As a crate of codecs has it in messages.
fn of_strong(codec: &str) -> String {
    format!(
        "codec `{codec}` (codecs-strong {})",
        env!("CARGO_PKG_VERSION")
    )
}

#[test]
fn a_file_is_compressed_and_decompressed_beside_itself() {
    let directory = Directory::new("beside");
    let notes = "some notes\n".repeat(1000);
    directory.write("notes.txt", &notes);
    directory.prints(&["compress", "--remove", "notes.txt"]);
    assert_eq!(directory.names(), ["notes.txt.sqz"]);
    assert!(directory.read("notes.txt.sqz").len() < 200);
    directory.prints(&["decompress", "notes.txt.sqz"]);
    assert_eq!(directory.names(), ["notes.txt", "notes.txt.sqz"]);
    assert_eq!(directory.read("notes.txt"), notes.as_bytes());
}

#[test]
fn files_of_other_programs_are_read_and_written() {
    let directory = Directory::new("raw");
    directory.write("notes.txt", "some notes\n");
    for (codec, extension) in [
        ("gzip", "gz"),
        ("xz", "xz"),
        ("zstd", "zst"),
        ("lz4", "lz4"),
        ("snappy", "sz"),
        ("brotli", "br"),
        ("zlib", "zz"),
    ] {
        let (raw, plain) = (format!("notes.txt.{extension}"), format!("{extension}.txt"));
        directory.prints(&["compress", "--raw", "--codec", codec, "notes.txt"]);
        directory.prints(&["decompress", &raw, "-o", &plain]);
        assert_eq!(directory.read(&plain), b"some notes\n", "{codec}");
    }
    // By its beginning, whatever it is called.
    fs::rename(directory.0.join("notes.txt.gz"), directory.0.join("x")).unwrap();
    assert_eq!(
        directory.prints(&["decompress", "x", "-o", "-"]),
        "some notes\n"
    );
    let error = directory.fails(1, &["decompress", "x"]);
    assert_eq!(
        error,
        "squeeze: nothing says what `x` should be called when it is decompressed\n\
         help: name it with `-o FILE`\n"
    );
    let error = directory.fails(1, &["decompress", "notes.txt", "-o", "y"]);
    assert_eq!(
        error,
        "squeeze: `notes.txt`: no codec knows its format\nhelp: name the codec, as in `--codec brotli`\n"
    );
    let error = directory.fails(
        2,
        &[
            "compress",
            "--raw",
            "--codec",
            "lz4",
            "--codec",
            "xz",
            "notes.txt",
        ],
    );
    assert!(
        error.contains("no other program reads what several codecs have made"),
        "{error}"
    );
}

#[test]
fn the_standard_input_and_output_can_be_used() {
    let directory = Directory::new("standard");
    let run = |arguments: &[&str], input: &[u8]| {
        let mut command = directory.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        output.stdout
    };
    let compressed = run(&["compress", "-"], b"some notes");
    assert_eq!(run(&["decompress", "-"], &compressed), b"some notes");
    assert!(directory.names().is_empty());
}

#[test]
fn a_file_that_is_there_is_kept() {
    let directory = Directory::new("kept");
    directory.write("notes.txt", "some notes");
    directory.write("notes.txt.sqz", "mine");
    let error = directory.fails(1, &["compress", "notes.txt"]);
    assert_eq!(
        error,
        "squeeze: `notes.txt.sqz` is there already\n\
         help: name another with `-o FILE`, or replace it with `--force`\n"
    );
    assert_eq!(directory.read("notes.txt.sqz"), b"mine");
    directory.prints(&["compress", "--force", "notes.txt"]);
    assert_ne!(directory.read("notes.txt.sqz"), b"mine");
    assert_eq!(directory.names(), ["notes.txt", "notes.txt.sqz"]);
}

#[test]
fn one_file_that_fails_does_not_keep_the_others() {
    let directory = Directory::new("others");
    directory.write("a", "a");
    directory.write("c", "c");
    fs::create_dir(directory.0.join("d")).unwrap();
    let error = directory.fails(1, &["compress", "--quiet", "a", "b", "c", "d"]);
    assert!(
        error.starts_with("squeeze: `b` cannot be read: "),
        "{error}"
    );
    assert!(
        error.ends_with(
            "`d` cannot be read: it is a directory\nhelp: make one file of it with `tar`\n"
        ),
        "{error}"
    );
    assert_eq!(directory.names(), ["a", "a.sqz", "c", "c.sqz", "d"]);
}

#[test]
fn damage_leaves_no_file() {
    let directory = Directory::new("damage");
    directory.write("notes.txt", "some notes\n".repeat(1000));
    directory.prints(&["compress", "--remove", "notes.txt"]);
    let file = directory.read("notes.txt.sqz");
    let middle = file.len() - 50;
    let mut damaged = file.clone();
    damaged[middle] ^= 1;
    for damaged in [&damaged[..], &file[..middle], &file[..20]] {
        directory.write("notes.txt.sqz", damaged);
        let error = directory.fails(1, &["decompress", "--remove", "notes.txt.sqz"]);
        assert!(
            error.starts_with("squeeze: `notes.txt.sqz` is damaged: "),
            "{error}"
        );
        assert!(
            error.ends_with("help: get it again; nothing of it was kept\n"),
            "{error}"
        );
        assert_eq!(directory.names(), ["notes.txt.sqz"]);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_program_leaves_no_half_file() {
    use std::os::unix::process::ExitStatusExt as _;
    use std::thread;
    use std::time::Duration;

    for (signal, leaves) in [("INT", 0), ("TERM", 0), ("KILL", 1)] {
        let directory = Directory::new(&format!("interrupted-{signal}"));
        let mut command = directory.command(&["compress", "-", "-o", "notes.sqz"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        // More than the pipe and the codec hold, and it goes on.
        let noise: Vec<u8> = (0_u32..2_000_000)
            .map(|it| it.wrapping_mul(it >> 3).to_le_bytes()[1])
            .collect();
        let mut input = child.stdin.take().unwrap();
        input.write_all(&noise).unwrap();
        while directory.names().is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        let number = child.id().to_string();
        let killed = Command::new("kill")
            .args([&format!("-{signal}"), &number])
            .status();
        assert!(killed.unwrap().success());
        let status = child.wait().unwrap();
        let by_signal = status.signal().is_some();
        assert!(
            status.code() == Some(130) || (by_signal && signal == "KILL"),
            "{status}"
        );
        let names = directory.names();
        assert_eq!(names.len(), leaves, "{signal}: {names:?}");
        // What nobody can take away has another name.
        assert!(
            names.iter().all(|name| name.starts_with(".squeeze-")),
            "{names:?}"
        );
        drop(input);
    }
}

#[cfg(unix)]
#[test]
fn the_permissions_are_those_of_the_source() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = Directory::new("permissions");
    directory.write("secret", "secret");
    let path = directory.0.join("secret");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    directory.prints(&["compress", "secret"]);
    let mode = fs::metadata(directory.0.join("secret.sqz"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    directory.prints(&["compress", "secret", "-o", "/dev/null"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let directory = Directory::new("full");
    directory.write("notes.txt", "some notes");
    let error = directory.fails(1, &["compress", "--remove", "notes.txt", "-o", "/dev/full"]);
    assert!(error.contains("No space left on device"), "{error}");
    assert_eq!(directory.names(), ["notes.txt"]);
}

#[test]
fn a_wrong_codec_is_an_error_with_a_suggestion() {
    let directory = Directory::new("wrong-codec");
    directory.write("notes.txt", "some notes");
    let help = "help: `squeeze list` shows the codecs and their parameters\n";
    let (zstd, brotli) = (of_strong("zstd"), of_strong("brotli"));
    for (codec, error) in [
        (
            "zsdt",
            "unknown codec `zsdt`; did you mean `zstd`?".to_owned(),
        ),
        (
            "zstd:levl=3",
            format!("unknown parameter `levl` of {zstd}; did you mean `level`?"),
        ),
        (
            "zstd:level=30",
            format!("a level is a number from 1 to 22, and not 30, in `level` of {zstd}"),
        ),
        (
            "brotli:quality=x",
            format!("invalid type: string \"x\", expected i64, in `quality` of {brotli}"),
        ),
    ] {
        let said = directory.fails(2, &["compress", "--codec", codec, "notes.txt"]);
        assert_eq!(said, format!("squeeze: {error}\n{help}"));
    }
    assert_eq!(directory.names(), ["notes.txt"]);
}

#[test]
fn a_configuration_has_the_pipeline() {
    let directory = Directory::new("configuration");
    directory.write("notes.txt", "some notes");
    let config = "pipeline = [\"snappy\", { use = \"zstd\", level = 19, window = 12 }]\n";
    directory.write("squeeze.toml", config);
    directory.prints(&["compress", "--config", "squeeze.toml", "notes.txt"]);
    let file = directory.read("notes.txt.sqz");
    let header = br#"["snappy",{"use":"zstd","level":19,"window":12}]"#;
    assert_eq!(&file[12..12 + header.len()], header);
    // The file says by itself how it was made.
    directory.prints(&["decompress", "notes.txt.sqz", "-o", "again"]);
    assert_eq!(directory.read("again"), b"some notes");
}

#[test]
fn the_book_shows_a_configuration_and_its_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/hosts/squeeze.md");
    let chapter = fs::read_to_string(path).unwrap();
    let listing = |language: &str| {
        let (_, rest) = chapter.split_once(&format!("\n```{language}\n")).unwrap();
        rest.split("```").next().unwrap()
    };
    let directory = Directory::new("book");
    directory.write("notes.txt", "notes");
    directory.write("squeeze.toml", listing("toml"));
    let said = directory.fails(2, &["compress", "--config", "squeeze.toml", "notes.txt"]);
    assert_eq!(said, format!("{}\n", listing("text")));
}

#[test]
fn an_error_in_a_configuration_has_its_place() {
    let directory = Directory::new("place");
    directory.write("notes.txt", "some notes");
    let config = "# strong\npipeline = [\n  { use = \"zstd\", level = 23 },\n]\n";
    directory.write("squeeze.toml", config);
    let error = directory.fails(2, &["compress", "--config", "squeeze.toml", "notes.txt"]);
    assert!(
        error.starts_with("squeeze: `squeeze.toml`: TOML parse error at line 3, column 27\n"),
        "{error}"
    );
    let message = format!(
        "a level is a number from 1 to 22, and not 23, in `level` of {}",
        of_strong("zstd")
    );
    assert!(error.contains(&message), "{error}");
    directory.write("squeeze.toml", "pipeline = [\"zsdt\"]\n");
    let error = directory.fails(2, &["compress", "--config", "squeeze.toml", "notes.txt"]);
    assert!(error.contains("at line 1, column 13"), "{error}");
    assert!(
        error.contains("unknown codec `zsdt`; did you mean `zstd`?"),
        "{error}"
    );
}

#[test]
fn the_list_has_parameters_and_defaults() {
    let directory = Directory::new("list");
    let list = directory.prints(&["list"]);
    assert!(list.starts_with("zstd       Zstandard: "), "{list}");
    assert!(
        list.contains("\n    level=3        From fastest to smallest; 1 to 22\n"),
        "{list}"
    );
    assert!(list.contains("; 64KiB, 256KiB, 1MiB, 4MiB\n"), "{list}");
    assert!(list.contains("\nsnappy     Snappy: "), "{list}");
}

#[test]
fn the_schema_has_each_codec() {
    let directory = Directory::new("schema");
    let schema: Value = serde_json::from_str(&directory.prints(&["schema"])).unwrap();
    let text = schema.to_string();
    for name in ["zstd", "gzip", "lz4", "snappy", "xz"] {
        assert!(
            text.contains(&format!(r#""const":"{name}""#)),
            "{name}: {schema:#}"
        );
    }
    assert!(text.contains(r#""maximum":22"#), "{schema:#}");
}

#[test]
fn shells_complete_commands_and_codecs() {
    let directory = Directory::new("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = directory.prints(&["completions", shell]);
        assert!(script.contains("decompress"), "{shell}: {script}");
    }
    assert!(
        directory
            .prints(&["completions", "bash"])
            .contains("brotli")
    );
}

#[test]
fn the_bench_prints_a_table_and_draws_a_plot() {
    let directory = Directory::new("bench");
    directory.write("notes.txt", "some notes\n".repeat(1000));
    directory.write("squeeze.toml", "[bench]\ncodecs = [\"lz4\", { use = \"zstd\", level = 1 }, { use = \"zstd\", level = 5 }]\n");
    let table = directory.prints(&[
        "bench",
        "--config",
        "squeeze.toml",
        "notes.txt",
        "--plot",
        "plot.svg",
    ]);
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    assert!(lines[1].starts_with("lz4 "), "{table}");
    assert!(lines[3].starts_with("zstd       level=5 "), "{table}");
    let plot = String::from_utf8(directory.read("plot.svg")).unwrap();
    assert!(
        plot.starts_with("<svg ") && plot.ends_with("</svg>\n"),
        "{plot}"
    );
    assert_eq!(plot.matches("<circle").count(), 6, "{plot}");
    let error = directory.fails(1, &["bench", "nowhere"]);
    assert!(
        error.starts_with("squeeze: `nowhere` cannot be read: "),
        "{error}"
    );
}

/// Puts the codec `delta` into a directory below, as a library.
fn drop_delta_in(directory: &Directory) -> PathBuf {
    // As these tests were built, and where.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut build = Command::new(env!("CARGO"));
    let (profile, folder) = if cfg!(debug_assertions) {
        ("dev", "debug")
    } else {
        ("release", "release")
    };
    build
        .args(["build", "--package", "delta", "--profile", profile])
        .env("CARGO_TARGET_DIR", target);
    let output = build
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::create_dir(directory.0.join("codecs")).unwrap();
    let library = format!("{DLL_PREFIX}delta{DLL_SUFFIX}");
    let path = directory.0.join("codecs").join(&library);
    fs::copy(target.join(folder).join(&library), &path).unwrap();
    path
}

#[test]
fn a_codec_is_dropped_in() {
    let directory = Directory::new("dropped-in");
    drop_delta_in(&directory);
    let list = directory.prints(&["list", "--dropins", "codecs"]);
    assert!(
        list.contains(
            "\ndelta      Each byte less the one that is some bytes before it: 2 for numbers of 16 bits, 4 for stereo \
             sound. (delta 0.1.0)\n    distance=1     How many bytes before; 1 to 255\n"
        ),
        "{list}"
    );
    let ramp: Vec<u8> = (0..40_000_u16).flat_map(u16::to_le_bytes).collect();
    directory.write("ramp", &ramp);
    directory.prints(&["compress", "--codec", "zstd", "ramp", "-o", "plain.sqz"]);
    let codecs = ["--codec", "delta:distance=2", "--codec", "zstd"];
    let mut arguments = vec!["compress", "--dropins", "codecs", "ramp"];
    arguments.extend(codecs);
    directory.prints(&arguments);
    let (small, plain) = (directory.read("ramp.sqz"), directory.read("plain.sqz"));
    assert!(
        small.len() < plain.len() / 10,
        "{} {}",
        small.len(),
        plain.len()
    );
    directory.prints(&[
        "decompress",
        "--dropins",
        "codecs",
        "ramp.sqz",
        "-o",
        "again",
    ]);
    assert_eq!(directory.read("again"), ramp);
    let pipeline =
        |distance| format!("pipeline = [{{ use = \"delta\", distance = {distance} }}, \"zstd\"]");
    directory.write("squeeze.toml", pipeline(2));
    directory.prints(&[
        "--dropins",
        "codecs",
        "--config",
        "squeeze.toml",
        "compress",
        "ramp",
        "-o",
        "b.sqz",
    ]);
    assert_eq!(directory.read("b.sqz"), small);

    directory.write("squeeze.toml", pipeline(0));
    let arguments = [
        "--dropins",
        "codecs",
        "--config",
        "squeeze.toml",
        "compress",
        "ramp",
    ];
    let error = directory.fails(2, &arguments);
    let expected = "\
squeeze: `squeeze.toml`: TOML parse error at line 1, column 41
  |
1 | pipeline = [{ use = \"delta\", distance = 0 }, \"zstd\"]
  |                                         ^
invalid value: integer `0`, expected a nonzero u8, in `distance` of codec `delta` (delta 0.1.0)
";
    assert!(error.starts_with(expected), "{error}");

    let error = directory.fails(1, &["decompress", "ramp.sqz", "-o", "c"]);
    assert!(
        error.starts_with("squeeze: `ramp.sqz`: unknown codec `delta`"),
        "{error}"
    );
    assert!(
        error.ends_with("help: if it is a drop-in, name its directory with `--dropins`\n"),
        "{error}"
    );
    assert!(!directory.names().iter().any(|name| OsStr::new(name) == "c"));
}

#[test]
fn a_codec_that_is_not_signed_is_not_used_where_signatures_are_asked_for() {
    let directory = Directory::new("signed");
    let library = drop_delta_in(&directory);
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    directory.write("keys.pub", pair.pk.to_box().unwrap().to_string());
    directory.write("ramp", "some numbers\n".repeat(100));
    let arguments = [
        "--dropins",
        "codecs",
        "--signed",
        "keys.pub",
        "compress",
        "--codec",
        "delta",
        "ramp",
    ];
    let error = directory.fails(2, &arguments);
    let mut signature = library.clone().into_os_string();
    signature.push(".minisig");
    let reason = format!(
        "{}: it is not signed: there is no `{}`\n",
        library.display(),
        Path::new(&signature).display()
    );
    assert!(
        error.starts_with(&format!("squeeze: not used: {reason}")),
        "{error}"
    );
    assert!(error.contains("unknown codec `delta`"), "{error}");
    let output = directory.run(&["list", "--dropins", "codecs", "--signed", "keys.pub"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("delta"));
    let errors = String::from_utf8_lossy(&output.stderr);
    let start = format!("squeeze: not used: {reason}help: ");
    assert!(errors.starts_with(&start), "{errors}");

    let explain = [
        "--dropins",
        "codecs",
        "--signed",
        "keys.pub",
        "why",
        "delta",
    ];
    let why = directory.run(&explain);
    assert_eq!(why.status.code(), Some(1));
    let text = String::from_utf8_lossy(&why.stdout);
    assert!(
        text.contains(&format!("{}: it is not signed", library.display())),
        "{text}"
    );
    assert_eq!(String::from_utf8_lossy(&why.stderr), "", "it is said once");

    let bytes = fs::read(&library).unwrap();
    let signed = minisign::sign(None, &pair.sk, &*bytes, None, None).unwrap();
    fs::write(&signature, signed.to_string()).unwrap();
    directory.prints(&arguments);
    assert!(directory.names().contains(&"ramp.sqz".to_owned()));
    let why = directory.prints(&explain);
    assert!(
        why.starts_with("`delta` is here: delta (delta 0.1.0, "),
        "{why}"
    );

    for (keys, expected) in [
        ("nothing", "squeeze: `nothing` cannot be read: "),
        (
            "ramp",
            "squeeze: `ramp`: line 1 is not a minisign public key\n",
        ),
    ] {
        let error = directory.fails(2, &["--dropins", "codecs", "--signed", keys, "list"]);
        assert!(error.starts_with(expected), "{error}");
    }
}
