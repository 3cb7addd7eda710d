-- RETURNING: the rows that are written, or those that were removed.
CREATE TABLE t (id integer, a integer, b varchar, c decimal(8, 2));
CREATE TABLE u (id integer, x integer);
INSERT INTO u VALUES (1, 100), (3, 300), (5, 500);
INSERT INTO t VALUES (1, 10, 'one', 1.5), (2, 20, 'two', 2.5), (3, 30, 'three', 3.5) RETURNING *;
INSERT INTO t (b, id) VALUES ('four', 4) RETURNING id, a, upper(b) AS name, c IS NULL;
INSERT INTO t SELECT id + 10, x, 'from u', 2 * id FROM u RETURNING id, c * 2, a + t.id AS s;
INSERT INTO t (id) SELECT id FROM u WHERE id > 100 RETURNING *;
INSERT INTO t BY NAME SELECT 'b' AS b, 20 AS id RETURNING id, b;
SELECT * FROM t;
UPDATE t SET a = a + 1, c = c * 2 WHERE id < 4 RETURNING id, a, c;
UPDATE t AS z SET b = b || '!' FROM u WHERE u.id = z.id RETURNING z.*;
UPDATE t SET a = 0 WHERE id = 999 RETURNING *;
SELECT * FROM t;
DELETE FROM t WHERE id = 2 RETURNING *;
DELETE FROM t AS z USING u WHERE u.id = z.id AND u.x = 100 RETURNING z.id, z.b, CASE WHEN z.a > 5 THEN 'big' ELSE 'small' END;
WITH n AS (SELECT 11 AS id) DELETE FROM t WHERE id IN (SELECT id FROM n) RETURNING id, a;
SELECT * FROM t;
MERGE INTO t USING (SELECT id + 12 AS id, x FROM u) AS n ON t.id = n.id
  WHEN MATCHED AND n.x = 100 THEN DELETE
  WHEN MATCHED THEN UPDATE SET a = n.x
  WHEN NOT MATCHED AND n.x < 500 THEN INSERT (id, a) VALUES (n.id, n.x)
  RETURNING t.id, t.a, b;
SELECT * FROM t;
DELETE FROM t RETURNING id;
SELECT count(*) FROM t;
