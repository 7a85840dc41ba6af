//! The catalog, and the answer of `why`, as serde serializes them.

use std::string::ToString as _;
use std::vec::Vec;

use serde::ser::{Serialize, SerializeMap as _, SerializeStruct as _, Serializer};

use super::{Catalog, Finding, Why};
#[cfg(feature = "config")]
use crate::configured::{Parameters, parameters_of};
use crate::{
    InterfaceInfo, InterfaceKind, Member, MemberKind, Parameter, PluginInfo, Tag, interfaces,
};

/// `interfaces`, `plugins`, `packages`, and `findings`.
impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let packages = self.packages();
        let packages: Vec<_> = packages
            .iter()
            .map(|(name, version)| Package { name, version })
            .collect();
        let mut catalog = serializer.serialize_struct("Catalog", 4)?;
        catalog.serialize_field("interfaces", &self.interfaces)?;
        catalog.serialize_field("plugins", &self.plugins)?;
        catalog.serialize_field("packages", &packages)?;
        catalog.serialize_field("findings", &self.findings)?;
        catalog.end()
    }
}

struct Package<'a> {
    name: &'a str,
    version: &'a str,
}

impl Serialize for Package<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut package = serializer.serialize_struct("Package", 2)?;
        package.serialize_field("name", self.name)?;
        package.serialize_field("version", self.version)?;
        package.end()
    }
}

/// `name`, whether it `is_here`, the `plugins`, the `nearest` name, and the `explanation`.
impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut why = serializer.serialize_struct("Why", 8)?;
        why.serialize_field("name", self.name())?;
        why.serialize_field("is_here", &self.is_here())?;
        why.serialize_field("plugins", self.plugins())?;
        why.serialize_field("interfaces", self.interfaces())?;
        why.serialize_field("nearest", &self.nearest())?;
        why.serialize_field("silent", &self.silent())?;
        why.serialize_field("unused", self.unused())?;
        why.serialize_field("explanation", &self.to_string())?;
        why.end()
    }
}

/// What is odd as a `kind`, a `message`, and the texts that find the plugins.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self {
            Self::SameName { .. } => "same-name",
            Self::TwoVersions { .. } => "two-versions",
            Self::CrateTwice { .. } => "crate-twice",
            Self::CoreTwice { .. } => "core-twice",
            Self::Tie { .. } => "tie",
            Self::Missing { .. } => "missing",
            Self::WithoutRoot { .. } => "without-root",
        };
        let mut finding = serializer.serialize_struct("Finding", 3)?;
        finding.serialize_field("kind", kind)?;
        finding.serialize_field("message", &self.to_string())?;
        finding.serialize_field("plugins", &self.texts())?;
        finding.end()
    }
}

impl Serialize for InterfaceInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let extends: Vec<_> = self.extends().iter().map(|base| base.path()).collect();
        let kind = match self.kind() {
            InterfaceKind::Trait => "trait",
            InterfaceKind::Struct => "struct",
        };
        let mut info = serializer.serialize_struct("InterfaceInfo", 14)?;
        info.serialize_field("kind", kind)?;
        info.serialize_field("name", self.name())?;
        info.serialize_field("path", self.path())?;
        info.serialize_field("docs", self.docs())?;
        info.serialize_field("package", self.package())?;
        info.serialize_field("version", self.version())?;
        info.serialize_field("file", self.file())?;
        info.serialize_field("line", &self.line())?;
        info.serialize_field("noun", &self.noun())?;
        info.serialize_field("wants_one", &self.wants_one())?;
        info.serialize_field("tags", &Tags(self.tags()))?;
        info.serialize_field("extends", &extends)?;
        info.serialize_field("members", self.members())?;
        info.serialize_field("plugins", &interfaces::plugins_of(self).count())?;
        info.end()
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self.kind() {
            MemberKind::Method => "method",
            MemberKind::Attribute => "attribute",
            MemberKind::Field => "field",
        };
        let mut member = serializer.serialize_struct("Member", 8)?;
        member.serialize_field("name", self.name())?;
        member.serialize_field("docs", self.docs())?;
        member.serialize_field("signature", self.signature())?;
        member.serialize_field("parameters", self.parameters())?;
        member.serialize_field("return_type", self.return_type())?;
        member.serialize_field("has_default", &self.has_default())?;
        member.serialize_field("kind", kind)?;
        member.serialize_field("tags", &Tags(self.tags()))?;
        member.end()
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parameter = serializer.serialize_struct("Parameter", 2)?;
        parameter.serialize_field("name", self.name())?;
        parameter.serialize_field("type", self.ty())?;
        parameter.end()
    }
}

impl Serialize for PluginInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let interfaces: Vec<_> = self.interfaces().iter().map(|info| info.path()).collect();
        let fields =
            12 + usize::from(cfg!(feature = "config")) + usize::from(cfg!(feature = "schema"));
        let mut info = serializer.serialize_struct("PluginInfo", fields)?;
        info.serialize_field("name", self.name())?;
        info.serialize_field("id", self.id())?;
        info.serialize_field("docs", self.docs())?;
        info.serialize_field("type_name", self.type_name())?;
        info.serialize_field("package", self.package())?;
        info.serialize_field("version", self.version())?;
        info.serialize_field("module_path", self.module_path())?;
        info.serialize_field("file", self.file())?;
        info.serialize_field("line", &self.line())?;
        info.serialize_field("priority", &self.priority())?;
        info.serialize_field("tags", &Tags(self.tags()))?;
        info.serialize_field("interfaces", &interfaces)?;
        #[cfg(feature = "config")]
        {
            let parameters = parameters_of(self);
            let names = parameters.as_ref().map(Parameters::names);
            info.serialize_field("parameters", names.unwrap_or_default())?;
            #[cfg(feature = "schema")]
            info.serialize_field("schema", &parameters.and_then(Parameters::schema))?;
        }
        info.end()
    }
}

/// As a map from keys to values.
struct Tags(&'static [Tag]);

impl Serialize for Tags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tags = serializer.serialize_map(Some(self.0.len()))?;
        for tag in self.0 {
            tags.serialize_entry(tag.key(), tag.value())?;
        }
        tags.end()
    }
}
