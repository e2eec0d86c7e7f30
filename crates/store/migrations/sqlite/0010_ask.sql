-- Drafts beyond what their writers may give, and who was asked to decide (请处理). What ended stays until its draft is
-- deleted; of a draft one waits at most.
CREATE TABLE quote_ask (
    id INTEGER PRIMARY KEY,
    quote_id BIGINT NOT NULL REFERENCES quote (id),
    -- What it was when it was asked for: its version and its total.
    quote_version BIGINT NOT NULL,
    net BIGINT NOT NULL,
    -- JSON: how far it goes beyond the limits of whoever asked.
    beyond TEXT NOT NULL,
    asked_by BIGINT NOT NULL REFERENCES person (id),
    asked_to BIGINT NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- Null while it waits.
    outcome TEXT,
    ended_by BIGINT REFERENCES person (id),
    ended_at BIGINT,
    -- What was said when it was given back.
    words TEXT
);
CREATE UNIQUE INDEX quote_ask_waits ON quote_ask (quote_id) WHERE outcome IS NULL;
CREATE INDEX quote_ask_quote ON quote_ask (quote_id, id);
CREATE INDEX quote_ask_to ON quote_ask (asked_to, outcome);
CREATE INDEX quote_ask_by ON quote_ask (asked_by, outcome);
