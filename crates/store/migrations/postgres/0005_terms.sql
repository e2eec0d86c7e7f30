-- Terms and reductions of the whole document as JSON; who took a draft over; what is earned (net without tax less cost).
ALTER TABLE quote ADD COLUMN terms TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quote ADD COLUMN whole TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quote ADD COLUMN margin BIGINT;
ALTER TABLE quote ADD COLUMN taken_by BIGINT REFERENCES person (id);
ALTER TABLE quote ADD COLUMN taken_at BIGINT;

-- A line of goods or a service outside the catalogue names no product. `extra`: manual price, room, what is not in the catalogue.
ALTER TABLE quote_line ALTER COLUMN product_id DROP NOT NULL;
ALTER TABLE quote_line ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';

-- Alternatives (方案 A, B …): numbers of one set name the first of them; one of the set becomes an order.
ALTER TABLE quote_chain ADD COLUMN option_of BIGINT;
ALTER TABLE quote_chain ADD COLUMN option_name TEXT;
CREATE INDEX quote_chain_option ON quote_chain (option_of);
