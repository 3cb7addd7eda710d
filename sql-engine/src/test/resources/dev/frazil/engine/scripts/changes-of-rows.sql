-- UPDATE, DELETE and INSERT in their rarer forms.
CREATE TABLE t (id integer, a integer, b varchar, c decimal(8, 2));
CREATE TABLE u (id integer, x integer, y varchar);
INSERT INTO t VALUES (1, 10, 'one', 1.5), (2, 20, 'two', 2.5), (3, 30, 'three', 3.5), (4, 40, NULL, NULL);
INSERT INTO u VALUES (1, 100, 'uno'), (3, 300, 'tres'), (5, 500, 'cinco');

-- Several columns at once.
UPDATE t SET (a, b) = (id + 1, upper(b)), c = c * 2 WHERE id < 3;
SELECT * FROM t;
-- frazil
UPDATE t SET (a, b) = (SELECT x + t.id, y FROM u WHERE u.id = t.id);
-- duckdb
UPDATE t SET a = (SELECT x + t.id FROM u WHERE u.id = t.id), b = (SELECT y FROM u WHERE u.id = t.id);
SELECT * FROM t;
-- frazil
UPDATE t SET (b, a) = ROW('row', 5) WHERE id = 4;
-- duckdb
UPDATE t SET b = 'row', a = 5 WHERE id = 4;
SELECT * FROM t;
-- frazil
UPDATE t SET (c, a) = (WITH m AS (SELECT max(x) AS m, min(x) AS n FROM u) SELECT n, m FROM m) WHERE id = 1;
-- duckdb
UPDATE t SET c = 100, a = 500 WHERE id = 1;
SELECT * FROM t;
UPDATE t SET b = DEFAULT, a = a + 1 WHERE id <> 2;
SELECT * FROM t;
UPDATE t AS z SET a = 0 WHERE z.a IS DISTINCT FROM 301 AND z.id > 2;
UPDATE t SET a = CASE WHEN b IS DISTINCT FROM 'x' THEN 1 ELSE 2 END, c = NULL WHERE id = 2;
SELECT * FROM t;

CREATE TABLE flags (id integer, same boolean);
INSERT INTO flags VALUES (1, NULL), (NULL, NULL);
UPDATE flags SET same = id IS NOT DISTINCT FROM 1, id = 2 WHERE id IS NOT DISTINCT FROM 1 OR id IS NULL;
SELECT * FROM flags;

-- DELETE with further tables: a row that several others meet goes, and counts, once.
INSERT INTO u VALUES (1, 101, 'ein');
DELETE FROM t USING u WHERE t.id = u.id AND u.x < 200;
SELECT * FROM t;
DELETE FROM t AS z USING u AS v, (VALUES (2), (9)) AS w (k) WHERE z.id = w.k AND v.id = 5;
SELECT * FROM t;

-- WITH in front of each.
WITH n AS (SELECT id + 10 AS id, x FROM u) INSERT INTO t (id, a) SELECT id, x FROM n;
WITH n AS (SELECT max(x) AS m FROM u) INSERT INTO t VALUES (50, (SELECT m FROM n), 'm', 1);
SELECT * FROM t;
WITH n AS (SELECT 11 AS id UNION ALL SELECT 13) UPDATE t SET b = 'of n' WHERE id IN (SELECT id FROM n);
SELECT * FROM t;
WITH n AS (SELECT id + 10 AS id, y FROM u WHERE x < 400 AND x <> 101) UPDATE t SET b = n.y FROM n WHERE n.id = t.id;
SELECT * FROM t;
WITH n AS (SELECT 15 AS id) DELETE FROM t WHERE id IN (SELECT id FROM n);
SELECT * FROM t;
INSERT INTO t (id, b) WITH n AS (SELECT 60 AS id) SELECT id, 'inner' FROM n;
WITH m AS (SELECT 61 AS id) INSERT INTO t (id) WITH n AS (SELECT id + 1 AS id FROM m) SELECT id FROM n UNION ALL SELECT id FROM m;
SELECT * FROM t;

-- INSERT by the names of the source's columns.
INSERT INTO t BY NAME SELECT 'named' AS b, 70 AS id;
INSERT INTO t BY NAME SELECT x AS a, id + 80 AS id, 1.25 AS c FROM u WHERE id = 5;
SELECT * FROM t;
INSERT INTO t (id, b, a) VALUES (90, DEFAULT, 1), (91, 'x', DEFAULT);
SELECT * FROM t;
-- The date and time of the statement among values.
CREATE TABLE moments (id integer, day date, clock timestamp, point timestamp with time zone);
INSERT INTO moments VALUES (1, CURRENT_DATE, LOCALTIMESTAMP, CURRENT_TIMESTAMP), (2, NULL, NULL, NULL);
INSERT INTO moments (id, day) VALUES (3, CURRENT_DATE);
SELECT id, day IS NOT NULL, clock <= LOCALTIMESTAMP, point <= CURRENT_TIMESTAMP FROM moments ORDER BY id;
SELECT x IS NOT NULL FROM (VALUES (CURRENT_DATE), (NULL)) AS v (x);
