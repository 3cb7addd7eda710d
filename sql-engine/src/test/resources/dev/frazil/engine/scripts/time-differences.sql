-- Differences of dates and times, dates and days, and arithmetic with what comes of it: as DuckDB.
CREATE TABLE stay (id bigint, n integer, d date, e date, ts timestamp, u timestamp, tm time);
INSERT INTO stay VALUES
  (1, 7, DATE '2024-03-01', DATE '2024-02-27', TIMESTAMP '2024-03-01 04:05:06.5',
   TIMESTAMP '2024-02-27 00:00:00', TIME '12:00:00'),
  (2, 0, DATE '1970-01-01', DATE '2000-01-01', TIMESTAMP '1969-12-31 23:59:59.999999',
   TIMESTAMP '1970-01-01 00:00:00', TIME '00:00:00'),
  (3, -1, DATE '0001-01-01', DATE '9999-12-31', TIMESTAMP '2024-02-29 12:00:00',
   TIMESTAMP '2023-02-28 12:00:01', TIME '23:59:59.999999'),
  (4, NULL, NULL, NULL, NULL, NULL, NULL);
-- Days between dates are an integer; a date and days are a date.
SELECT id, d - e, e - d, d - DATE '2024-01-01', DATE '2024-03-01' - DATE '2024-02-01' FROM stay;
SELECT id, d + 1, 1 + d, d - n, d + n, (d - e) * 2, (d - e) % 7 FROM stay;
SELECT id, e + CAST(d - e AS integer) = d, d - CAST(d - e AS integer) = e FROM stay;
SELECT id FROM stay WHERE d - e > 2 OR e - d BETWEEN 1 AND 20000;
SELECT sum(d - e), avg(d - e), min(d - e), max(d - e) FROM stay;
SELECT d - e, count(*) FROM stay GROUP BY d - e HAVING count(*) > 0;
SELECT id, d - lag(d) OVER (ORDER BY id) FROM stay;
-- Intervals between timestamps: of days and time, as EXTRACT tells.
SELECT id, extract(day FROM ts - u), extract(hour FROM ts - u), extract(minute FROM ts - u), extract(microsecond FROM ts - u) FROM stay WHERE id <> 2;
SELECT id, u + (ts - u) = ts, ts - (ts - u) = u, ts - u = ts - u FROM stay;
SELECT id FROM stay WHERE ts - u > INTERVAL '1' DAY;
SELECT id, ts - u > INTERVAL '23' HOUR, ts - u < u - ts, ts - u BETWEEN INTERVAL '3' DAY AND INTERVAL '4' DAY FROM stay;
SELECT u + (ts - u) * 2, u + 3 * (ts - u), u - (ts - u) FROM stay;
SELECT TIMESTAMP '2024-01-01 00:00:00' + avg(ts - u), TIMESTAMP '2024-01-01 00:00:00' + max(ts - u) FROM stay;
SELECT TIMESTAMP '2024-01-01 00:00:00' + (max(ts) - min(ts)) FROM stay;
SELECT id FROM stay ORDER BY ts - u DESC NULLS LAST, id;
SELECT id, u + (ts - lag(ts) OVER (ORDER BY id)) FROM stay;
DROP TABLE stay;
-- intervals of other units in one column
SELECT count(*) FROM (SELECT INTERVAL '1' YEAR UNION SELECT INTERVAL '12' MONTH) t;
SELECT count(*) FROM (SELECT INTERVAL '1' DAY UNION SELECT INTERVAL '25' HOUR) t;
SELECT CAST(DATE '2020-01-01' + i AS date) FROM (SELECT INTERVAL '1' YEAR AS i UNION ALL SELECT INTERVAL '1' MONTH UNION ALL SELECT NULL) t;
SELECT TIMESTAMP '2020-01-01 00:00:00' + i FROM (SELECT INTERVAL '1' DAY AS i UNION ALL SELECT INTERVAL '1' SECOND) t;
SELECT TIMESTAMP '2020-01-01 00:00:00' + max(i) FROM (VALUES (INTERVAL '1' DAY), (INTERVAL '25' HOUR)) t (i);
