-- LIKE and its like beside ANY and ALL of patterns, which DuckDB has in the words of OR and AND only.
CREATE TABLE label (id bigint, w varchar, p varchar);
INSERT INTO label VALUES (1, 'apple', 'a%'), (2, 'Banana', '%an%'), (3, NULL, 'x'), (4, '', NULL);
-- frazil
CREATE TABLE listed AS SELECT id,
  w LIKE ANY ('a%', '%na') AS a, w LIKE ALL ('a%', '%le') AS b, w LIKE SOME ('a%', NULL) AS c, w LIKE ALL ('a%', NULL) AS d,
  w NOT LIKE ANY ('a%', '%le') AS e, w NOT LIKE ALL ('a%', '%na') AS f, w NOT LIKE ALL ('a%', NULL) AS g,
  w ILIKE ANY (ARRAY['b%', 'A%']) AS h, w NOT ILIKE ALL (ARRAY['b%', 'c%']) AS i, w LIKE ANY ('a%') AS j, w LIKE ANY ('%!%', 'B%') ESCAPE '!' AS k,
  w LIKE ANY (p, 'B%') AS l, w ~ ANY (ARRAY['^a', 'n.n']) AS m, w ~* ALL ('A', 'P') AS n, w SIMILAR TO ANY ('a%', '(B|C)%') AS o,
  upper(w) || 'x' LIKE ANY ('A%', '%AX') AND id > 0 AS q, NOT w LIKE ANY ('a%', '%na') AS r
  FROM label;
-- duckdb
CREATE TABLE listed AS SELECT id,
  w LIKE 'a%' OR w LIKE '%na' AS a, w LIKE 'a%' AND w LIKE '%le' AS b, w LIKE 'a%' OR w LIKE NULL AS c, w LIKE 'a%' AND w LIKE NULL AS d,
  w NOT LIKE 'a%' OR w NOT LIKE '%le' AS e, w NOT LIKE 'a%' AND w NOT LIKE '%na' AS f, w NOT LIKE 'a%' AND w NOT LIKE NULL AS g,
  w ILIKE 'b%' OR w ILIKE 'A%' AS h, w NOT ILIKE 'b%' AND w NOT ILIKE 'c%' AS i, w LIKE 'a%' AS j, w LIKE 'B%' AS k,
  w LIKE p OR w LIKE 'B%' AS l, regexp_matches(w, '^a') OR regexp_matches(w, 'n.n') AS m, regexp_matches(w, '(?i)A') AND regexp_matches(w, '(?i)P') AS n, w LIKE 'a%' OR w LIKE 'B%' OR w LIKE 'C%' AS o,
  upper(w) || 'x' LIKE 'A%' OR upper(w) || 'x' LIKE '%AX' AS q, NOT (w LIKE 'a%' OR w LIKE '%na') AS r
  FROM label;
SELECT id, a, b, c, d, e, f, g FROM listed;
SELECT id, h, i, j, k, l, m, n, o, q, r FROM listed;
-- frazil
CREATE TABLE computed AS SELECT id,
  w LIKE ANY (string_split('a%,%na', ',')) AS a, w LIKE ALL (CAST(ARRAY['%a%', NULL] AS varchar[])) AS b, w LIKE ANY (array_append(ARRAY['%a'], p)) AS c,
  w LIKE ANY (CAST(ARRAY[] AS varchar[])) AS d, w LIKE ALL (CAST(ARRAY[] AS varchar[])) AS e, w LIKE ANY (CAST(NULL AS varchar[])) AS f,
  w LIKE ANY (SELECT p FROM label) AS g, w NOT LIKE ALL (SELECT p FROM label WHERE p IS NOT NULL) AS h,
  w LIKE ANY (SELECT p FROM label WHERE id > 9) AS i, w LIKE ALL (SELECT p FROM label WHERE id > 9) AS j,
  w LIKE ANY (VALUES ('b%'), ('B%')) AS k, w ~ ANY (SELECT '^' || left(w, 1) FROM label WHERE id < 3) AS l,
  w LIKE ANY (SELECT o.p FROM label AS o WHERE o.id = label.id) AS m
  FROM label;
-- duckdb
CREATE TABLE computed AS SELECT id,
  w LIKE 'a%' OR w LIKE '%na' AS a, w LIKE '%a%' AND w LIKE NULL AS b, w LIKE '%a' OR w LIKE p AS c,
  false AS d, true AS e, CAST(NULL AS boolean) AS f,
  w LIKE 'a%' OR w LIKE '%an%' OR w LIKE 'x' OR w LIKE NULL AS g, w NOT LIKE 'a%' AND w NOT LIKE '%an%' AND w NOT LIKE 'x' AS h,
  false AS i, true AS j,
  w LIKE 'b%' OR w LIKE 'B%' AS k, regexp_matches(w, '^a') OR regexp_matches(w, '^B') AS l,
  w LIKE p AS m
  FROM label;
SELECT id, a, b, c, d, e, f FROM computed;
SELECT id, g, h, i, j FROM computed;
SELECT id, k, l, m FROM computed;
-- frazil
SELECT id FROM label WHERE w LIKE ANY ('a%', 'B%') AND w NOT LIKE ANY (SELECT 'x%');
-- frazil
CREATE TABLE kept AS SELECT id FROM label WHERE w LIKE ANY ('a%', 'B%') OR (SELECT max(w) FROM label) LIKE ALL ('x', 'y');
-- duckdb
CREATE TABLE kept AS SELECT id FROM label WHERE id < 3;
SELECT id FROM kept;
-- frazil
DELETE FROM label WHERE w LIKE ANY (SELECT p FROM label WHERE id = 1);
-- duckdb
DELETE FROM label WHERE id = 1;
SELECT id FROM label;
DROP TABLE listed;
DROP TABLE computed;
DROP TABLE kept;
DROP TABLE label;
