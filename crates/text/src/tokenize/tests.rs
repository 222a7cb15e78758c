//! Tables of text and the tokens it is cut into.

use super::*;

/// Each token as its text; a letter for its kind unless it is a word or punctuation.
fn pieces(text: &str) -> String {
    let piece = |token: &Token| {
        let surface = &text[token.span.range()];
        match token.kind {
            TokenKind::Word | TokenKind::Punct => surface.to_owned(),
            kind => format!("{surface}:{}", &format!("{kind:?}")[..1]),
        }
    };
    tokenize(text).iter().map(piece).collect::<Vec<_>>().join(" ")
}

#[test]
fn text_is_cut_by_the_conventions_of_the_token_kinds() {
    let table = [
        ("The U.S. won't, e.g. at 5 a.m.", "The U.S. wo n't:C , e.g. at 5:N a.m."),
        ("Mr. Hale saw J.K. Orr, Ph.D.", "Mr . Hale saw J.K. Orr , Ph.D."),
        ("J. Orr", "J . Orr"),
        ("Ford (F.N), HPE.N, 0700.HK", "Ford ( F.N ) , HPE.N , 0700.HK:N"),
        ("in China.Russia said.A", "in China . Russia said . A"),
        ("Well... no\u{2026} so--be it", "Well ... no \u{2026} so -- be it"),
        ("its clients' and/or John's", "its clients ' and / or John 's:C"),
        (
            "they\u{2019}ll don\u{2019}t O\u{2019}Dea",
            "they \u{2019}ll:C do n\u{2019}t:C O\u{2019}Dea",
        ),
        (
            "give 'em the '90s, \u{2019}tis \u{2019}04",
            "give 'em the '90s:N , \u{2019}tis \u{2019}04:N",
        ),
        ("he'd've \"Q\"'s can't've", "he 'd:C 've:C \" Q \" 's:C ca n't:C 've:C"),
        ("10,000 9.2 21st 4GB 1986/87, 3.", "10,000:N 9.2:N 21st:N 4GB:N 1986:N / 87:N , 3:N ."),
        ("$5 8% a&b x_y", "$:S 5:N 8:N %:S a &:S b x_y"),
        ("long-term pre- 5-1 a - b -7", "long -:H term pre - 5:N -:H 1:N a - b - 7:N"),
        (
            "U.S.-led co\u{2010}op 2004\u{2013}05",
            "U.S. -:H led co \u{2010}:H op 2004:N \u{2013} 05:N",
        ),
        ("Go!! Why?! yes\u{a0}no\u{200b}", "Go !! Why ?! yes no"),
        ("na\u{ef}ve caf\u{e9}'s \u{c9}lan", "na\u{ef}ve caf\u{e9} 's:C \u{c9}lan"),
        ("\u{6f22}\u{5b57} ok\u{1f44d}\u{1f3fd}", "\u{6f22} \u{5b57} ok \u{1f44d}\u{1f3fd}:S"),
        ("\u{feff}Start", "Start"),
    ];
    for (text, expected) in table {
        assert_eq!(pieces(text), expected, "{text}");
    }
}

#[test]
fn addresses_are_one_token_without_the_stop_of_their_sentence() {
    let table = [
        ("See https://a.example/x?y=1,2.", "See https://a.example/x?y=1,2:A ."),
        ("(www.b.example)", "( www.b.example:A )"),
        ("Amazon.com's, my-shop.co.uk/a.", "Amazon.com:A 's:C , my-shop.co.uk/a:A ."),
        ("Amazon.com-based", "Amazon.com:A -:H based"),
        ("to j.doe+x@mail.example.org.", "to j.doe+x@mail.example.org:A ."),
        ("by @some_one on #Topic, #1 a@", "by @some_one:A on #Topic:A , #:S 1:N a @:S"),
        ("src/lib.rs /usr/bin/env C:\\a\\b.txt", "src/lib.rs:A /usr/bin/env:A C:\\a\\b.txt:A"),
        ("the end.of it", "the end . of it"),
    ];
    for (text, expected) in table {
        assert_eq!(pieces(text), expected, "{text}");
    }
}

#[test]
fn case_follows_the_cased_letters() {
    let table = [
        ("cloud", Case::Lower),
        ("Cloud", Case::Title),
        ("A", Case::Title),
        ("M10", Case::Title),
        ("IBM", Case::Upper),
        ("U.S.", Case::Upper),
        ("iPhone", Case::Mixed),
        ("O'Dea", Case::Mixed),
        ("\u{c9}lan", Case::Title),
        ("\u{c9}\u{c9}", Case::Upper),
        ("1990", Case::Caseless),
        ("4gb", Case::Lower),
        (",", Case::Caseless),
    ];
    for (text, case) in table {
        assert_eq!(tokenize(text)[0].case, case, "{text}");
    }
}
