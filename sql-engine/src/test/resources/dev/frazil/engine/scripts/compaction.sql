-- Compaction changes files, never rows: small files, deleted rows, partitions, a sort order.
-- frazil
CREATE TABLE sales (id integer, region varchar, amount decimal(10, 2)) PARTITIONED BY (region)
  WITH ("write.delete.mode" = 'merge-on-read', "write.update.mode" = 'merge-on-read');
-- duckdb
CREATE TABLE sales (id integer, region varchar, amount decimal(10, 2));
INSERT INTO sales VALUES (1, 'north', 10.50), (2, 'south', 20.00), (3, NULL, 1.00);
INSERT INTO sales VALUES (4, 'north', 11.50), (5, 'south', 21.00), (6, 'west', 2.00);
INSERT INTO sales VALUES (7, 'north', 12.50), (8, 'south', 22.00), (9, NULL, 3.00);
DELETE FROM sales WHERE id = 4;
UPDATE sales SET amount = amount + 1 WHERE region = 'south';
-- frazil
CALL system.rewrite_data_files(table => 'sales', options => map('min-input-files', '2'));
SELECT * FROM sales;
SELECT region, count(*), sum(amount) FROM sales GROUP BY region;
-- Only the files that may hold such rows, sorted by amount.
INSERT INTO sales VALUES (10, 'north', 5.00), (11, 'north', 6.00);
-- frazil
CALL system.rewrite_data_files('sales', 'sort', 'amount DESC NULLS LAST', MAP['rewrite-all', 'true'], 'region = ''north''');
SELECT * FROM sales WHERE region = 'north';
DELETE FROM sales WHERE amount > 20;
SELECT id, amount FROM sales ORDER BY id;
-- frazil
CALL system.rewrite_data_files('sales');
SELECT count(*) FROM sales;
