-- Keys with which programs work in a person's name. Of the key itself only a hash is kept; `rights` are keys of rights
-- separated by commas, of which it has those that its person has too.
CREATE TABLE api_key (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, hint TEXT NOT NULL, rights TEXT NOT NULL,
    created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
    used_at BIGINT, revoked_at BIGINT, revoked_by BIGINT REFERENCES person (id)
);
CREATE INDEX api_key_person ON api_key (person_id, id);

-- Through whose eyes an administrator looks, and until when.
ALTER TABLE session ADD COLUMN views_as BIGINT REFERENCES person (id);
ALTER TABLE session ADD COLUMN views_until BIGINT;

-- The log is searched by person and by kind, newest first.
CREATE INDEX event_actor ON event (actor, at, id);
CREATE INDEX event_kind ON event (kind, at, id);
