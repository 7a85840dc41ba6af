//! What is known of an interface's members.

use plugin_core::{Interface, Member, MemberKind, interface};

// Only described, never called.
#[allow(dead_code)]
/// Members that any object can have.
#[interface]
trait IForms {
    fn plain(&self);
    fn returns(&self, temperature: f64) -> f64;
    fn provided(&self, left: u32, right: u32) -> u32 {
        left + right
    }
    #[attribute]
    #[tag(unit = "Pa")]
    #[tag(range = "0..")]
    fn pressure(&self) -> f64;
    #[plugin_core::attribute]
    fn volume(&self) -> f64 {
        1.0
    }
    fn borrows<'a>(&'a self, text: &'a str) -> &'a str;
    fn elided(&self, text: &mut String) -> Option<&str>;
    fn boxed(self: Box<Self>) -> Vec<Vec<u8>>;
    unsafe fn dangerous(&self, pointer: *const u8) -> *mut u8;
    extern "C" fn foreign(&self, code: i32) -> i32;
    fn closure(&self, call: &dyn Fn(&str) -> Result<(), String>);
    fn opaque(&self, call: Box<dyn FnMut(u8) + Send + 'static>);
    fn array(&self, matrix: [[f64; 3]; 3]) -> [u8; 4];
    fn tuple(&self, (left, right): (u8, u8)) -> (u8,) {
        (left + right,)
    }
    fn pointer(&self) -> fn(u8) -> u8;
    fn path(&self) -> <u32 as std::str::FromStr>::Err;
    fn r#type(&self, r#in: u8) -> u8;
    fn slices(&self, bytes: &mut [u8], pair: &mut (u8, u8));
    fn constructed() -> u8
    where
        Self: Sized,
    {
        1
    }
    fn generic<T: Into<u32>>(&self, value: T) -> u32
    where
        Self: Sized,
    {
        value.into()
    }
    #[cfg(any())]
    fn absent(&self) -> Missing;
    #[cfg(test)]
    fn present(&self);
    fn never(&self) -> !;
}

const SIGNATURES: [&str; 19] = [
    "fn plain(&self)",
    "fn returns(&self, temperature: f64) -> f64",
    "fn provided(&self, left: u32, right: u32) -> u32",
    "fn pressure(&self) -> f64",
    "fn volume(&self) -> f64",
    "fn borrows<'a>(&'a self, text: &'a str) -> &'a str",
    "fn elided(&self, text: &mut String) -> Option<&str>",
    "fn boxed(self: Box<Self>) -> Vec<Vec<u8>>",
    "unsafe fn dangerous(&self, pointer: *const u8) -> *mut u8",
    "extern \"C\" fn foreign(&self, code: i32) -> i32",
    "fn closure(&self, call: &dyn Fn(&str) -> Result<(), String>)",
    "fn opaque(&self, call: Box<dyn FnMut(u8) + Send + 'static>)",
    "fn array(&self, matrix: [[f64; 3]; 3]) -> [u8; 4]",
    "fn tuple(&self, (left, right): (u8, u8)) -> (u8,)",
    "fn pointer(&self) -> fn(u8) -> u8",
    "fn path(&self) -> <u32 as std::str::FromStr>::Err",
    "fn r#type(&self, r#in: u8) -> u8",
    "fn present(&self)",
    "fn never(&self) -> !",
];

fn member(name: &str) -> &'static Member {
    let mut members = <dyn IForms>::INFO.members().iter();
    members.find(|member| member.name() == name).unwrap()
}

#[test]
fn signatures_read_as_they_are_written() {
    let signatures: Vec<_> = <dyn IForms>::INFO
        .members()
        .iter()
        .filter(|member| !["slices", "constructed", "generic"].contains(&member.name()))
        .map(Member::signature)
        .collect();
    assert_eq!(signatures, SIGNATURES);
}

#[test]
fn a_slice_is_set_off_from_mut() {
    assert_eq!(
        member("slices").signature(),
        "fn slices(&self, bytes: &mut [u8], pair: &mut (u8, u8))"
    );
    assert_eq!(member("slices").parameters()[0].ty(), "&mut [u8]");
}

#[test]
fn a_where_clause_on_one_line_has_no_comma_at_its_end() {
    assert_eq!(
        member("constructed").signature(),
        "fn constructed() -> u8 where Self: Sized"
    );
    assert_eq!(
        member("generic").signature(),
        "fn generic<T: Into<u32>>(&self, value: T) -> u32 where Self: Sized"
    );
}

#[test]
fn a_member_has_its_name_without_the_raw_prefix() {
    assert_eq!(member("type").name(), "type");
}

#[test]
fn a_member_that_is_configured_out_is_not_there() {
    let mut members = <dyn IForms>::INFO.members().iter();
    assert!(!members.any(|member| member.name() == "absent"));
}

#[test]
fn parameters_are_known_without_the_receiver() {
    let parameters = |name| -> Vec<_> {
        let parameters = member(name).parameters().iter();
        parameters
            .map(|parameter| (parameter.name(), parameter.ty()))
            .collect()
    };
    assert!(parameters("plain").is_empty());
    assert!(parameters("boxed").is_empty());
    assert!(parameters("constructed").is_empty());
    assert_eq!(parameters("provided"), [("left", "u32"), ("right", "u32")]);
    assert_eq!(parameters("borrows"), [("text", "&'a str")]);
    assert_eq!(parameters("tuple"), [("(left, right)", "(u8, u8)")]);
    assert_eq!(parameters("generic"), [("value", "T")]);
    assert_eq!(
        parameters("closure"),
        [("call", "&dyn Fn(&str) -> Result<(), String>")]
    );
}

#[test]
fn return_types_are_known() {
    assert_eq!(member("plain").return_type(), "()");
    assert_eq!(member("pressure").return_type(), "f64");
    assert_eq!(member("boxed").return_type(), "Vec<Vec<u8>>");
    assert_eq!(member("tuple").return_type(), "(u8,)");
    assert_eq!(member("never").return_type(), "!");
}

#[test]
fn a_body_is_known_as_a_default() {
    let members = <dyn IForms>::INFO.members().iter();
    let names: Vec<_> = members
        .filter(|member| member.has_default())
        .map(Member::name)
        .collect();
    assert_eq!(
        names,
        ["provided", "volume", "tuple", "constructed", "generic"]
    );
}

#[test]
fn attributes_are_told_from_methods() {
    let members = <dyn IForms>::INFO.members().iter();
    let attributes = members.filter(|member| member.kind() == MemberKind::Attribute);
    assert_eq!(
        attributes.map(Member::name).collect::<Vec<_>>(),
        ["pressure", "volume"]
    );
    assert_eq!(member("plain").kind(), MemberKind::Method);
}

#[test]
fn a_member_keeps_its_tags_in_order() {
    let tags = member("pressure").tags().iter();
    let tags: Vec<_> = tags.map(|tag| (tag.key(), tag.value())).collect();
    assert_eq!(tags, [("unit", "Pa"), ("range", "0..")]);
    assert!(member("volume").tags().is_empty());
    assert_eq!(member("pressure").tag("range"), Some("0.."));
    assert_eq!(member("volume").tag("range"), None);
}

#[test]
fn an_interface_is_displayed_as_its_author_might_write_it() {
    #[allow(dead_code)]
    mod shown {
        use super::interface;

        /// Shown.
        #[interface]
        #[tag(key = "value")]
        pub(super) trait IBase {}

        #[interface]
        pub(super) trait IShown: IBase {
            /// A method.
            fn method(&self, by: u8);
            #[attribute]
            fn attribute(&self) -> u8 {
                1
            }
        }
    }
    assert_eq!(
        <dyn shown::IBase>::INFO.to_string(),
        "/// Shown.\n#[tag(key = \"value\")]\ntrait IBase {\n}"
    );
    assert_eq!(
        <dyn shown::IShown>::INFO.to_string(),
        "trait IShown: IBase {\n    \
             /// A method.\n    \
             fn method(&self, by: u8);\n    \
             #[attribute]\n    \
             fn attribute(&self) -> u8 { … }\n\
         }"
    );
}
