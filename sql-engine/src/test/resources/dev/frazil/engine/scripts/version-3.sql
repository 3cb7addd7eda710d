-- Tables of format version 3 delete by deletion vectors, one a data file.
-- frazil
CREATE TABLE v (id integer, s varchar) WITH ("format-version" = '3');
-- duckdb
CREATE TABLE v (id integer, s varchar);
INSERT INTO v VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd');
INSERT INTO v VALUES (5, 'e'), (6, 'f');
DELETE FROM v WHERE id = 2;
SELECT * FROM v;
DELETE FROM v WHERE id IN (3, 6);
SELECT * FROM v;
UPDATE v SET s = upper(s) WHERE id <= 4;
SELECT * FROM v;
UPDATE v SET s = s || '!' WHERE s = 'A';
DELETE FROM v WHERE s = 'D';
SELECT * FROM v;
MERGE INTO v USING (SELECT id + 1 AS id, s FROM v) AS n ON v.id = n.id
  WHEN MATCHED THEN DELETE
  WHEN NOT MATCHED THEN INSERT (id, s) VALUES (n.id, n.s);
SELECT * FROM v;
-- frazil
CREATE TABLE vp (id integer, k integer) PARTITIONED BY (k) WITH ("format-version" = '3');
-- duckdb
CREATE TABLE vp (id integer, k integer);
INSERT INTO vp SELECT id, id % 3 FROM v;
INSERT INTO vp VALUES (10, 1), (11, 2), (12, NULL);
DELETE FROM vp WHERE id > 9 AND k = 1;
UPDATE vp SET k = 7 WHERE k IS NULL OR k = 2;
SELECT * FROM vp;
DELETE FROM vp;
SELECT count(*) FROM vp;
