//! The ratio against the speed, as an image for light and dark pages, which plotting libraries do not draw: each colour is
//! one of a style sheet in the image.

use std::fmt::Write as _;

use crate::bench::Measured;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 480.0;
const TOP: f64 = 84.0;
const BOTTOM: f64 = 420.0;

const STYLE: &str = "
text { font: 13px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: var(--ink) }
text { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round }
.title { font-size: 18px; font-weight: 600 }
.faint { fill: var(--faint); font-size: 12px }
.value { fill: var(--faint); font-size: 10.5px }
.name { font-weight: 600 }
.grid { stroke: var(--grid); stroke-width: 1 }
.line { fill: none; stroke-width: 2; stroke-opacity: .55; stroke-linejoin: round }
.point { stroke: var(--paper); stroke-width: 1.5 }
:root { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d8dee4;
  --c0: #0969da; --c1: #bc4c00; --c2: #1a7f37; --c3: #8250df; --c4: #bf3989; --c5: #9a6700; --c6: #1b7c83; --c7: #cf222e }
@media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --faint: #9198a1; --grid: #2a313c;
  --c0: #58a6ff; --c1: #f0883e; --c2: #3fb950; --c3: #bc8cff; --c4: #f778ba; --c5: #d29922; --c6: #39c5cf; --c7: #ff7b72 } }
";
const COLOURS: usize = 8;
/// What a label may take of the space beside its panel.
const MARGIN: f64 = 36.0;

/// Two panels side by side: one for the speed of each direction.
pub(crate) fn svg(measured: &[Measured], subject: &str) -> String {
    let ratios = Axis::linear(measured.iter().map(|it| it.ratio));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"Compression ratio against speed\">\n<style>{STYLE}</style>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"8\" fill=\"var(--paper)\"/>\n\
         <text class=\"title\" x=\"56\" y=\"34\">Ratio against speed</text>\n\
         <text class=\"faint\" x=\"904\" y=\"34\" text-anchor=\"end\">{}; up and to the right is better</text>\n",
        escaped(subject),
    );
    let panels = [
        (
            "compression",
            56.0,
            (|it| it.compression) as fn(&Measured) -> f64,
        ),
        ("decompression", 516.0, |it| it.decompression),
    ];
    for (title, left, speed) in panels {
        let speeds = Axis::logarithmic(measured.iter().map(speed));
        let panel = Panel {
            left,
            right: left + 388.0,
            speeds,
            ratios,
        };
        panel.draw(&mut svg, title, measured, speed);
    }
    svg.push_str("</svg>\n");
    svg
}

/// From a value to a place between 0 and 1.
#[derive(Clone, Copy)]
struct Axis {
    from: f64,
    to: f64,
    scale: fn(f64) -> f64,
}

impl Axis {
    fn linear(values: impl Iterator<Item = f64>) -> Self {
        let (least, most) = limits(values);
        let room = (most - least).max(0.5) * 0.12;
        Self {
            from: (least - room).max(0.0),
            to: most + room,
            scale: |value| value,
        }
    }

    fn logarithmic(values: impl Iterator<Item = f64>) -> Self {
        let (least, most) = limits(values);
        Self {
            from: least / 1.6,
            to: most * 1.6,
            scale: f64::log10,
        }
    }

    fn place(self, value: f64) -> f64 {
        let [from, to, value] = [self.from, self.to, value].map(self.scale);
        (value - from) / (to - from)
    }
}

fn limits(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(least, most), value| {
        (least.min(value), most.max(value))
    })
}

struct Panel {
    left: f64,
    right: f64,
    speeds: Axis,
    ratios: Axis,
}

impl Panel {
    fn draw(
        &self,
        svg: &mut String,
        title: &str,
        measured: &[Measured],
        speed: fn(&Measured) -> f64,
    ) {
        self.grid(svg, title);
        let mut labels = Labels::default();
        let mut series: Vec<Vec<&Measured>> = Vec::new();
        for it in measured {
            match series.iter_mut().find(|points| points[0].codec == it.codec) {
                Some(points) => points.push(it),
                None => series.push(vec![it]),
            }
            labels
                .taken
                .push(Rect::around(self.point(it, speed), 5.0, 5.0));
        }
        for (number, points) in series.iter().enumerate() {
            let colour = number % COLOURS;
            let places = points.iter().map(|it| self.point(it, speed));
            let places: Vec<_> = places.collect();
            let path: Vec<_> = places
                .iter()
                .map(|(x, y)| format!("{x:.1},{y:.1}"))
                .collect();
            let _ = writeln!(
                svg,
                "<polyline class=\"line\" stroke=\"var(--c{colour})\" points=\"{}\"/>",
                path.join(" ")
            );
            for (it, (x, y)) in points.iter().zip(&places) {
                let _ = writeln!(
                    svg,
                    "<circle class=\"point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"var(--c{colour})\">\
                     <title>{} {}: {:.2}x, {:.1} MB/s</title></circle>",
                    escaped(it.codec),
                    escaped(&it.parameters),
                    it.ratio,
                    speed(it),
                );
            }
        }
        for (number, points) in series.iter().enumerate() {
            let best = points.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio));
            let at = best.map_or((0.0, 0.0), |it| self.point(it, speed));
            let attributes = format!(
                "class=\"name\" style=\"fill: var(--c{})\"",
                number % COLOURS
            );
            labels.put(svg, self, at, points[0].codec, 7.6, &attributes);
        }
        for it in measured {
            let values = it
                .parameters
                .split(',')
                .filter_map(|word| word.split_once('='));
            let values: Vec<_> = values.map(|(_, value)| value).collect();
            let at = self.point(it, speed);
            labels.put(svg, self, at, &values.join(" "), 6.0, "class=\"value\"");
        }
    }

    fn point(&self, it: &Measured, speed: fn(&Measured) -> f64) -> (f64, f64) {
        (self.x(speed(it)), self.y(it.ratio))
    }

    fn x(&self, speed: f64) -> f64 {
        self.left + self.speeds.place(speed) * (self.right - self.left)
    }

    fn y(&self, ratio: f64) -> f64 {
        BOTTOM - self.ratios.place(ratio) * (BOTTOM - TOP)
    }

    fn grid(&self, svg: &mut String, title: &str) {
        let (left, right) = (self.left, self.right);
        for decade in -3..=6 {
            for step in [1.0, 2.0, 5.0] {
                let speed = step * 10_f64.powi(decade);
                if (self.speeds.from..=self.speeds.to).contains(&speed) {
                    let x = self.x(speed);
                    let _ = writeln!(
                        svg,
                        "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{BOTTOM}\"/>\
                         <text class=\"faint\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{speed}</text>",
                        BOTTOM + 18.0,
                    );
                }
            }
        }
        let step = step(self.ratios.to - self.ratios.from);
        let mut ratio = (self.ratios.from / step).ceil() * step;
        while ratio <= self.ratios.to {
            let y = self.y(ratio);
            let _ = writeln!(
                svg,
                "<line class=\"grid\" x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\"/>\
                 <text class=\"faint\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}x</text>",
                left - 8.0,
                y + 4.0,
                (ratio * 100.0).round() / 100.0,
            );
            ratio += step;
        }
        let _ = writeln!(
            svg,
            "<text class=\"name\" x=\"{left}\" y=\"66\">{title}</text>\
             <text class=\"faint\" x=\"{right}\" y=\"{}\" text-anchor=\"end\">MB/s</text>",
            BOTTOM + 42.0,
        );
    }
}

/// The distance of round numbers, of which some five fit.
fn step(range: f64) -> f64 {
    let decade = 10_f64.powf((range / 5.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * decade);
    let fits = |step: &f64| range / step <= 7.0;
    steps.into_iter().find(fits).unwrap_or(decade * 10.0)
}

#[derive(Clone, Copy)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    fn around((x, y): (f64, f64), width: f64, height: f64) -> Self {
        Self {
            left: x - width,
            top: y - height,
            right: x + width,
            bottom: y + height,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Texts beside points, of which none is upon another, or upon a point.
#[derive(Default)]
struct Labels {
    taken: Vec<Rect>,
}

impl Labels {
    /// Where there is no room, there is no label.
    #[expect(clippy::cast_precision_loss, reason = "a name is short")]
    fn put(
        &mut self,
        svg: &mut String,
        panel: &Panel,
        (x, y): (f64, f64),
        text: &str,
        letter: f64,
        attributes: &str,
    ) {
        let (half, line) = (text.chars().count() as f64 * letter / 2.0, letter);
        let beside = half + 9.0;
        let places = [
            (beside, 0.0),
            (0.0, -14.0),
            (0.0, 14.0),
            (-beside, 0.0),
            (beside, -12.0),
            (beside, 12.0),
            (-beside, -12.0),
            (-beside, 12.0),
        ];
        let rects = places.map(|(right, down)| Rect::around((x + right, y + down), half, line));
        let is_free = |rect: &Rect| {
            rect.left > panel.left
                && rect.right < panel.right + MARGIN
                && !self.taken.iter().any(|taken| taken.meets(rect))
        };
        let Some(rect) = rects.into_iter().find(is_free) else {
            return;
        };
        self.taken.push(rect);
        let _ = writeln!(
            svg,
            "<text {attributes} x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" dy=\".35em\">{}</text>",
            f64::midpoint(rect.left, rect.right),
            f64::midpoint(rect.top, rect.bottom),
            escaped(text),
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
