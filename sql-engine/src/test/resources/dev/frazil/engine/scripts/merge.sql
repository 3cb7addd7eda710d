-- MERGE in all its arms.
CREATE TABLE stock (sku varchar, qty integer, price decimal(10, 2));
CREATE TABLE delivery (sku varchar, qty integer, price decimal(10, 2));
INSERT INTO stock VALUES ('a', 1, 1.10), ('b', 2, 2.20), ('c', 3, 3.30), ('d', 4, 4.40);
INSERT INTO delivery VALUES ('b', 20, 2.50), ('c', 0, NULL), ('e', 5, 5.50), ('f', 6, 6.60);
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku
  WHEN MATCHED AND d.qty = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET qty = s.qty + d.qty, price = d.price
  WHEN NOT MATCHED AND d.sku <> 'f' THEN INSERT (sku, qty, price) VALUES (d.sku, d.qty, d.price);
SELECT * FROM stock;
MERGE INTO stock AS s USING (SELECT sku, qty FROM delivery WHERE qty > 5) AS d ON s.sku = d.sku
  WHEN NOT MATCHED THEN INSERT (sku, qty) VALUES (d.sku, d.qty);
SELECT * FROM stock;
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku AND d.qty > 100
  WHEN MATCHED THEN DELETE;
SELECT count(*), sum(qty), sum(price) FROM stock;
MERGE INTO stock AS s USING delivery AS d ON s.sku = d.sku
  WHEN MATCHED THEN DELETE;
SELECT * FROM stock;
