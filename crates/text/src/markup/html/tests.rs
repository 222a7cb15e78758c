use crate::{Document, Markup};

const SENTENCE: &str = "The harbour office said on Monday that the ferry to the outer islands would sail again in spring. ";

fn prose(page: &str) -> String {
    Document::read(page.as_bytes(), Markup::Html).text().to_owned()
}

fn paragraphs(n: usize) -> String {
    format!("<p>{SENTENCE}</p>").repeat(n)
}

fn text(n: usize) -> String {
    vec![SENTENCE.trim(); n].join("\n\n")
}

#[test]
fn an_article_is_read_and_the_page_around_it_is_not() {
    let page = format!(
        "<!doctype html><html><head><title>T</title></head><body><header>Top</header><nav><ul><li>Home</ul></nav>\
         <main><div>Share</div><article><header><h1>Head</h1></header>{}<aside>More</aside></article>\
         <article><p>Teaser</article></main><footer>Foot</footer></body></html>",
        paragraphs(2)
    );
    assert_eq!(prose(&page), format!("Head\n\n{}", text(2)));
}

#[test]
fn of_articles_that_share_a_page_none_is_preferred() {
    let page = format!(
        "<html><body><main>{0}</main></body></html>",
        format!("<article>{}</article>", paragraphs(1)).repeat(3)
    );
    assert_eq!(prose(&page), text(3));
}

#[test]
fn without_landmarks_the_block_with_most_paragraphs_is_read() {
    let menu = "<ul><li><a href=a>Home and everything else that one may wish to find on a page like this one</a></ul>";
    let page = format!(
        "<html><body><div>{menu}</div><div id=x><div>Ad</div><div class=story>{}</div></div><div><p>{SENTENCE}</div>",
        paragraphs(6)
    );
    assert_eq!(prose(&page), text(6));
    let parted = format!(
        "<html><body><div>{menu}</div><div><section>{}</section><section>{}</section></div></body>",
        paragraphs(3),
        paragraphs(2)
    );
    assert_eq!(prose(&parted), text(5));
    let boxed =
        format!("<html><body>{menu}<div>{}</div>", format!("<div><p>{SENTENCE}</div>").repeat(4));
    assert_eq!(prose(&boxed), text(4));
}

#[test]
fn a_page_laid_out_by_a_table_or_wrapped_in_a_form_is_read() {
    let table = format!(
        "<html><body><table><tr><td><a href=a>Home</a><td>{SENTENCE}<br><br>{SENTENCE}</table></body></html>"
    );
    assert_eq!(prose(&table), text(2));
    let form =
        format!("<html><body><form action=x><div>Menu</div><div>{}</div></form>", paragraphs(3));
    assert_eq!(prose(&form), text(3));
}

#[test]
fn a_fragment_and_a_page_without_paragraphs_are_read_whole() {
    assert_eq!(
        prose(&format!("<h2>Head</h2><div>Short</div>{}", paragraphs(2))),
        format!("Head\n\nShort\n\n{}", text(2))
    );
    assert_eq!(prose("<html><body><div>One</div><nav>No</nav><div>Two</div>"), "One\n\nTwo");
}

#[test]
fn an_article_body_that_is_marked_is_preferred() {
    let page = format!(
        "<html><body><article><div>By Orr</div><div itemprop=articleBody>{}</div></article></body></html>",
        paragraphs(2)
    );
    assert_eq!(prose(&page), text(2));
}
