-- The first rows of each partition: by number, by rank, with ties, nulls and conditions beside them.
CREATE TABLE score (id bigint, team varchar, points integer, played date, rate double);
INSERT INTO score VALUES (1, 'a', 10, DATE '2024-01-01', 1.5), (2, 'a', 20, DATE '2024-01-02', 2.5), (3, 'a', 20, NULL, NULL),
  (4, 'a', NULL, DATE '2024-01-03', 0.5), (5, 'b', 7, DATE '2024-01-01', 'NaN'), (6, 'b', 7, DATE '2024-01-02', 3),
  (7, NULL, 1, DATE '2024-02-01', 4), (8, NULL, NULL, NULL, NULL), (9, NULL, 2, DATE '2024-02-02', -1), (10, 'c', NULL, NULL, 'Infinity');
SELECT * FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY points DESC NULLS LAST, id) AS n FROM score) t WHERE n <= 2;
SELECT * FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY points NULLS FIRST, id DESC) AS n FROM score) t WHERE n = 1;
SELECT * FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY id) AS n FROM score) t WHERE n = 2;
SELECT * FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY id) AS n FROM score) t WHERE 3 > n AND id > 1;
SELECT * FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY id) AS n FROM score) t WHERE n < 1 OR id = 9;
SELECT * FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY id) AS n FROM score) t WHERE n > 2;
SELECT * FROM (SELECT id, team, rank() OVER (PARTITION BY team ORDER BY points DESC NULLS LAST) AS n FROM score) t WHERE n <= 1;
SELECT * FROM (SELECT id, team, rank() OVER (PARTITION BY team ORDER BY points DESC NULLS LAST) AS n FROM score) t WHERE n <= 3;
SELECT * FROM (SELECT id, team, dense_rank() OVER (PARTITION BY team ORDER BY points NULLS LAST) AS n FROM score) t WHERE n <= 2;
SELECT * FROM (SELECT id, row_number() OVER (ORDER BY played NULLS FIRST, id) AS n FROM score) t WHERE n <= 4;
SELECT * FROM (SELECT id, rank() OVER (ORDER BY rate DESC NULLS LAST) AS n FROM score) t WHERE n <= 3;
SELECT * FROM (SELECT id, row_number() OVER (PARTITION BY rate ORDER BY id) AS n FROM score) t WHERE n <= 1;
SELECT * FROM (SELECT id, rank() OVER w AS r, dense_rank() OVER w AS d, row_number() OVER w AS n FROM score
  WINDOW w AS (PARTITION BY team, played ORDER BY points, id)) t WHERE r <= 1 AND n < 5;
SELECT * FROM (SELECT id, row_number() OVER (PARTITION BY team ORDER BY id) AS n,
  sum(points) OVER (PARTITION BY team ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS s FROM score) t WHERE n <= 1;
SELECT * FROM (SELECT id, row_number() OVER w AS n, lead(points) OVER w AS s FROM score
  WINDOW w AS (PARTITION BY team ORDER BY id)) t WHERE n <= 1;
SELECT team, count(*) FROM (SELECT team, rank() OVER (PARTITION BY team ORDER BY points) AS n FROM score) t WHERE n <= 1 GROUP BY team;
SELECT a.id, b.id FROM (SELECT id, team, row_number() OVER (PARTITION BY team ORDER BY id) AS n FROM score) a
  JOIN score b ON a.id = b.id + 1 WHERE a.n = 1;
SELECT id FROM score QUALIFY row_number() OVER (PARTITION BY team ORDER BY played DESC NULLS LAST, id) = 1;
SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY team ORDER BY id) AS n FROM score) t WHERE n <= 9223372036854775807;
