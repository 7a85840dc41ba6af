//! The same lookup in Twisted, whose plugin system this framework is named after.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::cargo;
use crate::measured::Measured;

/// How many plugins there are, each in a file of its own.
const PLUGINS: usize = 100;

/// Prints the median time of a lookup that is not the first, in nanoseconds of the processor.
const MEASURE: &str = "\
import statistics, time
from twisted.plugin import getPlugins
import drops
from materials import IMaterial

def again():
    start = time.process_time_ns()
    found = list(getPlugins(IMaterial, drops))
    assert len(found) == COUNT, found
    return time.process_time_ns() - start

again()
print(statistics.median(again() for _ in range(21)))
";

const MATERIALS: &str = "\
from zope.interface import Interface, implementer
from twisted.plugin import IPlugin

class IMaterial(Interface):
    def yieldStress(temperature): pass

@implementer(IPlugin, IMaterial)
class Material:
    def __init__(self, factor):
        self.factor = factor
    def yieldStress(self, temperature):
        return self.factor * temperature
";

/// Empty where there is no Python, or no way to Twisted.
pub(crate) fn measure() -> Measured {
    let mut measured = Measured::default();
    let directory = cargo::scratch().join("twisted");
    write_plugins(&directory);
    if let Some(nanoseconds) = run(&directory) {
        measured.set(&["again", "100", "nanoseconds"], nanoseconds);
    } else {
        eprintln!("Twisted cannot be had here: it wants `python3 -m venv`, and a way to PyPI");
    }
    measured
}

fn write_plugins(directory: &Path) {
    let write = |path: &str, text: &str| cargo::write(&directory.join(path), text);
    write("materials.py", MATERIALS);
    let paths = "from twisted.plugin import pluginPackagePaths\n\
                 __path__.extend(pluginPackagePaths(__name__))\n__all__ = []\n";
    write("drops/__init__.py", paths);
    for number in 0..PLUGINS {
        let mut text = String::new();
        writeln!(text, "from materials import Material").unwrap();
        writeln!(text, "material = Material({number})").unwrap();
        write(&format!("drops/p{number:03}.py"), &text);
    }
    write(
        "measure.py",
        &MEASURE.replace("COUNT", &PLUGINS.to_string()),
    );
}

fn run(directory: &Path) -> Option<f64> {
    let environment = directory.join("environment");
    let python = environment.join("bin/python");
    if !python.exists() {
        let mut make = Command::new("python3");
        succeed(make.args(["-m", "venv"]).arg(&environment))?;
    }
    let mut install = Command::new(&python);
    succeed(install.args(["-m", "pip", "install", "--quiet", "twisted"]))?;
    let mut measure = Command::new(&python);
    let text = succeed(measure.arg("measure.py").current_dir(directory))?;
    text.trim().parse().ok()
}

/// What was printed.
fn succeed(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    String::from_utf8(output.stdout).ok()
}
