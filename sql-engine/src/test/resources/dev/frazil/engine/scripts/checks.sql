-- CHECK constraints let rows in for which they are true or unknown.
CREATE TABLE t (id integer CHECK (id > 0), low integer, high integer, s varchar CHECK (s IN ('a', 'b') OR length(s) > 3),
  CONSTRAINT in_order CHECK (low <= high));
INSERT INTO t VALUES (1, 1, 2, 'a'), (2, NULL, 2, NULL), (NULL, 3, 3, 'long'), (4, 5, NULL, 'b');
SELECT * FROM t;
UPDATE t SET high = high + 1, s = s || s || s || s WHERE id = 1;
SELECT * FROM t;
MERGE INTO t USING (SELECT 2 AS id, 9 AS low UNION ALL SELECT 7, 7) AS n ON t.id = n.id
  WHEN MATCHED AND n.low < 5 THEN UPDATE SET low = n.low
  WHEN NOT MATCHED THEN INSERT (id, low) VALUES (n.id, n.low);
SELECT * FROM t;
DELETE FROM t WHERE id = 2;
INSERT INTO t (id) SELECT id + 1 FROM t WHERE id > 2;
SELECT * FROM t;
CREATE TABLE p (d date, k integer, CHECK (k BETWEEN 1 AND 10 AND d >= DATE '2020-01-01'));
INSERT INTO p VALUES (DATE '2020-01-01', 10), (NULL, 5);
SELECT * FROM p;
UPDATE p SET k = k - 1 RETURNING *;
SELECT * FROM p;
