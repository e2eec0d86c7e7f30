-- Which roles the holders of a role may give to others although they go beyond their own rights.
CREATE TABLE role_gives (
    role_id BIGINT NOT NULL REFERENCES role (id), gives_role_id BIGINT NOT NULL REFERENCES role (id),
    PRIMARY KEY (role_id, gives_role_id)
);
INSERT INTO role_gives (role_id, gives_role_id)
SELECT p.id, g.id FROM role p CROSS JOIN role g
WHERE p.role_key = 'personnel' AND g.role_key IN ('seller', 'new_seller', 'warehouse_keeper', 'logistics_lead');

-- What is in flight belongs to whom its customer belongs to.
UPDATE quote SET
    owner_id = (SELECT c.owner_id FROM customer c WHERE c.id = quote.customer_id),
    branch_id = (SELECT c.branch_id FROM customer c WHERE c.id = quote.customer_id)
WHERE state IN ('draft', 'issued');

-- The newest moment at which somebody said that the clock is right.
CREATE INDEX event_clock ON event (id) WHERE kind = 'clock.accepted';

CREATE INDEX quote_issued ON quote (issued_at);
CREATE INDEX sales_order_made ON sales_order (created_at);
CREATE INDEX customer_tier ON customer (tier);
CREATE INDEX product_code_lower ON product (lower(code));
CREATE INDEX config_draft_state ON config_draft (state);
CREATE INDEX session_end ON session (expires_at);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);
