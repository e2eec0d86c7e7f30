-- Whether a signed page stands on an order already is asked of every signature.
CREATE INDEX sales_order_page ON sales_order (consent_file);
