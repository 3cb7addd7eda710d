-- What a column gets that a statement does not name.
CREATE TABLE t (id integer, n integer DEFAULT 5 + 2 NOT NULL, s varchar DEFAULT 'it''s', d decimal(10, 2) DEFAULT 1.5,
  f double DEFAULT -1e10, day date DEFAULT DATE '2020-02-29', made timestamp DEFAULT TIMESTAMP '2020-02-29 01:02:03.000004',
  yes boolean DEFAULT true, none integer DEFAULT NULL);
INSERT INTO t (id) VALUES (1), (2);
INSERT INTO t (n, id) VALUES (DEFAULT, 3), (9, DEFAULT);
INSERT INTO t (id, s) SELECT id + 10, s || '!' FROM t WHERE id < 3;
INSERT INTO t DEFAULT VALUES;
SELECT * FROM t;
UPDATE t SET n = 0, s = NULL, day = NULL;
UPDATE t SET n = DEFAULT, s = DEFAULT, none = DEFAULT WHERE id > 2;
SELECT * FROM t;
INSERT INTO t BY NAME SELECT 20 AS id, false AS yes;
SELECT * FROM t WHERE id = 20;
MERGE INTO t USING (SELECT 1 AS id UNION ALL SELECT 30) AS n ON t.id = n.id
  WHEN MATCHED THEN UPDATE SET d = DEFAULT, n = 1
  WHEN NOT MATCHED THEN INSERT (id) VALUES (n.id);
SELECT * FROM t WHERE id IN (1, 30);
CREATE TABLE k (id integer PRIMARY KEY, n integer DEFAULT 3 CHECK (n < 10), l integer[] DEFAULT array[1, 2]);
INSERT INTO k (id) VALUES (1), (2);
INSERT INTO k (id, n) VALUES (2, 9), (3, DEFAULT) ON CONFLICT (id) DO UPDATE SET n = excluded.n;
SELECT * FROM k;
