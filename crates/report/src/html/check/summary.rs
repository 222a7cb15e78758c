//! The whole run in figures, which are the filters, too.

use std::collections::BTreeMap;

use unspin_lint::Severity;

use super::Text;
use crate::advice::capitalised;
use crate::html::chart::bar;
use crate::html::markup::{Markup, plain};
use crate::wording::{closing, grouped};
use crate::{Ending, RuleInfo};

/// What of a text is told in the summary: its row among the texts, and how often each rule found something in it.
pub(super) fn kept(text: &Text<'_, '_>) -> Vec<Vec<u8>> {
    let (file, mut row) = (text.file, Markup::default());
    let level = file.verdict().map_or("unknown", |verdict| verdict.level.as_str());
    row.raw("<tr><th scope=\"row\"><a").attribute("href", &format!("#{}", text.id)).raw(">");
    row.text(&file.name()).raw("</a></th><td").attribute("class", &format!("level {level}"));
    row.raw(">").text(level).raw("</td><td class=\"count\">");
    row.text(&grouped(file.diagnostics().len())).raw("</td></tr>\n");
    let mut rules = BTreeMap::<&str, usize>::new();
    for found in file.diagnostics() {
        *rules.entry(&found.rule).or_default() += 1;
    }
    let counts = rules.into_iter().map(|(rule, count)| format!("{count} {rule}").into_bytes());
    std::iter::once(row.into_bytes()).chain(counts).collect()
}

/// Writes the summary of a run.
pub(super) fn write(out: &mut Markup, ending: &Ending<'_>, rules: &[RuleInfo]) {
    let summary = ending.summary;
    out.raw("<aside id=\"summary\" aria-labelledby=\"summary-name\">\n");
    out.raw("<h2 id=\"summary-name\">All in all</h2>\n<p class=\"all\">");
    out.text(&capitalised(closing(summary).trim_end())).raw(".</p>\n");
    if summary.findings > 0 {
        out.raw("<p class=\"result\" role=\"status\" hidden></p>\n");
        let severities = [
            (Severity::Error, summary.errors),
            (Severity::Warning, summary.warnings),
            (Severity::Info, summary.infos),
        ];
        let severities = severities.map(|(severity, count)| (severity.as_str(), count, None));
        table(out, ("severity", "By severity"), &severities);
        table(out, ("rule", "By rule"), &by_rule(ending, rules));
    }
    if ending.kept.len() > 1 {
        out.raw("<table class=\"texts\">\n<caption>Texts</caption>\n<thead><tr><th scope=\"col\">Text</th>")
            .raw("<th scope=\"col\">Verdict</th><th scope=\"col\">Findings</th></tr></thead>\n<tbody>\n");
        for pieces in ending.kept {
            pieces.first().into_iter().for_each(|row| {
                out.kept(row);
            });
        }
        out.raw("</tbody>\n</table>\n");
    }
    if !ending.failures.is_empty() {
        out.raw("<h3>Could not be checked</h3>\n<ul class=\"failures\">\n");
        for failure in ending.failures {
            out.raw("<li>").text(&failure.path).raw(": ").text(&failure.message).raw("</li>\n");
        }
        out.raw("</ul>\n");
    }
    out.raw("</aside>\n");
}

/// Names, how many findings each has, and what it is.
type Row<'r> = (&'r str, usize, Option<String>);

/// The rules that found something, those that found most first.
fn by_rule<'e>(ending: &Ending<'e>, rules: &[RuleInfo]) -> Vec<Row<'e>> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for piece in ending.kept.iter().flat_map(|pieces| &pieces[1..]) {
        let told = std::str::from_utf8(piece).ok().and_then(|told| told.split_once(' '));
        let told = told.and_then(|(count, rule)| Some((rule, count.parse::<usize>().ok()?)));
        if let Some((rule, count)) = told {
            *counts.entry(rule).or_default() += count;
        }
    }
    let own = RuleInfo::of_no_rule();
    let about = |rule: &str| {
        let known = rules.iter().chain(&own).find(|known| known.id == rule);
        known.map(|known| plain(&known.summary))
    };
    let mut rows: Vec<_> =
        counts.into_iter().map(|(rule, count)| (rule, count, about(rule))).collect();
    rows.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    rows
}

/// A chart that is a table, and with the script a filter: `kind` is what of a finding it sifts.
fn table(out: &mut Markup, (kind, caption): (&'static str, &'static str), rows: &[Row<'_>]) {
    let most = rows.iter().map(|(_, count, _)| *count).max().unwrap_or_default();
    out.raw("<table class=\"chart\"")
        .attribute("data-filter", kind)
        .raw(">\n<caption>")
        .raw(caption);
    out.raw("</caption>\n<thead><tr><th scope=\"col\">").text(&capitalised(kind));
    out.raw("</th><th scope=\"col\">Findings</th></tr></thead>\n<tbody>\n");
    for (name, count, about) in rows.iter().filter(|(_, count, _)| *count > 0) {
        let class = if kind == "severity" { name } else { "rule" };
        out.raw("<tr").attribute("class", class).raw("><th scope=\"row\"><label>");
        out.raw("<input type=\"checkbox\" checked hidden").attribute("value", name).raw("> ");
        out.raw("<span class=\"name\">").text(name).raw("</span></label>");
        bar(out, *count, most);
        if let Some(about) = about {
            out.raw("<p class=\"about\">").text(about).raw("</p>");
        }
        out.raw("</th><td class=\"count\">").text(&grouped(*count)).raw("</td></tr>\n");
    }
    out.raw("</tbody>\n</table>\n");
}
