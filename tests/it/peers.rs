//! What the test suites of linkme, inventory, and crosstrait ask of them, asked of this framework.

/// linkme: an empty slice, statics, functions, several slices, generic elements, other modules.
mod linkme {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use plugin_core::{interface, plugin, plugins};

    #[interface]
    pub(crate) trait INobody {}

    #[interface]
    pub(crate) trait IBench {
        fn run(&self);
    }

    static RUNS: AtomicUsize = AtomicUsize::new(0);

    impl IBench for fn() {
        fn run(&self) {
            self();
        }
    }

    #[plugin(IBench)]
    fn one() {
        RUNS.fetch_add(1, Ordering::Relaxed);
    }

    mod elsewhere {
        use super::{IBench, Ordering, RUNS};

        #[plugin_core::plugin(IBench)]
        fn two() {
            RUNS.fetch_add(10, Ordering::Relaxed);
        }
    }

    #[interface]
    pub(crate) struct Number {
        pub(crate) value: u32,
    }

    /// An element may have more types than its slot.
    pub(crate) struct Generic<T>(T);

    #[interface]
    pub(crate) trait IValue {
        fn value(&self) -> u32;
    }

    impl<T: Copy + Into<u32> + Send + Sync> IValue for Generic<T> {
        fn value(&self) -> u32 {
            self.0.into()
        }
    }

    #[plugin(IValue)]
    static BYTE: Generic<u8> = Generic(1);
    #[plugin(IValue)]
    static WORD: Generic<u16> = Generic(2);

    const fn computed(value: u32) -> Number {
        Number { value: value * 7 }
    }

    #[plugin(Number)]
    static COMPUTED: Number = computed(6);

    fn inside() -> u32 {
        #[plugin(Number)]
        static IN_A_FUNCTION: Number = Number { value: 8 };
        IN_A_FUNCTION.value
    }

    #[test]
    fn an_empty_slice_is_a_slice() {
        assert!(plugins::<dyn INobody>().is_empty());
        assert!(plugins::<dyn INobody>().iter().next().is_none());
    }

    #[test]
    fn functions_are_found_in_every_module() {
        assert_eq!(plugins::<dyn IBench>().len(), 2);
        for bench in plugins::<dyn IBench>() {
            bench.run();
        }
        assert_eq!(RUNS.load(Ordering::Relaxed), 11);
    }

    #[test]
    fn elements_may_be_computed_generic_and_in_functions() {
        let mut numbers: Vec<_> = plugins::<Number>().iter().map(|it| it.value).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [inside(), 42]);
        let sum: u32 = plugins::<dyn IValue>().iter().map(|it| it.value()).sum();
        assert_eq!(sum, 3);
    }
}

/// inventory: values of several types in one program, from modules that nobody calls.
mod inventory {
    use plugin_core::{interface, plugin, plugins};

    #[interface]
    pub(crate) struct Flag {
        pub(crate) short: char,
        pub(crate) parse: fn(&str) -> Option<u32>,
    }

    #[interface]
    pub(crate) struct Other {
        pub(crate) flag: &'static Flag,
    }

    macro_rules! submit {
        ($($ty:ident => $value:expr;)*) => {
            $(
                const _: () = {
                    #[plugin($ty)]
                    static SUBMITTED: $ty = $value;
                };
            )*
        };
    }

    static VERBOSE: Flag = Flag {
        short: 'v',
        parse: |text| text.parse().ok(),
    };

    submit! {
        Flag => Flag { short: 'q', parse: |_| None };
        Flag => Flag { short: 'x', parse: |text| u32::try_from(text.len()).ok() };
        Other => Other { flag: &VERBOSE };
    }

    #[test]
    fn submitted_values_are_iterated() {
        let mut short: Vec<_> = plugins::<Flag>().iter().map(|flag| flag.short).collect();
        short.sort_unstable();
        assert_eq!(short, ['q', 'x']);
        let parsed: Vec<_> = plugins::<Flag>()
            .iter()
            .filter_map(|flag| (flag.parse)("four"))
            .collect();
        assert_eq!(parsed, [4]);
    }

    #[test]
    fn one_type_does_not_see_those_of_another() {
        let [other] = plugins::<Other>() else {
            panic!("there is one");
        };
        assert_eq!((other.flag.short, (other.flag.parse)("5")), ('v', Some(5)));
    }
}

/// crosstrait: from an object of one trait to another one, by the type that is behind it.
mod crosstrait {
    use std::fmt::{Debug, Write as _};

    use plugin_core::{interface, plugin, plugins};

    #[interface]
    pub(crate) trait IAny {}

    #[interface]
    pub(crate) trait IFormat {
        fn formatted(&self, value: i32) -> String;
    }

    #[interface]
    pub(crate) trait IAdd {
        fn add(&self, value: i32) -> i32;
    }

    macro_rules! providers {
        ($($name:ident $value:literal: $($interface:ident)*;)*) => {
            $(
                #[plugin(IAny $(, $interface)*)]
                static $name: Value = Value($value);
            )*
        };
    }

    #[derive(Debug)]
    pub(crate) struct Value(i32);

    impl IAny for Value {}

    impl IFormat for Value {
        fn formatted(&self, value: i32) -> String {
            let mut text = String::new();
            write!(text, "{value}+{}", self.0).unwrap();
            text
        }
    }

    impl IAdd for Value {
        fn add(&self, value: i32) -> i32 {
            value + self.0
        }
    }

    providers! {
        BOTH 1: IFormat IAdd;
        FORMAT 2: IFormat;
        NONE 3: ;
    }

    #[test]
    fn a_cast_is_to_what_is_listed_and_nothing_else() {
        let mut seen = Vec::new();
        for any in plugins::<dyn IAny>() {
            let formatted = any.info.query::<dyn IFormat>().map(|it| it.formatted(5));
            let added = any.info.query::<dyn IAdd>().map(|it| it.add(5));
            let value = any.info.downcast_ref::<Value>().unwrap().0;
            seen.push((value, formatted, added));
        }
        seen.sort();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            seen,
            [
                (1, text("5+1"), Some(6)),
                (2, text("5+2"), None),
                (3, None, None)
            ]
        );
    }

    #[test]
    fn the_value_is_the_same_one_seen_in_another_way() {
        let [add] = plugins::<dyn IAdd>() else {
            panic!("there is one");
        };
        let value: &dyn Debug = add.info.downcast_ref::<Value>().unwrap();
        assert_eq!(format!("{value:?}"), "Value(1)");
        assert!(add.info.downcast_ref::<i32>().is_none());
    }
}
