//! Tokens as a person would write them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The text of a signature, a type, or a pattern, spaced as rustfmt does.
pub(super) fn text(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    // As on one line, where rustfmt leaves out the comma that ends a list.
    text.truncate(text.trim_end_matches(',').len());
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut before = Before::Nothing;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                space(text, before == Before::Word);
                write(group.stream(), text);
                before = Before::Word;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    _ => ("{ ", " }"),
                };
                let apart = before == Before::Spaced || ends_with_keyword(text);
                space(text, apart && before != Before::Nothing);
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
                before = Before::Word;
            }
            TokenTree::Punct(punct) => {
                let mut run = String::from(punct.as_char());
                let mut spacing = punct.spacing();
                // A lifetime's quote belongs to the word behind it; `<`, `>` and `&` stand alone.
                while spacing == Spacing::Joint && !"'<&".contains(punct.as_char()) {
                    match tokens.peek() {
                        Some(TokenTree::Punct(next)) if joins(&run, next.as_char()) => {
                            run.push(next.as_char());
                            spacing = next.spacing();
                            tokens.next();
                        }
                        _ => break,
                    }
                }
                match run.as_str() {
                    "," | ":" | ";" => {
                        text.push_str(&run);
                        before = Before::Spaced;
                    }
                    "::" => {
                        let apart = before == Before::Spaced || ends_with_keyword(text);
                        space(text, apart && before != Before::Nothing);
                        text.push_str(&run);
                        before = Before::Nothing;
                    }
                    ".." | "." | "<" | "!" | "?" | "~" | "#" => {
                        space(text, before == Before::Spaced);
                        text.push_str(&run);
                        before = Before::Nothing;
                    }
                    "&" | "*" | "'" | "@" => {
                        space(text, matches!(before, Before::Spaced | Before::Word));
                        text.push_str(&run);
                        before = Before::Nothing;
                    }
                    ">" => {
                        text.push('>');
                        before = Before::Word;
                    }
                    _ => {
                        space(text, before != Before::Nothing);
                        text.push_str(&run);
                        before = Before::Spaced;
                    }
                }
            }
            word => {
                space(text, matches!(before, Before::Word | Before::Spaced));
                text.push_str(&word.to_string());
                before = Before::Word;
            }
        }
    }
}

/// What was written last, as far as the next token's space depends on it.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, or what keeps the next token close.
    Nothing,
    Word,
    /// What is followed by a space.
    Spaced,
}

/// Whether a word comes last that no path or call begins with.
fn ends_with_keyword(text: &str) -> bool {
    let word = text.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let keywords = ["mut", "const", "dyn", "impl", "where", "for", "as", "in"];
    word.into_iter()
        .next()
        .is_some_and(|word| keywords.contains(&word))
}

fn joins(run: &str, next: char) -> bool {
    matches!(
        (run, next),
        (":", ':') | ("-" | "=", '>') | ("." | "..", '.') | ("..", '=')
    )
}

fn space(text: &mut String, wanted: bool) {
    if wanted {
        text.push(' ');
    }
}
