-- What is in flight, by its last valid day and its number: a page of a comparison goes on behind the one before it, and
-- reads what it holds. On PostgreSQL the number did not stand in this index, so that each page sorted everything.
-- `timer.owner` is empty from here on: whoever carries a timer out takes it in the transaction that settles it, and
-- `timer.lease_until` says until when one that failed waits.
DROP INDEX quote_state;
CREATE INDEX quote_state ON quote (state, valid_until, id);
