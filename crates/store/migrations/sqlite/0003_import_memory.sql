-- Price files on their way into a draft: what is read of them, what was chosen, and what became of them.
CREATE TABLE price_import (
    id INTEGER PRIMARY KEY,
    draft_id BIGINT NOT NULL REFERENCES config_draft (id), file TEXT NOT NULL REFERENCES file (hash), file_name TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id), supplier TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'ready', 'failed', 'cancelled', 'taken')),
    -- 0 to 100.
    progress BIGINT NOT NULL,
    -- Sheets, columns and rows as settled by hand, and the last preview; both JSON.
    choices TEXT NOT NULL, preview TEXT,
    failure TEXT, taken_at BIGINT,
    version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE INDEX price_import_draft ON price_import (draft_id, id);

-- What the price files of a supplier have taught.
CREATE TABLE import_supplier (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, files BIGINT NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE TABLE import_memory (
    supplier_id BIGINT NOT NULL REFERENCES import_supplier (id),
    kind TEXT NOT NULL CHECK (kind IN ('head', 'unit', 'product')),
    -- What stands in the file, and what is meant by it.
    written TEXT NOT NULL, meant TEXT NOT NULL,
    PRIMARY KEY (supplier_id, kind, written)
);
