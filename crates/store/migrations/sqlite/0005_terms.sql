-- Terms and reductions of the whole document as JSON; who took a draft over; what is earned (net without tax less cost).
ALTER TABLE quote ADD COLUMN terms TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quote ADD COLUMN whole TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quote ADD COLUMN margin BIGINT;
ALTER TABLE quote ADD COLUMN taken_by BIGINT REFERENCES person (id);
ALTER TABLE quote ADD COLUMN taken_at BIGINT;

-- A line of goods or a service outside the catalogue names no product. `extra`: manual price, room, what is not in the catalogue.
CREATE TABLE quote_line_wider (
    quote_id BIGINT NOT NULL REFERENCES quote (id), ord BIGINT NOT NULL, line_key TEXT NOT NULL,
    product_id BIGINT REFERENCES product (id), qty BIGINT NOT NULL, unit TEXT NOT NULL, note TEXT NOT NULL,
    -- What the line cost when it was last shown; null when it had no price.
    unit_price BIGINT, net BIGINT, extra TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (quote_id, ord)
);
INSERT INTO quote_line_wider (quote_id, ord, line_key, product_id, qty, unit, note, unit_price, net)
SELECT quote_id, ord, line_key, product_id, qty, unit, note, unit_price, net FROM quote_line;
DROP TABLE quote_line;
ALTER TABLE quote_line_wider RENAME TO quote_line;

-- Alternatives (方案 A, B …): numbers of one set name the first of them; one of the set becomes an order.
ALTER TABLE quote_chain ADD COLUMN option_of BIGINT;
ALTER TABLE quote_chain ADD COLUMN option_name TEXT;
CREATE INDEX quote_chain_option ON quote_chain (option_of);
