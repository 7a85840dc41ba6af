//! A drop-in that names crates of which it cannot offer anything.

#[cfg(not(feature = "noted"))]
plugin_core::dropin!(
    imat,
    ores,
    secrets,
    silver,
);

#[cfg(feature = "noted")]
plugin_core::dropin!(ores, secrets);
