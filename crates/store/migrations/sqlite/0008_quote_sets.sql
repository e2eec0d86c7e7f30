-- Lists of one's own (常用清单): lines without prices. A deleted one is kept for a while, so that it can come back.
CREATE TABLE quote_set (
    id INTEGER PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    -- For how many 0.001 ㎡ it is; null: for none in particular.
    area BIGINT,
    -- Whose people may use it besides the owner; null: nobody.
    shared_org_id BIGINT REFERENCES org_unit (id),
    ord BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    first_product TEXT,
    version BIGINT NOT NULL,
    deleted_at BIGINT,
    updated_at BIGINT NOT NULL
);
CREATE INDEX quote_set_owner ON quote_set (owner_id, ord);
CREATE INDEX quote_set_shared ON quote_set (shared_org_id);

-- `extra` is JSON: what the unit held, the room, goods outside the catalogue.
CREATE TABLE quote_set_line (
    set_id BIGINT NOT NULL REFERENCES quote_set (id), ord BIGINT NOT NULL,
    product_id BIGINT REFERENCES product (id),
    qty BIGINT NOT NULL, unit TEXT NOT NULL, note TEXT NOT NULL, extra TEXT NOT NULL,
    PRIMARY KEY (set_id, ord)
);
