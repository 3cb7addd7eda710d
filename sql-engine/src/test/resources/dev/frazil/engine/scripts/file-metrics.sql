-- Counts and extremes that metrics of files answer are those of the rows.
CREATE TABLE m (id bigint, small integer, price decimal(9, 2), large decimal(38, 4), ratio double, share real,
  day_of date, at_time time, ts timestamp, name varchar, flag boolean);
SELECT count(*), count(id), min(id), max(day_of) FROM m;
INSERT INTO m VALUES
  (3, 7, 1.25, 12345678901234567890.1234, 1.5, 2.5, DATE '2024-02-29', TIME '10:00:00', TIMESTAMP '2024-02-29 10:00:00.123456', 'pear', true),
  (NULL, NULL, -1.25, -0.0001, -2.5, -0.5, NULL, TIME '00:00:00', NULL, NULL, NULL);
SELECT min(id), max(id), min(small), max(small), min(price), max(price), min(large), max(large) FROM m;
SELECT min(ratio), max(ratio), min(share), max(share), min(day_of), max(day_of) FROM m;
SELECT min(at_time), max(at_time), min(ts), max(ts), min(name), max(name) FROM m;
INSERT INTO m VALUES (9, -7, 99.99, 0, 1e300, 0, DATE '1969-12-31', TIME '23:59:59', TIMESTAMP '1969-12-31 23:59:59.999999', 'apple', false);
INSERT INTO m (id) VALUES (-4);
SELECT count(*), count(id), count(small), count(name), count(flag), count(ts) FROM m;
SELECT count(*), count(small), min(id), max(id), min(small), max(small), max(price), min(large), max(ratio) FROM m;
SELECT max(id) - min(id), count(*) + 1, max(day_of), min(ts) FROM m;
SELECT min(share), max(share), min(name), max(name), max(large), count(DISTINCT small) FROM m;
SELECT sum(id), max(id) FROM m;
SELECT max(id) FILTER (WHERE small > 0) FROM m;
SELECT max(id + 1), min(-id) FROM m;
SELECT max(id), count(*) FROM m WHERE small > 0;
SELECT min(id), max(id) FROM (SELECT id FROM m LIMIT 100) t;
SELECT id FROM m WHERE id = (SELECT max(id) FROM m);
SELECT (SELECT min(id) FROM m), (SELECT count(small) FROM m);
SELECT max(a.id) FROM m a JOIN m b ON a.id = b.id;
SELECT x, max(id) FROM (SELECT 1 AS x, id FROM m) t GROUP BY x;
DELETE FROM m WHERE id = 9;
SELECT count(*), count(small), min(id), max(id), min(small), max(day_of), max(ts) FROM m;
UPDATE m SET id = 100 WHERE id = -4;
SELECT count(*), min(id), max(id) FROM m;
INSERT INTO m (id, ratio, share) VALUES (200, 'NaN', 'NaN');
SELECT max(ratio), min(ratio), max(share), min(share), max(id) FROM m;
INSERT INTO m (id, ratio) VALUES (201, '-Infinity'), (202, 'Infinity');
SELECT min(ratio), max(id) FROM m;
-- frazil
CREATE TABLE p (id bigint, region varchar, day_of date, amount decimal(12, 2)) PARTITIONED BY (region, day(day_of));
-- duckdb
CREATE TABLE p (id bigint, region varchar, day_of date, amount decimal(12, 2));
INSERT INTO p VALUES (1, 'north', DATE '2024-01-01', 1.5), (2, 'south', DATE '2024-01-02', NULL),
  (3, 'north', DATE '2024-01-02', -7), (4, NULL, NULL, 8), (5, NULL, DATE '2024-01-03', 3);
INSERT INTO p VALUES (6, 'north', DATE '2024-02-01', 2.25), (7, 'west', NULL, NULL);
SELECT region, count(*), count(amount), min(amount), max(amount), min(id), max(day_of) FROM p GROUP BY region;
SELECT region, min(id) FROM p GROUP BY region;
SELECT region FROM p GROUP BY region;
SELECT DISTINCT region FROM p;
SELECT min(region), max(region), count(region) FROM p;
SELECT region, count(*) FROM p GROUP BY ROLLUP (region);
SELECT day_of, count(*) FROM p GROUP BY day_of;
SELECT region, day_of, max(id) FROM p GROUP BY region, day_of;
SELECT region, max(id) FROM p GROUP BY region HAVING count(*) > 1;
SELECT a.region, a.n FROM (SELECT region, count(*) AS n FROM p GROUP BY region) a JOIN p b ON a.region = b.region AND b.id = 7;
SELECT a.n, a.most FROM (SELECT amount AS k, count(*) AS n, max(id) AS most FROM p GROUP BY amount) a JOIN p b ON a.k = b.amount AND b.id = 1;
DELETE FROM p WHERE id IN (2, 3);
SELECT region, count(*), min(amount), max(id) FROM p GROUP BY region;
