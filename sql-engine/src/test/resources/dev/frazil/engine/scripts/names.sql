-- Words that the parser below us reserves, and that people name columns and tables with.
CREATE TABLE period (one integer, "rows" integer, range integer, groups varchar, current date, match boolean);
INSERT INTO period VALUES (1, 10, 100, 'a', DATE '2026-01-31', true), (2, 20, 200, 'b', NULL, false), (3, NULL, 300, 'b', NULL, NULL);
SELECT one, rows, range, groups, current, match FROM period ORDER BY one;
SELECT p.one, p.rows, p.range, p.groups, p.current, p.match FROM period p WHERE p.one > 1 AND p.match IS NOT NULL;
SELECT groups, sum(rows) AS rows, max(range) AS range FROM period GROUP BY groups ORDER BY groups;
SELECT one, sum(range) OVER (ORDER BY one ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS sum FROM period ORDER BY one;
SELECT one, sum(one) OVER (ORDER BY range ROWS 1 PRECEDING) AS running FROM period ORDER BY range;
SELECT one, count(*) OVER (ORDER BY one RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS count FROM period ORDER BY one;
SELECT one, count(*) OVER (ORDER BY groups GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS every FROM period ORDER BY one;
SELECT one, row_number() OVER (ORDER BY one DESC) AS row_number, rank() OVER (ORDER BY groups) AS rank FROM period ORDER BY one;
SELECT one FROM period ORDER BY rows OFFSET 1 ROWS FETCH FIRST 1 ROWS ONLY;
SELECT 1 AS old, 2 AS new, 3 AS per, 4 AS pattern, 5 AS percent, 6 AS search, 7 AS cycle, 8 AS each, 9 AS none, 10 AS member, 11 AS empty;
SELECT 1 AS static, 2 AS stream, 3 AS sql, 4 AS define, 5 AS subset, 6 AS lead, 7 AS lag, 8 AS ntile, 9 AS exec, 10 AS out, 11 AS cursor;
WITH one AS (SELECT 1 AS one) SELECT one.one, one + 1 AS two FROM one;
-- Columns in common stand once, before all others.
SELECT * FROM (VALUES (1, 2), (5, 6)) AS a (id, x) LEFT JOIN (VALUES (1, 3)) AS b (id, y) USING (id) LEFT JOIN (VALUES (1, 4), (5, 5)) AS c (id, z) USING (id);
SELECT id, x, z FROM (VALUES (1, 2)) AS a (id, x) NATURAL JOIN (VALUES (1, 3)) AS b (id, y) NATURAL JOIN (VALUES (1, 4)) AS c (id, z);
SELECT id, x, y FROM (VALUES (1, 2)) AS a (id, x) FULL JOIN (VALUES (2, 3)) AS b (id, y) USING (id);
SELECT a.x, z FROM (VALUES (1, 2)) AS a (id, x) JOIN (VALUES (1, 3)) AS b (id, y) ON a.id = b.id JOIN (VALUES (3, 4)) AS c (y, z) USING (y);
-- What USING and NATURAL merge has a name without a table's, in every clause.
CREATE TABLE merge_a (id integer, v integer);
CREATE TABLE merge_b (id integer, w integer);
INSERT INTO merge_a VALUES (1, 10), (2, 20), (NULL, 30);
INSERT INTO merge_b VALUES (1, 100), (3, 300), (NULL, 30);
SELECT id, v, w FROM merge_a JOIN merge_b USING (id) WHERE id = 1;
SELECT id, v, w FROM merge_a LEFT JOIN merge_b USING (id) WHERE id > 1;
SELECT id, v, w FROM merge_a RIGHT JOIN merge_b USING (id) WHERE id > 1;
SELECT id, v, w FROM merge_a FULL JOIN merge_b USING (id) WHERE id > 1;
SELECT * FROM merge_a NATURAL FULL JOIN merge_b WHERE id = 3 OR id IS NULL;
SELECT max(id) FROM merge_a NATURAL FULL JOIN merge_b HAVING max(id) > 1;
SELECT id + 1 FROM merge_a FULL JOIN merge_b USING (id) ORDER BY id DESC NULLS LAST, v, w;
SELECT v AS id FROM merge_a JOIN merge_b USING (id) ORDER BY id;
SELECT id FROM merge_a LEFT JOIN merge_b USING (id) JOIN (VALUES (2), (3)) AS c (id) USING (id) WHERE id < 5;
SELECT x.id, v FROM merge_a AS x JOIN merge_b AS y USING (id) WHERE x.id = 1 AND id IN (SELECT id FROM merge_a WHERE id = 1);
SELECT id, id + 1 AS more, count(*) FROM merge_a NATURAL JOIN merge_b NATURAL JOIN (VALUES (1, 4)) AS c (id, z) GROUP BY id;
SELECT id AS i, z FROM merge_a LEFT JOIN merge_b USING (id) LEFT JOIN (VALUES (1, 4)) AS c (id, z) USING (id) ORDER BY i, z;
SELECT id, grouping(id), sum(v) FROM merge_a JOIN merge_b USING (id) JOIN (VALUES (1, 4)) AS c (id, z) USING (id) GROUP BY ROLLUP (id);
-- Behind a table's name and a dot every word is a name, as Hibernate writes its columns.
CREATE TABLE words ("at" timestamp, "user" varchar, "end" integer, "order" integer, "select" integer);
INSERT INTO words VALUES (TIMESTAMP '2026-01-01 00:00:00', 'ann', 1, 2, 3);
SELECT w.at, w.user, w.end, w.order + w.select FROM words w WHERE w.order = 2 ORDER BY w.end;
SELECT max(w.at), w.user FROM words w GROUP BY w.user;
