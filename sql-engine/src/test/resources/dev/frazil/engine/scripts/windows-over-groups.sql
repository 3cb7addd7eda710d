-- Window functions over the groups of a query, and conditions inside of them.
CREATE TABLE sale (id integer, k integer, region varchar NOT NULL, amount decimal(9, 2));
INSERT INTO sale VALUES (1, 1, 'n', 10.50), (2, 1, 's', 20.00), (3, 2, 'n', NULL), (4, NULL, 'n', 5.25), (5, 2, 's', 7.00), (6, 3, 'w', 1.00);
-- Lists in conditions.
SELECT id, sum(amount) FILTER (WHERE k IN (1, 2)) OVER (ORDER BY id) FROM sale;
SELECT id, count(*) FILTER (WHERE k NOT IN (1, 3)) OVER () FROM sale;
SELECT id, count(*) FILTER (WHERE k NOT IN (1, NULL)) OVER (PARTITION BY region) FROM sale;
SELECT id, count(id) FILTER (WHERE NOT (k IN (1, 2) AND region NOT IN ('n'))) OVER (PARTITION BY k) FROM sale;
SELECT id, max(id) FILTER (WHERE region IN ('n', 's', 'w', 'x', 'y', 'z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'o', 'p', 'q', 'r')) OVER (ORDER BY k, id) FROM sale;
SELECT id, rank() OVER (PARTITION BY region IN ('n', 's') ORDER BY k NOT IN (2, 3), id) FROM sale;
SELECT id, sum(CASE WHEN k IN (1, 3) THEN id ELSE 0 END) OVER (ORDER BY id ROWS 1 PRECEDING) FROM sale;
SELECT region, sum(count(*) FILTER (WHERE k IN (1, 2))) OVER (ORDER BY region) FROM sale GROUP BY region;
SELECT region, sum(sum(id)) FILTER (WHERE region NOT IN ('n', 'x')) OVER () FROM sale GROUP BY region;
SELECT region, rank() OVER (ORDER BY count(*) FILTER (WHERE k NOT IN (2, 7)), region) FROM sale GROUP BY region;
SELECT id FROM sale QUALIFY count(*) FILTER (WHERE k NOT IN (1, 3)) OVER (PARTITION BY region) > 1;
-- A key that is never null is null in the sums of a roll-up.
SELECT region, min(region) OVER (ORDER BY 0 DESC) FROM sale GROUP BY CUBE (region);
SELECT region, max(region) OVER (PARTITION BY region) FROM sale GROUP BY ROLLUP (region);
SELECT v, first_value(v) OVER (ORDER BY v NULLS FIRST), lag(v) OVER (ORDER BY v) FROM (VALUES (700, 'a'), (800, 'b')) AS t (v, w) GROUP BY GROUPING SETS ((v), (v, w), ());
SELECT k, region, count(*) OVER (PARTITION BY region), sum(count(*)) OVER (PARTITION BY k) FROM sale GROUP BY CUBE (k, region);
SELECT region, sum(v) OVER (ORDER BY region) FROM (SELECT region, 1 AS v FROM sale) AS s GROUP BY ROLLUP (region, v);
-- GROUPING in windows.
SELECT region, grouping(region), rank() OVER (PARTITION BY grouping(region) ORDER BY sum(amount) DESC) FROM sale GROUP BY ROLLUP (region);
SELECT k, region, sum(id), rank() OVER (PARTITION BY grouping(k) + grouping(region), CASE WHEN grouping(region) = 0 THEN k END ORDER BY sum(id) DESC) FROM sale GROUP BY ROLLUP (k, region);
-- Expressions of keys, of which some are in every grouping set and some are not.
SELECT c, (c - c) * 2 AS e FROM (SELECT id AS c FROM sale WHERE id IS NOT NULL) AS s GROUP BY GROUPING SETS ((c, ((c - c) * 2)), (((c - c) * 2)));
SELECT region, region || 'x' AS y, count(*) FROM sale GROUP BY GROUPING SETS ((region, region || 'x'), (region || 'x')) ORDER BY y DESC NULLS FIRST, region LIMIT 4;
SELECT region || 'x' AS y FROM sale GROUP BY GROUPING SETS ((region, region || 'x'), (region || 'x'), (region)) ORDER BY region, count(*);
-- Lists in keys, found again in windows.
SELECT count(*) OVER (ORDER BY k IN (1, 2)), k IN (1, 2) AS c FROM sale GROUP BY k IN (1, 2);
SELECT bool_or(k NOT IN (1, NULL)) OVER (PARTITION BY k NOT IN (1, NULL) ORDER BY count(*) FILTER (WHERE id IN (1, 2, 3))) FROM sale GROUP BY k NOT IN (1, NULL), k;
SELECT sum(CASE WHEN region IN ('n', 's') THEN 1 END) OVER (), sum(max(CASE WHEN id NOT IN (1, 2) THEN id END)) OVER (ORDER BY region IN ('n')) FROM sale GROUP BY region;
-- Lists in QUALIFY above groups.
SELECT 0 AS c FROM sale HAVING TRUE QUALIFY (sum(-7.27) FILTER (WHERE (0 NOT IN (8))) OVER () < 1.25);
SELECT region FROM sale GROUP BY region QUALIFY count(*) FILTER (WHERE region NOT IN ('n', 'x')) OVER () = 2 AND region IN ('n', 's');
SELECT k IN (1, 2) AS c FROM sale GROUP BY k IN (1, 2) QUALIFY rank() OVER (ORDER BY k IN (1, 2)) IN (1, 3) OR k IN (1, 2);
SELECT region, sum(count(*)) OVER (PARTITION BY region IN ('n', 'w')) AS n FROM sale GROUP BY ROLLUP (region) QUALIFY sum(count(*) FILTER (WHERE id NOT IN (1))) OVER (PARTITION BY region NOT IN ('n')) > 1;
-- Lists inside of keys, which QUALIFY finds again.
CREATE TABLE listed (id integer, k integer);
INSERT INTO listed VALUES (1, 2), (2, 3), (3, 2), (4, NULL);
SELECT count(*) FROM listed GROUP BY CASE WHEN 6 NOT IN (-1) THEN 401 ELSE - k END QUALIFY cume_dist() OVER (ORDER BY CASE WHEN 6 NOT IN (-1) THEN 401 ELSE - k END) IS NOT NULL;
SELECT k IN (1, 2) AS x, count(*) FILTER (WHERE id IN (1, 7)) FROM listed GROUP BY k IN (1, 2) HAVING k IN (1, 2) OR count(*) IN (1, 2) QUALIFY rank() OVER (ORDER BY k IN (1, 2)) IN (1, 2) AND sum(count(*)) OVER () IN (3, 4);
SELECT CASE WHEN k IN (1, 2) THEN 'a' ELSE 'b' END AS x FROM listed GROUP BY ROLLUP (CASE WHEN k IN (1, 2) THEN 'a' ELSE 'b' END) QUALIFY rank() OVER (ORDER BY CASE WHEN k IN (1, 2) THEN 'a' ELSE 'b' END) < 3;
