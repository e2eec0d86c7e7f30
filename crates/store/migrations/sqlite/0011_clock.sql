-- What the clock has not looked at yet: 0. Written by the log itself, so that no server misses what another one did;
-- it is no part of what the log says.
ALTER TABLE event ADD COLUMN looked BIGINT NOT NULL DEFAULT 1;
CREATE INDEX event_unlooked ON event (id) WHERE looked = 0;

-- Moments at which something happens by itself. `fire_key` is rule, record and stay in a state: each fires once.
CREATE TABLE timer (
    id INTEGER PRIMARY KEY,
    fire_key TEXT NOT NULL UNIQUE, rule_key TEXT NOT NULL,
    -- Of a rule that comes round by the calendar: `company`, 1.
    entity TEXT NOT NULL, entity_id BIGINT NOT NULL, epoch BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('armed', 'fired', 'cancelled', 'late', 'dead')),
    -- Who works on it, until when, and how often somebody did.
    owner TEXT NOT NULL, lease_until BIGINT NOT NULL, attempts BIGINT NOT NULL,
    -- How many rules in a row led here, and the year without a table of holidays that stood in the way of `due_at`.
    depth BIGINT NOT NULL, unknown_year BIGINT,
    armed_at BIGINT NOT NULL, settled_at BIGINT, late_ms BIGINT, failure TEXT
);
CREATE INDEX timer_due ON timer (due_at, id) WHERE state = 'armed';
CREATE INDEX timer_entity ON timer (entity, entity_id) WHERE state = 'armed';

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    effect_key TEXT NOT NULL UNIQUE, rule_key TEXT NOT NULL, rule_name TEXT NOT NULL,
    entity TEXT NOT NULL, entity_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    -- It goes with the record to whoever owns it.
    for_owner BIGINT NOT NULL,
    text TEXT NOT NULL, proof TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'over')),
    created_at BIGINT NOT NULL, due_at BIGINT NOT NULL,
    -- How late the rule ran, and the year without a table of holidays.
    late_ms BIGINT NOT NULL, unknown_year BIGINT,
    settled_at BIGINT, settled_by BIGINT REFERENCES person (id), note TEXT NOT NULL,
    file TEXT REFERENCES file (hash),
    version BIGINT NOT NULL
);
CREATE INDEX task_person ON task (person_id, state, due_at, id);
CREATE INDEX task_open ON task (due_at, id) WHERE state = 'open';
CREATE INDEX task_entity ON task (entity, entity_id, state);
CREATE INDEX task_file ON task (file);

CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    effect_key TEXT NOT NULL UNIQUE, person_id BIGINT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL, text TEXT NOT NULL,
    entity TEXT NOT NULL, entity_id BIGINT NOT NULL,
    -- Quiet hours and the day's digest hold it back until `shown_at`.
    created_at BIGINT NOT NULL, shown_at BIGINT NOT NULL, read_at BIGINT
);
CREATE INDEX notice_person ON notice (person_id, shown_at, id);
CREATE INDEX notice_unread ON notice (person_id, shown_at) WHERE read_at IS NULL;
-- Minutes since midnight.
CREATE TABLE notice_setting (
    person_id BIGINT PRIMARY KEY REFERENCES person (id),
    quiet_from BIGINT, quiet_to BIGINT, digest_at BIGINT
);
