-- Links under which a customer opens one version without signing in. Token and code are kept as hashes alone.
CREATE TABLE share_link (
    id INTEGER PRIMARY KEY,
    quote_id BIGINT NOT NULL REFERENCES quote (id),
    token_hash TEXT NOT NULL UNIQUE, last_day TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES person (id), created_at BIGINT NOT NULL,
    withdrawn_at BIGINT, withdrawn_by BIGINT REFERENCES person (id),
    -- The code that was handed over last; `code_tries` counts how often it was mistyped.
    code_hash TEXT, code_until BIGINT, code_by BIGINT REFERENCES person (id), code_tries BIGINT NOT NULL,
    accepted_at BIGINT
);
CREATE INDEX share_link_quote ON share_link (quote_id, id);
-- When somebody looked, at what (page, pdf) and on what sort of device.
CREATE TABLE share_view (
    id INTEGER PRIMARY KEY,
    share_id BIGINT NOT NULL REFERENCES share_link (id),
    at BIGINT NOT NULL, looked TEXT NOT NULL, device TEXT NOT NULL
);
CREATE INDEX share_view_share ON share_view (share_id, at);

-- What a number waits for, and why a version was lost.
ALTER TABLE quote_chain ADD COLUMN follow_day TEXT;
ALTER TABLE quote_chain ADD COLUMN follow_note TEXT;
ALTER TABLE quote_chain ADD COLUMN follow_by BIGINT REFERENCES person (id);
CREATE INDEX quote_chain_follow ON quote_chain (follow_day);
ALTER TABLE quote ADD COLUMN lost_why TEXT;
ALTER TABLE quote ADD COLUMN lost_to TEXT;
-- What the other asked for all of it, in fen.
ALTER TABLE quote ADD COLUMN lost_price BIGINT;

-- Views of lists as each person keeps them; `settings` is JSON.
CREATE TABLE list_view (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id), list TEXT NOT NULL,
    name TEXT NOT NULL, settings TEXT NOT NULL, updated_at BIGINT NOT NULL,
    UNIQUE (person_id, list, name)
);
