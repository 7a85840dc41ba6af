//! Types outside of the declaration that they are taken from: no lifetime changes a layout.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::Lifetime;

/// Where a type is taken from.
#[derive(Default)]
pub(super) struct Place<'a> {
    /// Lifetimes that are known where it goes.
    pub(super) lifetimes: Vec<&'a Lifetime>,
    /// The type that is declared there.
    pub(super) declared: Option<(&'a Ident, Own)>,
}

/// What a type is within its own declaration.
#[derive(Clone)]
pub(super) enum Own {
    /// Itself, which `Self` is, too.
    Named(TokenStream),
    /// This, with its arguments.
    Again(TokenStream),
}

impl Place<'_> {
    /// The type with `'static` for each lifetime that is not known, also where none is written behind a `&`.
    pub(super) fn settled(&self, tokens: TokenStream) -> TokenStream {
        let mut settled = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(mut tree) = tokens.next() {
            match &tree {
                TokenTree::Ident(word) if word == "for" && is_punct(tokens.peek(), '<') => {
                    skip_arguments(&mut tokens);
                    continue;
                }
                TokenTree::Ident(word) => match &self.declared {
                    Some((_, Own::Named(own))) if word == "Self" => {
                        settled.extend(own.clone());
                        continue;
                    }
                    Some((name, Own::Again(again))) if word == "Self" || word == *name => {
                        if is_punct(tokens.peek(), '<') {
                            skip_arguments(&mut tokens);
                        }
                        settled.extend(again.clone());
                        continue;
                    }
                    _ => {}
                },
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    if let Some(TokenTree::Ident(name)) = tokens.next() {
                        if self.lifetimes.iter().any(|known| known.ident == name) {
                            settled.extend([tree, name.into()]);
                        } else {
                            settled.extend(of_all(name.span()));
                        }
                    }
                    continue;
                }
                TokenTree::Punct(punct)
                    if punct.as_char() == '&' && !is_punct(tokens.peek(), '\'') =>
                {
                    let span = punct.span();
                    settled.extend([tree]);
                    settled.extend(of_all(span));
                    continue;
                }
                TokenTree::Group(group) => {
                    let (inner, span) = (self.settled(group.stream()), group.span());
                    tree = Group::new(group.delimiter(), inner).into();
                    tree.set_span(span);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            settled.extend([tree]);
        }
        settled
    }
}

fn of_all(span: Span) -> [TokenTree; 2] {
    let mut quote = Punct::new('\'', Spacing::Joint);
    quote.set_span(span);
    [quote.into(), Ident::new("static", span).into()]
}

/// `<'a, Vec<T>>`
fn skip_arguments(tokens: &mut Peekable<IntoIter>) {
    let mut open = 0_usize;
    let mut before = ' ';
    for tree in tokens {
        let letter = match &tree {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match letter {
            '<' => open += 1,
            '>' if before != '-' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return;
        }
        before = letter;
    }
}

fn is_punct(tree: Option<&TokenTree>, letter: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == letter)
}

pub(super) fn has_word(tokens: TokenStream, words: &[&str]) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => words.iter().any(|word| ident == word),
        TokenTree::Group(group) => has_word(group.stream(), words),
        _ => false,
    })
}
