-- The warehouse of OrcWarehouseTest, as Spark writes it: tables whose files are ORC. OrcTables.java adds what Spark cannot write.

CREATE NAMESPACE local.db;

-- Every type that Spark and Iceberg share, a codec each.
CREATE TABLE local.db.all_types (
  id int NOT NULL, c_boolean boolean, c_int int, c_bigint bigint, c_float float, c_double double,
  c_dec9 decimal(9, 2), c_dec18 decimal(18, 4), c_dec38 decimal(38, 10), c_date date, c_instant timestamp,
  c_clock timestamp_ntz, c_string string, c_binary binary,
  c_struct struct<a: int, b: string, deep: struct<d: decimal(20, 3), e: date>>,
  c_list array<int>, c_map map<string, bigint>, c_structs array<struct<x: int, y: array<string>>>,
  c_lists array<array<double>>, c_map_of_structs map<int, struct<p: string, q: timestamp_ntz>>) USING iceberg
  TBLPROPERTIES ('format-version' = '2', 'write.format.default' = 'orc', 'write.orc.compression-codec' = 'zstd');
INSERT INTO local.db.all_types
  SELECT 1, true, 2147483647, 9223372036854775807L, float('1.5'), 1.5e300D,
    9999999.99BD, 99999999999999.9999BD, 9999999999999999999999999999.9999999999BD, date '9999-12-31',
    timestamp '2024-02-29 12:34:56.789012 UTC', timestamp_ntz '9999-12-31 23:59:59.999999', 'Grüße 🚀', X'00FF7F80',
    named_struct('a', 1, 'b', 'x', 'deep', named_struct('d', 12345678901234567.891BD, 'e', date '2000-01-01')),
    array(1, 2, 3), map('k', 1L, 'l', -2L), array(named_struct('x', 1, 'y', array('p', 'q')), named_struct('x', 2, 'y', array())),
    array(array(1.5D, 2.5D), array()), map(7, named_struct('p', 's', 'q', timestamp_ntz '2024-01-01 00:00:00'))
  UNION ALL
  SELECT 2, false, -2147483648, -9223372036854775808L, float('-0.25'), -2.5e-300D,
    -9999999.99BD, -99999999999999.9999BD, -9999999999999999999999999999.9999999999BD, date '0001-01-01',
    timestamp '1883-11-18 12:00:00.000001 UTC', timestamp_ntz '0001-01-01 00:00:00', '', X'',
    named_struct('a', CAST(NULL AS int), 'b', CAST(NULL AS string), 'deep', CAST(NULL AS struct<d: decimal(20, 3), e: date>)),
    array(), map(), array(), array(), map()
  UNION ALL
  SELECT 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  UNION ALL
  SELECT 4, true, 0, 0L, float('NaN'), double('NaN'),
    0.00BD, 0.0001BD, -0.0000000001BD, date '1500-02-28',
    timestamp '1969-12-31 23:59:58.999999 UTC', timestamp_ntz '1500-03-01 00:00:00.000001', 'plain', X'AB',
    named_struct('a', 4, 'b', 'y', 'deep', named_struct('d', CAST(NULL AS decimal(20, 3)), 'e', CAST(NULL AS date))),
    array(4, CAST(NULL AS int), 5), map('none', CAST(NULL AS bigint)), array(CAST(NULL AS struct<x: int, y: array<string>>), named_struct('x', CAST(NULL AS int), 'y', CAST(NULL AS array<string>))),
    array(CAST(NULL AS array<double>), array(CAST(NULL AS double))), map(8, CAST(NULL AS struct<p: string, q: timestamp_ntz>));
INSERT INTO local.db.all_types SELECT 5, NULL, NULL, NULL, float('Infinity'), double('-Infinity'),
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL;
CREATE TABLE local.db.types_v1 USING iceberg
  TBLPROPERTIES ('format-version' = '1', 'write.format.default' = 'orc', 'write.orc.compression-codec' = 'snappy',
    'write.metadata.metrics.default' = 'none', 'write.metadata.compression-codec' = 'gzip')
  AS SELECT * FROM local.db.all_types;
DELETE FROM local.db.types_v1 WHERE id = 5;
CREATE TABLE local.db.types_v3 USING iceberg
  TBLPROPERTIES ('format-version' = '3', 'write.format.default' = 'orc', 'write.orc.compression-codec' = 'lz4')
  AS SELECT * FROM local.db.all_types;

-- Partitioned.
CREATE TABLE local.db.by_day (id bigint, ts timestamp, v string) USING iceberg PARTITIONED BY (days(ts))
  TBLPROPERTIES ('write.format.default' = 'orc', 'write.orc.compression-codec' = 'none');
INSERT INTO local.db.by_day
  SELECT id, timestamp '1969-12-30 23:00:00 UTC' + make_dt_interval(0, id * 7), concat('v', id) FROM range(0, 24, 1, 1)
  UNION ALL SELECT 99, NULL, 'no time';
CREATE TABLE local.db.by_value (id int, region string, day date, n decimal(12, 2)) USING iceberg PARTITIONED BY (region, truncate(2, n), bucket(2, id))
  TBLPROPERTIES ('write.format.default' = 'orc', 'write.orc.compression-codec' = 'zlib');
INSERT INTO local.db.by_value VALUES
  (1, 'north sea', date '2024-01-01', 1.05), (2, 'a/b=c', date '2024-01-01', -1.05), (3, NULL, NULL, NULL),
  (4, '', date '1969-12-31', 10.70), (5, 'north sea', date '2024-01-02', 99.99), (6, 'Zürich%20', date '2024-01-01', 0.00);

-- Rows changed by position deletes, whose files are ORC too.
CREATE TABLE local.db.merge_on_read (id int, k string, amount decimal(10, 2)) USING iceberg
  TBLPROPERTIES ('format-version' = '2', 'write.format.default' = 'orc', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read',
    'write.merge.mode' = 'merge-on-read');
INSERT INTO local.db.merge_on_read SELECT int(id), concat('k', id % 3), CAST(id / 4 AS decimal(10, 2)) FROM range(0, 40, 1, 1);
DELETE FROM local.db.merge_on_read WHERE id % 7 = 0;
UPDATE local.db.merge_on_read SET amount = amount + 100 WHERE k = 'k1' AND id < 20;
MERGE INTO local.db.merge_on_read t USING (SELECT int(id) AS id FROM range(30, 50, 1, 1)) s ON t.id = s.id
  WHEN MATCHED AND t.k = 'k2' THEN DELETE
  WHEN MATCHED THEN UPDATE SET k = 'merged'
  WHEN NOT MATCHED THEN INSERT (id, k, amount) VALUES (s.id, 'new', NULL);
CREATE TABLE local.db.merge_on_read_parts (id int, region string, n bigint) USING iceberg PARTITIONED BY (region, bucket(2, id))
  TBLPROPERTIES ('format-version' = '2', 'write.format.default' = 'orc', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read',
    'write.merge.mode' = 'merge-on-read', 'write.delete.granularity' = 'partition');
INSERT INTO local.db.merge_on_read_parts SELECT int(id), element_at(array('eu', 'us', NULL), int(id % 3) + 1), id * 10 FROM range(0, 30, 1, 1);
DELETE FROM local.db.merge_on_read_parts WHERE n % 4 = 0;
UPDATE local.db.merge_on_read_parts SET region = 'asia' WHERE region = 'us' AND id > 15;

-- Rows changed by rewriting files, and by deletion vectors.
CREATE TABLE local.db.copy_on_write (id int, k string, tags array<string>) USING iceberg TBLPROPERTIES ('write.format.default' = 'orc');
INSERT INTO local.db.copy_on_write SELECT int(id), concat('k', id % 3), array(concat('t', id), 'x') FROM range(0, 12, 1, 1);
UPDATE local.db.copy_on_write SET k = upper(k), tags = array() WHERE id < 3;
DELETE FROM local.db.copy_on_write WHERE k = 'k2';
CREATE TABLE local.db.vectors (id int, s string, n bigint) USING iceberg
  TBLPROPERTIES ('format-version' = '3', 'write.format.default' = 'orc', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read',
    'write.merge.mode' = 'merge-on-read');
INSERT INTO local.db.vectors SELECT int(id), concat('s', id % 4), id * id FROM range(0, 100, 1, 1);
INSERT INTO local.db.vectors SELECT int(id), concat('s', id % 4), id * id FROM range(100, 130, 1, 1);
DELETE FROM local.db.vectors WHERE id % 5 = 0;
UPDATE local.db.vectors SET n = -n WHERE s = 's1';

-- Columns added, dropped, renamed, moved and widened.
CREATE TABLE local.db.evolved (a int, b float, c decimal(9, 2), gone string, s struct<x: int, y: string>, l array<struct<p: int>>)
  USING iceberg TBLPROPERTIES ('write.format.default' = 'orc');
INSERT INTO local.db.evolved VALUES (1, 1.5, 1.25, 'old', named_struct('x', 1, 'y', 'one'), array(named_struct('p', 1)));
ALTER TABLE local.db.evolved ADD COLUMN d date AFTER a;
ALTER TABLE local.db.evolved ADD COLUMNS (s.z bigint, l.element.q string, m map<string, int>);
ALTER TABLE local.db.evolved ALTER COLUMN a TYPE bigint;
ALTER TABLE local.db.evolved ALTER COLUMN b TYPE double;
ALTER TABLE local.db.evolved ALTER COLUMN c TYPE decimal(20, 2);
ALTER TABLE local.db.evolved ALTER COLUMN s.x TYPE bigint;
INSERT INTO local.db.evolved VALUES (5000000000, date '2024-05-05', 2.5e100, 123456789012345678.99, 'older', named_struct('x', 5000000000, 'y', 'two', 'z', 2),
  array(named_struct('p', 2, 'q', 'Q')), map('m', 2));
ALTER TABLE local.db.evolved DROP COLUMN gone;
ALTER TABLE local.db.evolved RENAME COLUMN b TO measure;
ALTER TABLE local.db.evolved RENAME COLUMN s.y TO name;
ALTER TABLE local.db.evolved ALTER COLUMN c FIRST;
ALTER TABLE local.db.evolved ALTER COLUMN s.z FIRST;
ALTER TABLE local.db.evolved ADD COLUMN gone int;
INSERT INTO local.db.evolved SELECT -7.00, 3, date '2024-06-06', 0.5, named_struct('z', 3L, 'x', 3L, 'name', 'three'),
  array(named_struct('p', 3, 'q', NULL)), map('m', NULL), 33;

-- Several stripes, sorted.
CREATE TABLE local.db.stripes (id bigint, word string, noise string, price decimal(12, 2), day date, maybe int, ts timestamp, part double) USING iceberg
  TBLPROPERTIES ('write.format.default' = 'orc', 'write.orc.stripe-size-bytes' = '16384', 'write.orc.vectorized-row-batch-size' = '128');
INSERT INTO local.db.stripes
  SELECT id, concat('word ', id div 200), substr(sha2(string(id), 256), 1, 12), CAST(id * 7 % 1000 / 8 AS decimal(12, 2)),
    date_add(date '2020-01-01', int(id div 10)), CASE WHEN id % 11 < 4 THEN int(id) END, timestamp '2020-01-01 00:00:00 UTC' + make_dt_interval(0, 0, id),
    id / 4 FROM range(0, 6000, 1, 1);

-- Files of three formats in one table.
CREATE TABLE local.db.mixed (id int, v string) USING iceberg TBLPROPERTIES ('format-version' = '2', 'write.format.default' = 'parquet',
  'write.delete.mode' = 'merge-on-read', 'write.delete.format.default' = 'orc');
INSERT INTO local.db.mixed SELECT int(id), concat('parquet ', id) FROM range(0, 5, 1, 1);
ALTER TABLE local.db.mixed SET TBLPROPERTIES ('write.format.default' = 'orc', 'write.delete.format.default' = 'parquet');
INSERT INTO local.db.mixed SELECT int(id), concat('orc ', id) FROM range(5, 10, 1, 1);
ALTER TABLE local.db.mixed SET TBLPROPERTIES ('write.format.default' = 'avro', 'write.delete.format.default' = 'orc');
INSERT INTO local.db.mixed SELECT int(id), concat('avro ', id) FROM range(10, 15, 1, 1);
DELETE FROM local.db.mixed WHERE id % 4 = 2;

-- Files of Spark itself, without field ids.
CREATE TABLE spark_catalog.default.plain (id int, moment timestamp, price decimal(9, 2), wide decimal(30, 4), day date, tags array<string>, counts map<string, int>,
  s struct<a: tinyint, b: string>, code char(4), label varchar(10))
  USING orc LOCATION '${warehouse}/db/imported/plain' OPTIONS ('compression' = 'zlib');
INSERT INTO spark_catalog.default.plain VALUES
  (1, timestamp '2024-02-29 12:34:56.789012 UTC', 1.25, 12345678901234567890.1234, date '2024-02-29', array('a', 'b'), map('x', 1), named_struct('a', 1Y, 'b', 'one'), 'ab', 'label'),
  (2, timestamp '1960-12-31 23:59:59.999999 UTC', -1.25, -0.0001, date '1582-10-15', array(), map(), named_struct('a', -1Y, 'b', NULL), 'abcd', ''),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, timestamp '1600-01-01 00:00:00 UTC', 0.00, 0.0000, date '1600-01-01', array(NULL, 'c'), map('y', NULL), named_struct('a', NULL, 'b', 'four'), '', 'ä'),
  (5, timestamp '1500-03-01 01:02:03 UTC', 0.00, 0.0000, date '1500-03-01', NULL, NULL, NULL, NULL, NULL);
CREATE TABLE local.db.imported (id int, moment timestamp, price decimal(9, 2), wide decimal(30, 4), day date, tags array<string>, counts map<string, int>,
  s struct<a: int, b: string>, code string, label string) USING iceberg TBLPROPERTIES ('write.format.default' = 'orc');
CALL local.system.add_files(table => 'db.imported', source_table => 'spark_catalog.default.plain');
INSERT INTO local.db.imported VALUES (200, timestamp '2025-01-01 00:00:00 UTC', 2.00, 2.0000, date '2025-01-01', array('new'), map('n', 200), named_struct('a', 2, 'b', 'new'), 'x', 'y');
ALTER TABLE local.db.imported RENAME COLUMN price TO cost;
ALTER TABLE local.db.imported RENAME COLUMN s.b TO c;
