-- What the price files of a supplier have taught belongs to the place of the list that it was taught for. What is there goes
-- to head office if a file of that supplier was taken over there or none is known, otherwise to the region of the newest.
CREATE TABLE import_supplier_placed (
    id INTEGER PRIMARY KEY,
    org_id BIGINT NOT NULL REFERENCES org_unit (id),
    name TEXT NOT NULL, name_key TEXT NOT NULL, files BIGINT NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
    UNIQUE (org_id, name_key)
);
INSERT INTO import_supplier_placed (id, org_id, name, name_key, files, created_at, updated_at)
SELECT s.id, COALESCE(
    (SELECT i.scope_org FROM price_import m JOIN config_draft d ON d.id = m.draft_id
        JOIN config_item i ON i.id = d.item_id JOIN org_unit o ON o.id = i.scope_org
     WHERE m.state = 'taken' AND (m.supplier = s.name OR LOWER(REPLACE(m.supplier, ' ', '')) = s.name_key)
     ORDER BY CASE WHEN o.kind = 'hq' THEN 0 ELSE 1 END, m.id DESC LIMIT 1),
    (SELECT MIN(id) FROM org_unit WHERE kind = 'hq')), s.name, s.name_key, s.files, s.created_at, s.updated_at FROM import_supplier AS s;
CREATE TABLE import_memory_placed (
    supplier_id BIGINT NOT NULL REFERENCES import_supplier_placed (id),
    kind TEXT NOT NULL CHECK (kind IN ('head', 'unit', 'product')),
    -- What stands in the file, and what is meant by it.
    written TEXT NOT NULL, meant TEXT NOT NULL,
    PRIMARY KEY (supplier_id, kind, written)
);
INSERT INTO import_memory_placed (supplier_id, kind, written, meant)
SELECT supplier_id, kind, written, meant FROM import_memory;
DROP TABLE import_memory;
DROP TABLE import_supplier;
ALTER TABLE import_supplier_placed RENAME TO import_supplier;
ALTER TABLE import_memory_placed RENAME TO import_memory;
