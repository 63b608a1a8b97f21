-- Full-text search over decisions. Content stays in its tables; `detail = column` keeps phrases out of
-- the index's cost only where they are not needed, so full detail is kept for summaries.
CREATE VIRTUAL TABLE decision_search USING fts5 (
    summary, subject, body, sections,
    content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 2",
    prefix = '2 3'
);
