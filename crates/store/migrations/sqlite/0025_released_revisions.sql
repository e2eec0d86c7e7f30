-- A release lets pass what was withdrawn when it was given, and nothing that is withdrawn later: each revision that a
-- version leans on says until when. Of the releases that there are, the moment in the log says what that was.
ALTER TABLE quote_revision ADD COLUMN released_until TEXT;
UPDATE quote_revision SET released_until = (SELECT q.released_until FROM quote q WHERE q.id = quote_revision.quote_id)
WHERE EXISTS (
    SELECT 1 FROM event e JOIN config_void v ON v.from_at <= e.at
    WHERE e.entity = 'quote' AND e.entity_id = quote_revision.quote_id AND e.kind = 'quote.released'
        AND v.item_id = quote_revision.item_id AND v.n = quote_revision.rev_n);
