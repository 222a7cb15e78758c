//! Small charts, drawn in the page. Each says in words or figures beside it what it shows.

use unspin_text::Span;

use super::markup::Markup;

/// Units of a strip from the beginning of a text to its end.
const WIDE: u64 = 1000;
/// The least that can be seen of a place.
const LEAST: u64 = 3;

/// A bar for a share of `most`, beside the figure that it shows.
pub(super) fn bar(out: &mut Markup, count: usize, most: usize) {
    let width = (100 * count).div_ceil(most.max(1));
    out.raw("<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect")
        .attribute("width", &width.to_string())
        .raw(" height=\"4\"/></svg>");
}

/// A place in a text, in bytes, as a strip shows it.
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The class that tells what it is: `stretch`, or a severity, of which the surer one stands higher.
    pub(super) class: &'static str,
    /// The element that tells more of it, if there is one.
    pub(super) target: Option<String>,
}

/// Where in a text of so many bytes these places are, the first drawn first; `label` says it in words.
pub(super) fn strip(out: &mut Markup, bytes: usize, places: &[Place], label: &str) {
    out.raw(
        "<svg class=\"strip\" viewBox=\"0 0 1000 40\" preserveAspectRatio=\"none\" role=\"img\"",
    )
    .attribute("aria-label", label)
    .raw("><rect class=\"paper\" width=\"1000\" height=\"40\"/>");
    for Place { start, end, class, target } in places {
        let unit = |byte: u32| WIDE * u64::from(byte) / (bytes.max(1) as u64);
        let width = (unit(*end) - unit(*start)).max(LEAST);
        let x = unit(*start).min(WIDE - width);
        let (y, height) = match *class {
            "stretch" => (0, 40),
            "error" => (4, 36),
            "warning" => (14, 26),
            _ => (24, 16),
        };
        out.raw("<rect").attribute("class", class);
        for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
            out.attribute(name, &value.to_string());
        }
        if let Some(target) = target {
            out.attribute("data-for", target);
        }
        out.raw("/>");
    }
    out.raw("</svg>");
}

/// A bar of a whole, with parts of it from its beginning on, each of a class, beside the figures that it shows.
pub(super) fn parts(out: &mut Markup, whole: usize, parts: &[(usize, &'static str)]) {
    out.raw("<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let mut before = 0;
    for (count, class) in parts.iter().filter(|(count, _)| *count > 0) {
        let unit = |count: usize| (100 * count.min(whole)).div_ceil(whole.max(1));
        let (start, end) = (unit(before), unit(before + count));
        out.raw("<rect").attribute("class", class).attribute("x", &start.to_string());
        out.attribute("width", &(end - start).to_string()).raw(" height=\"4\"/>");
        before += count;
    }
    out.raw("</svg>");
}

/// Between the strips of two texts of so many bytes, which stretch of the one belongs to which of the other; `label` says
/// it in words.
pub(super) fn ribbons(out: &mut Markup, bytes: [usize; 2], both: &[[Span; 2]], label: &str) {
    out.raw(
        "<svg class=\"ribbons\" viewBox=\"0 0 1000 40\" preserveAspectRatio=\"none\" role=\"img\"",
    )
    .attribute("aria-label", label)
    .raw(">");
    let mut last = String::new();
    for spans in both {
        let unit = |side: usize, byte: u32| {
            (WIDE * u64::from(byte) / (bytes[side].max(1) as u64)).min(WIDE)
        };
        let [[a, b], [c, d]] = [0, 1].map(|side| {
            let Span { start, end } = spans[side];
            [unit(side, start), unit(side, end).max(unit(side, start) + 1)]
        });
        let path = format!("M{a} 0H{b}C{b} 20 {d} 20 {d} 40H{c}C{c} 20 {a} 20 {a} 0Z");
        // Of a long text many fall together.
        if path != last {
            out.raw("<path").attribute("d", &path).raw("/>");
            last = path;
        }
    }
    out.raw("</svg>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(draw: impl FnOnce(&mut Markup)) -> String {
        let mut out = Markup::default();
        draw(&mut out);
        String::from_utf8(out.into_bytes()).unwrap()
    }

    #[test]
    fn a_bar_is_never_wider_than_the_longest_and_never_nothing() {
        assert!(drawn(|out| bar(out, 7, 7)).contains("width=\"100\""));
        assert!(drawn(|out| bar(out, 1, 1000)).contains("width=\"1\""));
        assert!(drawn(|out| bar(out, 0, 0)).contains("width=\"0\""));
    }

    #[test]
    fn a_place_at_the_very_end_is_seen_and_stays_inside() {
        let end = Place { start: 500, end: 500, class: "info", target: None };
        let out = drawn(|out| strip(out, 500, &[end], "one"));
        assert!(out.contains("x=\"997\" y=\"24\" width=\"3\""), "{out}");
        let whole = Place { start: 0, end: u32::MAX, class: "stretch", target: None };
        let out = drawn(|out| strip(out, u32::MAX as usize, &[whole], "all"));
        assert!(out.contains("x=\"0\" y=\"0\" width=\"1000\""), "{out}");
    }
}
