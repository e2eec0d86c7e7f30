-- What the snapshot of configuration leans on, counted: 1 is the history of the items (releases, names, what is out of
-- use), 2 the world that lists speak of (regions, categories). Whoever issues holds 1 while it is issued.
CREATE TABLE config_stamp (id BIGINT PRIMARY KEY CHECK (id IN (1, 2)), n BIGINT NOT NULL);
INSERT INTO config_stamp (id, n) VALUES (1, 0), (2, 0);
-- Whoever publishes or rolls back holds this row, so that two new lists, of which neither knows the other, take turns.
CREATE TABLE config_turn (id BIGINT PRIMARY KEY CHECK (id = 1));
INSERT INTO config_turn (id) VALUES (1);
CREATE FUNCTION count_config_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE config_stamp SET n = n + 1 WHERE id = CAST(TG_ARGV[0] AS BIGINT);
    RETURN NULL;
END $$;
CREATE TRIGGER stamp_release_made AFTER INSERT ON release
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_release_changed AFTER UPDATE ON release
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_release_gone AFTER DELETE ON release
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_release_item_made AFTER INSERT ON release_item
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_release_item_changed AFTER UPDATE ON release_item
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_release_item_gone AFTER DELETE ON release_item
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_config_item_made AFTER INSERT ON config_item
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_config_item_changed AFTER UPDATE OF kind, scope_org, name, archived ON config_item
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_config_item_gone AFTER DELETE ON config_item
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('1');
CREATE TRIGGER stamp_org_unit_made AFTER INSERT ON org_unit
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('2');
CREATE TRIGGER stamp_org_unit_changed AFTER UPDATE ON org_unit
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('2');
CREATE TRIGGER stamp_org_unit_gone AFTER DELETE ON org_unit
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('2');
CREATE TRIGGER stamp_category_made AFTER INSERT ON category
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('2');
CREATE TRIGGER stamp_category_changed AFTER UPDATE ON category
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('2');
CREATE TRIGGER stamp_category_gone AFTER DELETE ON category
FOR EACH STATEMENT EXECUTE FUNCTION count_config_stamp('2');
