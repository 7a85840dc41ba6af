//! A hook that verifies minisign signatures, each in a file beside its library.

use std::error::Error;
use std::fmt::{self, Display};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use ct_codecs::{Base64, Decoder as _};
use minisign_verify::{PublicKey, Signature};

use super::candidate::{Candidate, Denial};
use super::file::{self, Folder, is_loop};
use super::refusal::Refusal;

/// Creates a [hook](crate::Package::allow) that allows only libraries signed with one of these keys.
///
/// `keys` is the text of the file `minisign.pub` that `minisign -G` writes, or of several such files, one after the other.
/// The signature of `libglass.so` is in `libglass.so.minisig` beside it. `dropin sign --key FILE libglass.so` writes it, and
/// so does `minisign -S`; see [minisign](https://jedisct1.github.io/minisign/).
///
/// ```
/// use plugin_loader::{Package, signed};
///
/// const KEYS: &str = "\
/// untrusted comment: minisign public key E7620F1842B4E81F
/// RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3
/// ";
///
/// # fn main() -> Result<(), plugin_loader::KeyError> {
/// # let directory = std::env::temp_dir().join("plugin-loader-of-no-plugins");
/// // SAFETY: the directory does not exist.
/// let package = unsafe { Package::of_directories("matsim", [directory]) };
/// let package = package.allow(signed(KEYS)?);
/// # Ok(())
/// # }
/// ```
///
/// If some libraries need no signature, such as those in the directory in which you build, call this hook from your own:
/// `if candidate.path().starts_with(&own) { Ok(()) } else { signed(candidate) }`.
///
/// # What a signature proves
///
/// A signature proves that an owner of the secret key signed the bytes that are loaded: the hook verifies the private copy,
/// and reads the signature once. So somebody who can write to the directory cannot make the program run other code. They
/// can still remove a library, or put back an older one with its valid signature. A signature is valid for every program
/// that knows the key.
///
/// A library that finds other libraries beside itself through `$ORIGIN` is denied. Those libraries are not copied, so they
/// could be exchanged after the check. Libraries that it finds elsewhere in the system are as trusted as the system.
///
/// A denial is a [`Refusal::Unsigned`], [`UnknownSigner`](Refusal::UnknownSigner),
/// [`WrongSignature`](Refusal::WrongSignature), [`SignatureUnreadable`](Refusal::SignatureUnreadable), or
/// [`UnsignedSibling`](Refusal::UnsignedSibling). The signature must be a regular file, not a link, of at most 16 KiB.
/// Install it before the library; if you add it later, call [`retry`](crate::Package::retry).
///
/// Each library is hashed once, when it is loaded. This takes about 10 ms for each MiB, and ten times as long in a build
/// without optimization.
///
/// # Errors
///
/// If the text contains no key, or a line that is not a public key.
pub fn signed(
    keys: &str,
) -> Result<impl Fn(&Candidate<'_>) -> Result<(), Denial> + Send + Sync + use<>, KeyError> {
    let keys = Key::all(keys)?;
    Ok(move |candidate: &Candidate<'_>| verify(candidate, &keys).map_err(Denial))
}

struct Key {
    key: PublicKey,
    number: String,
}

impl Key {
    /// Parses the keys in a text, in which a comment may precede each key.
    fn all(text: &str) -> Result<Vec<Self>, KeyError> {
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, text)| !text.is_empty() && !text.starts_with(COMMENT));
        let keys = lines.map(|(line, text)| match PublicKey::from_base64(text) {
            Ok(key) => {
                let number = number(text);
                Ok(Self { key, number })
            }
            Err(_) if is_secret(text) => Err(KeyError::Secret { line }),
            Err(_) => Err(KeyError::Malformed { line }),
        });
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(KeyError::None);
        }
        Ok(keys)
    }
}

const COMMENT: &str = "untrusted comment:";

/// The number of a key as minisign prints it, from the line of a key or of a signature: both begin in the same way.
fn number(line: &str) -> String {
    let bytes = Base64::decode_to_vec(line, None).unwrap_or_default();
    let number = bytes.get(2..10).and_then(|bytes| bytes.try_into().ok());
    format!("{:016X}", u64::from_le_bytes(number.unwrap_or_default()))
}

fn is_secret(line: &str) -> bool {
    const LEN: usize = 158;

    Base64::decode_to_vec(line, None).is_ok_and(|bytes| bytes.len() == LEN)
}

fn verify(candidate: &Candidate<'_>, keys: &[Key]) -> Result<(), Refusal> {
    let signature = beside(candidate.path());
    let text = read(&signature)?;
    let unreadable = |error: &str| Refusal::SignatureUnreadable {
        signature: signature.clone(),
        error: error.to_owned(),
    };
    let decoded = Signature::decode(&text);
    let decoded = decoded.map_err(|_| unreadable("it is not a minisign signature"))?;
    let number = number(text.lines().nth(1).unwrap_or_default());
    let mut is_known = false;
    for Key { key, .. } in keys {
        let mut verifier = match key.verify_stream(&decoded) {
            Ok(verifier) => verifier,
            Err(minisign_verify::Error::UnexpectedKeyId) => continue,
            Err(_) => {
                return Err(unreadable(
                    "it has the format of an old version of minisign",
                ));
            }
        };
        is_known = true;
        let mut reader = candidate.reader();
        let mut piece = vec![0; 64 << 10];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(len) => verifier.update(&piece[..len]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Refusal::unreadable(error)),
            }
        }
        if verifier.finalize().is_ok() {
            return match candidate.siblings() {
                [] => Ok(()),
                [sibling, ..] => Err(Refusal::UnsignedSibling {
                    sibling: sibling.clone(),
                }),
            };
        }
    }
    Err(if is_known {
        let key = number;
        Refusal::WrongSignature { signature, key }
    } else {
        Refusal::UnknownSigner {
            key: number,
            known: keys.iter().map(|key| key.number.clone()).collect(),
        }
    })
}

/// The path of the signature of a library.
fn beside(library: &Path) -> PathBuf {
    let mut signature = library.as_os_str().to_owned();
    signature.push(".minisig");
    signature.into()
}

/// Reads a signature. It is read only once, so later changes of the file have no effect.
fn read(path: &Path) -> Result<String, Refusal> {
    // minisign's own limits for the two comments are 1 and 8 KiB.
    const LONGEST: u64 = 16 << 10;

    let refusal = |error: io::Error| {
        let signature = path.to_owned();
        if error.kind() == io::ErrorKind::NotFound {
            return Refusal::Unsigned { signature };
        }
        if file::is_passing(&error) {
            let error = format!("{}: {error}", path.display());
            return Refusal::Unreadable { error };
        }
        let error = if is_loop(&error) {
            "it is a link".to_owned()
        } else {
            error.to_string()
        };
        Refusal::SignatureUnreadable { signature, error }
    };
    let unfit = |error: &str| refusal(io::Error::other(error));
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(refusal(io::ErrorKind::NotFound.into()));
    };
    let folder = Folder::open(directory).map_err(refusal)?;
    let file = folder.open_no_link(name).map_err(refusal)?;
    let status = file::status_of_open(&file).map_err(refusal)?;
    if !status.is_regular {
        return Err(unfit("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    let read = (&file).take(LONGEST + 1).read_to_end(&mut bytes);
    if read.map_err(refusal)? as u64 > LONGEST {
        return Err(unfit("it is too long for a signature"));
    }
    String::from_utf8(bytes).map_err(|_| unfit("it is not text"))
}

/// The error of [`signed`]: why a text is not a list of public keys.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The text contains no key.
    None,
    /// A line is neither a public key nor a comment.
    Malformed {
        /// The number of the line, counted from 1.
        line: usize,
    },
    /// A line is a secret key.
    Secret {
        /// The number of the line, counted from 1.
        line: usize,
    },
}

impl Display for KeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The line itself is not shown: it may be a secret.
        let text = match self {
            Self::None => "the text contains no public key".to_owned(),
            Self::Malformed { line } => format!("line {line} is not a minisign public key"),
            Self::Secret { line } => {
                format!("line {line} is a secret key, which only its owner should have")
            }
        };
        write!(
            formatter,
            "{text}\nhelp: pass the text of `minisign.pub`, which `minisign -G` writes, such as \
             `RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3`",
        )
    }
}

impl Error for KeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[track_caller]
    fn error(keys: &str) -> KeyError {
        signed(keys).err().unwrap()
    }

    #[test]
    fn keys_are_read_as_minisign_writes_them() {
        let file = format!("untrusted comment: minisign public key E7620F1842B4E81F\n{KEY}\n");
        for text in [KEY, &file, &format!("{file}\n\r\n{file}{KEY}")] {
            let keys = Key::all(text).unwrap();
            assert!(keys.iter().all(|key| key.number == "E7620F1842B4E81F"));
            assert_eq!(keys.len(), text.matches(KEY).count());
        }
        assert_eq!(error(""), KeyError::None);
        assert_eq!(error("untrusted comment: none\n\n"), KeyError::None);
        let malformed = error(&format!("{file}{}", &KEY[1..]));
        assert_eq!(malformed, KeyError::Malformed { line: 3 });
        let text = malformed.to_string();
        assert!(
            text.starts_with("line 3 is not a minisign public key\nhelp: "),
            "{text}"
        );
    }

    #[test]
    fn a_secret_key_is_noticed_and_not_printed() {
        let pair = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
        let file = pair.sk.to_box(None).unwrap().to_string();
        let error = error(&file);
        assert_eq!(error, KeyError::Secret { line: 2 });
        let secret = file.lines().nth(1).unwrap();
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains(&secret[..20]), "{printed}");
    }
}
