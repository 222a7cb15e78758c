//! `[gate]`: what makes a check fail.

use super::{Reader, Value, number};
use crate::gate::Gate;
use crate::run::Lookup;
use crate::{Level, Severity, nearest};

/// Keys of `[gate]`.
pub const GATE_KEYS: [&str; 5] = ["severity", "verdict", "findings", "density", "rules"];
/// What no finding and no text reaches.
const NEVER: &str = "never";

impl Reader<'_> {
    pub(super) fn gate(&mut self, value: &Value<'_>, gate: &mut Gate) {
        let help = "write `[gate]` and under it `severity = \"error\"` or `verdict = \"reworded\"`";
        let Some(table) = self.table(value, "gate", help) else { return };
        for (key, value) in table {
            let span = value.span();
            match key.get_ref().as_ref() {
                "severity" => {
                    let ways = [Severity::Error, Severity::Warning, Severity::Info, Severity::Off];
                    let named =
                        ways.map(|s| (if s == Severity::Off { NEVER } else { s.as_str() }, s));
                    let chosen = self.chosen("severity", value, &named);
                    gate.severity = chosen.map(|severity| self.sourced(&span, severity));
                }
                "verdict" => {
                    let named = [
                        (Level::Reworded.as_str(), Level::Reworded),
                        (Level::Doubtful.as_str(), Level::Doubtful),
                        (NEVER, Level::Clean),
                    ];
                    let chosen = self.chosen("verdict", value, &named);
                    gate.verdict = chosen.map(|level| self.sourced(&span, level));
                }
                "findings" => {
                    match value.get_ref().as_integer().and_then(|n| n.as_str().parse().ok()) {
                        Some(count) if count > 0 => {
                            gate.findings = Some(self.sourced(&span, count));
                        }
                        _ => self.wrong(
                            value,
                            "`findings` must be a whole number above 0",
                            "so many findings in one text fail, such as 10",
                        ),
                    }
                }
                "density" => match number(value.get_ref()) {
                    Some(share) if share > 0.0 && share.is_finite() => {
                        gate.density = Some(self.sourced(&span, share));
                    }
                    _ => self.wrong(
                        value,
                        "`density` must be a number above 0",
                        "so many findings in 1,000 words fail, such as 5.0",
                    ),
                },
                "rules" => {
                    let names = self.gate_rules(value);
                    gate.rules = Some(self.sourced(&span, names));
                }
                unknown => {
                    let what = format!("`[gate]` has no key `{unknown}`");
                    self.unknown(key, what, &GATE_KEYS);
                }
            }
        }
    }

    /// One of a few words.
    fn chosen<T: Copy>(&mut self, key: &str, value: &Value<'_>, named: &[(&str, T)]) -> Option<T> {
        let written = value.get_ref().as_str();
        let found = named.iter().find(|(name, _)| Some(*name) == written);
        if found.is_none() {
            let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
            let near = written.and_then(|written| nearest(written, names.iter().copied()));
            let help = near.map(|name| format!("did you mean `{name}`?"));
            let message = format!("`{key}` must be one of {}", names.join(", "));
            self.problem(value.span(), message, help);
        }
        found.map(|(_, chosen)| *chosen)
    }

    /// The rules and families that exist of those named.
    fn gate_rules(&mut self, value: &Value<'_>) -> Vec<String> {
        let help = "write `rules = [\"altered-quotation\"]`";
        let named = self.strings(value, "`rules` must be a list of rules and families", help);
        let rules = self.rules;
        let mut known = Vec::with_capacity(named.len());
        for name in named {
            let near = match rules.lookup(&name.value) {
                Lookup::Known(state) | Lookup::Renamed(state) => {
                    known.push(state.rule.meta().id.to_string());
                    continue;
                }
                Lookup::Unknown(near) => near,
            };
            let mut families = rules.states().map(|state| state.rule.meta().family.as_ref());
            if families.any(|family| family == name.value) {
                known.push(name.value);
                continue;
            }
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`unspin rules` lists rules and families".into(),
            };
            let (start, end) = (name.origin.span.start as usize, name.origin.span.end as usize);
            self.problem(start..end, format!("there is no rule `{}`", name.value), Some(help));
        }
        known
    }
}
