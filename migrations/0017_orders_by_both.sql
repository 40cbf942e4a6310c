-- The two filters that lists are narrowed by most, together, in one range of one index.
CREATE INDEX orders_by_both ON orders (status_rank, payment_rank, ordinal);
