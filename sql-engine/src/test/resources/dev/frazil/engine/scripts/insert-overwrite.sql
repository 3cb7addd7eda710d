-- INSERT OVERWRITE: the table, the partitions of fixed values, or those that the rows fall into.
-- frazil
CREATE TABLE t (id integer, p varchar, q integer, v varchar) PARTITIONED BY (p, q);
-- duckdb
CREATE TABLE t (id integer, p varchar, q integer, v varchar);
INSERT INTO t VALUES (1, 'a', 1, 'x'), (2, 'a', 2, 'x'), (3, 'b', 1, 'x'), (4, NULL, 1, 'x');

-- One partition by its values, which the rows do not hold; and all of p = 'a'.
-- frazil
INSERT OVERWRITE TABLE t PARTITION (p = 'a', q = 2) VALUES (20, 'new'), (21, 'new');
-- duckdb
DELETE FROM t WHERE p = 'a' AND q = 2;
-- duckdb
INSERT INTO t VALUES (20, 'a', 2, 'new'), (21, 'a', 2, 'new');
SELECT * FROM t;
-- frazil
INSERT OVERWRITE t PARTITION (p = lower('A')) SELECT id + 100, q, v FROM t WHERE p = 'a' AND q = 2;
-- duckdb
CREATE TABLE n AS SELECT id + 100 AS id, p, q, v FROM t WHERE p = 'a' AND q = 2;
-- duckdb
DELETE FROM t WHERE p = 'a';
-- duckdb
INSERT INTO t SELECT * FROM n;
SELECT * FROM t;
-- frazil
INSERT OVERWRITE t PARTITION (p = NULL) (v, id) VALUES ('null', 40);
-- duckdb
DELETE FROM t WHERE p IS NULL;
-- duckdb
INSERT INTO t VALUES (40, NULL, NULL, 'null');
SELECT * FROM t;

-- Columns without values: the partitions of the new rows, and no others.
-- frazil
INSERT OVERWRITE t PARTITION (p, q) VALUES (30, 'b', 1, 'dynamic'), (31, 'c', 9, 'dynamic');
-- duckdb
DELETE FROM t WHERE p = 'b' AND q = 1;
-- duckdb
INSERT INTO t VALUES (30, 'b', 1, 'dynamic'), (31, 'c', 9, 'dynamic');
SELECT * FROM t;
-- frazil
INSERT OVERWRITE t PARTITION (p = 'c', q) SELECT id, q, 'mixed' FROM t WHERE p = 'c';
-- duckdb
UPDATE t SET v = 'mixed' WHERE p = 'c';
SELECT * FROM t;
-- frazil
INSERT OVERWRITE t PARTITION (p, q) SELECT * FROM t WHERE id = -1;
SELECT * FROM t;

-- Rows that are deleted by position go as well, and what is overwritten in a transaction may be its own.
DELETE FROM t WHERE id = 120;
-- frazil
START TRANSACTION;
INSERT INTO t VALUES (50, 'a', 2, 'own');
-- frazil
INSERT OVERWRITE t PARTITION (p = 'a') VALUES (51, 7, 'last');
-- duckdb
DELETE FROM t WHERE p = 'a';
-- duckdb
INSERT INTO t VALUES (51, 'a', 7, 'last');
SELECT * FROM t;
-- frazil
COMMIT;
SELECT * FROM t;

-- A PARTITION of INSERT INTO only gives values. Without a clause the whole table is replaced.
-- frazil
INSERT INTO t PARTITION (q = 3, p = 'd') VALUES (60, 'into'), (61, NULL);
-- duckdb
INSERT INTO t VALUES (60, 'd', 3, 'into'), (61, 'd', 3, NULL);
SELECT * FROM t;
-- frazil
INSERT OVERWRITE t SELECT id, p, q, upper(v) FROM t WHERE id > 40;
-- duckdb
DELETE FROM t WHERE coalesce(id, 0) <= 40;
-- duckdb
UPDATE t SET v = upper(v);
SELECT * FROM t;
-- frazil
INSERT OVERWRITE TABLE t (id) VALUES (1);
-- duckdb
TRUNCATE t;
-- duckdb
INSERT INTO t (id) VALUES (1);
SELECT * FROM t;
-- frazil
INSERT OVERWRITE t SELECT * FROM t WHERE false;
-- duckdb
TRUNCATE t;
SELECT count(*) FROM t;
