//! A target that is in neither list.

compile_error!(
    "plugin-core does not know how the linker of this target lays out sections, or whether constructors run\n\
     help: ask for the target at the repository of plugin-core; linked Rust programs for it need one of the two"
);
