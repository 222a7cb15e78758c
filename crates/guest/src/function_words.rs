//! The closed word classes of English, which a headline writes in small letters: the words of
//! `crates/lang/data/function_words.tsv`, which a test of the host holds this list to.

/// Whether a word belongs to a closed class, without regard to ASCII case.
pub(crate) fn is_function_word(word: &str) -> bool {
    let lower = |byte: &u8| byte.to_ascii_lowercase();
    WORDS.binary_search_by(|own| own.bytes().cmp(word.as_bytes().iter().map(lower))).is_ok()
}

/// In the order of their bytes.
#[rustfmt::skip] // packed, or it is a line a word
const WORDS: [&str; 353] = [
    "a", "about", "above", "across", "after", "again", "against", "ain't", "all", "almost", "along",
    "alongside", "already", "also", "although", "always", "am", "amid", "amidst", "among",
    "amongst", "an", "and", "another", "any", "anybody", "anyone", "anything", "anyway", "anywhere",
    "apart", "are", "aren't", "around", "as", "at", "atop", "away", "back", "be", "because", "been",
    "before", "behind", "being", "below", "beneath", "beside", "besides", "between", "beyond",
    "billion", "both", "but", "by", "can", "can't", "cannot", "concerning", "considering", "could",
    "couldn't", "despite", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done",
    "down", "during", "each", "eight", "eighteen", "eighty", "either", "eleven", "else", "enough",
    "even", "ever", "every", "everybody", "everyone", "everything", "everywhere", "except",
    "excluding", "few", "fewer", "fifteen", "fifty", "first", "five", "following", "for", "forty",
    "four", "fourteen", "from", "furthermore", "had", "hadn't", "half", "has", "hasn't", "have",
    "haven't", "having", "he", "he'd", "he'll", "he's", "hence", "her", "here", "here's", "hereby",
    "hers", "herself", "him", "himself", "his", "how", "however", "hundred", "i", "i'd", "i'll",
    "i'm", "i've", "if", "in", "including", "indeed", "inside", "instead", "into", "is", "isn't",
    "it", "it'd", "it'll", "it's", "its", "itself", "just", "least", "less", "lest", "let's",
    "like", "many", "may", "maybe", "mayn't", "me", "meanwhile", "might", "mightn't", "million",
    "mine", "more", "moreover", "most", "much", "must", "mustn't", "my", "myself", "n't", "near",
    "needn't", "neither", "never", "nevertheless", "nine", "nineteen", "ninety", "no", "nobody",
    "none", "nonetheless", "nor", "not", "nothing", "now", "nowhere", "of", "off", "often", "on",
    "once", "one", "one's", "oneself", "only", "onto", "opposite", "or", "other", "otherwise",
    "ought", "our", "ours", "ourselves", "out", "outside", "over", "own", "past", "per", "perhaps",
    "quite", "rather", "regarding", "round", "same", "second", "seven", "seventeen", "seventy",
    "several", "shall", "shan't", "she", "she'd", "she'll", "she's", "should", "shouldn't", "since",
    "six", "sixteen", "sixty", "so", "some", "somebody", "somehow", "someone", "something",
    "sometimes", "somewhat", "somewhere", "still", "such", "ten", "than", "that", "that'd",
    "that'll", "that's", "the", "their", "theirs", "them", "themselves", "then", "there", "there's",
    "thereby", "therefore", "therein", "these", "they", "they'd", "they'll", "they're", "they've",
    "third", "thirteen", "thirty", "this", "those", "though", "thousand", "three", "through",
    "throughout", "thus", "till", "to", "together", "too", "toward", "towards", "trillion",
    "twelve", "twenty", "two", "under", "underneath", "unless", "unlike", "until", "up", "upon",
    "us", "versus", "very", "via", "was", "wasn't", "we", "we'd", "we'll", "we're", "we've", "were",
    "weren't", "what", "what's", "whatever", "when", "whenever", "where", "whereas", "whereby",
    "wherever", "whether", "which", "whichever", "while", "whilst", "who", "who'd", "who'll",
    "who's", "whoever", "whom", "whomever", "whose", "why", "will", "with", "within", "without",
    "won't", "would", "wouldn't", "yet", "you", "you'd", "you'll", "you're", "you've", "your",
    "yours", "yourself", "yourselves", "zero",
];
