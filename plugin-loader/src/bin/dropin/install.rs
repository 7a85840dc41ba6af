use std::ffi::OsStr;
use std::fmt::{self, Display};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use plugin_loader::__private::{Shown, longest};
use plugin_loader::{Checked, Manifest, check_directory, refresh};
use semver::Version;
use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempPath};

use crate::check::{Text, check_for, is_usable, of_file};
use crate::is_directory;
use crate::list::progress;
use crate::output::{Failure, Output};
use crate::program::Program;

/// Puts libraries into a directory of drop-ins: all of them, or none
///
/// Each library is copied into the directory under another name, checked there as by `dropin check`, and then renamed. So no
/// program sees an incomplete library. A library of the same name is replaced. Older versions of the package under other names
/// are removed if they have one of its plugins. If the directory has a newer version, nothing is installed. A program that has
/// loaded the old library uses it until the program is restarted.
///
/// The documentation of the program says which directories it searches.
///
/// The JSON is `{"version", "host", "installed": [{"path", "package", "package_version"}], "removed": [path], "files"}`, where
/// `host` and `files` are those of `dropin check`. If a library is refused, nothing is installed.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The program that is to load the libraries; it uses plugin-loader
    #[arg(long, value_name = "PROGRAM")]
    host: Option<PathBuf>,
    /// The directory to install into; it must exist
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The libraries to install
    #[arg(value_name = "FILE", required = true)]
    libraries: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    let directory = &arguments.to;
    let host = arguments.host.as_deref().map(Program::read).transpose()?;
    is_directory(directory)?;
    check_directory(directory).map_err(|refusal| Failure::of_refusal(directory, &refusal))?;
    let suffix = match &host {
        Some(program) => program.host.suffix(),
        None => std::env::consts::DLL_EXTENSION,
    };
    check_names(&arguments.libraries, suffix)?;

    let mut staged = Vec::new();
    for library in &arguments.libraries {
        let copy = copy(library, directory).map_err(|error| Failure::of_path(library, &error))?;
        let mut checked = check_for(host.as_ref(), copy.path());
        checked.path.clone_from(library);
        staged.push((copy, checked));
    }
    let mut installed = Installed::default();
    let is_fine = staged.iter().all(|(_, checked)| is_usable(checked));
    if is_fine {
        installed = install(&staged, directory, suffix, host.as_ref())?;
    }
    let checked: Vec<Checked> = staged.into_iter().map(|(_, checked)| checked).collect();
    let text: &dyn Display = if is_fine { &installed } else { &Text(&checked) };
    output.print(text, || {
        let mut value = installed.json();
        value["host"] = host.as_ref().map_or(Value::Null, Program::json);
        value["files"] = checked.iter().map(of_file).collect();
        value
    })?;
    Ok(is_fine)
}

/// Checks that all names have the suffix that programs search for, and that they differ.
fn check_names(libraries: &[PathBuf], suffix: &str) -> Result<(), Failure> {
    let mut names: Vec<&OsStr> = Vec::new();
    for library in libraries {
        let values = json!({ "path": library.to_string_lossy(), "suffix": suffix });
        let shown = Shown(library);
        let name = library.file_name().unwrap_or_default();
        if Path::new(name).extension() != Some(OsStr::new(suffix)) || name.to_str().is_none() {
            let text = format!(
                "`{shown}`: programs load only files whose names are valid UTF-8 and end in `.{suffix}`\nhelp: rename the file"
            );
            return Err(Failure::with("name", values, text));
        }
        if names.contains(&name) {
            let text = format!("`{shown}`: another of these files has the same name");
            return Err(Failure::with("same-name", values, text));
        }
        names.push(name);
    }
    Ok(())
}

/// Copies a library into the directory, under a name that programs ignore. The copy is removed unless it is renamed.
fn copy(library: &Path, directory: &Path) -> io::Result<NamedTempFile> {
    // Opening a pipe could wait forever.
    let metadata = library.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    // The system kills a process that writes a longer file.
    let longest = longest();
    if metadata.len() > longest {
        let error = format!("this process cannot write files of more than {longest} bytes");
        return Err(io::Error::other(error));
    }
    let mut copy = temporary().tempfile_in(directory)?;
    io::copy(&mut File::open(library)?, &mut copy)?;
    let file = copy.as_file();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    // Programs do not use a file that was written a moment ago, but this one is complete.
    file.set_modified(metadata.modified()?)?;
    file.sync_all()?;
    Ok(copy)
}

fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dropin-");
    builder
}

/// The changes in the directory.
#[derive(Default)]
struct Installed {
    /// The new files, with their packages and versions.
    new: Vec<(PathBuf, String, String)>,
    removed: Vec<PathBuf>,
}

fn install(
    staged: &[(NamedTempFile, Checked)],
    directory: &Path,
    suffix: &str,
    host: Option<&Program>,
) -> Result<Installed, Failure> {
    let mut installed = Installed::default();
    for (_, checked) in staged {
        let (Some(name), Some(manifest)) = (checked.path.file_name(), &checked.manifest) else {
            continue;
        };
        let (package, version) = (manifest.package.clone(), manifest.version.clone());
        installed.new.push((directory.join(name), package, version));
    }
    let others = others(&installed, directory, suffix, host)?;
    for (path, manifest) in &others {
        for (_, checked) in staged {
            let Some(new) = &checked.manifest else {
                continue;
            };
            match replaced(manifest, new) {
                Some(true) => installed.removed.push(path.clone()),
                Some(false) => return Err(newer(&checked.path, new, path, manifest)),
                None => {}
            }
        }
    }
    installed.removed.dedup();

    let mut changes = Changes::default();
    for ((copy, _), (path, ..)) in staged.iter().zip(&installed.new) {
        changes.rename(copy.path(), path)?;
    }
    for path in &installed.removed {
        changes.remove(path)?;
    }
    #[cfg(unix)]
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(|error| Failure::of_path(directory, &error))?;
    changes.keep();
    let cache = directory.join("dropin.cache");
    if cache.exists() {
        refresh(directory, progress()).map_err(|error| Failure::of_path(&cache, &error))?;
    }
    Ok(installed)
}

/// The readable libraries in the directory that are not about to be replaced.
fn others(
    installed: &Installed,
    directory: &Path,
    suffix: &str,
    host: Option<&Program>,
) -> Result<Vec<(PathBuf, Manifest)>, Failure> {
    let failed = |error: io::Error| Failure::of_path(directory, &error);
    let mut others = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_new = installed.new.iter().any(|(new, ..)| *new == path);
        if is_new || path.extension() != Some(OsStr::new(suffix)) {
            continue;
        }
        if let Some(manifest) = check_for(host, &path).manifest {
            others.push((path, manifest));
        }
    }
    others.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(others)
}

/// Whether the new library replaces the other one (`true`), or the other one is newer (`false`); `None` if neither
/// replaces the other.
fn replaced(other: &Manifest, new: &Manifest) -> Option<bool> {
    let version = |manifest: &Manifest| Version::parse(&manifest.version).ok();
    let has = |id: &str| new.plugins.iter().any(|plugin| plugin.id == id);
    let mut ids = other.plugins.iter().map(|plugin| &*plugin.id);
    if other.package != new.package {
        return None;
    }
    let (of_other, of_new) = (version(other)?, version(new)?);
    if of_other == of_new {
        // If both have a plugin, programs use the first one, which may be in either library.
        return ids.all(has).then_some(true);
    }
    ids.any(has).then_some(of_other < of_new)
}

fn newer(library: &Path, new: &Manifest, other: &Path, manifest: &Manifest) -> Failure {
    let [library, other] = [Shown(library), Shown(other)];
    let text = format!(
        "`{library}` has version {}, but `{other}` has the newer version {} and would be used instead\n\
         help: remove that file first",
        new.version, manifest.version
    );
    let values = json!({
        "path": library.to_string(),
        "version": new.version,
        "by": other.to_string(),
        "newest": manifest.version,
    });
    Failure::with("superseded", values, text)
}

/// The changes made so far. Dropping them undoes them; `keep` keeps them.
#[derive(Default)]
struct Changes(Vec<Change>);

struct Change {
    path: PathBuf,
    /// The file that was at this path before, under another name.
    before: Option<TempPath>,
}

impl Changes {
    fn rename(&mut self, copy: &Path, path: &Path) -> Result<(), Failure> {
        self.begin(path)?;
        fs::rename(copy, path).map_err(|error| Failure::of_path(path, &error))
    }

    fn remove(&mut self, path: &Path) -> Result<(), Failure> {
        self.begin(path)?;
        fs::remove_file(path).map_err(|error| Failure::of_path(path, &error))
    }

    fn begin(&mut self, path: &Path) -> Result<(), Failure> {
        let before = if path.symlink_metadata().is_ok() {
            let directory = path.parent().unwrap_or(Path::new("."));
            // Not all file systems have hard links.
            let name = |name: &Path| {
                fs::hard_link(path, name).or_else(|_| fs::copy(path, name).map(|_| ()))
            };
            let before = temporary().make_in(directory, name);
            let before = before.map_err(|error| Failure::of_path(path, &error))?;
            Some(before.into_temp_path())
        } else {
            None
        };
        let path = path.to_owned();
        self.0.push(Change { path, before });
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        // An error here has the same cause as the error that is being returned.
        for Change { path, before } in self.0.drain(..).rev() {
            let _ = match before {
                Some(before) => before.persist(path).map_err(|error| error.error),
                None => fs::remove_file(path),
            };
        }
    }
}

impl Installed {
    fn json(&self) -> Value {
        let new = self.new.iter().map(|(path, package, version)| {
            json!({
                "path": path.to_string_lossy(),
                "package": package,
                "package_version": version,
            })
        });
        let removed = self.removed.iter().map(|path| path.to_string_lossy());
        json!({
            "installed": new.collect::<Value>(),
            "removed": removed.collect::<Value>(),
        })
    }
}

impl Display for Installed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, package, version) in &self.new {
            writeln!(formatter, "installed {} ({package} {version})", Shown(path))?;
        }
        for path in &self.removed {
            writeln!(formatter, "removed {}", Shown(path))?;
        }
        Ok(())
    }
}
