//! A material simulation that knows no material: it displays those that its plugins bring.

use std::io::{self, Write};
use std::process::ExitCode;

use ceramics as _;
use clap::Parser;
use imatsim::IMaterial;
use metals as _;
use plugin_core::{Plugin, plugins};
use serde_json::{Value, json};

/// Displays every material that is linked into this program.
#[derive(Parser)]
struct Arguments {
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
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let written = if arguments.json {
        display_json(&mut out, arguments.temperature)
    } else {
        display_text(&mut out, arguments.temperature)
    };
    match written {
        // Whoever reads may stop early, as `head` does.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("matsim: the output cannot be written: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn temperature(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(kelvins) if kelvins.is_finite() && kelvins >= 0.0 => Ok(kelvins),
        Ok(_) => Err("a temperature is a finite number of kelvins, 0 or more".to_owned()),
        Err(_) => Err("a temperature is a number of kelvins, such as 293.15".to_owned()),
    }
}

fn display_text(out: &mut impl Write, temperature: f64) -> io::Result<()> {
    for material in plugins::<dyn IMaterial>() {
        let info = material.info;
        writeln!(
            out,
            "{} ({} {})",
            info.name(),
            info.package(),
            info.version()
        )?;
        let stress = material.yield_stress(temperature);
        writeln!(
            out,
            "A material with yield stress {stress} at {temperature} K"
        )?;
        let constant = material.dielectric_constant();
        writeln!(out, "Also a dielectric constant of {constant}.")?;
        writeln!(out)?;
    }
    out.flush()
}

fn display_json(out: &mut impl Write, temperature: f64) -> io::Result<()> {
    let materials: Vec<Value> = plugins::<dyn IMaterial>()
        .iter()
        .map(|material| to_json(material, temperature))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &materials)?;
    writeln!(out)?;
    out.flush()
}

fn to_json(material: &Plugin<dyn IMaterial>, temperature: f64) -> Value {
    let constant = material.dielectric_constant();
    json!({
        "name": material.info.name(),
        "package": material.info.package(),
        "version": material.info.version(),
        "temperature": temperature,
        "yield_stress": material.yield_stress(temperature),
        "dielectric_constant": { "re": constant.re, "im": constant.im },
    })
}
