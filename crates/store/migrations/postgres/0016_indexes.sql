-- What waits to be carried out here is found past whatever waits to be told to other systems, and what was settled is
-- forgotten without looking at that.
CREATE INDEX outbox_own_due ON outbox (due_at, id) WHERE kind <> 'webhook' AND done_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_own_settled ON outbox (id) WHERE kind <> 'webhook' AND (done_at IS NOT NULL OR dead_at IS NOT NULL);
DROP INDEX outbox_due;
CREATE INDEX outbox_waiting ON outbox (kind) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (kind) WHERE done_at IS NULL AND dead_at IS NOT NULL;

-- A message knows its address, so that of each address the first that is due is one step into an index.
ALTER TABLE outbox ADD COLUMN webhook_id BIGINT;
UPDATE outbox SET webhook_id = (SELECT d.webhook_id FROM webhook_delivery d WHERE d.effect_key = outbox.effect_key)
WHERE kind = 'webhook';
DROP INDEX outbox_webhook_due;
CREATE INDEX outbox_webhook_next ON outbox (webhook_id, due_at, id)
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_webhook_sending ON outbox (webhook_id, lease_until)
    WHERE kind = 'webhook' AND done_at IS NULL AND dead_at IS NULL AND lease_until > 0;

-- What is settled, newest first: of one person, and of everybody.
CREATE INDEX task_settled_person ON task (person_id, settled_at, id) WHERE state <> 'open';
CREATE INDEX task_settled ON task (settled_at, id) WHERE state <> 'open';

-- What is forgotten a little at a time.
CREATE INDEX notice_read ON notice (shown_at, id) WHERE read_at IS NOT NULL;
CREATE INDEX price_import_unwanted ON price_import (updated_at, id)
    WHERE preview IS NOT NULL AND state IN ('failed', 'cancelled');
