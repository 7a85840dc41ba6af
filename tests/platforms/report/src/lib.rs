//! What a host finds, in every way in which it can look, one line for each thing found.

#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "std")]
extern crate std;

use core::fmt::{Result, Write};

use plugin_core::{IPlugin, Interface, plugins, slot};
use shape::{IClock, INothing, IShape, ISolid, Limit};
use square::Cube;

/// Writes the lines. Those that begin with `std: ` are only there with the standard library.
pub fn write(out: &mut dyn Write) -> Result {
    writeln!(out, "backend {}", plugin_core::__private::BACKEND)?;

    walk::<dyn IPlugin>(out)?;
    walk::<dyn IShape>(out)?;
    walk::<dyn ISolid>(out)?;
    walk::<dyn IClock>(out)?;
    walk::<dyn INothing>(out)?;
    for shape in plugins::<dyn IShape>() {
        writeln!(out, "{} has {} sides", shape.info.name(), shape.sides())?;
        if let Some(solid) = shape.info.query::<dyn ISolid>() {
            writeln!(out, "{} has {} faces", solid.info.name(), solid.faces(100))?;
        }
        if shape.info.provides::<dyn IPlugin>() {
            writeln!(out, "{} is listed", shape.info.name())?;
        }
        if shape.info.downcast_ref::<Cube>().is_some() {
            let (name, ty) = (shape.info.name(), shape.info.type_name());
            writeln!(out, "{name} is a {ty}")?;
        }
        for tag in shape.info.tags() {
            writeln!(out, "{} {}: {}", shape.info.name(), tag.key(), tag.value())?;
        }
    }
    for limit in plugins::<Limit>() {
        let (info, priority) = (limit.info, limit.info.priority());
        writeln!(
            out,
            "{} is {}: {}, at most {}, {priority}",
            info.name(),
            info.id(),
            limit.name,
            limit.most
        )?;
    }
    for clock in plugins::<dyn IClock>() {
        writeln!(out, "{} says {}", clock.info.name(), clock.now())?;
    }
    let nothing = slot::<dyn INothing>();
    let count = nothing.plugins().len();
    writeln!(out, "{} has {count} plugins", nothing.info().name())?;
    let solid = <dyn ISolid>::INFO;
    writeln!(out, "{} {}", solid.path(), solid.members()[0].signature())?;
    writeln!(
        out,
        "{} extends {}",
        solid.name(),
        solid.extends()[0].name()
    )?;

    #[cfg(feature = "std")]
    self::std_too(out)?;
    Ok(())
}

fn walk<I: ?Sized + Interface>(out: &mut dyn Write) -> Result {
    for plugin in plugins::<I>() {
        writeln!(out, "{} provides {}", plugin.info.name(), I::INFO.name())?;
    }
    Ok(())
}

#[cfg(feature = "std")]
fn std_too(out: &mut dyn Write) -> Result {
    use plugin_core::PluginRef;

    for (index, shape) in slot::<dyn IShape>().sorted().iter().enumerate() {
        writeln!(out, "std: {index} in order: {}", shape.info.name())?;
    }
    for name in ["ball", "square::Cube", "std: lazy", "bal"] {
        match slot::<dyn IShape>().find(name) {
            Ok(shape) => writeln!(out, "std: `{name}` is {}", shape.info.name())?,
            Err(error) => {
                let error = std::string::ToString::to_string(&error);
                writeln!(out, "std: {}", error.lines().next().unwrap_or_default())?;
            }
        }
    }
    match slot::<dyn IClock>().only() {
        Ok(clock) => writeln!(
            out,
            "std: the clock is {}, {}",
            clock.info.name(),
            clock.now()
        )?,
        Err(error) => writeln!(out, "std: {error}")?,
    }
    match "circle".parse::<PluginRef<dyn IShape>>() {
        Ok(circle) => writeln!(out, "std: {circle} refers to {} sides", circle.sides())?,
        Err(error) => writeln!(out, "std: {error}")?,
    }
    let catalog = plugin_core::catalog();
    for interface in catalog.interfaces() {
        writeln!(out, "std: catalog: {}", interface.path())?;
    }
    for plugin in catalog.plugins() {
        writeln!(out, "std: catalog: {}", plugin.name())?;
    }
    for finding in catalog.findings() {
        writeln!(
            out,
            "std: catalog: {}",
            std::format!("{finding}").lines().next().unwrap_or_default()
        )?;
    }
    Ok(())
}
