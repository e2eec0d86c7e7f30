-- Who compares all records with their timers: one server for all. `round` counts the comparisons that were begun, `done`
-- is the newest that came to its end: when, and with which revisions of the rules and the calendar.
CREATE TABLE comparison (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    round BIGINT NOT NULL, done BIGINT NOT NULL, done_at BIGINT NOT NULL, made_with TEXT NOT NULL,
    owner TEXT NOT NULL, lease_until BIGINT NOT NULL
);
INSERT INTO comparison (id, round, done, done_at, made_with, owner, lease_until) VALUES (1, 0, 0, 0, '', '', 0);

-- Rules that ran more often in an hour than they may. `fires` is how often they had when they were paused; what was due
-- until `counts_from` was let go on by a person, and counts for no limit.
CREATE TABLE rule_standing (
    rule_key TEXT PRIMARY KEY,
    paused_at BIGINT, fires BIGINT NOT NULL, counts_from BIGINT NOT NULL
);
CREATE INDEX timer_fired ON timer (rule_key, settled_at, due_at) WHERE state = 'fired';
-- How much somebody was told since a moment.
CREATE INDEX notice_made ON notice (person_id, created_at);
