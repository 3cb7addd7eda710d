-- UNION BY NAME, as DuckDB has it, and CORRESPONDING of ISO, which DuckDB has in the words of lists only.
CREATE TABLE spring (id bigint, w varchar, price double);
CREATE TABLE autumn (w varchar, id integer, day date);
INSERT INTO spring VALUES (1, 'a', 1.5), (2, 'b', NULL), (2, 'b', NULL);
INSERT INTO autumn VALUES ('a', 1, DATE '2024-01-01'), ('c', 3, NULL);
SELECT * FROM spring UNION ALL BY NAME SELECT * FROM autumn;
SELECT * FROM spring UNION BY NAME SELECT * FROM autumn;
SELECT id, w FROM spring UNION BY NAME SELECT w, id FROM autumn;
SELECT * FROM (SELECT * FROM spring UNION ALL BY NAME SELECT * FROM autumn) AS t WHERE day IS NULL ORDER BY id;
SELECT id AS a FROM spring UNION ALL BY NAME SELECT 5 AS b UNION ALL BY NAME SELECT 'x' AS c, 7 AS a;
SELECT id, count(*) AS n FROM spring GROUP BY id UNION ALL BY NAME (SELECT sum(id) AS id, 'all' AS total FROM autumn) ORDER BY n, id LIMIT 3;
WITH seasons AS (SELECT id, w FROM spring UNION ALL BY NAME SELECT w FROM autumn) SELECT w, count(*), count(id) FROM seasons GROUP BY w;
SELECT s.id, (SELECT count(*) FROM (SELECT w FROM autumn WHERE autumn.id = s.id UNION ALL BY NAME SELECT s.w AS v) AS t) FROM spring AS s;
SELECT id FROM spring WHERE id IN (SELECT id FROM autumn UNION BY NAME SELECT 2 AS id);
SELECT count(*) OVER () AS n, a, b FROM (SELECT 1 AS a UNION BY NAME SELECT 2 AS b) AS t ORDER BY 2;
SELECT DISTINCT rank() OVER (ORDER BY id), day FROM (SELECT * FROM spring UNION ALL BY NAME SELECT * FROM autumn) AS t;
-- frazil
CREATE TABLE paired AS
  SELECT '1' AS q, * FROM (SELECT * FROM spring UNION CORRESPONDING SELECT * FROM autumn) AS t
  UNION ALL SELECT '3', * FROM (SELECT * FROM spring EXCEPT ALL CORRESPONDING TABLE autumn) AS t
  UNION ALL SELECT '4', * FROM (SELECT * FROM spring UNION ALL CORRESPONDING BY (id) SELECT day, id FROM autumn) AS t (id), (VALUES ('-')) AS v (w);
-- duckdb
CREATE TABLE paired (q varchar, id bigint, w varchar);
-- duckdb
INSERT INTO paired
  SELECT '1', * FROM (SELECT id, w FROM spring UNION SELECT id, w FROM autumn) AS t
  UNION ALL SELECT '3', * FROM (SELECT id, w FROM spring EXCEPT ALL SELECT id, w FROM autumn) AS t
  UNION ALL SELECT '4', id, '-' FROM (SELECT id FROM spring UNION ALL SELECT id FROM autumn) AS t;
SELECT q, id, w FROM paired;
DROP TABLE paired;
-- frazil
CREATE TABLE listed AS SELECT * FROM spring INTERSECT CORRESPONDING BY (w, id) (SELECT * FROM autumn);
-- duckdb
CREATE TABLE listed AS SELECT w, id FROM spring INTERSECT SELECT w, id FROM autumn;
SELECT * FROM listed;
INSERT INTO spring BY NAME SELECT * FROM listed UNION ALL BY NAME SELECT 9 AS id;
SELECT * FROM spring;
DROP TABLE listed;
DROP TABLE spring;
DROP TABLE autumn;
