-- What others quoted to the customers of a person is found past what the person quoted to them.
DROP INDEX quote_customer;
CREATE INDEX quote_customer ON quote (customer_id, owner_id, listed_day, id, state, valid_until, net, branch_id);
