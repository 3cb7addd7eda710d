-- Arrays of queries, numbers of rows behind functions, aggregates of several values.
CREATE TABLE t (id integer, x integer, s varchar, tags integer[]);
INSERT INTO t VALUES (1, 10, 'a', array[1, 2]), (2, 20, 'b', array[3]), (3, 20, NULL, NULL);
SELECT ARRAY(SELECT id FROM t ORDER BY id DESC), ARRAY(SELECT id FROM t WHERE id > 7), cardinality(ARRAY(SELECT s FROM t));
SELECT o.id, ARRAY(SELECT t.id * 2 FROM t WHERE t.id > o.id ORDER BY s DESC LIMIT 1) FROM t AS o;
SELECT ARRAY(SELECT x FROM t GROUP BY x ORDER BY count(*) DESC);
SELECT cardinality(ARRAY(SELECT DISTINCT x FROM t)), ARRAY(VALUES (1)), ARRAY(WITH w AS (SELECT 1 AS y) SELECT y FROM w);
SELECT id FROM t WHERE cardinality(ARRAY(SELECT 1 FROM t AS n WHERE n.x = t.x)) = 2;
SELECT * FROM generate_series(5, 7) WITH ORDINALITY AS g (x, o);
SELECT t.id, g.x, g.o FROM t, generate_series(1, t.id) WITH ORDINALITY AS g (x, o);
SELECT id, e, o FROM t CROSS JOIN UNNEST(tags) WITH ORDINALITY AS u (e, o);
SELECT min(id, 2), max(id, 2), min(s, 5), min_by(s, id, 2), max(x, 2) FILTER (WHERE id < 3) FROM t;
SELECT x, max(id, 1) FROM t GROUP BY ALL;
SELECT x, min(id, 3) FROM t GROUP BY x HAVING min(id, 1) = array[1];
SELECT count(DISTINCT (x, s)), count(DISTINCT (x, x)), count(DISTINCT x), count(DISTINCT (id, NULLIF(x, 20))) FROM t;
SELECT DATE '2024-01-01' + TIME '10:00:01', TIME '10:00:00' + DATE '2024-01-02', DATE '2024-01-01' + CAST(NULL AS time);
SELECT id FROM t WHERE DATE '2024-01-01' + id + TIME '10:00:01' > TIMESTAMP '2024-01-03 10:00:00';
