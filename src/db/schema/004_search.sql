-- Full-text search over decisions. The index holds no texts, they stay in their tables; positions are kept,
-- for phrases. No index of prefixes: it would take a third more space, and only a word that nothing holds
-- as it stands is looked for as a beginning.
CREATE VIRTUAL TABLE decision_search USING fts5 (
    summary, subject, body, sections,
    content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 2"
);
