-- INSERT ... ON CONFLICT on the primary key.
-- frazil
CREATE TABLE t (id integer, n integer, s varchar, PRIMARY KEY (id) NOT ENFORCED);
-- duckdb
CREATE TABLE t (id integer PRIMARY KEY, n integer, s varchar);
-- frazil
CREATE TABLE p (a integer, b varchar, v decimal(6, 2), PRIMARY KEY (a, b)) PARTITIONED BY (b);
-- duckdb
CREATE TABLE p (a integer, b varchar, v decimal(6, 2), PRIMARY KEY (a, b));
INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two') ON CONFLICT DO NOTHING;
SELECT * FROM t;
INSERT INTO t VALUES (2, 21, 'zwei'), (3, 30, 'three') ON CONFLICT (id) DO NOTHING;
SELECT * FROM t;
-- Of several new rows of one key the first stays.
INSERT INTO t (s, id) VALUES ('a', 4), ('b', 4), ('c', 1), ('d', 5) ON CONFLICT DO NOTHING;
SELECT * FROM t;
INSERT INTO t VALUES (1, 11, 'uno') ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n, s = t.s || excluded.s;
INSERT INTO t VALUES (1, 5, 'x'), (6, 60, 'six') ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n;
SELECT * FROM t;
INSERT INTO t AS z VALUES (1, 1, 'y'), (2, 2, 'z'), (7, 7, 'seven') ON CONFLICT (id)
  DO UPDATE SET s = excluded.s, n = -z.n WHERE z.n < 20 AND excluded.n = 1;
INSERT INTO t AS z VALUES (2, 2, 'z'), (8, 8, 'eight') ON CONFLICT (id) DO UPDATE SET s = upper(z.s) WHERE z.n > 10;
SELECT * FROM t;
-- Rows of a query, with a join's ON before that of the conflict.
INSERT INTO t SELECT a.id + 1, a.n, b.s FROM t AS a JOIN t AS b ON a.id = b.id WHERE a.id < 20 ON CONFLICT DO NOTHING;
SELECT * FROM t;
INSERT INTO t (id, n) SELECT id + 2, 1000 FROM t WHERE id > 5 ON CONFLICT (id) DO UPDATE SET n = excluded.n, s = excluded.s;
SELECT * FROM t;
WITH q AS (SELECT 1 AS id) INSERT INTO t SELECT id, 0, NULL FROM q ON CONFLICT (id) DO UPDATE SET n = 0;
SELECT * FROM t;
INSERT INTO t VALUES (1, 1, 'r'), (100, 1, 'new') ON CONFLICT (id) DO UPDATE SET s = 'old' RETURNING *;
INSERT INTO t VALUES (1, 1, 'r'), (101, 1, 'new') ON CONFLICT (id) DO NOTHING RETURNING id;

-- A key of two columns, in a partitioned table.
INSERT INTO p VALUES (1, 'a', 1.5), (1, 'b', 2.5), (2, 'a', 3.5);
INSERT INTO p VALUES (1, 'b', 9), (2, 'b', 8), (1, 'a', NULL) ON CONFLICT (b, a) DO UPDATE SET v = excluded.v + p.v;
SELECT * FROM p;
INSERT INTO p (b, a) VALUES ('b', 1), ('c', 1) ON CONFLICT DO NOTHING;
SELECT * FROM p;
INSERT INTO p SELECT a, b, v * 2 FROM p ON CONFLICT (a, b) DO UPDATE SET v = excluded.v WHERE p.v IS NOT NULL;
SELECT * FROM p;
INSERT INTO p BY NAME SELECT 'b' AS b, 7.5 AS v, a FROM p WHERE b = 'c' ON CONFLICT (a, b) DO UPDATE SET v = excluded.v;
WITH w AS (SELECT 3 AS a, 'z' AS b) INSERT INTO p BY NAME SELECT b, a FROM w ON CONFLICT DO NOTHING RETURNING *;
SELECT * FROM p;
