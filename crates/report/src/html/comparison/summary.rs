//! The changes in figures, which are the filters, too.

use unspin_compare::{Kind, meta};
use unspin_lint::{Severity, page};

use super::Page;
use crate::html::chart::bar;
use crate::html::markup::{Markup, plain};
use crate::wording::{counted, grouped};

/// Writes the summary of a page that shows a change.
pub(super) fn write(out: &mut Markup, page: &Page<'_>) {
    if page.shown.is_empty() {
        return;
    }
    let of = |severity| page.shown.iter().filter(|shown| shown.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|own| (own, of(own)));
    out.raw("<aside id=\"summary\" aria-labelledby=\"summary-name\">\n<h2 id=\"summary-name\">");
    out.text(&counted(page.shown.len(), "change")).raw("</h2>\n");
    out.raw("<p class=\"result\" role=\"status\" data-what=\"changes\" hidden></p>\n");
    if page.exhibit.full {
        out.raw("<p class=\"whole-only\" hidden><label><input type=\"checkbox\" id=\"whole-texts\" checked> ");
        out.raw("Sentences without a change, too</label></p>\n");
    }
    open(out, "severity", "By severity");
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    for (severity, count) in counts {
        row(out, (severity.as_str(), severity.as_str()), (count, most), None);
    }
    out.raw("</tbody>\n</table>\n");
    open(out, "rule", "By kind");
    let kinds: Vec<(Kind, usize)> = Kind::ALL
        .into_iter()
        .zip(page.exhibit.severities)
        .filter(|(_, severity)| *severity != Severity::Off)
        .map(|(kind, _)| {
            (kind, page.shown.iter().filter(|shown| shown.change.kind == kind).count())
        })
        .collect();
    let most = kinds.iter().map(|(_, count)| *count).max().unwrap_or_default();
    for &(kind, count) in &kinds {
        let about = plain(&page::summary(&meta(kind).page));
        row(out, (kind.as_str(), "rule"), (count, most), Some(&about).filter(|_| count > 0));
    }
    out.raw("</tbody>\n</table>\n");
    let off = Kind::ALL.len() - kinds.len();
    if off > 0 {
        out.raw("<p class=\"all\">The settings turn off ").text(&counted(off, "kind"));
        out.raw(", which are not shown.</p>\n");
    }
    out.raw("</aside>\n");
}

/// Opens a chart that is a table, and with the script a filter: `kind` is what of a change it sifts.
fn open(out: &mut Markup, kind: &'static str, caption: &'static str) {
    out.raw("<table class=\"chart\"")
        .attribute("data-filter", kind)
        .raw(">\n<caption>")
        .raw(caption);
    out.raw("</caption>\n<thead><tr><th scope=\"col\">");
    out.raw(if kind == "rule" { "Kind" } else { "Severity" });
    out.raw("</th><th scope=\"col\">Changes</th></tr></thead>\n<tbody>\n");
}

fn row(
    out: &mut Markup,
    (name, class): (&str, &str),
    (count, most): (usize, usize),
    about: Option<&String>,
) {
    out.raw("<tr");
    out.attribute("class", &if count == 0 { "none".to_owned() } else { class.to_owned() });
    out.raw("><th scope=\"row\">");
    if count > 0 {
        out.raw("<label><input type=\"checkbox\" checked hidden").attribute("value", name);
        out.raw("> <span class=\"name\">").text(name).raw("</span></label>");
        bar(out, count, most);
    } else {
        out.raw("<span class=\"name\">").text(name).raw("</span>");
    }
    if let Some(about) = about {
        out.raw("<p class=\"about\">").text(about).raw("</p>");
    }
    out.raw("</th><td class=\"count\">").text(&grouped(count)).raw("</td></tr>\n");
}
