//! `stitched-text`.

use unspin_lint::{Context, Finding, LogOdds, Rule, RuleMeta, rule};
use unspin_words::{KnownWords, model};

use crate::topic::{Block, Topics};

rule! {
    /// A paragraph of another story in the middle of this one.
    ///
    /// # Why
    ///
    /// Programs that stitch articles together from several sites leave a paragraph where it does not belong. The rule
    /// looks for one that shares no name and no rare word with the rest of the text, whose words are used in other
    /// contexts than those before it and after it, while what stands before and after is one story: it goes on with the
    /// same names. In a text that is hardly divided into paragraphs it looks at sentences.
    ///
    /// News is full of asides, so the rule asks for all of this at once and passes over most stitches.
    ///
    /// # Examples
    ///
    /// ```bad
    /// The ferry Marigold left Port Ellen an hour late on Monday after a storm had closed the harbour for most of the night.
    ///
    /// Its owner, Caledonian Lines, said the Marigold had waited for lorries that were held up on the road from Bowmore to the pier.
    ///
    /// [[The midfielder Javier Ortega scored twice and missed a penalty as Sevilla beat Getafe in the quarter-final of the cup, and coach Luis Prieto praised the goalkeeper.]]
    ///
    /// Passengers on the Marigold slept in the terminal at Port Ellen, where the harbour master Ann Orr opened the canteen for them.
    ///
    /// Caledonian Lines has promised a second ferry for the route to Port Ellen, and Ann Orr wants the pier at Bowmore mended before the winter storms.
    /// ```
    /// ```bad
    /// Parliament passed the budget late on Tuesday after the finance minister, Helga Lund, had agreed to spend more on schools and hospitals. The Progress Party, whose votes Lund needs, said that taxes on fuel would fall in the spring as the price of that agreement. [[Guitarist Tommy Reyes will release his third album, Velvet Sirens, with songs recorded in a barn in Tennessee and a video by the painter Ines Faro.]] Lund told members of the Progress Party that lower taxes on fuel would cost the budget two billion crowns a year. The opposition in parliament voted against the budget and said that Lund had bought the votes of the Progress Party with money for motorists.
    /// ```
    /// ```good
    /// The ferry Marigold left Port Ellen an hour late on Monday after a storm had closed the harbour for most of the night.
    ///
    /// Its owner, Caledonian Lines, said the Marigold had waited for lorries that were held up on the road from Bowmore to the pier.
    ///
    /// The lorries carried whisky from the distilleries of the island, and drivers had slept in their cabs beside the road.
    ///
    /// Passengers on the Marigold slept in the terminal at Port Ellen, where the harbour master Ann Orr opened the canteen for them.
    ///
    /// Caledonian Lines has promised a second ferry for the route to Port Ellen, and Ann Orr wants the pier at Bowmore mended before the winter storms.
    /// ```
    /// ```good
    /// The midfielder Javier Ortega scored twice and missed a penalty as Sevilla beat Getafe in the quarter-final of the cup. Guitarist Tommy Reyes will release his third album. Parliament passed the budget late on Tuesday.
    /// ```
    ///
    /// # Options
    ///
    /// None.
    ///
    /// # When not to use
    ///
    /// On digests and live pages, which hold many stories.
    pub(crate) META: "stitched-text" in "residue", Info, min_confidence 0.5, scope Document,
    evidence false
}

/// How sure it is; no evidence of rewording.
const SURE: LogOdds = LogOdds::from_milli(1_500);
/// Words and names that a block must have to be told from the rest.
const WORDS: usize = 18;
const NAMES: usize = 3;
/// Names or rare words that must go on from before the block to behind it.
const STRADDLED: usize = 3;
/// Cosines, in thousandths, set on the even-numbered files of clean news and on the same with paragraphs of each other
/// put in: there they mark 44 of 121 strangers and one paragraph of its own in 0.9 million words. A block must fit its neighbours less than `FOREIGN`, these each other more than `WHOLE`.
const FOREIGN: i32 = 200;
const WHOLE: i32 = 700;

/// See the page in [`META`].
pub(crate) struct StitchedText;

impl Rule for StitchedText {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let Some(statistics) = model(cx).statistics() else { return };
        let document = cx.document();
        let words = cx.get::<KnownWords>();
        let topics = Topics::new(document, &statistics, &words);
        for (at, block) in topics.blocks.iter().enumerate() {
            if !stands_alone(&topics, at, block) {
                continue;
            }
            let Some([left, right, whole]) = topics.fit(at) else { continue };
            if left.max(right) < FOREIGN && whole > WHOLE {
                let text = document.slice(block.span);
                let opening = text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
                let message = format!("\"{opening} ...\" reads as part of another story");
                let found = Finding::new(&META, block.span, SURE, message);
                out.push(found.note(format!(
                    "none of its names stands elsewhere in this text, and {} go on around it",
                    block.straddled
                )));
            }
        }
    }
}

fn stands_alone(topics: &Topics<'_>, at: usize, block: &Block) -> bool {
    if block.shared > 0 || block.straddled < STRADDLED {
        return false;
    }
    let (words, names) = topics.words_and_names(at);
    words >= WORDS && names >= NAMES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_the_truth() {
        let wrong = unspin_lint::page::check(&unspin_lint::RuleSet::default(), &StitchedText);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
