use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use ct_codecs::{Base64, Decoder as _};
use minisign::{PublicKey, SecretKey};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::output::{Failure, Output};

/// Signs files for programs that load only signed libraries: writes `FILE.minisig`, as `minisign -S` does
///
/// If the key has a password, the command asks for it on the terminal. Without a terminal, it reads the password from the
/// standard input.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The secret key, which `minisign -G` writes
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The files to sign
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    let Arguments { key, paths } = arguments;
    let secret = secret_key(key)?;
    let failed = |error| named(key, &error);
    let public = PublicKey::from_secret_key(&secret).map_err(failed)?;
    let number = public.keynum().try_into().unwrap_or_default();
    let number = format!("{:016X}", u64::from_le_bytes(number));
    let mut signatures = Vec::new();
    for path in paths {
        let signature = signature(path, &secret, &public)?;
        signatures.push(signature);
    }
    let lines = signatures.iter().map(|signature| {
        let signature = signature.display();
        format!("{signature}: signed with the key {number}\n")
    });
    output.print(&lines.collect::<String>(), || {
        let signatures = signatures.iter().map(|path| path.to_string_lossy());
        json!({ "key": number, "signatures": signatures.collect::<Value>() })
    })?;
    Ok(true)
}

/// Writes the signature of a file beside it, atomically.
fn signature(path: &Path, secret: &SecretKey, public: &PublicKey) -> io::Result<PathBuf> {
    let failed = |error: io::Error| named(path, &error);
    let file = File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(named(path, &"it is not a regular file"));
    }
    let comment = comment(path);
    let signed = minisign::sign(
        Some(public),
        secret,
        &file,
        Some(&comment),
        Some("signature from dropin sign"),
    );
    let signed = signed.map_err(|error| named(path, &error))?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(minisign::SIG_SUFFIX);
    let beside = PathBuf::from(beside);
    let failed = |error: io::Error| named(&beside, &error);
    let directory = match path.parent() {
        Some(directory) if directory != Path::new("") => directory,
        _ => Path::new("."),
    };
    let mut written = temporary(directory).map_err(failed)?;
    written.write_all(&signed.to_bytes()).map_err(failed)?;
    let persisted = written.persist(&beside);
    persisted.map_err(|error| failed(error.error))?;
    Ok(beside)
}

/// A trusted comment as minisign writes it.
fn comment(path: &Path) -> String {
    let time = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    let time = time.as_secs();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.replace(char::is_control, "?");
    format!("timestamp:{time}\tfile:{name}\thashed")
}

fn temporary(directory: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        // Readable for everybody, as far as the umask allows.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory)
}

/// Reads a secret key, and its password if it has one, from the terminal or from the first line of the standard input.
fn secret_key(path: &Path) -> io::Result<SecretKey> {
    let text = fs::read_to_string(path).map_err(|error| named(path, &error))?;
    let bytes = bytes(&text).ok_or_else(|| {
        let help = "help: name the file that `minisign -G` writes as `minisign.key`";
        named(path, &format!("it is not a secret key\n{help}"))
    })?;
    let key = if has_password(&bytes) {
        SecretKey::from_box(text.into(), Some(password()?))
    } else {
        // minisign writes no checksum into a key without a password, and `from_box` requires one.
        SecretKey::from_bytes(&bytes)
    };
    key.map_err(|error| named(path, &error))
}

/// Decodes the text of a secret key.
fn bytes(text: &str) -> Option<Vec<u8>> {
    const LEN: usize = 158;

    let key = Base64::decode_to_vec(text.lines().nth(1)?, None).ok()?;
    (key.len() == LEN && key.starts_with(b"Ed")).then_some(key)
}

/// The two bytes after the signature algorithm name the password's algorithm: none (zeros), or scrypt.
fn has_password(key: &[u8]) -> bool {
    key[2..4] != [0, 0]
}

fn password() -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ");
    }
    let mut password = String::new();
    io::stdin().read_line(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("`{}`: {error}", path.display()))
}
