-- What others quoted to the customers of a person is found past what the person quoted to them.
CREATE INDEX quote_sight ON quote (customer_id, owner_id, state, listed_day);
