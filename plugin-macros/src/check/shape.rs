use syn::TypePath;

use crate::compilation::Compilation;
use crate::errors::Errors;

/// The build of a crate can only stand for a type whose crate is known.
pub(crate) fn foreign(compilation: &Compilation, types: &[TypePath], errors: &mut Errors) {
    for ty in types {
        if ty.qself.is_some() || compilation.build_of(&ty.path).is_none() {
            let message = "the path of a foreign type must begin with its crate\n\
                           help: write `foreign(bytes::Bytes)`; above a type of this crate, write `#[derive(Shape)]`";
            errors.push_on(ty, message);
        }
    }
}
