-- Whether a product was made or changed is asked once a second by counting the versions of all, and which by comparing
-- them: both read this and not the rows themselves.
CREATE INDEX product_version ON product (id, version);
