//! The search for originals: an archive is read once by all threads, and of each text no more is kept than what it
//! shares with the reworded one. How texts are ranked is in `unspin_compare::search`.

mod answer;
mod texts;

use anyhow::bail;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_compare::search::{Query, Ranked, Sketch, rank};
use unspin_lint::Document;
use unspin_report::Failure;

use super::text::Subject;
use crate::args::Compare;
use crate::progress::Progress;
use crate::{CLEAN, FAILED, FOUND, check, read, walk};
use answer::Answer;
use texts::{Text, Texts};

/// Where a text of the archive lies.
struct Place {
    path: String,
    /// Of a file that holds several texts, which of them.
    entry: Option<String>,
}

/// Runs the command and returns the exit status.
pub(super) fn search(arguments: &Compare) -> anyhow::Result<u8> {
    let [reworded] = &arguments.texts[..] else {
        bail!("--search looks for the original of one text; name that alone");
    };
    let is_json = match arguments.format.name {
        "text" => false,
        "json" => true,
        _ => bail!("--search has the formats text and json"),
    };
    let subject = Subject::read(reworded, &arguments.field)?;
    let query = Query::new(&subject.document());
    if query.words() == 0 {
        bail!("{} holds no words to search for", subject.name);
    }
    let mut progress = Progress::new(arguments.quiet);
    let mut texts = Texts::new(&arguments.archive, &arguments.field)?;
    progress.begin(texts.files());
    let pool = check::threads(arguments.threads, usize::MAX)?;
    let (mut places, mut sketches, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        let batch = texts.batch();
        if batch.is_empty() {
            break;
        }
        let look = |text: &Text| {
            let seen = look(&query, text);
            if !matches!(text, Text::Entry(..)) {
                progress.step();
            }
            seen
        };
        let seen: Vec<_> = pool.install(|| batch.par_iter().map(look).collect());
        (0..texts.read()).for_each(|_| progress.step());
        for seen in seen {
            match seen {
                Ok((place, sketch)) => {
                    places.push(place);
                    sketches.push(sketch);
                }
                Err(failure) => failures.push(failure),
            }
        }
    }
    progress.end();
    let ranking = rank(&query, &sketches, arguments.most.get() as usize);
    let is_shown = |ranked: &Ranked| ranked.is_likely || arguments.unlikely;
    let some_likely = ranking.ranked.iter().any(|ranked| ranked.is_likely);
    let answer = Answer {
        query: subject.name,
        documents: ranking.documents,
        ranked: ranking
            .ranked
            .into_iter()
            .filter(is_shown)
            .map(|ranked| (&places[ranked.candidate], ranked))
            .collect(),
        failures: &failures,
    };
    if is_json {
        crate::print_exact(answer.json().as_bytes())?;
    } else {
        crate::print(answer.text().as_bytes())?;
        answer.complain();
    }
    Ok(match (failures.is_empty(), some_likely) {
        (false, _) => FAILED,
        (true, true) => CLEAN,
        (true, false) => FOUND,
    })
}

/// What one text shares with the query; the text itself is dropped.
fn look(query: &Query, text: &Text) -> Result<(Place, Sketch), Failure> {
    match text {
        Text::File(path) => {
            let name = path.display().to_string();
            let bytes = match read::text(path) {
                Ok(bytes) => bytes,
                Err(message) => return Err(Failure { path: name, message }),
            };
            let sketch = query.score(&Document::read(&bytes, walk::markup(path, &bytes)));
            Ok((Place { path: name, entry: None }, sketch))
        }
        Text::Entry(path, entry) => {
            let sketch = query.score(&Document::read(&entry.text, entry.markup));
            let place =
                Place { path: path.display().to_string(), entry: Some(entry.locator.clone()) };
            Ok((place, sketch))
        }
        Text::Failure(failure) => Err(failure.clone()),
    }
}
