//! Cost against the number of plugins, as pictures.

use std::error::Error;
use std::fs;

use plotters::prelude::*;

use crate::cargo;
use crate::report::{Results, SIZES, WORKS};

pub(crate) fn write(results: &Results) -> Result<(), Box<dyn Error>> {
    let directory = cargo::workspace().join("benches/plots");
    fs::create_dir_all(&directory)?;
    for (work, title, subjects) in WORKS {
        let lines: Vec<_> = subjects
            .iter()
            .map(|subject| (*subject, line(results, work, subject)))
            .filter(|(_, line)| !line.is_empty())
            .collect();
        if lines.is_empty() {
            continue;
        }
        let path = directory.join(format!("{work}.svg"));
        draw(&path, title, &lines)?;
    }
    Ok(())
}

type Line = Vec<(f64, f64)>;

fn line(results: &Results, work: &str, subject: &str) -> Line {
    let point = |size: &str| {
        let count = results.instructions.get(&["off", work, size, subject])?;
        // A logarithm has no zero.
        Some((size.parse().unwrap(), count.max(0.5)))
    };
    SIZES.into_iter().filter_map(point).collect()
}

fn draw(path: &std::path::Path, title: &str, lines: &[(&str, Line)]) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (720, 420)).into_drawing_area();
    area.fill(&WHITE)?;
    let counts = lines.iter().flat_map(|(_, line)| line).map(|(_, y)| *y);
    let highest = counts.fold(1.0, f64::max);
    let mut chart = ChartBuilder::on(&area)
        .caption(format!("{title}: instructions"), ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(72)
        .build_cartesian_2d(
            (1.0..100_000.0).log_scale(),
            (0.5..highest * 2.0).log_scale(),
        )?;
    chart
        .configure_mesh()
        .x_desc("plugins")
        .x_label_formatter(&|x| format!("{x:.0}"))
        .y_label_formatter(&|y| format!("{y:.0}"))
        .light_line_style(TRANSPARENT)
        .draw()?;
    for (index, (subject, line)) in lines.iter().enumerate() {
        let color = Palette99::pick(index).to_rgba();
        let style = color.stroke_width(2);
        chart
            .draw_series(LineSeries::new(line.iter().copied(), style))?
            .label(*subject)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], style));
        chart.draw_series(
            line.iter()
                .map(|point| Circle::new(*point, 3, color.filled())),
        )?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.2))
        .draw()?;
    area.present()?;
    Ok(())
}
