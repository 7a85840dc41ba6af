//! A material simulation that knows no material: it displays those that its plugins bring.

mod dropins;

use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use imatsim::IMaterial;
use plugin_core::{PluginRef, catalog, slot, why};
use plugin_loader::Package;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

plugin_core::link_plugins!();

/// Displays the materials that are linked into this program, or dropped into a directory.
#[derive(Parser)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a flag on the command line is a bool"
)]
struct Arguments {
    /// Displays this material alone; may be given several times
    #[arg(long = "material", value_name = "NAME")]
    materials: Vec<String>,
    /// Displays the materials that a TOML file lists, as in `materials = ["copper"]`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The temperature at which the yield stress is computed, in kelvins
    #[arg(
        long,
        value_name = "K",
        default_value = "500",
        value_parser = temperature,
        allow_negative_numbers = true
    )]
    temperature: f64,
    /// Prints JSON instead of text
    #[arg(long)]
    json: bool,
    /// Lists the materials, with what they say of themselves
    #[arg(long)]
    list: bool,
    /// Shows every interface and every plugin in this program
    #[arg(long)]
    plugins: bool,
    /// Says whether a plugin or a package is in this program, and why not
    #[arg(long, value_name = "NAME")]
    why: Option<String>,
    /// Also displays the materials of the libraries in this directory, whose code then runs in this
    /// program; may be given several times
    #[arg(long = "plugin-path", value_name = "DIR")]
    plugin_path: Vec<PathBuf>,
    /// Uses only those libraries that a key of this file has signed: `libglass.so` with `libglass.so.minisig` beside it
    #[arg(long, value_name = "FILE", requires = "plugin_path")]
    signed: Option<PathBuf>,
    /// Goes on, and shows which materials appear in the directories, and which vanish
    #[arg(long, requires = "plugin_path", conflicts_with_all = ["json", "materials", "config"])]
    watch: bool,
}

/// What `--config` reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    materials: Vec<PluginRef<dyn IMaterial>>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let package = match installed(&arguments) {
        Ok(package) => package,
        Err(message) => return fail(&message),
    };
    if arguments.plugins {
        return finish(answer(&catalog(), arguments.json));
    }
    if let Some(name) = &arguments.why {
        let why = why(name);
        let shown = finish(answer(&why, arguments.json));
        return if why.is_here() {
            shown
        } else {
            ExitCode::FAILURE
        };
    }
    let materials = match chosen(&arguments, package) {
        Ok(materials) => materials,
        Err(message) => return fail(&message),
    };
    let mut written = print(&arguments, &materials);
    if let Some(package) = package {
        dropins::report(package);
        if arguments.watch {
            let temperature = arguments.temperature;
            written = written.and_then(|()| {
                dropins::watch(package, |mut out, material| {
                    display(&mut out, PluginRef::from(material), temperature)
                })
            });
        }
    }
    finish(written)
}

fn installed(arguments: &Arguments) -> Result<Option<&'static Package>, String> {
    match &arguments.plugin_path[..] {
        [] => Ok(None),
        directories => dropins::install(directories, arguments.signed.as_deref()).map(Some),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("matsim: {message}");
    ExitCode::FAILURE
}

fn finish(written: io::Result<()>) -> ExitCode {
    match written {
        // The reader may stop early, as `head` does.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(&format!("the output cannot be written: {error}"))
        }
        _ => ExitCode::SUCCESS,
    }
}

fn answer(answer: &(impl Display + Serialize), json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, answer)?;
        writeln!(out)?;
    } else {
        write!(out, "{answer}")?;
    }
    out.flush()
}

fn temperature(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(kelvins) if kelvins.is_finite() && kelvins >= 0.0 => Ok(kelvins),
        Ok(_) => Err("a temperature is a finite number of kelvins, 0 or more".to_owned()),
        Err(_) => Err("a temperature is a number of kelvins, such as 293.15".to_owned()),
    }
}

/// The materials that the user names, or else all.
fn chosen(
    arguments: &Arguments,
    package: Option<&Package>,
) -> Result<Vec<PluginRef<dyn IMaterial>>, String> {
    let named = arguments.materials.iter().map(|name| name.parse());
    let named: Result<Vec<PluginRef<dyn IMaterial>>, _> = named.collect();
    let mut materials = named.map_err(|error| format!("{error:#}"))?;
    if let Some(path) = &arguments.config {
        materials.extend(configured(path)?);
    } else if materials.is_empty() {
        materials.extend(match package {
            Some(package) => package
                .plugins::<dyn IMaterial>()
                .map(PluginRef::from)
                .collect(),
            None => all(),
        });
    }
    Ok(materials)
}

fn all() -> Vec<PluginRef<dyn IMaterial>> {
    let materials = slot::<dyn IMaterial>().sorted().iter().copied();
    materials.map(PluginRef::from).collect()
}

fn configured(path: &Path) -> Result<Vec<PluginRef<dyn IMaterial>>, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
    let config: Config =
        toml::from_str(&text).map_err(|error| format!("`{}`: {error}", path.display()))?;
    Ok(config.materials)
}

fn print(arguments: &Arguments, materials: &[PluginRef<dyn IMaterial>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if arguments.json {
        let to_json = |material: &PluginRef<_>| to_json(*material, arguments);
        let materials: Vec<Value> = materials.iter().map(to_json).collect();
        serde_json::to_writer_pretty(&mut out, &materials)?;
        writeln!(out)?;
    } else if arguments.list {
        for material in materials {
            let info = material.info;
            writeln!(out, "{:<12} {}", info.name(), info.docs())?;
        }
    } else {
        for material in materials {
            display(&mut out, *material, arguments.temperature)?;
        }
    }
    out.flush()
}

fn display(
    out: &mut impl Write,
    material: PluginRef<dyn IMaterial>,
    temperature: f64,
) -> io::Result<()> {
    let info = material.info;
    writeln!(
        out,
        "{} ({} {})",
        info.name(),
        info.package(),
        info.version()
    )?;
    // Of one that panics, the hook has told; the others are displayed all the same.
    let computed = catch_unwind(AssertUnwindSafe(|| {
        (
            material.yield_stress(temperature),
            material.dielectric_constant(),
        )
    }));
    match computed {
        Ok((stress, constant)) => {
            writeln!(
                out,
                "A material with yield stress {stress} at {temperature} K"
            )?;
            writeln!(out, "Also a dielectric constant of {constant}.")?;
        }
        Err(_) => writeln!(out, "A material of which nothing can be computed.")?,
    }
    writeln!(out)
}

fn to_json(material: PluginRef<dyn IMaterial>, arguments: &Arguments) -> Value {
    let info = material.info;
    let mut json = json!({
        "name": info.name(),
        "docs": info.docs(),
        "package": info.package(),
        "version": info.version(),
    });
    if !arguments.list {
        let constant = material.dielectric_constant();
        json["temperature"] = json!(arguments.temperature);
        json["yield_stress"] = json!(material.yield_stress(arguments.temperature));
        json["dielectric_constant"] = json!({ "re": constant.re, "im": constant.im });
    }
    json
}
