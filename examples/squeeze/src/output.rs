//! Where a result goes: to a file that is there as a whole or not at all, or to the standard output.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile};

/// The file that is being written, for whoever interrupts the program.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// What a shell makes of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// An interrupted program takes away what it has not finished.
pub(crate) fn clean_when_interrupted() -> Result<(), String> {
    let clean = || {
        // It stays locked, so that no other file is begun or put into its place.
        let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &*unfinished {
            let _ = fs::remove_file(path);
        }
        process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(clean).map_err(|error| format!("signals cannot be handled: {error}"))
}

/// Where to write.
pub(crate) struct Output {
    place: Place,
    written: u64,
}

enum Place {
    Standard(io::Stdout),
    /// Not a regular file: `/dev/null`, or a pipe.
    Device(File),
    /// The file, beside what it will replace.
    File(NamedTempFile, PathBuf, Existing),
}

/// What happens to a file of the same name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    Keep,
    Replace,
}

impl Output {
    pub(crate) fn standard() -> Self {
        Self::to(Place::Standard(io::stdout()))
    }

    fn to(place: Place) -> Self {
        Self { place, written: 0 }
    }

    /// How many bytes.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// What becomes the file at `path` when it is finished.
    pub(crate) fn file(path: &Path, existing: Existing) -> Result<Self, String> {
        if let Ok(metadata) = fs::metadata(path) {
            let file_type = metadata.file_type();
            if !file_type.is_file() && !file_type.is_dir() {
                let device = File::options().write(true).open(path);
                return device
                    .map(Place::Device)
                    .map(Self::to)
                    .map_err(|error| cannot(path, &error));
            }
            if existing == Existing::Keep || file_type.is_dir() {
                return Err(is_there(path));
            }
        }
        let directory = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let mut builder = Builder::new();
        builder.prefix(".squeeze-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder
            .tempfile_in(directory)
            .map_err(|error| cannot(path, &error))?;
        *unfinished = Some(file.path().to_owned());
        Ok(Self::to(Place::File(file, path.to_owned(), existing)))
    }

    /// Puts the file into its place, with these permissions. Without this, nothing is left of it.
    pub(crate) fn finish(mut self, permissions: Option<Permissions>) -> Result<(), String> {
        self.flush()
            .map_err(|error| format!("the output cannot be written: {error}"))?;
        let Place::File(file, path, existing) = self.place else {
            return Ok(());
        };
        let as_it_was = permissions.map_or(Ok(()), |it| file.as_file().set_permissions(it));
        as_it_was
            .and_then(|()| file.as_file().sync_all())
            .map_err(|error| cannot(&path, &error))?;
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let placed = match existing {
            Existing::Keep => file.persist_noclobber(&path),
            Existing::Replace => file.persist(&path),
        };
        *unfinished = None;
        placed.map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => is_there(&path),
            _ => cannot(&path, &error.error),
        })?;
        Ok(())
    }
}

fn is_there(path: &Path) -> String {
    let path = path.display();
    format!(
        "`{path}` is there already\nhelp: name another with `-o FILE`, or replace it with `--force`"
    )
}

fn cannot(path: &Path, error: &io::Error) -> String {
    format!("`{}` cannot be written: {error}", path.display())
}

impl Output {
    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.place {
            Place::Standard(out) => out,
            Place::Device(file) => file,
            Place::File(file, ..) => file,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.writer().write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}
