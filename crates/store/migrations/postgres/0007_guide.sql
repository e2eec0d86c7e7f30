-- Whether the person has put the hints of the first quotations away.
ALTER TABLE person ADD COLUMN guide_off BIGINT NOT NULL DEFAULT 0;
CREATE INDEX quote_issuer ON quote (issued_by);
