//! Sentences that several formats share.

use unspin_lint::{Level, LogOdds, Unknown, Verdict};

use crate::Summary;

/// A probability that never reads as certainty when shown with two decimals.
pub(crate) fn shown(log_odds: LogOdds) -> f64 {
    log_odds.probability().clamp(0.01, 0.99)
}

/// What a verdict says of a text in which there is something to tell.
pub(crate) fn marks(level: Level) -> Option<&'static str> {
    match level {
        Level::Reworded => Some("marks of automatic rewording"),
        Level::Doubtful => Some("marks of automatic rewording, too few to be sure"),
        Level::Clean | Level::Unknown => None,
    }
}

/// What a verdict says, whatever it is.
pub(crate) fn said(verdict: &Verdict) -> &'static str {
    match (verdict.level, verdict.reason) {
        (Level::Unknown, Some(Unknown::Short)) => {
            "nothing can be said of the whole: the text is too short to be judged"
        }
        (Level::Unknown, Some(Unknown::Language)) => {
            "nothing can be said of the whole: the text is not English"
        }
        (level, _) => marks(level).unwrap_or(match level {
            Level::Unknown => "nothing can be said of the whole",
            _ => "no marks of automatic rewording to speak of",
        }),
    }
}

/// What such a verdict rests on.
pub(crate) fn figures(verdict: &Verdict) -> String {
    let rare = verdict.rarity.and_then(one_in).map_or_else(String::new, |n| {
        format!("; fewer than 1 in {} clean texts score so high", grouped(n))
    });
    let (marks, words) = (counted(verdict.marks, "mark"), counted(verdict.words, "word"));
    format!("score {:.2}, {marks} in {words}{rare}", shown(verdict.score))
}

/// The `n` of "fewer than 1 in n" for a share, rounded down to one digit; `None` where it would impress nobody.
fn one_in(share: f64) -> Option<usize> {
    // A reciprocal may come out a hair below the round number it is.
    let n = (1.0 / share + 1e-6).min(1e9) as usize;
    let unit = 10_usize.pow(n.checked_ilog10()?);
    (n >= 10).then_some(n / unit * unit)
}

/// The counts of a run, on one line.
pub(crate) fn closing(summary: &Summary) -> String {
    let kinds = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note")];
    let parts: Vec<_> =
        kinds.into_iter().filter(|(n, _)| *n > 0).map(|(n, kind)| counted(n, kind)).collect();
    let findings = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    let files = match (summary.files, summary.files_with_findings) {
        (all @ ..2, _) | (all, 0) => counted(all, "file"),
        (all, some) => format!("{} of {}", grouped(some), counted(all, "file")),
    };
    let failures = match summary.failures {
        0 => String::new(),
        n => format!("; {} could not be checked", counted(n, "file")),
    };
    format!("{findings} in {files} ({}){failures}\n", counted(summary.words, "word"))
}

/// A number and its noun.
pub(crate) fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with a comma before each three digits, as English prose has it.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_without_overstating_them() {
        assert_eq!(one_in(0.001), Some(1000));
        assert_eq!(one_in(0.000_96), Some(1000));
        assert_eq!(one_in(0.001_1), Some(900));
        assert_eq!(one_in(0.1), Some(10));
        assert_eq!((one_in(0.2), one_in(1.0)), (None, None));
        assert_eq!(one_in(0.0), Some(1_000_000_000));
    }

    #[test]
    /// The counts of a run, on one line.
    pub(crate) fn closing_counts_name_only_what_there_is() {
        let clean = Summary { files: 3, words: 1412, ..Summary::default() };
        assert_eq!(closing(&clean), "no findings in 3 files (1,412 words)\n");
        let some = Summary {
            findings: 4,
            files_with_findings: 1,
            errors: 2,
            warnings: 1,
            infos: 1,
            ..clean
        };
        assert_eq!(closing(&some), "2 errors, 1 warning, 1 note in 1 of 3 files (1,412 words)\n");
        let one = Summary { files: 1, failures: 1, words: 1, ..some };
        assert_eq!(
            closing(&one),
            "2 errors, 1 warning, 1 note in 1 file (1 word); 1 file could not be checked\n"
        );
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1016, 1_000_000].map(grouped), ["0", "999", "1,016", "1,000,000"]);
    }
}
