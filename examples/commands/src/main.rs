//! A program whose commands are functions: `commands repeat 3 word`.
//!
//! Another command is another function with `#[plugin]`, here or in any crate that is linked in.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use plugin_core::{PluginRef, interface, plugin, slot};

type Outcome = Result<String, Box<dyn Error>>;

/// What a user may ask of the program.
#[interface(noun = "command")]
trait ICommand {
    /// What the command prints.
    fn run(&self, arguments: &[String]) -> Outcome;
}

impl ICommand for fn(&[String]) -> Outcome {
    fn run(&self, arguments: &[String]) -> Outcome {
        self(arguments)
    }
}

/// Prints its arguments.
#[plugin(ICommand, name = "echo")]
fn echo(arguments: &[String]) -> Outcome {
    Ok(arguments.join(" "))
}

/// Prints a word many times: repeat COUNT WORD
#[plugin(ICommand, name = "repeat")]
fn repeat(arguments: &[String]) -> Outcome {
    let [count, word] = arguments else {
        return Err("repeat takes a number and a word".into());
    };
    Ok(vec![word.as_str(); count.parse()?].join(" "))
}

/// Prints what there is.
#[plugin(ICommand, name = "help", priority = 10)]
fn help(_: &[String]) -> Outcome {
    let commands = slot::<dyn ICommand>().sorted().iter();
    let lines = commands.map(|command| {
        let info = command.info;
        format!("{:<8}{}", info.name(), info.docs())
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

fn run(arguments: &[String]) -> Outcome {
    let (name, arguments) = match arguments.split_first() {
        Some((name, arguments)) => (name.as_str(), arguments),
        None => ("help", arguments),
    };
    let command: PluginRef<dyn ICommand> = name.parse()?;
    command.run(arguments)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(line: &str) -> String {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        run(&words).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn a_command_is_found_and_run() {
        assert_eq!(says("repeat 3 word"), "word word word");
        assert_eq!(says("echo a b"), "a b");
        assert_eq!(says("repeat"), "repeat takes a number and a word");
    }

    #[test]
    fn help_lists_the_functions_with_their_docs() {
        let help = says("");
        assert!(help.starts_with("help    Prints what there is."), "{help}");
        assert!(help.contains("\necho    Prints its arguments."), "{help}");
    }

    #[test]
    fn a_slip_gets_a_suggestion() {
        let error = says("repaet 3 word");
        assert!(
            error.starts_with("unknown command `repaet`; did you mean `repeat`?"),
            "{error}"
        );
    }
}
