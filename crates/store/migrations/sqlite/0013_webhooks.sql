-- Addresses of other systems that are told what happens here. `events` are kinds of events separated by commas; without
-- `org_id` those of the whole company. The secret signs each message; the one before it signs too for a while. The id of
-- one that is gone is never given again: the log may still name it.
CREATE TABLE webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE, address TEXT NOT NULL, events TEXT NOT NULL,
    org_id BIGINT REFERENCES org_unit (id),
    secret TEXT NOT NULL, old_secret TEXT, old_secret_until BIGINT,
    active BIGINT NOT NULL, off_reason TEXT,
    -- Since when nothing was taken, how many tries failed since then, and until when nothing else is tried.
    failing_since BIGINT, failures BIGINT NOT NULL, held_until BIGINT,
    created_at BIGINT NOT NULL, created_by BIGINT NOT NULL REFERENCES person (id), version BIGINT NOT NULL
);

-- What is or was to be told to one address. When it is sent, and how often it was, stands in `outbox` under the same key.
CREATE TABLE webhook_delivery (
    id INTEGER PRIMARY KEY,
    webhook_id BIGINT NOT NULL REFERENCES webhook (id),
    effect_key TEXT NOT NULL UNIQUE, message_id TEXT NOT NULL,
    kind TEXT NOT NULL, entity TEXT NOT NULL, entity_id BIGINT NOT NULL, number TEXT, org_id BIGINT,
    happened_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
    -- What came of the last try.
    tried_at BIGINT, code BIGINT, answer TEXT, failure TEXT
);
CREATE INDEX webhook_delivery_list ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_age ON webhook_delivery (created_at);
CREATE INDEX outbox_webhook_due ON outbox (due_at, id) WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_webhook_dead ON outbox (effect_key)
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NOT NULL;
