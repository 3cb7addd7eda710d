-- Window functions.
CREATE TABLE w (id integer, g varchar, x integer, d decimal(12, 2), r double, day date, ts timestamp, s varchar);
INSERT INTO w VALUES
  (1, 'a', 10, 1.50, 0.5, DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00', 'one'),
  (2, 'a', 20, 2.25, 1.5, DATE '2024-01-31', TIMESTAMP '2024-01-01 10:00:01', NULL),
  (3, 'a', 20, NULL, 2.5, DATE '2024-02-29', TIMESTAMP '2024-01-01 10:30:00', 'three'),
  (4, 'a', NULL, 4.00, NULL, NULL, NULL, 'four'),
  (5, 'b', 5, 5.75, 4.5, DATE '2023-12-31', TIMESTAMP '2024-02-01 00:00:00', NULL),
  (6, 'b', 7, 6.00, 5.5, DATE '2024-03-31', TIMESTAMP '2024-02-02 00:00:00', 'six'),
  (7, 'b', 9, 7.10, 6.5, DATE '2024-04-30', TIMESTAMP '2024-03-01 12:00:00', 'seven'),
  (8, NULL, 1, 8.00, 7.5, DATE '2024-04-01', TIMESTAMP '2024-03-02 12:00:00', 'eight'),
  (9, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (10, 'c', 100, 10.00, 9.5, DATE '2024-05-01', TIMESTAMP '2024-05-01 00:00:00', 'ten');
-- Ranks.
SELECT id, row_number() OVER (ORDER BY id) FROM w;
SELECT id, row_number() OVER (PARTITION BY g ORDER BY id DESC) FROM w;
SELECT id, rank() OVER (PARTITION BY g ORDER BY x), dense_rank() OVER (PARTITION BY g ORDER BY x) FROM w;
SELECT id, percent_rank() OVER (PARTITION BY g ORDER BY x), cume_dist() OVER (PARTITION BY g ORDER BY x) FROM w;
SELECT id, ntile(2) OVER (PARTITION BY g ORDER BY id), ntile(4) OVER (ORDER BY id), ntile(100) OVER (ORDER BY id) FROM w;
SELECT count(*) FROM (SELECT row_number() OVER () AS n FROM w) t WHERE n <= 4;
-- Neighbours.
SELECT id, lag(x) OVER (ORDER BY id), lead(x) OVER (ORDER BY id) FROM w;
SELECT id, lag(x, 2) OVER (PARTITION BY g ORDER BY id), lead(x, 2, -1) OVER (PARTITION BY g ORDER BY id) FROM w;
SELECT id, lag(s, 1, 'none') OVER (PARTITION BY g ORDER BY id), lag(x, 0) OVER (ORDER BY id) FROM w;
SELECT id, lag(s IGNORE NULLS) OVER (ORDER BY id) FROM w;
SELECT id, lag(s, 1 IGNORE NULLS) OVER (ORDER BY id), lead(s, 2 IGNORE NULLS) OVER (ORDER BY id) FROM w;
SELECT id, lag(x, 3000000) OVER (ORDER BY id), lead(x, 3000000, 7) OVER (ORDER BY id) FROM w;
SELECT id, first_value(s) OVER (PARTITION BY g ORDER BY id), last_value(s) OVER (PARTITION BY g ORDER BY id) FROM w;
SELECT id, last_value(s) OVER (PARTITION BY g ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM w;
SELECT id, nth_value(x, 2) OVER (PARTITION BY g ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM w;
SELECT id, first_value(x) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) FROM w;
SELECT id, first_value(s IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING),
  last_value(s IGNORE NULLS) OVER (ORDER BY id) FROM w;
SELECT id, first_value(s RESPECT NULLS) OVER (ORDER BY id ROWS 1 PRECEDING) FROM w;
-- Aggregates.
SELECT id, sum(x) OVER (), count(*) OVER (), count(x) OVER (), min(s) OVER (), max(day) OVER () FROM w;
SELECT id, sum(x) OVER (PARTITION BY g), sum(d) OVER (PARTITION BY g), sum(r) OVER (PARTITION BY g) FROM w;
SELECT id, sum(x) OVER (ORDER BY x), count(*) OVER (ORDER BY x), sum(d) OVER (PARTITION BY g ORDER BY x) FROM w;
SELECT id, avg(x) OVER (PARTITION BY g ORDER BY id), avg(r) OVER (ORDER BY id) FROM w;
SELECT id, min(x) OVER (PARTITION BY g ORDER BY id), max(s) OVER (ORDER BY id) FROM w;
SELECT id, sum(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM w;
SELECT id, sum(r) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING),
  min(d) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM w;
SELECT id, sum(x) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING),
  count(*) OVER (ORDER BY id ROWS BETWEEN 20 FOLLOWING AND UNBOUNDED FOLLOWING) FROM w;
SELECT id, sum(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 3 PRECEDING) FROM w;
SELECT id, count(*) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM w;
SELECT id, count(*) OVER (ORDER BY id ROWS 2 PRECEDING) FROM w;
SELECT id, stddev_samp(x) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM w;
SELECT id, count(DISTINCT x) OVER (PARTITION BY g), sum(DISTINCT x) OVER (ORDER BY id) FROM w;
SELECT id, sum(x) FILTER (WHERE id > 2) OVER (ORDER BY id), count(*) FILTER (WHERE s IS NULL) OVER (PARTITION BY g) FROM w;
-- Frames by value.
SELECT id, count(*) OVER (ORDER BY x RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING) FROM w;
SELECT id, sum(id) OVER (ORDER BY x DESC RANGE BETWEEN 5 PRECEDING AND 10 FOLLOWING) FROM w;
SELECT id, count(*) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM w;
SELECT id, count(*) OVER (ORDER BY x NULLS FIRST RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) FROM w;
SELECT id, sum(id) OVER (ORDER BY d RANGE BETWEEN 1.75 PRECEDING AND 0.5 FOLLOWING) FROM w;
SELECT id, sum(id) OVER (ORDER BY r RANGE BETWEEN 1 PRECEDING AND 2.0 FOLLOWING) FROM w;
SELECT id, count(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL '31' DAY PRECEDING AND CURRENT ROW) FROM w;
SELECT id, count(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND INTERVAL '1' MONTH FOLLOWING) FROM w;
SELECT id, count(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '30' MINUTE PRECEDING AND INTERVAL '1' DAY FOLLOWING) FROM w;
SELECT id, count(*) OVER (ORDER BY ts DESC RANGE BETWEEN INTERVAL '1' DAY FOLLOWING AND UNBOUNDED FOLLOWING) FROM w;
-- Frames by peers.
SELECT id, count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM w;
SELECT id, count(*) OVER (ORDER BY x GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM w;
SELECT id, sum(id) OVER (PARTITION BY g ORDER BY x GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM w;
SELECT id, sum(id) OVER (ORDER BY x GROUPS 2 PRECEDING) FROM w;
-- Exclusions.
SELECT id, sum(id) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM w;
SELECT id, sum(id) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) FROM w;
SELECT id, sum(id) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM w;
SELECT id, max(r) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) FROM w;
SELECT id, first_value(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING EXCLUDE CURRENT ROW),
  last_value(id) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM w;
-- Names, several windows, windows over groups, QUALIFY.
SELECT id, sum(x) OVER mine, avg(x) OVER (mine ROWS 1 PRECEDING) FROM w WINDOW mine AS (PARTITION BY g ORDER BY id);
SELECT id, row_number() OVER (ORDER BY id) + rank() OVER (ORDER BY g, id) * 100, lag(id) OVER (ORDER BY x, id) FROM w;
SELECT g, sum(x), rank() OVER (ORDER BY sum(x) DESC), sum(sum(x)) OVER () FROM w GROUP BY g;
SELECT g, id FROM w QUALIFY row_number() OVER (PARTITION BY g ORDER BY id) = 1;
SELECT g, id, rank() OVER (PARTITION BY g ORDER BY x DESC NULLS LAST, id) AS place FROM w QUALIFY place <= 2;
SELECT * FROM (SELECT id, g, row_number() OVER (PARTITION BY g ORDER BY x, id) AS n FROM w) t WHERE n <= 2 AND g <> 'b';
SELECT id FROM w ORDER BY row_number() OVER (ORDER BY id DESC) LIMIT 3;
SELECT CASE WHEN sum(x) OVER (PARTITION BY g) > 20 THEN 'much' ELSE 'little' END, count(*) OVER (PARTITION BY x % 2) FROM w;
SELECT sum(n) OVER () FROM (SELECT row_number() OVER (ORDER BY id) AS n FROM w) t;
SELECT id, sum(x) OVER (ORDER BY id) FROM w WHERE id > 100;
SELECT DISTINCT g, count(*) OVER (PARTITION BY g) FROM w;
SELECT a.id, row_number() OVER (ORDER BY a.id, b.id) FROM w a JOIN w b ON a.g = b.g;
SELECT id, sum(id) OVER (m ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM w
  WINDOW p AS (PARTITION BY g), m AS (p ORDER BY id);
-- Windows and ordered aggregates among other constructs.
CREATE TABLE v (id integer, g varchar, x integer);
INSERT INTO v VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 5), (4, 'b', NULL), (5, NULL, 7);
SELECT id, (SELECT max(x) FROM v) - x, row_number() OVER (ORDER BY id) FROM v;
SELECT id, sum(x - (SELECT min(x) FROM v)) OVER (ORDER BY id) FROM v;
SELECT id FROM v WHERE x > (SELECT avg(s) FROM (SELECT sum(x) OVER (PARTITION BY g) AS s FROM v) t);
SELECT id, (SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY u.id) AS n FROM v u WHERE u.g = v.g) t WHERE n <= 1) FROM v;
WITH r AS (SELECT id, g, rank() OVER (PARTITION BY g ORDER BY x DESC) AS k FROM v) SELECT a.id, b.id FROM r a JOIN r b ON a.g = b.g AND a.k = b.k + 1;
SELECT id, row_number() OVER (ORDER BY id) FROM v UNION ALL SELECT x, count(*) OVER () FROM v WHERE x > 6;
SELECT g, count(*) AS n, row_number() OVER (ORDER BY count(*) DESC, g) AS k FROM v GROUP BY g HAVING count(*) > 0 ORDER BY k LIMIT 2;
SELECT g, k, count(*) FROM (SELECT g, ntile(2) OVER (ORDER BY id) AS k FROM v) t GROUP BY g, k;
SELECT DISTINCT rank() OVER (ORDER BY g) FROM v;
SELECT id FROM v WHERE EXISTS (SELECT 1 FROM (SELECT id AS i, lag(id) OVER (ORDER BY id) AS p FROM v) t WHERE t.p = v.id);
SELECT id FROM v WHERE id IN (SELECT first_value(id) OVER (PARTITION BY g ORDER BY x) FROM v);
SELECT id, sum(x) OVER (PARTITION BY g, g ORDER BY id, id), count(*) OVER (PARTITION BY 1), count(*) OVER (ORDER BY 1) FROM v;
SELECT id, max(x + 1) OVER (PARTITION BY upper(g) ORDER BY -id), lag(x * 2, 1, 0) OVER (ORDER BY id) FROM v;
SELECT count(*) FROM (SELECT sum(x) OVER (ORDER BY id) FROM v) t;
SELECT sum(count(*)) OVER (ORDER BY g) FROM v GROUP BY g;
SELECT g, rank() OVER (ORDER BY g) FROM v GROUP BY ROLLUP (g);
SELECT id, avg(sum(x)) OVER (PARTITION BY g) FROM v GROUP BY id, g;
SELECT a.id, count(*) OVER (PARTITION BY b.g) FROM v a LEFT JOIN v b ON a.id = b.x;
SELECT id, row_number() OVER w1, sum(x) OVER w2 FROM v WINDOW w1 AS (ORDER BY id), w2 AS (PARTITION BY g ORDER BY id);
SELECT string_agg(g, ',' ORDER BY id), (SELECT string_agg(g, ';' ORDER BY id DESC) FROM v) FROM v;
SELECT g, array_agg(id ORDER BY id) AS ids FROM v GROUP BY g HAVING count(*) > 1 ORDER BY g;
SELECT (SELECT string_agg(u.x::varchar, '+' ORDER BY u.id) FROM v u WHERE u.g = v.g) FROM v;
SELECT id FROM v ORDER BY sum(x) OVER (PARTITION BY g), id;
SELECT g, median(x) FROM v GROUP BY g HAVING median(x) > 6;
SELECT id % 2, count_if(x > 6), max_by(g, x) FROM v GROUP BY id % 2 ORDER BY 1;
-- A mean of decimals has ten digits more over a window, too.
SELECT id, avg(CAST(x * 0.000001 AS decimal(12, 6))) OVER (ORDER BY id ROWS 1 PRECEDING) FROM v;
SELECT id, avg(CAST(x AS decimal(9, 1))) OVER (ORDER BY id ROWS BETWEEN 7 FOLLOWING AND 8 FOLLOWING) FROM v;
-- FILTER of an aggregate whose second argument decides.
SELECT v, max_by(t, v) FILTER (WHERE v < 25) OVER (), min_by(t, v) FILTER (WHERE v > 10) OVER (PARTITION BY g)
  FROM (VALUES (1, 10, NULL), (1, 20, 'b'), (1, 30, 'c'), (2, 40, 'd')) AS q (g, v, t);

-- The n least and greatest values of a frame.
SELECT id, min(x, 2) OVER (PARTITION BY g), max(x, 2) OVER (PARTITION BY g) FROM (VALUES (1, 'a', 5), (2, 'a', NULL), (3, 'a', 3), (4, 'b', NULL), (5, 'b', NULL), (6, 'c', 9), (7, 'c', 9), (8, 'c', 1), (9, NULL, 4)) AS t (id, g, x);
SELECT id, min(x, 2) OVER (PARTITION BY g ORDER BY id) FROM (VALUES (1, 'a', 5), (2, 'a', NULL), (3, 'a', 3), (4, 'b', NULL), (5, 'b', NULL), (6, 'c', 9), (7, 'c', 9), (8, 'c', 1), (9, NULL, 4)) AS t (id, g, x);
SELECT id, max(x, 2) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES (1, 'a', 5), (2, 'a', NULL), (3, 'a', 3), (4, 'b', NULL), (5, 'b', NULL), (6, 'c', 9), (7, 'c', 9), (8, 'c', 1), (9, NULL, 4)) AS t (id, g, x);
SELECT g, sum(x), max(sum(x), 2) OVER () FROM (VALUES (1, 'a', 5), (2, 'a', NULL), (3, 'a', 3), (4, 'b', NULL), (5, 'b', NULL), (6, 'c', 9), (7, 'c', 9), (8, 'c', 1), (9, NULL, 4)) AS t (id, g, x) WHERE g IS NOT NULL GROUP BY g;
