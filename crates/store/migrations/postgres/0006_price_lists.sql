-- What a customer calls our products: one code for a product, one product for a code.
CREATE TABLE customer_item_code (
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    -- `code_key` is the code as it is compared: half width, lower case.
    code TEXT NOT NULL, code_key TEXT NOT NULL,
    PRIMARY KEY (customer_id, product_id)
);
CREATE UNIQUE INDEX customer_item_code_key ON customer_item_code (customer_id, code_key);

-- A region's manager drafts the price list of the region; head office confirms and publishes it.
INSERT INTO role_right (role_id, right_key, reach)
SELECT r.id, 'config.edit', 'org' FROM role r
WHERE r.role_key = 'region_manager'
  AND NOT EXISTS (SELECT 1 FROM role_right g WHERE g.role_id = r.id AND g.right_key = 'config.edit');
