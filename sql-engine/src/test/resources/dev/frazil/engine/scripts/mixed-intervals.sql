-- Intervals of months, days and time together: ages, and what is done with them, as DuckDB.
CREATE TABLE life (id bigint, a timestamp, b timestamp, d date, n integer);
INSERT INTO life VALUES
  (1, TIMESTAMP '2024-03-01 04:05:06.5', TIMESTAMP '2024-02-27 00:00:00', DATE '2000-02-29', 7),
  (2, TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '1970-01-01 00:00:00', DATE '1970-01-31', 0),
  (3, TIMESTAMP '2001-04-10 00:00:00', TIMESTAMP '1957-06-13 00:00:00', DATE '1999-12-31', -13),
  (4, TIMESTAMP '2024-02-29 12:00:00', TIMESTAMP '2023-03-31 12:00:01', DATE '2024-01-30', 31),
  (5, TIMESTAMP '2023-01-30 00:00:00', TIMESTAMP '2024-02-28 13:00:00', DATE '1900-03-31', 400),
  (6, NULL, NULL, NULL, NULL);
SELECT id, extract(year FROM age(a, b)), extract(month FROM age(a, b)), extract(day FROM age(a, b)), extract(hour FROM age(a, b)), extract(minute FROM age(a, b)), extract(microsecond FROM age(a, b)) FROM life;
SELECT id, extract(year FROM age(b, a)), extract(month FROM age(b, a)), extract(day FROM age(b, a)), extract(hour FROM age(b, a)), extract(minute FROM age(b, a)), extract(microsecond FROM age(b, a)) FROM life;
SELECT id, extract(year FROM age(a, d)), extract(month FROM age(a, d)), extract(day FROM age(a, d)) FROM life;
SELECT id, date_part('year', age(a, d)) AS years FROM life WHERE date_part('year', age(a, d)) > 1;
SELECT id, b + age(a, b), a - age(a, b), d + age(a, b) FROM life WHERE id <> 2;
SELECT id, d + INTERVAL '1 month 2 days 03:04:05', d - INTERVAL '1 month 2 days', a + INTERVAL '1 year -1 day' FROM life;
SELECT id, age(a, b) = age(b, a), age(a, b) > age(a, d), age(a, b) IS NULL FROM life;
SELECT id FROM life WHERE age(a, d) >= INTERVAL '20' YEAR;
SELECT id, TIMESTAMP '2000-01-31 00:00:00' + (INTERVAL '1 month 1 day' * n) FROM life;
SELECT count(*), TIMESTAMP '2000-01-31 00:00:00' + max(age(a, b)) FROM life;
SELECT id FROM life ORDER BY age(a, b) NULLS LAST, id;
SELECT extract(year FROM age(a, b)) AS y, count(*) FROM life GROUP BY extract(year FROM age(a, b));
SELECT count(DISTINCT age(a, b)) FROM life;
DROP TABLE life;
