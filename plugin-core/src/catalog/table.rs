//! Prints rows of text in columns.

use core::fmt::{self, Display};
use std::string::String;
use std::vec::Vec;

/// Rows under titles. The last column goes to a line of its own where the width does not suffice.
pub(super) struct Table<const N: usize> {
    titles: [&'static str; N],
    rows: Vec<Vec<String>>,
}

impl<const N: usize> Table<N> {
    pub(super) fn new(titles: [&'static str; N], rows: impl Iterator<Item = Vec<String>>) -> Self {
        Self {
            titles,
            rows: rows.collect(),
        }
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| row[column].chars().count());
        cells.chain([self.titles[column].len()]).max().unwrap_or(0)
    }
}

impl<const N: usize> Display for Table<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths: Vec<usize> = (0..N).map(|column| self.width(column)).collect();
        let whole = widths.iter().sum::<usize>() + 2 * (N - 1);
        let fits = whole <= formatter.width().unwrap_or_else(columns);
        let widths = if fits { &widths } else { &widths[..N - 1] };

        line(formatter, widths, &self.titles)?;
        for row in &self.rows {
            line(formatter, widths, row)?;
            if !fits {
                writeln!(formatter, "    {}", row[N - 1])?;
            }
        }
        Ok(())
    }
}

/// As many of the cells as there are widths.
fn line(
    formatter: &mut fmt::Formatter<'_>,
    widths: &[usize],
    cells: &[impl AsRef<str>],
) -> fmt::Result {
    for (column, (width, cell)) in widths.iter().zip(cells).enumerate() {
        match (cell.as_ref(), column + 1 == widths.len()) {
            // No spaces at the end of a line.
            (cell, true) => writeln!(formatter, "{cell}")?,
            (cell, false) => write!(formatter, "{cell:<width$}  ")?,
        }
    }
    Ok(())
}

/// How wide a terminal is, as far as the environment tells.
fn columns() -> usize {
    let columns = std::env::var("COLUMNS").ok();
    columns
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(100)
}
