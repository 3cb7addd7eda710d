-- PIVOT and UNPIVOT; DuckDB gives the expected rows through its own forms.
CREATE TABLE emp (dept integer, job varchar, sal integer);
INSERT INTO emp VALUES (10, 'CLERK', 100), (10, 'MGR', 300), (20, 'CLERK', 150), (20, 'CLERK', 50), (30, 'DEV', 500), (NULL, 'MGR', 10);
CREATE TABLE w (id integer, q1 integer, q2 integer, q3 integer);
INSERT INTO w VALUES (1, 10, 20, 30), (2, NULL, 5, NULL);
-- frazil
CREATE TABLE p AS SELECT * FROM emp PIVOT (sum(sal) AS s, count(*) AS c FOR job IN ('CLERK' AS clerk, 'MGR' AS mgr));
-- duckdb
CREATE TABLE p AS SELECT dept, sum(sal) FILTER (WHERE job = 'CLERK') AS clerk_s, count(*) FILTER (WHERE job = 'CLERK') AS clerk_c,
  sum(sal) FILTER (WHERE job = 'MGR') AS mgr_s, count(*) FILTER (WHERE job = 'MGR') AS mgr_c FROM emp GROUP BY dept;
SELECT dept, clerk_s, clerk_c, mgr_s, mgr_c FROM p;
-- frazil
CREATE TABLE u AS SELECT * FROM w UNPIVOT (sales FOR quarter IN (q1 AS 'Q1', q2 AS 'Q2', q3 AS 'Q3'));
-- duckdb
CREATE TABLE u AS SELECT id, quarter, sales FROM (SELECT id, 'Q1' AS quarter, q1 AS sales FROM w UNION ALL SELECT id, 'Q2', q2 FROM w UNION ALL SELECT id, 'Q3', q3 FROM w) x WHERE sales IS NOT NULL;
SELECT id, quarter, sales FROM u;
SELECT sum(sales) FROM u;
-- frazil
CREATE TABLE v AS SELECT * FROM w UNPIVOT INCLUDE NULLS ((a, b) FOR half IN ((q1, q2) AS 'H1', (q2, q3) AS 'H2'));
-- duckdb
CREATE TABLE v AS SELECT id, 'H1' AS half, q1 AS a, q2 AS b FROM w UNION ALL SELECT id, 'H2', q2, q3 FROM w;
SELECT id, half, a, b FROM v;
-- a WHERE needs no FROM
SELECT 1 WHERE 1 = 1;
SELECT 1 WHERE 1 = 0 UNION ALL SELECT 2 WHERE 1 IS DISTINCT FROM 2;
SELECT (SELECT x WHERE x > 1) FROM (VALUES (1), (2)) AS t (x) WHERE x > 0;
