//! Applies the filters that are named to a small picture: `darkroom invert mirror`.
//!
//! Without a name, it lists the filters that there are.

use std::env;
use std::error::Error;

use ifilter::{plugins, IFilter, Image, PluginRef};

ifilter::link_plugins!();

fn main() -> Result<(), Box<dyn Error>> {
    let filters = chosen(env::args().skip(1))?;
    if filters.is_empty() {
        for filter in plugins::<dyn IFilter>() {
            println!("{}: {}", filter.info.name(), filter.info.docs());
        }
        return Ok(());
    }
    let mut image = Image {
        width: 16,
        pixels: (0..=255).step_by(2).collect(),
    };
    for filter in filters {
        filter.apply(&mut image);
    }
    print!("{}", drawn(&image));
    Ok(())
}

fn chosen(
    names: impl Iterator<Item = String>,
) -> Result<Vec<PluginRef<dyn IFilter>>, Box<dyn Error>> {
    names.map(|name| Ok(name.parse()?)).collect()
}

fn drawn(image: &Image) -> String {
    const INK: [char; 5] = ['#', '*', '+', '.', ' '];
    let mut text = String::new();
    for row in image.pixels.chunks(image.width) {
        text.extend(row.iter().map(|&pixel| INK[usize::from(pixel / 52)]));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Image {
        Image {
            width: 2,
            pixels: vec![0, 200, 100, 255],
        }
    }

    #[test]
    fn filters_of_another_crate_are_chosen_by_name() {
        let names = ["invert", "mirror"].map(str::to_owned);
        let mut image = image();
        for filter in chosen(names.into_iter()).unwrap() {
            filter.apply(&mut image);
        }
        assert_eq!(image.pixels, [55, 255, 0, 155]);
    }

    #[test]
    fn a_name_that_is_none_is_an_error_that_speaks_of_filters() {
        let error = chosen(["inverse".to_owned()].into_iter()).unwrap_err();
        let error = error.to_string();
        assert!(
            error.starts_with("unknown filter `inverse`; did you mean `invert`?"),
            "{error}"
        );
    }
}
