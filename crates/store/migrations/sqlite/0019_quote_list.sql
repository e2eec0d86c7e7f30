-- Lists of quotations are filtered, sorted, counted and added up over these alone; only the page that is shown reads the
-- rows themselves. Each begins with what is asked, and ends with everything else that a list may ask of a quotation.
DROP INDEX quote_listed;
DROP INDEX quote_customer;
DROP INDEX quote_branch;
DROP INDEX quote_owner;
DROP INDEX quote_state;
CREATE INDEX quote_listed ON quote (listed_day, id, state, valid_until, net, owner_id, branch_id, customer_id);
CREATE INDEX quote_customer ON quote (customer_id, listed_day, id, state, valid_until, net, owner_id, branch_id);
CREATE INDEX quote_branch ON quote (branch_id, state, listed_day, id, valid_until, net, owner_id, customer_id);
CREATE INDEX quote_owner ON quote (owner_id, listed_day, id, state, valid_until, net, branch_id, customer_id);
CREATE INDEX quote_state ON quote (state, valid_until, id, listed_day, net, owner_id, branch_id, customer_id);
-- New: of one state by day, and everything by money.
CREATE INDEX quote_state_listed ON quote (state, listed_day, id, valid_until, net, owner_id, branch_id, customer_id);
CREATE INDEX quote_net ON quote (net, id, state, listed_day, valid_until, owner_id, branch_id, customer_id);
