-- Tables partitioned by every transform hold and change the same rows as plain ones.
-- frazil
CREATE TABLE event (id bigint, region varchar, ts timestamp, day_of date, amount decimal(12, 2), tag varchar)
  PARTITIONED BY (bucket(4, id), region);
-- duckdb
CREATE TABLE event (id bigint, region varchar, ts timestamp, day_of date, amount decimal(12, 2), tag varchar);
INSERT INTO event VALUES
  (1, 'north', TIMESTAMP '2024-01-01 01:30:00', DATE '2024-01-01', 10.5, 'apple'),
  (2, 'south', TIMESTAMP '2024-01-01 02:30:00', DATE '2024-01-01', -3.25, 'apricot'),
  (3, 'north', TIMESTAMP '2024-02-11 23:59:59', DATE '2024-02-11', 0, 'banana'),
  (4, NULL, NULL, NULL, NULL, NULL),
  (5, 'a/b=c d', TIMESTAMP '1969-12-31 23:59:59', DATE '1969-12-31', 99.99, ''),
  (6, 'south', TIMESTAMP '2025-02-11 00:00:00', DATE '2025-02-11', 7, 'blueberry');
SELECT * FROM event;
SELECT id FROM event WHERE region = 'north';
SELECT id FROM event WHERE region IS NULL;
SELECT id FROM event WHERE id = 5 AND region = 'a/b=c d';
UPDATE event SET amount = amount + 1, region = 'west' WHERE region = 'south';
SELECT * FROM event;
DELETE FROM event WHERE region IS NULL;
SELECT region, count(*), sum(amount) FROM event GROUP BY region;
-- frazil
CREATE TABLE by_time (id bigint, ts timestamp) PARTITIONED BY (hour(ts));
-- duckdb
CREATE TABLE by_time (id bigint, ts timestamp);
INSERT INTO by_time SELECT id, ts FROM event;
SELECT id FROM by_time WHERE ts >= TIMESTAMP '2024-01-01 02:00:00' AND ts < TIMESTAMP '2024-03-01 00:00:00';
DELETE FROM by_time WHERE ts < TIMESTAMP '2024-01-01 02:00:00';
SELECT * FROM by_time;
-- frazil
CREATE TABLE by_day (id bigint, ts timestamp, tag varchar) PARTITIONED BY (day(ts), truncate(2, tag));
-- duckdb
CREATE TABLE by_day (id bigint, ts timestamp, tag varchar);
INSERT INTO by_day SELECT id, ts, tag FROM event;
SELECT * FROM by_day WHERE tag LIKE 'ap%';
UPDATE by_day SET tag = 'zz' || tag WHERE tag >= 'b';
SELECT * FROM by_day;
-- frazil
CREATE TABLE by_month (id bigint, day_of date, amount decimal(12, 2)) PARTITIONED BY (month(day_of), truncate(10, amount));
-- duckdb
CREATE TABLE by_month (id bigint, day_of date, amount decimal(12, 2));
INSERT INTO by_month SELECT id, day_of, amount FROM event;
SELECT id FROM by_month WHERE day_of = DATE '2024-01-01';
SELECT id FROM by_month WHERE amount < 0;
-- frazil
CREATE TABLE by_year (id bigint, ts timestamp, tag varchar) PARTITIONED BY (year(ts), bucket(3, tag));
-- duckdb
CREATE TABLE by_year (id bigint, ts timestamp, tag varchar);
INSERT INTO by_year SELECT id, ts, tag FROM event;
SELECT id FROM by_year WHERE ts > TIMESTAMP '2024-06-01 00:00:00';
SELECT id FROM by_year WHERE tag = 'apple';
MERGE INTO by_year t USING (SELECT id + 1 AS id, tag FROM event) s ON t.id = s.id
  WHEN MATCHED THEN UPDATE SET tag = s.tag
  WHEN NOT MATCHED THEN INSERT (id, tag) VALUES (s.id, s.tag);
SELECT * FROM by_year;
-- Values that no path can hold as they are: signs, dots, control characters, and very long ones.
-- frazil
CREATE TABLE odd (id integer, s varchar) PARTITIONED BY (s);
-- duckdb
CREATE TABLE odd (id integer, s varchar);
INSERT INTO odd VALUES (1, 'b%10'), (2, '..'), (3, '../../../../../../x'), (4, ''), (5, NULL), (6, 'a/b'), (7, '%2e%2e'), (8, 'back\slash'), (9, '日本語 Ü'), (10, '50%'), (11, 'a=b&c'), (12, '.');
INSERT INTO odd SELECT id + 20, repeat(s || '-long', 200) FROM odd WHERE id IN (1, 9);
INSERT INTO odd VALUES (40, 'line' || chr(10) || 'break' || chr(127));
SELECT id, s FROM odd;
SELECT id FROM odd WHERE s = 'b%10' OR s = '..' OR s LIKE 'line%';
DELETE FROM odd WHERE id IN (1, 3, 40);
UPDATE odd SET id = id + 100 WHERE s LIKE '%-long%';
SELECT id, s FROM odd;
-- The two zeros are equal, though files and partitions tell them apart.
-- frazil
CREATE TABLE by_number (id integer, number double) PARTITIONED BY (number);
-- duckdb
CREATE TABLE by_number (id integer, number double);
INSERT INTO by_number VALUES (1, CAST('-0.0' AS double)), (2, CAST('0.0' AS double)), (3, 1e0), (4, -1e0);
SELECT id FROM by_number WHERE number = 0;
SELECT id FROM by_number WHERE number IN (0e0, 1e0);
SELECT id FROM by_number WHERE number <= CAST('-0.0' AS double);
DELETE FROM by_number WHERE number = 0;
SELECT id FROM by_number;
-- At the edge of the integers a truncated value wraps to the other end.
-- frazil
CREATE TABLE edge (k integer, b bigint) PARTITIONED BY (truncate(7, k), truncate(1000, b));
-- duckdb
CREATE TABLE edge (k integer, b bigint);
INSERT INTO edge VALUES (CAST('-2147483648' AS integer), CAST('-9223372036854775808' AS bigint)), (-3, -3), (0, 0), (2147483647, 9223372036854775807), (NULL, NULL);
SELECT k FROM edge WHERE k >= CAST('-2147483648' AS integer) ORDER BY k;
SELECT k FROM edge WHERE k > CAST('-2147483648' AS integer) ORDER BY k;
SELECT k FROM edge WHERE k < 0 ORDER BY k;
SELECT k FROM edge WHERE k <= CAST('-2147483648' AS integer);
SELECT k FROM edge WHERE k IN (CAST('-2147483648' AS integer), 0) ORDER BY k;
SELECT k FROM edge WHERE NOT (k > -3) ORDER BY k;
SELECT b FROM edge WHERE b >= CAST('-9223372036854775808' AS bigint) ORDER BY b;
SELECT b FROM edge WHERE b < 0 ORDER BY b;
SELECT b FROM edge WHERE b BETWEEN CAST('-9223372036854775808' AS bigint) AND -3 ORDER BY b;
SELECT a.k, c.k FROM edge a LEFT JOIN edge c ON a.k = c.b ORDER BY 1;
DELETE FROM edge WHERE b < -5;
SELECT k FROM edge ORDER BY k;
