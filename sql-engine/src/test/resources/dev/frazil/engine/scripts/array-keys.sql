-- Arrays as keys: null elements equal each other, NaN equals NaN, -0.0 equals 0.0. As DuckDB.
CREATE TABLE crate (k integer, x integer[], y double[], z varchar[]);
INSERT INTO crate VALUES
  (1, ARRAY[1, 2], ARRAY[CAST('0.0' AS double)], ARRAY['a', 'b']),
  (2, ARRAY[1, 2], ARRAY[CAST('-0.0' AS double)], ARRAY['a', 'b']),
  (3, NULL, ARRAY[CAST('NaN' AS double)], ARRAY['']),
  (4, ARRAY[1, NULL], NULL, NULL),
  (5, ARRAY[1, NULL], ARRAY[CAST('NaN' AS double)], ARRAY['ab']),
  (6, ARRAY[]::integer[], ARRAY[1e0, NULL], ARRAY['a', 'B']),
  (7, ARRAY[2, 1], ARRAY[]::double[], ARRAY['b', 'a']);
SELECT x, count(*), sum(k) FROM crate GROUP BY x;
SELECT count(*), sum(k) FROM crate GROUP BY y;
SELECT z, x, count(*), sum(k) FROM crate GROUP BY z, x;
SELECT x, k, count(*) FROM crate GROUP BY ROLLUP (x, k);
SELECT DISTINCT x, z FROM crate;
SELECT count(DISTINCT x), count(DISTINCT y), count(DISTINCT z) FROM crate;
SELECT x FROM crate UNION SELECT x FROM crate WHERE k > 3;
SELECT x FROM crate EXCEPT SELECT x FROM crate WHERE k > 3;
SELECT x FROM crate EXCEPT ALL SELECT x FROM crate WHERE k > 3;
SELECT x FROM crate INTERSECT SELECT x FROM crate WHERE k > 3;
SELECT a.k, b.k FROM crate a JOIN crate b ON a.x = b.x;
SELECT a.k, b.k FROM crate a LEFT JOIN crate b ON a.z = b.z AND a.k <= b.k;
SELECT k FROM crate WHERE x IN (SELECT x FROM crate WHERE k IN (1, 4));
SELECT k FROM crate WHERE x NOT IN (SELECT x FROM crate WHERE k IN (1, 4));
SELECT k FROM crate WHERE x NOT IN (SELECT x FROM crate WHERE k IN (1, 3));
SELECT k, (SELECT count(*) FROM crate b WHERE b.x = a.x) FROM crate a;
DROP TABLE crate;
