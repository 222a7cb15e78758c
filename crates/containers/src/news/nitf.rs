//! Which elements of NITF are text, and what they are in HTML.

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It is written under this name, or its own.
    As(Option<&'static str>),
    /// What stands in it is read as if it stood around it.
    Within,
    /// It is left out, with all that stands in it.
    Left,
}

/// What becomes of an element of NITF by its name. Names, places and the like are marked inside sentences, so an
/// unknown element is read as the text in it.
pub(super) fn part_of(local: &str) -> Part {
    match local {
        "hl1" => Part::As(Some("h1")),
        "hl2" => Part::As(Some("h2")),
        "p" | "ol" | "ul" | "li" | "dl" | "dt" | "dd" | "pre" | "br" | "em" | "table"
        | "caption" | "tr" | "th" | "td" | "thead" | "tbody" | "tfoot" | "hr" | "sup" | "sub"
        | "q" => Part::As(None),
        "block" | "media" => Part::As(Some("div")),
        "bq" => Part::As(Some("blockquote")),
        "media-caption" => Part::As(Some("figcaption")),
        // What is said of the item, and what stands beside its text.
        "head"
        | "body.end"
        | "abstract"
        | "note"
        | "rights"
        | "byline"
        | "byttl"
        | "distributor"
        | "dateline"
        | "series"
        | "fn"
        | "media-metadata"
        | "media-reference"
        | "media-object"
        | "media-producer"
        | "nitf-table-metadata"
        | "nitf-col"
        | "nitf-colgroup"
        | "credit" => Part::Left,
        _ => Part::Within,
    }
}
