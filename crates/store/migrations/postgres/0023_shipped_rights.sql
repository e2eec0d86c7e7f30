-- Which rights the program has given to the roles of the company: one that the company then took away from everybody does
-- not come back at the next start.
CREATE TABLE right_shipped (right_key TEXT PRIMARY KEY);
INSERT INTO right_shipped (right_key) SELECT DISTINCT right_key FROM role_right;
