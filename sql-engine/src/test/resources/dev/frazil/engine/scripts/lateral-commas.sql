-- LATERAL and UNNEST that read tables before a comma, first in a join by RIGHT, FULL, NATURAL or USING.
CREATE TABLE a (k integer, x integer, arr integer[]);
CREATE TABLE c (k integer, z integer);
INSERT INTO a VALUES (1, 10, array[1, 5]), (2, 20, array[2]), (NULL, 30, NULL);
INSERT INTO c VALUES (3, 32), (4, 42), (1, 12), (2, 22);
SELECT a.k, l.v, c.z FROM a, LATERAL (SELECT a.k AS v) AS l LEFT JOIN c ON l.v = c.k;
SELECT a.x, l.v, c.z FROM a, LATERAL (SELECT a.k AS v) AS l FULL JOIN c ON l.v = c.k;
SELECT * FROM (SELECT x FROM a) AS b, LATERAL (SELECT b.x / 10 AS k) AS l NATURAL JOIN c;
SELECT a.x, u.n, c.z FROM a, UNNEST(a.arr) AS u (n) FULL JOIN c ON u.n = c.k WHERE a.k IS NOT NULL;
SELECT a.x, m, c.z FROM a, LATERAL (SELECT a.x / 10 AS m) AS l JOIN (SELECT k AS m, z FROM c) AS c USING (m);
SELECT a.x, l.v, c.z, d.z FROM a, LATERAL (SELECT a.k AS v) AS l RIGHT JOIN c ON l.v = c.k LEFT JOIN c AS d ON d.k = l.v + 1 WHERE c.k < 4;
SELECT a.x, e.x, l.v, c.z FROM a, a AS e, LATERAL (SELECT e.k AS v) AS l RIGHT JOIN c ON l.v = c.k;
SELECT a.x, d.k, l.v, c.z FROM a, LATERAL (SELECT a.k + 1 AS v) AS l RIGHT JOIN c ON l.v = c.k, c AS d WHERE d.k > 2;
-- The same within a sub-query.
SELECT a.x, l.* FROM a, LATERAL (SELECT l.v, c.z FROM (SELECT a.k + a.x AS v) AS l RIGHT JOIN c ON l.v = c.k + 10) AS l;
SELECT q.x, (SELECT count(*) FROM c, LATERAL (SELECT c.k + q.k AS v) AS l RIGHT JOIN a ON l.v = a.k) FROM a AS q;
SELECT q.x FROM a AS q, LATERAL (SELECT l.v FROM (SELECT q.k AS v) AS l RIGHT JOIN c ON l.v = c.k) AS r WHERE r.v IS NOT NULL;
SELECT a.x, count(*), count(l.v) FROM a, LATERAL (SELECT a.k AS v) AS l RIGHT JOIN c ON l.v > c.k GROUP BY a.x;
SELECT a.x FROM a LEFT JOIN LATERAL (SELECT a.k AS v) AS l ON l.v > 1, c WHERE c.k = 1;
-- Several columns of tables before the comma.
SELECT a.k, l.v, c.z FROM a, LATERAL (SELECT a.k + a.x AS v) AS l RIGHT JOIN c ON l.v = c.k + 10;
SELECT a.k, l.v, c.z FROM a, LATERAL (SELECT a.k + a.x AS v, a.k AS w) AS l FULL JOIN c ON l.w = c.k;
SELECT a.k, a.x, l.*, c.z FROM a, LATERAL (SELECT a.k, a.x + a.k AS y) AS l NATURAL JOIN c;
SELECT * FROM (SELECT x, k FROM a) AS b, LATERAL (SELECT b.x / 10 AS k, b.k + b.x AS n) AS l JOIN c USING (k);
SELECT a.x, l.v, c.z, d.z FROM a, LATERAL (SELECT a.k AS v, a.x AS w) AS l RIGHT JOIN c ON l.v = c.k LEFT JOIN c AS d ON d.k = l.v + 1 AND l.w > 10 WHERE c.k < 4;
SELECT a.x, e.x, l.v, c.z FROM a, a AS e, LATERAL (SELECT e.k + a.k AS v) AS l RIGHT JOIN c ON l.v = c.k;
SELECT a.x, e.x, l.v, c.z, q.z FROM a, a AS e, LATERAL (SELECT e.k + a.k AS v WHERE a.x < e.x) AS l RIGHT JOIN c ON l.v = c.k, c AS q WHERE q.k = 1;
SELECT a.x, u.n, w.n, c.z FROM a, LATERAL (SELECT n FROM UNNEST(a.arr) AS u (n) WHERE n <> a.k) AS u FULL JOIN c ON u.n = c.k, UNNEST(a.arr) AS w (n);
SELECT q.x, (SELECT count(l.v) FROM c, LATERAL (SELECT c.k + q.k + c.z AS v) AS l RIGHT JOIN a ON l.v > a.k) FROM a AS q;
SELECT a.x, l.v, c.z, m.t FROM a, LATERAL (SELECT a.k + a.x AS v) AS l RIGHT JOIN c ON l.v = c.k + 10, LATERAL (SELECT a.x + c.z + coalesce(l.v, 0) AS t) AS m;
SELECT a.x, l.v, c.z, m.t, n.t FROM a, LATERAL (SELECT a.k + a.x AS v) AS l RIGHT JOIN c ON l.v = c.k + 10, LATERAL (SELECT a.x + c.z + coalesce(l.v, 0) AS t) AS m FULL JOIN (VALUES (1), (2)) AS n (t) ON n.t = m.t;
SELECT a.x, sum(l.v), count(*) FROM a, LATERAL (SELECT a.k + a.x AS v) AS l RIGHT JOIN c ON l.v > c.k GROUP BY a.x HAVING count(l.v) > 0 ORDER BY a.x;
SELECT a.x, (SELECT max(c2.z) FROM c AS c2 WHERE c2.k = l.v AND c2.z > a.x AND c2.k = c.k) FROM a, LATERAL (SELECT a.k AS v, a.x AS w) AS l RIGHT JOIN c ON l.v = c.k;
SELECT a.k FROM a, LATERAL (SELECT a.k AS v, a.x AS w) AS l FULL JOIN c ON l.v = c.k WHERE l.w IS NULL AND c.z > a.x;
SELECT a.x, b.k FROM a, a AS b JOIN c ON EXISTS (SELECT 1 FROM c AS d WHERE d.k = a.k AND d.k = c.k);
SELECT a.x, b.k, l.v FROM a, a AS b JOIN LATERAL (SELECT a.k + b.k AS v) AS l ON l.v > 1;
SELECT a.x, b.k, l.v FROM a, a AS b LEFT JOIN LATERAL (SELECT a.k + b.k AS v) AS l ON l.v > 2;
SELECT a.x, b.k, l.v FROM a, a AS b FULL JOIN c USING (k) LEFT JOIN LATERAL (SELECT a.k + b.k AS v) AS l ON l.v > 2;
