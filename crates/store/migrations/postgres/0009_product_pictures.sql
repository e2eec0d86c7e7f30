-- Pictures of products by the hashes of their two files, the large and the small one. What is taken away stays here:
-- it can be taken back, and documents that were issued with it go on showing it.
CREATE TABLE product_picture (
    product_id BIGINT NOT NULL REFERENCES product (id),
    file TEXT NOT NULL, thumb TEXT NOT NULL,
    width BIGINT NOT NULL, height BIGINT NOT NULL,
    ord BIGINT NOT NULL, removed BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (product_id, file)
);
CREATE INDEX product_picture_order ON product_picture (product_id, removed, ord);
