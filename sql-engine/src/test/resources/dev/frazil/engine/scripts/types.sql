-- Every type of step 1, with nulls and extremes, through the file and back.
CREATE TABLE kinds (
  n integer,
  b boolean,
  i integer,
  l bigint,
  r real,
  d double,
  small decimal(9, 2),
  middle decimal(18, 6),
  wide decimal(38, 10),
  dt date,
  tm time,
  ts timestamp,
  tz timestamp with time zone,
  s varchar,
  bin varbinary,
  u uuid);
INSERT INTO kinds VALUES
  (1, true, 2147483647, 9223372036854775807, 1.5, 2.25, 1234567.89, 123456789012.345678,
   1234567890123456789012345678.0123456789, DATE '2024-02-29', TIME '23:59:59.999999',
   TIMESTAMP '2024-02-29 12:34:56.789012', TIMESTAMP '2024-02-29 12:34:56.789012', 'grüße 🌍',
   NULL, CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid)),
  (2, false, -2147483648, -9223372036854775807, -0.25, -1e100, -1234567.89, -0.000001,
   -0.0000000001, DATE '1582-10-10', TIME '00:00:00', TIMESTAMP '1900-01-01 00:00:00',
   TIMESTAMP '1900-01-01 00:00:00', '', NULL,
   CAST('00000000-0000-0000-0000-000000000000' AS uuid)),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, true, 0, 0, 0, 0, 0, 0, 0, DATE '0001-01-01', TIME '12:00:00',
   TIMESTAMP '9999-12-31 23:59:59.999999', TIMESTAMP '2000-01-01 00:00:00', 'it''s', NULL,
   CAST('ffffffff-ffff-ffff-ffff-ffffffffffff' AS uuid));
SELECT * FROM kinds;
SELECT n, small + middle, wide - small, l - 1, d / 3 FROM kinds WHERE n <> 2;
SELECT n FROM kinds WHERE ts > TIMESTAMP '2000-01-01 00:00:00' AND dt < DATE '2030-01-01';
SELECT n FROM kinds WHERE wide < 0 OR small IS NULL;
SELECT n FROM kinds WHERE u = CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid);
SELECT b, count(*), sum(small), min(ts), max(tm), min(s) FROM kinds GROUP BY b;
UPDATE kinds SET small = small + 0.01, s = s || '!', dt = DATE '2020-01-01' WHERE n <= 2;
SELECT n, small, s, dt, tz, wide FROM kinds;
CREATE TABLE kinds_copy AS SELECT * FROM kinds WHERE n <> 4;
SELECT * FROM kinds_copy;
DELETE FROM kinds WHERE tm = TIME '12:00:00';
SELECT n, tm, ts FROM kinds;
CREATE TABLE floating (n integer, d double, r real);
INSERT INTO floating VALUES (1, CAST('NaN' AS double), CAST('NaN' AS real)), (2, 1, 1), (3, NULL, NULL);
INSERT INTO floating VALUES (4, CAST('Infinity' AS double), CAST('-Infinity' AS real)), (5, -0.0, 0.0);
SELECT n FROM floating WHERE d > 5;
SELECT n FROM floating WHERE r > 5;
SELECT n FROM floating WHERE d >= CAST('NaN' AS double);
SELECT n FROM floating WHERE d = CAST('NaN' AS double);
SELECT n FROM floating WHERE d <= 0;
SELECT n FROM floating WHERE d IN (1, 0);
SELECT n FROM floating ORDER BY d, n;
SELECT max(d), min(r) FROM floating;
