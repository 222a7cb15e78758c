//! How far a long check has come, on a terminal. Nothing is drawn before half a second has passed, nor where standard
//! error is read by a program, so that logs stay clean.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What takes less is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that appears when somebody has begun to wait.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    began: Instant,
    drawn: AtomicBool,
}

impl Progress {
    /// Starts the clock.
    pub(crate) fn new(quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let wanted = io::stderr().is_terminal() && !quiet && !set("CI") && !dumb;
        let bar = wanted.then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()));
        Self { bar, began: Instant::now(), drawn: AtomicBool::new(false) }
    }

    /// Says how many files there are.
    pub(crate) fn begin(&mut self, files: usize) {
        if let Some(bar) = &self.bar {
            let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} files, {eta} left");
            bar.set_style(style.expect("the template is constant and well formed"));
            bar.set_length(files as u64);
        }
    }

    /// Says how much there is to read: rows, or bytes; nothing if nobody knows.
    pub(crate) fn begin_amount(&mut self, total: Option<u64>, are_rows: bool) {
        let Some(bar) = &self.bar else { return };
        let template = match (total, are_rows) {
            (Some(_), true) => "{wide_bar} {pos} of {len} rows, {per_sec}, {eta} left",
            (Some(_), false) => "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            (None, _) => "{bytes}, {bytes_per_sec}",
        };
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.expect("the template is constant and well formed"));
        if let Some(total) = total {
            bar.set_length(total);
        }
    }

    /// So much is read; any thread may say so.
    pub(crate) fn reach(&self, amount: u64) {
        let Some(bar) = &self.bar else { return };
        self.draw(bar);
        bar.set_position(amount);
    }

    fn draw(&self, bar: &ProgressBar) {
        if self.began.elapsed() >= PATIENCE && !self.drawn.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// One file more is done; any thread may say so.
    pub(crate) fn step(&self) {
        let Some(bar) = &self.bar else { return };
        self.draw(bar);
        bar.inc(1);
    }

    /// Takes the bar off the screen while findings are written; the next step draws it again.
    pub(crate) fn pause(&self) {
        if let Some(bar) = &self.bar
            && self.drawn.swap(false, Ordering::Relaxed)
        {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn without_a_terminal_nothing_is_drawn_and_steps_do_no_harm() {
        let mut progress = Progress::new(true);
        assert!(progress.bar.is_none());
        progress.begin(2);
        progress.step();
        progress.pause();
        progress.end();
    }
}
