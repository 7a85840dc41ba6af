//! What the compiler makes of `plugins::<dyn I>()`, in a crate that has the interface from another.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::cargo;
use crate::generate::{Subject, Workspace, package};

pub(crate) const SUBJECTS: &[Subject] = &[
    Subject::Ours,
    Subject::ByHand,
    Subject::Linkme,
    Subject::Scattered,
];

/// The instructions of one subject, in the syntax of its assembler.
pub(crate) struct HotPath {
    pub(crate) subject: Subject,
    pub(crate) instructions: Vec<String>,
}

impl HotPath {
    /// Without the return, which is the caller's price.
    pub(crate) fn count(&self) -> usize {
        self.instructions.len() - 1
    }

    /// Whether the function calls another one before it returns.
    pub(crate) fn calls(&self) -> bool {
        self.has(|instruction| instruction.starts_with("call"))
    }

    /// Whether the function might go on elsewhere.
    pub(crate) fn branches(&self) -> bool {
        self.has(|instruction| instruction.starts_with('j'))
    }

    /// Whether the function uses memory, other than the table of addresses that the linker writes.
    pub(crate) fn uses_memory(&self) -> bool {
        self.has(|instruction| {
            let is_address = instruction.starts_with("lea") || instruction.contains("@GOTPCREL(");
            instruction.contains('(') && !is_address
        })
    }

    fn has(&self, is_it: impl Fn(&str) -> bool) -> bool {
        self.instructions
            .iter()
            .any(|instruction| is_it(instruction))
    }
}

/// Where no branch is taken: the compiler puts what is rare elsewhere.
pub(crate) fn measure(subjects: &[Subject], target: Option<&Path>) -> Vec<HotPath> {
    let path = |&subject: &Subject| HotPath {
        subject,
        instructions: until_return(&assembly(subject, target)),
    };
    subjects.iter().map(path).collect()
}

/// The assembly of a crate that has one function, which hosts might have.
fn assembly(subject: Subject, target: Option<&Path>) -> String {
    let (element, slice) = match subject {
        Subject::Ours => (
            "plugin_core::Plugin<dyn IAlpha>",
            "plugin_core::plugins::<dyn IAlpha>()",
        ),
        Subject::ByHand => ("&'static dyn IAlpha", "interfaces::BY_HAND"),
        _ => ("&'static dyn IAlpha", "&ALPHAS"),
    };
    let source = format!(
        "#[allow(unused_imports)]
use interfaces::*;

#[unsafe(no_mangle)]
pub fn hot_path() -> &'static [{element}] {{ {slice} }}
"
    );
    let workspace = Workspace::new(subject, 10, 1).in_target(target);
    let directory = workspace.directory.join("plugins_hot_path");
    let interfaces = "interfaces = { path = \"../interfaces\" }\n";
    let dependencies = format!("{}{interfaces}", subject.dependency());
    let manifest = package("plugins_hot_path", &dependencies);
    cargo::write(&directory.join("Cargo.toml"), &manifest);
    cargo::write(&directory.join("src/lib.rs"), &source);
    let output = directory.join("hot_path.s");
    let mut cargo = workspace.cargo();
    cargo.args(["rustc", "--release", "--package", "plugins_hot_path", "--"]);
    cargo::run(cargo.arg(format!("--emit=asm={}", output.display())));
    fs::read_to_string(output).unwrap()
}

fn until_return(assembly: &str) -> Vec<String> {
    let (_, body) = assembly.split_once("\nhot_path:\n").expect("the function");
    let mut instructions = Vec::new();
    for line in body.lines() {
        // Labels, and what is for the debugger.
        if !line.starts_with('\t') || line.trim_start().starts_with('.') {
            continue;
        }
        let instruction = line.trim().replace('\t', " ");
        let is_last = instruction.starts_with("ret");
        instructions.push(instruction);
        if is_last {
            break;
        }
    }
    instructions
}

/// The instructions, with short names.
pub(crate) fn listing(path: &HotPath) -> String {
    let mut text = String::new();
    for instruction in &path.instructions {
        writeln!(text, "{}", demangled(instruction)).unwrap();
    }
    text
}

/// Without the hash of the compiler's, which says nothing.
fn demangled(instruction: &str) -> String {
    let Some(start) = instruction.find("_ZN") else {
        return instruction.to_owned();
    };
    let symbol = &instruction[start..];
    let end = symbol
        .find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '.' | '$'))
        .unwrap_or(symbol.len());
    let mut last = "";
    let mut rest = &symbol[3..end];
    while let Some(digits) = rest.find(|letter: char| !letter.is_ascii_digit()) {
        let Ok(length) = rest[..digits].parse::<usize>() else {
            break;
        };
        let name = &rest[digits..digits + length];
        // The hash is the last part of a name.
        if !(name.len() == 17 && name.starts_with('h')) {
            last = name;
        }
        rest = &rest[digits + length..];
    }
    format!("{}{last}{}", &instruction[..start], &symbol[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(instructions: &[&str]) -> HotPath {
        HotPath {
            subject: Subject::Ours,
            instructions: instructions.iter().copied().map(str::to_owned).collect(),
        }
    }

    #[test]
    fn an_address_from_the_linker_is_no_use_of_memory() {
        let path = path(&[
            "movq START@GOTPCREL(%rip), %rax",
            "leaq 8(%rax), %rdx",
            "sarq $5, %rdx",
            "retq",
        ]);
        assert_eq!(path.count(), 3);
        assert!(!path.uses_memory() && !path.branches() && !path.calls());
    }

    #[test]
    fn state_branches_and_calls_are_seen() {
        assert!(path(&["movq 8(%rcx), %rax", "retq"]).uses_memory());
        assert!(path(&["je .LBB0_2", "retq"]).branches());
        assert!(path(&["callq *read_first@GOTPCREL(%rip)", "retq"]).calls());
    }
}
