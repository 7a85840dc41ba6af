//! Writes an example plugin for interfaces, which it reads from the sources of their crates.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprLit, FnArg, GenericArgument, Item, ItemTrait, Lit, Meta, Pat,
    PathArguments, ReturnType, Token, TraitItem, TraitItemFn, Type, TypeParamBound, UseTree,
    Visibility,
};

use crate::new::Krate;
use crate::output::Failure;

/// A plugin that provides several interfaces.
pub(crate) struct Sample(Vec<Interface>);

/// An interface that is a trait.
struct Interface {
    name: String,
    /// The path of its module, such as `imatsim` or `imatsim::shapes`.
    module: String,
    /// The last segments of its supertraits' paths.
    bases: Vec<String>,
    members: Vec<Member>,
    /// The imports from the standard library that its members need.
    imports: Vec<String>,
    /// The names that its members use.
    mentioned: Vec<String>,
}

struct Member {
    signature: String,
    body: String,
}

impl Sample {
    /// A plugin of the first interface of each crate, and of its supertraits.
    pub(crate) fn of(crates: &[Krate]) -> Result<Self, Failure> {
        let mut interfaces = Vec::new();
        for krate in crates {
            let mut reader = Reader {
                features: &krate.features,
                interfaces: Vec::new(),
            };
            reader.file(&krate.root, &krate.name);
            let mut all = reader.interfaces;
            let Some(first) = all.first() else {
                let text = format!(
                    "`{}` has no interface that a drop-in can provide\n\
                     help: the author of the crate must write `#[interface(dropin)]` above a public trait",
                    krate.package
                );
                let values = json!({ "crates": [krate.package] });
                return Err(Failure::with("no-interface", values, text));
            };
            let mut wanted = vec![first.name.clone()];
            let mut next = 0;
            while let Some(name) = wanted.get(next).cloned() {
                next += 1;
                for interface in all.iter().filter(|interface| interface.name == name) {
                    wanted.extend(interface.bases.iter().cloned());
                }
            }
            // Supertraits come first.
            wanted.reverse();
            for name in wanted {
                if let Some(place) = all.iter().position(|interface| interface.name == name) {
                    interfaces.push(all.swap_remove(place));
                }
            }
        }
        Ok(Self(interfaces))
    }

    /// The paths of the interfaces, such as `imatsim::IMaterial`.
    pub(crate) fn paths(&self) -> Vec<String> {
        let path = |interface: &Interface| format!("{}::{}", interface.module, interface.name);
        self.0.iter().map(path).collect()
    }

    /// A name for the plugin's type that the signatures do not use.
    fn type_name(&self) -> &'static str {
        let mut names = ["Sample", "SamplePlugin", "OwnSample", "OwnSamplePlugin"].into_iter();
        let is_free = |name: &&str| {
            let mut all = self
                .0
                .iter()
                .flat_map(|interface| interface.mentioned.iter().chain([&interface.name]));
            all.all(|mentioned| mentioned != name)
        };
        names.find(is_free).unwrap_or("SampleOfThisDropIn")
    }

    pub(crate) fn source(&self, package: &str) -> String {
        let mut source = format!("//! The drop-in {package}.\n\n");
        let mut modules: Vec<_> = self.0.iter().map(|interface| &*interface.module).collect();
        modules.sort_unstable();
        modules.dedup();
        let globs = modules.iter().map(|module| format!("{module}::*"));
        let mut imports: Vec<String> = globs.collect();
        imports.extend(
            self.0
                .iter()
                .flat_map(|interface| interface.imports.clone()),
        );
        imports.push("plugin_core::plugin".to_owned());
        imports.sort_unstable();
        imports.dedup();
        for import in imports {
            let _ = writeln!(source, "use {import};");
        }
        let ty = self.type_name();
        let names: Vec<_> = self.0.iter().map(|interface| &*interface.name).collect();
        let names = names.join(", ");
        let _ = write!(
            source,
            "\nplugin_core::dropin!();\n\n\
             /// The description that the program shows for this plugin.\n\
             #[plugin({names}, name = \"{package}\")]\n\
             static SAMPLE: {ty} = {ty};\n\n\
             #[derive(Debug)]\n\
             struct {ty};\n"
        );
        for interface in &self.0 {
            let _ = writeln!(source, "\nimpl {} for {ty} {{", interface.name);
            for (index, Member { signature, body }) in interface.members.iter().enumerate() {
                let between = if index == 0 { "" } else { "\n" };
                let _ = writeln!(
                    source,
                    "{between}    {signature} {{\n        {body}\n    }}"
                );
            }
            source.push_str("}\n");
        }
        source
    }
}

/// Reads the interfaces of one crate.
struct Reader<'a> {
    features: &'a [String],
    interfaces: Vec<Interface>,
}

impl Reader<'_> {
    /// Reads a file, and the files of the modules that it declares.
    fn file(&mut self, file: &Path, module: &str) {
        let Ok(text) = fs::read_to_string(file) else {
            return;
        };
        // If it has an error, the compiler will report it.
        let Ok(parsed) = syn::parse_file(&text) else {
            return;
        };
        let stem = file.file_stem().unwrap_or_default();
        let directory = file.parent().unwrap_or(Path::new("."));
        let directory = if ["lib", "main", "mod"].iter().any(|name| stem == *name) {
            directory.to_owned()
        } else {
            directory.join(stem)
        };
        self.items(&parsed.items, &directory, module);
    }

    fn items(&mut self, items: &[Item], directory: &Path, module: &str) {
        let mut imports = HashMap::new();
        for item in items {
            if let Item::Use(item) = item {
                collect(&item.tree, String::new(), &mut imports);
            }
        }
        for item in items {
            match item {
                Item::Trait(item) if is_interface(item) && self.has(&item.attrs) => {
                    self.interfaces
                        .extend(self.interface(item, module, &imports));
                }
                Item::Mod(item) if self.has(&item.attrs) => {
                    let name = item.ident.to_string();
                    // The items of a private module are probably re-exported by its parent.
                    let path = match item.vis {
                        Visibility::Public(_) => format!("{module}::{name}"),
                        _ => module.to_owned(),
                    };
                    let directory = directory.join(&name);
                    if let Some((_, content)) = &item.content {
                        self.items(content, &directory, &path);
                        continue;
                    }
                    let files: [PathBuf; 2] =
                        [directory.with_extension("rs"), directory.join("mod.rs")];
                    for file in files.iter().filter(|file| file.is_file()) {
                        self.file(file, &path);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether an item with these attributes is compiled.
    fn has(&self, attributes: &[Attribute]) -> bool {
        let mut conditions = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("cfg"));
        conditions.all(|attribute| {
            let condition = attribute.parse_args();
            condition.is_ok_and(|condition| self.holds(&condition))
        })
    }

    fn holds(&self, condition: &Meta) -> bool {
        let name = condition
            .path()
            .get_ident()
            .map(ToString::to_string)
            .unwrap_or_default();
        match condition {
            Meta::Path(_) => match &*name {
                "unix" => cfg!(unix),
                "windows" => cfg!(windows),
                _ => false,
            },
            Meta::NameValue(pair) => match &pair.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(value),
                    ..
                }) if name == "feature" => self.features.contains(&value.value()),
                _ => false,
            },
            Meta::List(list) => {
                let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
                let conditions = list.parse_args_with(parse).unwrap_or_default();
                let mut hold = conditions.iter().map(|condition| self.holds(condition));
                match &*name {
                    "all" => hold.all(|holds| holds),
                    "any" => hold.any(|holds| holds),
                    "not" => !hold.all(|holds| holds),
                    _ => false,
                }
            }
        }
    }

    fn interface(
        &self,
        item: &ItemTrait,
        module: &str,
        imports: &HashMap<String, String>,
    ) -> Option<Interface> {
        let bases = item.supertraits.iter().filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => Some(bound.path.segments.last()?.ident.to_string()),
            _ => None,
        });
        let functions = item.items.iter().filter_map(|item| match item {
            TraitItem::Fn(function) if function.default.is_none() => Some(function),
            _ => None,
        });
        let mut mentioned = Mentioned(Vec::new());
        let mut members = Vec::new();
        for function in functions.filter(|function| self.has(&function.attrs)) {
            mentioned.visit_signature(&function.sig);
            members.push(member(function)?);
        }
        let standard = |name: &String| {
            let path = imports.get(name)?;
            let starts = ["std::", "core::", "alloc::"];
            let is_standard = starts.iter().any(|start| path.starts_with(start));
            is_standard.then(|| path.clone())
        };
        Some(Interface {
            name: item.ident.to_string(),
            module: module.to_owned(),
            bases: bases.collect(),
            members,
            imports: mentioned.0.iter().filter_map(standard).collect(),
            mentioned: mentioned.0,
        })
    }
}

/// Collects the path of each imported name.
fn collect(tree: &UseTree, path: String, imports: &mut HashMap<String, String>) {
    match tree {
        UseTree::Path(tree) => collect(&tree.tree, format!("{path}{}::", tree.ident), imports),
        UseTree::Group(tree) => {
            for tree in &tree.items {
                collect(tree, path.clone(), imports);
            }
        }
        UseTree::Name(tree) => {
            imports.insert(tree.ident.to_string(), format!("{path}{}", tree.ident));
        }
        UseTree::Rename(tree) => {
            let (ident, rename) = (&tree.ident, &tree.rename);
            imports.insert(rename.to_string(), format!("{path}{ident} as {rename}"));
        }
        UseTree::Glob(_) => {}
    }
}

fn is_interface(item: &ItemTrait) -> bool {
    let is_visible = matches!(item.vis, Visibility::Public(_));
    // The trait must have neither parameters nor associated types, to be used as `dyn Trait`.
    let is_plain = item.generics.params.is_empty()
        && item
            .items
            .iter()
            .all(|item| matches!(item, TraitItem::Fn(_)));
    is_visible && is_plain && item.attrs.iter().any(is_crossing)
}

/// `#[interface(dropin)]`
fn is_crossing(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let is_interface = path
        .segments
        .last()
        .is_some_and(|last| last.ident == "interface");
    let Ok(list) = attribute.meta.require_list() else {
        return false;
    };
    let mut words = list.tokens.clone().into_iter().map(|word| word.to_string());
    is_interface && words.any(|word| word == "dropin")
}

/// The first names of all paths.
struct Mentioned(Vec<String>);

impl Visit<'_> for Mentioned {
    fn visit_path(&mut self, path: &syn::Path) {
        self.0
            .extend(path.segments.first().map(|first| first.ident.to_string()));
        visit::visit_path(self, path);
    }
}

fn member(function: &TraitItemFn) -> Option<Member> {
    let sig = &function.sig;
    let mut signature = sig.span().source_text()?;
    let start = sig.span().byte_range().start;
    // The body uses no parameters, so each gets an underscore: the last one first, which keeps the other positions valid.
    for input in sig.inputs.iter().rev() {
        if let FnArg::Typed(input) = input {
            if let Pat::Ident(pat) = &*input.pat {
                if !pat.ident.to_string().starts_with('_') {
                    let place = pat.ident.span().byte_range().start.checked_sub(start)?;
                    signature.insert(place, '_');
                }
            }
        }
    }
    let body = match &sig.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => value(ty)
            .unwrap_or_else(|| format!("unimplemented!(\"`{}` has no sample value\")", sig.ident)),
    };
    Some(Member { signature, body })
}

/// A value of the type, if it is known to have one.
fn value(ty: &Type) -> Option<String> {
    match ty {
        Type::Paren(ty) => value(&ty.elem),
        Type::Tuple(ty) => {
            let values: Option<Vec<_>> = ty.elems.iter().map(value).collect();
            let values = values?;
            Some(match &values[..] {
                [only] => format!("({only},)"),
                values => format!("({})", values.join(", ")),
            })
        }
        Type::Reference(ty) if ty.mutability.is_none() => match &*ty.elem {
            Type::Path(path) if path.path.is_ident("str") => Some("\"\"".to_owned()),
            Type::Slice(_) => Some("&[]".to_owned()),
            _ => None,
        },
        Type::Path(ty) => {
            let last = ty.path.segments.last()?;
            let arguments = match &last.arguments {
                PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
                _ => Vec::new(),
            };
            let first = || match arguments.first()? {
                GenericArgument::Type(ty) => value(ty),
                _ => None,
            };
            Some(match &*last.ident.to_string() {
                "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64"
                | "i128" | "isize" => "0".to_owned(),
                "f32" | "f64" => "0.0".to_owned(),
                "bool" => "false".to_owned(),
                "char" => "' '".to_owned(),
                "String" | "Vec" => format!("{}::new()", last.ident),
                "HashMap" | "HashSet" | "BTreeMap" | "BTreeSet" | "VecDeque" | "Duration"
                | "PathBuf" => "Default::default()".to_owned(),
                "Option" => "None".to_owned(),
                "Result" => format!("Ok({})", first()?),
                "Box" | "Arc" | "Rc" => format!("{}::new({})", last.ident, first()?),
                _ => return None,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_of_their_types() {
        let of = |ty: &str| value(&syn::parse_str(ty).unwrap());
        assert_eq!(of("()").as_deref(), Some("()"));
        assert_eq!(of("(u8, bool)").as_deref(), Some("(0, false)"));
        assert_eq!(of("(f64,)").as_deref(), Some("(0.0,)"));
        assert_eq!(of("&'static str").as_deref(), Some("\"\""));
        assert_eq!(
            of("Result<Vec<u8>, Error>").as_deref(),
            Some("Ok(Vec::new())")
        );
        assert_eq!(of("std::io::Result<()>").as_deref(), Some("Ok(())"));
        assert_eq!(of("Option<Unknown>").as_deref(), Some("None"));
        assert_eq!(of("Unknown"), None);
        assert_eq!(of("Result<Unknown, Error>"), None);
        assert_eq!(of("Box<dyn Debug>"), None);
        assert_eq!(of("&mut str"), None);
    }

    #[test]
    fn parameters_are_not_used() {
        let function = "fn sum(&self, left: u32, _right: &mut [u8]) -> u32;";
        let member = member(&syn::parse_str(function).unwrap()).unwrap();
        assert_eq!(
            member.signature,
            "fn sum(&self, _left: u32, _right: &mut [u8]) -> u32"
        );
        assert_eq!(member.body, "0");
    }
}
