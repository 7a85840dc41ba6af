//! Finds all types that an interface reaches.

use super::{Node, mixed};

/// Not public API. Used by generated code, and by plugin-loader.
///
/// One type that an interface reaches, or one that its text mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// As in `imatsim::Sample`, or as the interface has it.
    pub name: &'static str,
    /// As in `imatsim 0.1.0`; for what the interface mentions, which type that is.
    pub origin: &'static str,
    /// What it is made of; for what the interface mentions, which type that is.
    pub form: u128,
}

/// Not public API. Used by generated code.
///
/// All types that a type reaches: first itself.
pub struct Found {
    entries: [Entry; MOST],
    len: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    node: &'static Node,
    form: u128,
}

/// Larger graphs of types than people write: they would be compiled slowly.
const MOST: usize = 1024;

/// Not public API. Used by generated code.
#[must_use]
#[expect(
    clippy::large_stack_arrays,
    reason = "it is made by the compiler alone"
)]
pub const fn reached(node: &'static Node) -> Found {
    let first = Entry {
        node,
        form: form(node),
    };
    let mut found = Found {
        entries: [first; MOST],
        len: 1,
    };
    let mut index = 0;
    while index < found.len {
        let parts = found.entries[index].node.parts;
        let mut part = 0;
        while part < parts.len() {
            found.enter(parts[part].get());
            part += 1;
        }
        index += 1;
    }
    found
}

const fn form(node: &Node) -> u128 {
    let mut form = mixed(&[node.key, node.text]);
    let mut index = 0;
    while index < node.parts.len() {
        form = mixed(&[form, node.parts[index].get().key]);
        index += 1;
    }
    form
}

impl Found {
    const fn enter(&mut self, node: &'static Node) {
        let form = form(node);
        let mut index = 0;
        while index < self.len {
            if self.entries[index].form == form {
                return;
            }
            index += 1;
        }
        assert!(
            index < MOST,
            "an interface reaches more than 1024 types\nhelp: name some of them as `foreign(…)`"
        );
        self.entries[index] = Entry { node, form };
        self.len += 1;
    }

    /// How many of the types have a declaration that may be another one elsewhere.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "the type itself is always there"
    )]
    pub const fn len(&self) -> usize {
        let mut len = 0;
        let mut index = 0;
        while index < self.len {
            if !self.entries[index].node.origin.is_empty() {
                len += 1;
            }
            index += 1;
        }
        len
    }

    /// These types, and behind them what the first one mentions, with the text of each mention.
    #[must_use]
    pub const fn list<const N: usize>(&self, mentioned: &[&'static str]) -> [Reached; N] {
        let itself = self.entries[0];
        let mut list = [itself.reached(); N];
        let mut len = 0;
        let mut index = 0;
        while index < self.len {
            if !self.entries[index].node.origin.is_empty() {
                list[len] = self.entries[index].reached();
                len += 1;
            }
            index += 1;
        }
        let mut index = 0;
        while index < mentioned.len() {
            let node = itself.node.parts[index].get();
            list[len + index] = Reached {
                name: mentioned[index],
                origin: node.name,
                form: node.key,
            };
            index += 1;
        }
        list
    }
}

impl Entry {
    const fn reached(&self) -> Reached {
        Reached {
            name: self.node.name,
            origin: self.node.origin,
            form: self.form,
        }
    }
}

/// Tells what is reached from what another program or library reaches.
pub(crate) const fn token(reached: &[Reached]) -> u128 {
    let mut token = 0;
    let mut index = 0;
    while index < reached.len() {
        token = mixed(&[token, reached[index].form]);
        index += 1;
    }
    token
}
