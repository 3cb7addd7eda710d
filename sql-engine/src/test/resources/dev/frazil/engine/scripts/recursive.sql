-- WITH RECURSIVE: sequences, trees and graphs.
CREATE TABLE part (id integer, parent integer, name varchar, weight integer);
INSERT INTO part VALUES (1, NULL, 'car', 0), (2, 1, 'engine', 5), (3, 1, 'body', 7), (4, 2, 'piston', 1), (5, 2, 'valve', 2), (6, 4, 'ring', 3), (7, NULL, 'bike', 4), (8, 7, 'wheel', 6);
CREATE TABLE edge (a integer, b integer);
INSERT INTO edge VALUES (1, 2), (2, 3), (3, 1), (3, 4), (5, 6), (6, 5);
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT n FROM r;
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5000) SELECT count(*), sum(n), max(n) FROM r;
WITH RECURSIVE r (n, f) AS (VALUES (1, CAST(1 AS bigint)) UNION ALL SELECT n + 1, f * (n + 1) FROM r WHERE n < 15) SELECT * FROM r;
WITH RECURSIVE tree (id, name, depth) AS (
  SELECT id, name, 0 FROM part WHERE parent IS NULL
  UNION ALL
  SELECT p.id, p.name, t.depth + 1 FROM part p JOIN tree t ON p.parent = t.id)
SELECT * FROM tree;
WITH RECURSIVE tree (root, id) AS (
  SELECT id, id FROM part
  UNION ALL
  SELECT t.root, p.id FROM tree t, part p WHERE p.parent = t.id)
SELECT root, count(*), (SELECT sum(weight) FROM part x WHERE x.id >= tree.root) FROM tree GROUP BY root;
WITH RECURSIVE reach (a, b) AS (SELECT a, b FROM edge UNION SELECT r.a, e.b FROM reach r JOIN edge e ON e.a = r.b) SELECT * FROM reach;
WITH RECURSIVE reach (b) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edge e ON e.a = r.b) SELECT * FROM reach WHERE b > 1;
WITH RECURSIVE path (b, text) AS (SELECT 1, CAST('1' AS varchar) UNION ALL SELECT e.b, p.text || '>' || CAST(e.b AS varchar) FROM path p JOIN edge e ON e.a = p.b WHERE char_length(p.text) < 8) SELECT * FROM path;
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 4), s (m) AS (SELECT n * 10 FROM r UNION ALL SELECT m + 1 FROM s WHERE m < 12) SELECT * FROM s;
WITH RECURSIVE r (n) AS (SELECT id FROM part WHERE id = 99 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r;
SELECT name FROM part WHERE id IN (WITH RECURSIVE r (n) AS (SELECT 2 UNION ALL SELECT p.id FROM part p, r WHERE p.parent = r.n) SELECT n FROM r);
WITH big AS (SELECT * FROM part WHERE weight > 2) SELECT a.name, b.name FROM big a JOIN big b ON a.id < b.id;
