-- What the price files of a supplier have taught belongs to the place of the list that it was taught for. What is there goes
-- to head office if a file of that supplier was taken over there or none is known, otherwise to the region of the newest.
ALTER TABLE import_supplier ADD COLUMN org_id BIGINT REFERENCES org_unit (id);
UPDATE import_supplier AS s SET org_id = COALESCE(
    (SELECT i.scope_org FROM price_import m JOIN config_draft d ON d.id = m.draft_id
        JOIN config_item i ON i.id = d.item_id JOIN org_unit o ON o.id = i.scope_org
     WHERE m.state = 'taken' AND (m.supplier = s.name OR LOWER(REPLACE(m.supplier, ' ', '')) = s.name_key)
     ORDER BY CASE WHEN o.kind = 'hq' THEN 0 ELSE 1 END, m.id DESC LIMIT 1),
    (SELECT MIN(id) FROM org_unit WHERE kind = 'hq'));
ALTER TABLE import_supplier ALTER COLUMN org_id SET NOT NULL;
ALTER TABLE import_supplier DROP CONSTRAINT import_supplier_name_key_key;
ALTER TABLE import_supplier ADD UNIQUE (org_id, name_key);
