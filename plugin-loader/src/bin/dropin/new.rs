use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plugin_loader::__private::Shown;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::output::{Failure, Output};
use crate::sample::Sample;

/// Creates a new package that is a drop-in, with an example plugin
///
/// The package builds without changes. Its plugin provides the first `#[interface(dropin)]` of each CRATE. Its methods return
/// zeros and empty strings, or call `unimplemented!` if the type has no such value. Cargo adds the dependencies, and may query
/// the registry for them. The package depends on the same plugin-core as the interfaces. No file is overwritten.
///
/// The JSON is `{"version", "path", "package", "interfaces": [path]}`.
#[derive(clap::Args)]
#[command(override_usage = "dropin new [OPTIONS] <NAME> --interface <CRATE>...")]
pub(crate) struct Arguments {
    /// The directory to create; its name is the name of the package
    #[arg(value_name = "NAME")]
    path: PathBuf,
    /// A crate that declares interfaces: a name, as for `cargo add`, or the directory of its Cargo.toml
    #[arg(long = "interface", value_name = "CRATE", required = true, num_args = 1..)]
    crates: Vec<OsString>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    let path = std::path::absolute(&arguments.path)?;
    let name = path.file_name().and_then(OsStr::to_str);
    let (Some(name), Some(parent)) = (name.filter(|name| is_name(name)), path.parent()) else {
        let text = format!(
            "`{}` is not a valid package name\nhelp: start with a letter; continue with letters, digits, `-`, and `_`",
            Shown(&arguments.path)
        );
        return Err(failure("name", &path, text));
    };
    if path.symlink_metadata().is_ok() {
        let text = format!(
            "`{}` already exists\nhelp: choose another name",
            Shown(&path)
        );
        return Err(failure("exists", &path, text));
    }
    let package = Package::new(name, parent)?;
    for krate in &arguments.crates {
        package.add(krate)?;
    }
    let (crates, core) = package.dependencies()?;
    let sample = Sample::of(&crates)?;
    if let Some(core) = &core {
        package.add(core)?;
    }
    package.write("src/lib.rs", &sample.source(name))?;
    package.write("README.md", &readme(name, &sample))?;
    let failed = |error| Failure::of_path(&path, &error);
    fs::rename(package.0.path(), &path).map_err(failed)?;
    output.print(&format!("created {}\n", Shown(&path)), || {
        json!({
            "path": path.to_string_lossy(),
            "package": name,
            "interfaces": sample.paths(),
        })
    })?;
    Ok(true)
}

fn is_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && name.chars().all(is_letter)
}

fn failure(code: &str, path: &Path, text: impl Display) -> Failure {
    Failure::with(code, json!({ "path": path.to_string_lossy() }), text)
}

fn readme(name: &str, sample: &Sample) -> String {
    format!(
        "# {name}\n\n\
         A drop-in with a plugin of `{}`. Build it for a program with `dropin build --host PROGRAM`, and install it into \
         one of the program's directories with `dropin install --host PROGRAM --to DIR FILE`.\n",
        sample.paths().join("` and `")
    )
}

/// The source of one library.
pub(crate) struct Krate {
    pub(crate) package: String,
    /// The name of the crate in code.
    pub(crate) name: String,
    /// The source file of the crate root.
    pub(crate) root: PathBuf,
    pub(crate) features: Vec<String>,
}

/// A package that is being written, in the parent directory of its destination, so that relative paths in it are right. It is
/// removed unless it is renamed.
struct Package(TempDir);

impl Package {
    fn new(name: &str, parent: &Path) -> Result<Self, Failure> {
        let mut directory = tempfile::Builder::new();
        directory.prefix(".dropin-");
        #[cfg(unix)]
        let all = {
            use std::os::unix::fs::PermissionsExt as _;
            fs::Permissions::from_mode(0o777)
        };
        #[cfg(unix)]
        directory.permissions(all);
        let directory = directory.tempdir_in(parent);
        let package = Self(directory.map_err(|error| Failure::of_path(parent, &error))?);
        let workspace = if is_in_workspace(parent) {
            "# This package is a workspace of its own. To make it a member of the workspace above, list it there, and remove \
             these lines.\n\
             [workspace]\n\n"
        } else {
            ""
        };
        package.write(
            "Cargo.toml",
            &format!(
                "{workspace}[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\n"
            ),
        )?;
        package.write("src/lib.rs", "")?;
        package.write(".gitignore", "/target\n")?;
        Ok(package)
    }

    fn write(&self, file: &str, text: &str) -> Result<(), Failure> {
        let path = self.0.path().join(file);
        let failed = |error| Failure::of_path(&path, &error);
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory).map_err(failed)?;
        }
        fs::write(&path, text).map_err(failed)
    }

    /// Adds a dependency.
    fn add(&self, krate: &OsStr) -> Result<(), Failure> {
        let mut arguments = vec![OsString::from("add"), "--quiet".into()];
        if Path::new(krate).join("Cargo.toml").is_file() {
            arguments.push("--path".into());
            // Cargo writes it relative to the new package.
            arguments.push(std::path::absolute(krate)?.into());
        } else {
            arguments.push(krate.to_owned());
        }
        self.cargo(&arguments).map(|_| ())
    }

    /// The crates that have been added, and the plugin-core that they depend on; `None` if plugin-core has been added itself.
    fn dependencies(&self) -> Result<(Vec<Krate>, Option<OsString>), Failure> {
        let answer = self.cargo(&["metadata".into(), "--format-version=1".into()])?;
        let metadata: Value = serde_json::from_str(&answer).unwrap_or_default();
        let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let packages = array(&metadata["packages"]);
        let package = |id: &Value| {
            packages
                .iter()
                .find(|package| package["id"] == *id)
                .cloned()
        };
        let nodes = array(&metadata["resolve"]["nodes"]);
        let of_node = |id: &Value, key: &str| {
            let node = nodes.iter().find(|node| node["id"] == *id);
            node.map_or_else(Vec::new, |node| array(&node[key]))
        };
        let dependencies = |id: &Value| of_node(id, "deps");
        let mut crates = Vec::new();
        let mut cores = Vec::new();
        for dependency in dependencies(&metadata["resolve"]["root"]) {
            let Some(package) = package(&dependency["pkg"]) else {
                continue;
            };
            let targets = array(&package["targets"]);
            let is_library = |target: &&Value| {
                array(&target["kind"])
                    .iter()
                    .any(|kind| kind.as_str().is_some_and(|kind| kind.ends_with("lib")))
            };
            let root = targets
                .iter()
                .find(is_library)
                .and_then(|target| target["src_path"].as_str());
            let [Some(package), Some(name), Some(root)] =
                [package["name"].as_str(), dependency["name"].as_str(), root]
            else {
                continue;
            };
            let features = of_node(&dependency["pkg"], "features");
            let features = features.iter().filter_map(Value::as_str);
            crates.push(Krate {
                package: package.to_owned(),
                name: name.to_owned(),
                root: root.into(),
                features: features.map(str::to_owned).collect(),
            });
            cores.extend(
                dependencies(&dependency["pkg"])
                    .into_iter()
                    .map(|of| of["pkg"].clone()),
            );
        }
        let mut cores = cores.iter().filter_map(package);
        let core = cores.find(|package| package["name"] == "plugin-core");
        if crates.iter().any(|krate| krate.package == "plugin-core") {
            return Ok((crates, None));
        }
        let Some(core) = core else {
            let names: Vec<_> = crates.iter().map(|krate| &*krate.package).collect();
            let text = format!(
                "`{}` has no interfaces: it does not depend on plugin-core",
                names.join("`, `")
            );
            return Err(Failure::with(
                "no-interface",
                json!({ "crates": names }),
                text,
            ));
        };
        let from = match core["source"].as_str() {
            // A path dependency: the directory of its `Cargo.toml`.
            None => {
                let manifest = core["manifest_path"].as_str().unwrap_or_default();
                Path::new(manifest).parent().unwrap_or(Path::new("")).into()
            }
            Some(_) => format!(
                "plugin-core@{}",
                core["version"].as_str().unwrap_or_default()
            )
            .into(),
        };
        Ok((crates, Some(from)))
    }

    fn cargo(&self, arguments: &[OsString]) -> Result<String, Failure> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut cargo = Command::new(cargo);
        cargo.args(arguments).arg("--manifest-path");
        let output = cargo.arg(self.0.path().join("Cargo.toml")).output();
        let failed = |text: String| Failure::with("cargo", json!({}), text);
        let output = output.map_err(|error| failed(format!("cannot run `cargo`: {error}")))?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            let subcommand = arguments[0].to_string_lossy();
            return Err(failed(format!(
                "`cargo {subcommand}` failed\n{}",
                errors.trim_end()
            )));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// Whether the directory is in a workspace, of which Cargo would expect a new package to be a member.
fn is_in_workspace(directory: &Path) -> bool {
    let is_workspace = |directory: &Path| {
        let manifest = fs::read_to_string(directory.join("Cargo.toml")).unwrap_or_default();
        manifest
            .lines()
            .any(|line| line.trim_start().starts_with("[workspace"))
    };
    directory.ancestors().any(is_workspace)
}
