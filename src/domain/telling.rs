//! Words that tell what a decision was about, as against those that stand in every decision.

/// Words that all decisions are made of: of grammar, of people, of the Ombudsman's own way of writing.
const USUAL: &[&str] = &[
    "about", "above", "according", "account", "across", "action", "actions", "after", "again", "against", "agree", "agreed",
    "agrees", "already", "also", "although", "always", "another", "apologise", "apologised", "apology", "around", "asked",
    "authority", "avoidable", "away", "back", "because", "been", "before", "behalf", "being", "between", "both", "case",
    "caused", "causing", "chance", "clear", "clearly", "complain", "complainant", "complained", "complaining", "complains",
    "complaint", "complaints", "complete", "could", "council", "councils", "county", "decide", "decided", "decision",
    "did", "does", "doing", "done", "down", "during", "each", "effect", "either", "enough", "even", "ever", "every", "fault",
    "faults", "find", "first", "found", "from", "full", "gave", "give", "given", "gives", "giving", "going", "good", "half",
    "have", "having", "hers", "herself", "himself", "however", "improve", "injustice", "instead", "into", "investigate",
    "investigated", "investigation", "involved", "itself", "just", "last", "later", "lead", "less", "local", "long", "made",
    "make", "makes", "making", "many", "matter", "meant", "might", "miss", "month", "months", "more", "most", "mother", "much",
    "must", "never", "none", "nothing", "number", "offer", "offered", "officer", "officers", "ombudsman", "once", "only",
    "other", "others", "otherwise", "over", "paid", "pay", "payment", "people", "place", "point", "properly", "provide",
    "provided", "puts", "quite", "rather", "reached", "reason", "reasons", "recognise", "recommendation", "recommendations",
    "recommended", "remedied", "remedy", "report", "result", "review", "right", "said", "same", "says", "service", "services",
    "several", "should", "since", "some", "someone", "staff", "steps", "still", "such", "suitable", "take", "taken", "takes",
    "taking", "than", "that", "their", "them", "themselves", "then", "there", "these", "they", "thing", "this", "those",
    "though", "through", "time", "told", "took", "trouble", "under", "unreasonable", "until", "upheld", "uphold", "upon",
    "used", "using", "very", "want", "wanted", "week", "weeks", "well", "were", "what", "when", "where", "whether", "which",
    "while", "whole", "whom", "whose", "will", "with", "within", "without", "would", "year", "years", "your",
];

/// Letters of the shortest word that is counted.
const SHORTEST: usize = 4;

/// Whether a word, in small letters, may tell what went wrong.
pub fn is_telling(word: &str) -> bool {
    word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic) && USUAL.binary_search(&word).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_every_decision_has_tell_nothing() {
        assert!(USUAL.is_sorted(), "looked up by halving");
        for word in ["council", "complained", "fault", "that", "mrs", "2021"] {
            assert!(!is_telling(word), "{word}");
        }
        for word in ["delay", "records", "assessment", "communication"] {
            assert!(is_telling(word), "{word}");
        }
    }
}
