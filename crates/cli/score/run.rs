//! One file of rows: read, scored and written at once, piece by piece.

use std::io::{self, Write as _};

use anyhow::Context as _;
use unspin_linter::Linter;
use unspin_report::printable;
use unspin_score::tables::{Error, Input, Piece, Reading, ScoredPiece, Target, score_piece};
use unspin_score::{Asked, Outcome};

use super::parts::Parts;
use super::tally::Tally;
use crate::progress::Progress;

/// Bad rows that are told one by one; the others are counted, and say it in their rows.
const TOLD: u64 = 20;
/// If so many rows from the start are bad, the file is not what it was taken for.
const HOPELESS: u64 = 100;

/// How the rows of a file are scored.
pub(super) struct Run<'r> {
    pub(super) name: &'r str,
    pub(super) linter: &'r Linter,
    pub(super) reading: &'r Reading,
    pub(super) asked: Asked,
    pub(super) target: &'r Target,
    pub(super) progress: &'r Progress,
}

/// Where parts go.
pub(super) enum Sink {
    Stdout,
    Parts(Parts),
}

impl Run<'_> {
    /// Scores all that is left of the input on the rayon pool that this is called in: one thread writes what is scored
    /// and reads on, while the others score. Three pieces are held at most. Returns what the rows came to, with those
    /// that were done before.
    pub(super) fn run(&self, input: &mut Input<'_>, sink: &mut Sink) -> anyhow::Result<Tally> {
        let mut tally = match sink {
            Sink::Stdout => Tally::default(),
            Sink::Parts(parts) => parts.done().clone(),
        };
        let mut failed = None;
        let mut next = read(input, &mut failed);
        let mut scored: Option<ScoredPiece> = None;
        while next.is_some() || scored.is_some() {
            let piece = next.take();
            let reached = piece.as_ref().map(|piece| piece.read);
            let score = || piece.map(|piece| self.score(piece)).transpose();
            let others = || {
                let wrote = scored.map_or(Ok(()), |scored| self.write(scored, sink, &mut tally));
                (wrote, reached.and_then(|_| read(input, &mut failed)))
            };
            let (done, (wrote, read)) = rayon::join(score, others);
            wrote?;
            scored = done?;
            if let Some(amount) = reached {
                self.progress.reach(amount);
            }
            next = read;
        }
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(tally),
        }
    }

    fn score(&self, piece: Piece) -> Result<ScoredPiece, Error> {
        score_piece(self.linter, piece, self.reading, self.asked, self.target)
    }

    fn write(&self, scored: ScoredPiece, sink: &mut Sink, tally: &mut Tally) -> anyhow::Result<()> {
        let mut own = Tally::default();
        for outcome in &scored.outcomes {
            own.count(outcome);
            if let Outcome::Bad(why) = outcome
                && tally.bad + own.bad <= TOLD
            {
                self.progress.pause();
                // Nothing is left to tell anybody if standard error is closed.
                let _ =
                    writeln!(io::stderr(), "{}: error: {}", printable(self.name), printable(why));
            }
        }
        tally.add(&own);
        if tally.rows >= HOPELESS && tally.bad == tally.rows {
            let records = u32::try_from(tally.bad).unwrap_or(u32::MAX);
            let error = unspin_containers::Error::NoneReadable { records };
            return Err(Error::from(error).into());
        }
        let part = self.target.part(Some(scored), self.asked)?;
        match sink {
            Sink::Stdout => io::stdout().write_all(&part).context("writing the rows"),
            Sink::Parts(parts) => parts.add(&part, &own),
        }
    }
}

/// The next piece; what is wrong with the file is kept until what was read of it is written.
fn read(input: &mut Input<'_>, failed: &mut Option<Error>) -> Option<Piece> {
    match input.next_piece() {
        Ok(piece) => piece,
        Err(error) => {
            *failed = Some(error);
            None
        }
    }
}
