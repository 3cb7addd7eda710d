-- Clauses of SELECT beyond the standard, as DuckDB has them too.

CREATE TABLE sales (region varchar, product varchar, price integer, note varchar);

INSERT INTO sales VALUES
  ('north', 'ice', 3, 'a'), ('north', 'ice', 5, NULL), ('north', 'snow', 5, 'c'),
  ('south', 'ice', NULL, 'd'), ('south', 'sun', 9, 'e'), (NULL, 'sun', 1, 'f');

SELECT DISTINCT ON (region) region, price FROM sales ORDER BY region, price DESC NULLS LAST;
SELECT DISTINCT ON (region, product) * FROM sales ORDER BY region, product, price DESC NULLS LAST;
SELECT DISTINCT ON (r) region AS r, product, price FROM sales ORDER BY r, price;
SELECT DISTINCT ON (1) region, price FROM sales ORDER BY 1, price LIMIT 2;
SELECT * FROM (SELECT DISTINCT ON (product) product, price FROM sales ORDER BY product, price) AS p WHERE price > 1;

SELECT region, count(*), sum(price) FROM sales GROUP BY ALL;
SELECT upper(region) AS u, price > 4 AS dear, max(note) FROM sales GROUP BY ALL;
SELECT region, product FROM sales GROUP BY ALL;
SELECT count(*) FROM sales GROUP BY ALL;
SELECT region, sum(price) AS s FROM sales GROUP BY ALL HAVING sum(price) > 8;
SELECT price, region FROM sales ORDER BY ALL LIMIT 3;
SELECT region, price FROM sales ORDER BY ALL DESC NULLS LAST LIMIT 3;

SELECT * EXCLUDE (note) FROM sales;
SELECT * EXCLUDE note FROM sales;
SELECT s.* EXCLUDE (note, product), price + 1 AS more FROM sales AS s;
SELECT * REPLACE (price * 2 AS price, upper(product) AS product) FROM sales;
SELECT DISTINCT * EXCLUDE (price, note) FROM sales;
SELECT count(*) FROM (SELECT * EXCLUDE (price) FROM sales) AS q;
SELECT price * 2, price FROM sales;

-- QUALIFY without a window function, where the SELECT has one.
SELECT k, row_number() OVER (PARTITION BY g ORDER BY k) AS n FROM (VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t (k, g) QUALIFY k > 1;
SELECT g, count(*), sum(count(*)) OVER () AS n FROM (VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t (k, g) GROUP BY g QUALIFY count(*) > 1 AND g = 'a';
WITH q AS MATERIALIZED (SELECT 1 AS a), p (b) AS NOT MATERIALIZED (VALUES (2)) SELECT * FROM q, p;
SELECT 'a'
  'b', 'c';
SELECT k, (k, g) IN ((1, NULL), (1, 'a')), (k, g) NOT IN ((1, NULL), (1, 'a')) FROM (VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t (k, g);
