-- What random queries brought to light, made small.
CREATE TABLE nothing (id integer);
CREATE TABLE few (id integer, d decimal(9, 2), s varchar);
INSERT INTO few VALUES (1, 1000000.50, 'a'), (2, -1000000.50, 'b'), (3, NULL, NULL);
-- A comma binds less than JOIN.
SELECT 0 AS c FROM nothing AS a, nothing AS b FULL JOIN few AS c ON TRUE;
SELECT a.id FROM nothing AS a, (VALUES (1)) AS b (n) RIGHT JOIN few AS c ON FALSE;
SELECT a.id, c.id FROM few AS a, nothing AS b JOIN few AS d ON b.id = d.id RIGHT JOIN few AS c ON d.id = c.id;
SELECT a.s, b.id FROM few AS a, few AS b NATURAL JOIN few AS c;
-- GROUPING is no name in GROUPING SETS.
SELECT few.s, count(*) FROM few GROUP BY GROUPING SETS ((few.s), ());
SELECT few.s AS x FROM few AS few GROUP BY GROUPING SETS ((few.s));
-- A key that stands twice in a roll-up counts twice.
SELECT id, count(*) FROM few GROUP BY ROLLUP (id, id);
SELECT id, s, count(*) FROM few GROUP BY CUBE (id, s, id);
-- A variance does not fit the type of its argument.
SELECT var_samp(d), var_pop(d), stddev(d), stddev_pop(d), variance(id) FROM few;
-- A comparison with NULL below DISTINCT.
SELECT DISTINCT 0 AS c FROM (SELECT 0 AS x FROM few HAVING ((0 > CAST(NULL AS integer)) AND TRUE)) AS a;
-- A sub-query that refers to a computed column of a computed column.
SELECT (b.y - b.y) AS z, CAST((SELECT 0 FROM nothing AS n WHERE n.id = b.y) AS decimal(14, 2)) AS c
  FROM (SELECT (a.x - -6.29) AS y FROM (SELECT few.d AS x FROM few) AS a) AS b;
-- What holds of one side of a join holds of the other, but its arithmetic may overflow there.
CREATE TABLE extremes (id integer, l bigint);
INSERT INTO extremes VALUES (-2147483648, 9223372036854775807), (7, -9223372036854775808), (8, 9007199254740993), (9, NULL);
SELECT f.id FROM few AS f WHERE f.id + f.id = 2 AND EXISTS (SELECT 1 FROM extremes AS e WHERE e.id = f.id);
SELECT f.id FROM few AS f JOIN extremes AS e ON f.id = e.id WHERE f.id + f.id > -5;
-- The keys of a join as a filter of a scan with keys at the other end of the range.
SELECT f.d, e.l FROM extremes AS e FULL JOIN (VALUES (20, 1.5), (40, 2.5)) AS f (id, d) ON e.l = f.id WHERE f.d IS DISTINCT FROM NULL;
SELECT e.id FROM extremes AS e JOIN few AS f ON e.l = f.id + 5;
-- Sums have 38 digits, few of them after the point; what they meet may have more.
SELECT 1 AS c FROM few HAVING CAST(sum(-9.04) AS decimal(38, 1)) NOT IN (sum(-9.04));
SELECT s, sum(d) = 1000000.504, sum(d) BETWEEN 1000000.496 AND 1000000.504 FROM few GROUP BY s;
-- DISTINCT above LATERAL.
SELECT DISTINCT 0 AS c FROM (VALUES (1), (2)) AS a (x)
  CROSS JOIN LATERAL (SELECT count(*) AS n FROM few GROUP BY GROUPING SETS ((s), ())) AS b;
-- Keys of mixed types are found again in HAVING.
SELECT count(*) FROM few GROUP BY d > id HAVING d > id;
SELECT id / 3 < d, count(*) FROM few GROUP BY id / 3 < d HAVING id / 3 < d OR NOT id / 3 < d;
-- The order of distinct windows.
SELECT DISTINCT rank() OVER (ORDER BY s) AS r FROM few ORDER BY r;
SELECT DISTINCT s AS x, rank() OVER (ORDER BY s) AS r FROM few ORDER BY r DESC NULLS FIRST, 1 LIMIT 2 OFFSET 1;
-- WHERE behind IGNORE NULLS.
SELECT n FROM (SELECT lag(s, 1 IGNORE NULLS) OVER (ORDER BY id) AS n FROM few) AS a WHERE n = 'a';
WITH w AS (SELECT 1 AS n) SELECT DISTINCT d AS x, rank() OVER (ORDER BY s) AS r FROM few ORDER BY r DESC, x;
-- A semi- or anti-join by computed keys whose table is built of its other side keeps the right columns.
CREATE TABLE many (id integer, k integer, n integer, d decimal(12, 2));
INSERT INTO many VALUES (1, 1, 10, 1.25), (2, 2, 20, 2.25), (3, NULL, 30, 3.25), (4, 4, 40, 4.25), (5, 1, 50, 5.25), (6, 2, 60, 6.25), (7, 7, 70, 7.25), (8, NULL, 80, 8.25);
SELECT f.id, n, m.d FROM few AS f JOIN (SELECT k, n, d FROM many) AS m ON m.n > f.id WHERE m.k + 1 IN (SELECT a.id + 1 FROM few AS a WHERE a.id = m.k);
SELECT f.d, f.s FROM few AS f WHERE (COALESCE(f.id, 0), f.s) IN (SELECT m.k + 0, CASE WHEN m.n < 30 THEN 'a' ELSE 'b' END FROM many AS m);
SELECT f.d, f.s FROM few AS f WHERE EXISTS (SELECT 1 FROM many AS m WHERE m.k + 0 = f.id + 0 AND m.n < 45);
SELECT f.d, f.s FROM few AS f WHERE NOT EXISTS (SELECT 1 FROM many AS m WHERE m.k * 2 = f.id * 2 AND m.k = f.id);
SELECT m.n, m.d FROM many AS m WHERE EXISTS (SELECT 1 FROM few AS f WHERE m.k + 0 = f.id + 0 AND m.k = f.id);
SELECT m.n, m.d FROM many AS m WHERE NOT EXISTS (SELECT 1 FROM few AS f WHERE m.k + 0 = f.id + 0 AND m.k = f.id);
-- An exact number beside a double in a key is found again in HAVING.
CREATE TABLE measured (id integer, x double, l bigint, d decimal(9, 2));
INSERT INTO measured VALUES (1, 1.5, 1, 1.50), (2, 2.5, 9007199254740993, 2.40), (3, NULL, 3, 3), (4, CAST('NaN' AS double), NULL, NULL);
SELECT a.id FROM measured AS a GROUP BY a.id, (a.id + 1 > a.x) HAVING (a.id + 1 > a.x);
SELECT a.id FROM measured AS a GROUP BY CUBE (a.id, (a.d >= a.x OR a.l IN (1, 2))) HAVING (a.d >= a.x OR a.l IN (1, 2));
SELECT id, l = x, d = x, d < x, x IN (id, l), x BETWEEN id AND l, NULLIF(x, d), CASE x WHEN d THEN 1 END FROM measured;
SELECT m.id, n.id FROM measured AS m JOIN measured AS n ON m.d = n.x;
SELECT id FROM measured WHERE x < l AND id < 2.5e0 AND d <= 1.5e0;
-- The operand of GROUPING is a key although Calcite calls one of the two nullable.
SELECT GROUPING(COALESCE(id, id) * CASE id WHEN id THEN id ELSE id END) AS g, COALESCE(id, id) * CASE id WHEN id THEN id ELSE id END AS k, count(*)
  FROM (VALUES (151), (7)) AS a (id) GROUP BY ROLLUP (COALESCE(id, id) * CASE id WHEN id THEN id ELSE id END);
-- The remainder of decimals has few digits; its operands may have more.
CREATE TABLE wide (z decimal(38, 10), x decimal(9, 2), y decimal(18, 4), i integer);
INSERT INTO wide VALUES (12345678901234567890.5, -7.25, 99999999999999.9999, 7), (-0.5, 0.30, 3.1, -3), (NULL, 1, 2, 3);
SELECT z % x, x % y, y % x, z % y, y % i, i % x, z % 7, z % i FROM wide;
-- A list with NULL in a key is found again inside of CASE.
SELECT CASE WHEN FALSE THEN TRUE ELSE few.id NOT IN (1, few.id, NULL) END FROM few GROUP BY few.id NOT IN (1, few.id, NULL);
SELECT CASE WHEN FALSE THEN TRUE ELSE s IN ('a', s, NULL) END, count(*) FROM few GROUP BY s IN ('a', s, NULL);
SELECT id IN (1, NULL), id IN (NULL), id NOT IN (2, NULL), s IN ('a', NULL), s NOT IN (NULL) FROM few;
SELECT id FROM few WHERE id IN (1, NULL, 3);
SELECT id FROM few WHERE id NOT IN (1, NULL);
CREATE TABLE whole (n decimal(38, 0), i integer, b bigint);
INSERT INTO whole VALUES (99999999999999999999999999999999999999, 7, 9007199254740993), (-99999999999999999999999999999999999999, -3, -5), (NULL, 1, 1);
SELECT n % 3, n % i, n % b, i % n, b % n, mod(n, 7) FROM whole;
SELECT GROUPING(CASE WHEN k > 0 THEN COALESCE(id, id) END) AS g, id, count(*) FROM (VALUES (151, 1), (7, -1)) AS a (id, k)
  GROUP BY GROUPING SETS ((id), (CASE WHEN k > 0 THEN COALESCE(id, id) END));
-- A condition without columns beside one of a column with a dictionary: it may be true where the column is null.
CREATE TABLE coded (id integer, s varchar);
INSERT INTO coded VALUES (1, NULL), (2, 'b'), (3, 'b'), (4, 'b');
SELECT id FROM coded WHERE 'a' LIKE '%' OR s <= 'a';
SELECT id, 'a' LIKE '%' OR s <= 'a', 'a' LIKE 'b' AND s = 'b' FROM coded;
