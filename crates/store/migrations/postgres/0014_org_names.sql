-- No two places that are open have one name. Of those that had, the eldest keeps it; the others bear their code, and
-- where even that is taken, their number.
ALTER TABLE org_unit ADD COLUMN closed_at BIGINT;
UPDATE org_unit SET name = name || '（' || code || '）'
WHERE EXISTS (SELECT 1 FROM org_unit o WHERE o.name = org_unit.name AND o.id < org_unit.id);
UPDATE org_unit SET name = name || ' ' || id
WHERE EXISTS (SELECT 1 FROM org_unit o WHERE o.name = org_unit.name AND o.id < org_unit.id);
CREATE UNIQUE INDEX org_unit_name ON org_unit (name) WHERE closed_at IS NULL;
