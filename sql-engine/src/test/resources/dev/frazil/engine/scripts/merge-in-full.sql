-- Every kind of WHEN, several of a kind, stars, and sources of all sorts.
CREATE TABLE stock (sku varchar, qty integer, price decimal(10, 2));
CREATE TABLE delivery (price decimal(10, 2), sku varchar, qty integer, note varchar);
INSERT INTO stock VALUES ('a', 1, 1.10), ('b', 2, 2.20), ('c', 3, 3.30), ('d', 4, 4.40);
INSERT INTO delivery VALUES (2.50, 'b', 20, 'x'), (NULL, 'c', 0, 'y'), (5.50, 'e', 5, 'z');

-- All three kinds: a full join.
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku
  WHEN MATCHED AND d.qty = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET qty = s.qty + d.qty
  WHEN NOT MATCHED BY TARGET THEN INSERT (sku, qty) VALUES (d.sku, d.qty)
  WHEN NOT MATCHED BY SOURCE AND s.sku = 'a' THEN DELETE
  WHEN NOT MATCHED BY SOURCE THEN UPDATE SET qty = -s.qty, price = s.price * 2;
SELECT * FROM stock;

-- Only rows of the target without a partner.
MERGE INTO stock USING delivery ON stock.sku = delivery.sku
  WHEN NOT MATCHED BY SOURCE AND stock.qty < -3 THEN DELETE;
SELECT * FROM stock;
INSERT INTO stock VALUES ('g', 7, 7.70), (NULL, 8, 8.80);
MERGE INTO stock USING (SELECT sku AS k FROM delivery) AS d ON stock.sku = d.k
  WHEN MATCHED AND stock.qty > 10 THEN UPDATE SET price = 0
  WHEN NOT MATCHED BY SOURCE AND sku IS NULL THEN UPDATE SET sku = 'was null';
SELECT * FROM stock;

-- Stars go by name: the source has its columns in another order, and one more.
-- frazil
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku
  WHEN MATCHED THEN UPDATE SET *
  WHEN NOT MATCHED THEN INSERT *;
-- duckdb
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku
  WHEN MATCHED THEN UPDATE SET price = d.price, sku = d.sku, qty = d.qty
  WHEN NOT MATCHED THEN INSERT (sku, qty, price) VALUES (d.sku, d.qty, d.price);
SELECT * FROM stock;
-- frazil
MERGE INTO stock AS s USING (SELECT 'h' AS sku, 1.5 AS price, 9 AS qty) AS d ON s.sku = d.sku
  WHEN NOT MATCHED AND d.qty > 100 THEN INSERT VALUES ('no', 1, 1)
  WHEN NOT MATCHED THEN INSERT *;
-- duckdb
INSERT INTO stock VALUES ('h', 9, 1.5);
SELECT * FROM stock;

-- Rows of constants, and queries with a WITH.
MERGE INTO stock AS s USING (VALUES ('b', 1), ('new', 2)) AS v (k, n) ON s.sku = v.k
  WHEN MATCHED THEN UPDATE SET qty = v.n
  WHEN NOT MATCHED THEN INSERT (sku, qty) VALUES (v.k, v.n)
  WHEN NOT MATCHED BY SOURCE AND s.sku = 'g' THEN DELETE;
SELECT * FROM stock;
WITH big AS (SELECT sku, qty + 100 AS qty FROM delivery WHERE qty > 1)
MERGE INTO stock AS s USING big ON s.sku = big.sku
  WHEN MATCHED THEN UPDATE SET qty = big.qty
  WHEN NOT MATCHED BY SOURCE AND s.price IS NULL THEN DELETE;
SELECT * FROM stock;

-- DO NOTHING stops the search; a source without rows leaves the target alone, or all to BY SOURCE.
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku
  WHEN MATCHED AND d.sku = 'b' THEN DO NOTHING
  WHEN MATCHED THEN DELETE;
SELECT * FROM stock;
MERGE INTO stock AS s USING (SELECT * FROM delivery WHERE qty > 1000) AS d ON s.sku = d.sku
  WHEN MATCHED THEN DELETE
  WHEN NOT MATCHED THEN INSERT (sku) VALUES (d.sku);
SELECT * FROM stock;
MERGE INTO stock AS s USING (SELECT * FROM delivery WHERE qty > 1000) AS d ON s.sku = d.sku
  WHEN NOT MATCHED BY SOURCE THEN DELETE;
SELECT count(*) FROM stock;

-- A join condition without an equality.
INSERT INTO stock VALUES ('a', 1, 1.10), ('b', 20, 2.20), ('c', 300, 3.30);
MERGE INTO stock AS s USING (VALUES (10, 30, 'mid')) AS r (low, high, name)
  ON s.qty BETWEEN r.low AND r.high
  WHEN MATCHED THEN UPDATE SET sku = r.name
  WHEN NOT MATCHED BY SOURCE THEN UPDATE SET price = NULL;
SELECT * FROM stock;
