-- Parts of a query that stand there twice run once: joins, windows and groups of a WITH, whatever reads them.
CREATE TABLE item (id integer, kind varchar, price integer);
INSERT INTO item VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 30), (4, NULL, 40), (5, 'c', NULL);
CREATE TABLE sale (item integer, day integer, pieces integer);
INSERT INTO sale VALUES (1, 1, 5), (1, 2, 6), (2, 1, 7), (3, 3, NULL), (4, 4, 9), (NULL, 4, 1), (9, 2, 2);
WITH s AS (SELECT i.kind, s.day, s.pieces * i.price AS paid FROM sale s JOIN item i ON s.item = i.id)
  SELECT a.kind, a.paid, b.paid FROM s a JOIN s b ON a.paid < b.paid OR a.kind = b.kind ORDER BY 1 NULLS LAST, 2, 3;
WITH s AS (SELECT i.kind, s.day, s.pieces * i.price AS paid FROM sale s LEFT JOIN item i ON s.item = i.id)
  SELECT kind, paid FROM s WHERE paid > (SELECT avg(paid) FROM s) ORDER BY 1 NULLS LAST, 2;
WITH s AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id)
  SELECT count(*) FROM item WHERE kind IN (SELECT kind FROM s) AND id NOT IN (SELECT day FROM s) AND kind <> ALL (SELECT kind FROM s WHERE day > 3);
WITH s AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id)
  SELECT count(*), count(DISTINCT kind) FROM (SELECT * FROM s UNION ALL SELECT * FROM s UNION ALL SELECT kind, day + 1 FROM s) u;
WITH s AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id)
  SELECT count(*) FROM ((SELECT * FROM s LIMIT 2) UNION ALL (SELECT * FROM s LIMIT 3)) u;
WITH s AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id),
  t AS (SELECT kind, count(*) AS n FROM s GROUP BY kind)
  SELECT a.kind, a.n, (SELECT count(*) FROM s) FROM t a JOIN t b ON a.n = b.n AND a.kind > b.kind;
WITH r AS (SELECT s.day, i.kind, row_number() OVER (ORDER BY s.day, i.id) AS n FROM sale s JOIN item i ON s.item = i.id)
  SELECT a.n, a.kind, b.kind FROM r a LEFT JOIN r b ON a.n = b.n + 1 ORDER BY 1;
WITH r AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id ORDER BY s.day DESC, i.kind NULLS LAST LIMIT 3)
  SELECT a.kind, b.day FROM r a JOIN r b ON a.day >= b.day ORDER BY 1 NULLS LAST, 2;
WITH s AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id)
  SELECT i.id, (SELECT count(*) FROM s WHERE s.day < i.id), (SELECT max(day) FROM s WHERE s.kind = i.kind) FROM item i ORDER BY 1;
WITH s AS (SELECT i.kind, s.day FROM sale s JOIN item i ON s.item = i.id WHERE i.price > 1000)
  SELECT (SELECT count(*) FROM s), count(*) FROM s a FULL JOIN s b ON a.day = b.day;
