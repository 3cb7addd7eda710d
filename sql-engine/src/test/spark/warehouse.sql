-- The warehouse of SparkWarehouseTest, as Spark writes it. A statement ends with a semicolon at the end of a line.

CREATE NAMESPACE local.db;
CREATE NAMESPACE local.sales;
CREATE NAMESPACE local.sales.emea;
CREATE NAMESPACE local.empty;

-- Every type that Spark and Iceberg share.
CREATE TABLE local.db.all_types (
  id int NOT NULL, c_boolean boolean, c_int int, c_bigint bigint, c_float float, c_double double,
  c_dec9 decimal(9, 2), c_dec18 decimal(18, 4), c_dec38 decimal(38, 10), c_date date, c_instant timestamp,
  c_clock timestamp_ntz, c_string string, c_binary binary,
  c_struct struct<a: int, b: string, deep: struct<d: decimal(20, 3), e: date>>,
  c_list array<int>, c_map map<string, bigint>, c_structs array<struct<x: int, y: array<string>>>,
  c_lists array<array<double>>, c_map_of_structs map<int, struct<p: string, q: timestamp_ntz>>) USING iceberg
  TBLPROPERTIES ('format-version' = '2', 'write.parquet.compression-codec' = 'zstd');
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
    0.00BD, 0.0001BD, -0.0000000001BD, date '1969-12-31',
    timestamp '1969-12-31 23:59:59.999999 UTC', timestamp_ntz '1970-01-01 00:00:00.000001', 'plain', X'AB',
    named_struct('a', 4, 'b', 'y', 'deep', named_struct('d', CAST(NULL AS decimal(20, 3)), 'e', CAST(NULL AS date))),
    array(4, CAST(NULL AS int), 5), map('none', CAST(NULL AS bigint)), array(CAST(NULL AS struct<x: int, y: array<string>>), named_struct('x', CAST(NULL AS int), 'y', CAST(NULL AS array<string>))),
    array(CAST(NULL AS array<double>), array(CAST(NULL AS double))), map(8, CAST(NULL AS struct<p: string, q: timestamp_ntz>));
INSERT INTO local.db.all_types SELECT 5, NULL, NULL, NULL, float('Infinity'), double('-Infinity'),
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL;

-- The same in format version 1, with gzip and without statistics of columns.
CREATE TABLE local.db.types_v1 USING iceberg
  TBLPROPERTIES ('format-version' = '1', 'write.parquet.compression-codec' = 'gzip', 'write.metadata.metrics.default' = 'none',
    'write.metadata.compression-codec' = 'gzip')
  AS SELECT * FROM local.db.all_types;
DELETE FROM local.db.types_v1 WHERE id = 5;

-- Partitioned by each transform.
CREATE TABLE local.db.by_day (id bigint, ts timestamp, v string) USING iceberg PARTITIONED BY (days(ts))
  TBLPROPERTIES ('write.parquet.compression-codec' = 'snappy');
INSERT INTO local.db.by_day
  SELECT id, timestamp '1969-12-30 23:00:00 UTC' + make_dt_interval(0, id * 7), concat('v', id) FROM range(0, 24, 1, 1)
  UNION ALL SELECT 99, NULL, 'no time';
CREATE TABLE local.db.by_month (id bigint, d date, v string) USING iceberg PARTITIONED BY (months(d));
INSERT INTO local.db.by_month SELECT id, date_add(date '1969-10-15', int(id * 25)), concat('v', id) FROM range(0, 10, 1, 1);
CREATE TABLE local.db.by_year (id bigint, d date) USING iceberg PARTITIONED BY (years(d)) TBLPROPERTIES ('format-version' = '1');
INSERT INTO local.db.by_year SELECT id, date_add(date '1968-12-30', int(id * 200)) FROM range(0, 8, 1, 1);
CREATE TABLE local.db.by_hour (id bigint, ts timestamp_ntz) USING iceberg PARTITIONED BY (hours(ts));
INSERT INTO local.db.by_hour SELECT id, timestamp_ntz '1969-12-31 22:30:00' + make_dt_interval(0, 0, id * 25) FROM range(0, 10, 1, 1);
CREATE TABLE local.db.by_bucket (id bigint, k string, n decimal(12, 2)) USING iceberg
  PARTITIONED BY (bucket(4, id), bucket(3, k), bucket(2, n));
INSERT INTO local.db.by_bucket SELECT id, concat('key', id % 5), CAST(id * 1.25 AS decimal(12, 2)) FROM range(0, 20, 1, 1);
CREATE TABLE local.db.by_truncate (id int, s string, n bigint, d decimal(9, 2), b binary) USING iceberg
  PARTITIONED BY (truncate(2, s), truncate(10, n));
INSERT INTO local.db.by_truncate VALUES
  (1, 'abc', 5, 1.05, X'010203'), (2, 'abd', -5, -1.05, X'0102'), (3, 'äöü', 19, 10.70, X''), (4, '', -11, 0.00, NULL),
  (5, NULL, NULL, NULL, X'FF'), (6, '🚀🚀🚀', 100, 99.99, X'00');
CREATE TABLE local.db.by_value (id int, region string, day date, flag boolean) USING iceberg PARTITIONED BY (region, day, flag);
INSERT INTO local.db.by_value VALUES
  (1, 'north sea', date '2024-01-01', true), (2, 'a/b=c', date '2024-01-01', false), (3, NULL, NULL, NULL),
  (4, '', date '1969-12-31', true), (5, 'north sea', date '2024-01-02', NULL), (6, 'Zürich%20', date '2024-01-01', true);

-- Rows changed by position deletes.
CREATE TABLE local.db.merge_on_read (id int, k string, amount decimal(10, 2)) USING iceberg
  TBLPROPERTIES ('format-version' = '2', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read',
    'write.merge.mode' = 'merge-on-read');
INSERT INTO local.db.merge_on_read SELECT int(id), concat('k', id % 3), CAST(id / 4 AS decimal(10, 2)) FROM range(0, 40, 1, 1);
DELETE FROM local.db.merge_on_read WHERE id % 7 = 0;
UPDATE local.db.merge_on_read SET amount = amount + 100 WHERE k = 'k1' AND id < 20;
MERGE INTO local.db.merge_on_read t USING (SELECT int(id) AS id FROM range(30, 50, 1, 1)) s ON t.id = s.id
  WHEN MATCHED AND t.k = 'k2' THEN DELETE
  WHEN MATCHED THEN UPDATE SET k = 'merged'
  WHEN NOT MATCHED THEN INSERT (id, k, amount) VALUES (s.id, 'new', NULL);
INSERT INTO local.db.merge_on_read VALUES (7, 'again', 7.00), (100, NULL, NULL);
DELETE FROM local.db.merge_on_read WHERE id = 100 OR k = 'again';
CREATE TABLE local.db.merge_on_read_parts (id int, region string, n bigint) USING iceberg PARTITIONED BY (region, bucket(2, id))
  TBLPROPERTIES ('format-version' = '2', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read',
    'write.merge.mode' = 'merge-on-read', 'write.delete.granularity' = 'partition');
INSERT INTO local.db.merge_on_read_parts SELECT int(id), element_at(array('eu', 'us', NULL), int(id % 3) + 1), id * 10 FROM range(0, 30, 1, 1);
DELETE FROM local.db.merge_on_read_parts WHERE n % 4 = 0;
UPDATE local.db.merge_on_read_parts SET region = 'asia' WHERE region = 'us' AND id > 15;
DELETE FROM local.db.merge_on_read_parts WHERE region IS NULL AND id < 20;

-- Rows changed by rewriting files.
CREATE TABLE local.db.copy_on_write (id int, k string, tags array<string>) USING iceberg
  TBLPROPERTIES ('write.delete.mode' = 'copy-on-write', 'write.update.mode' = 'copy-on-write', 'write.merge.mode' = 'copy-on-write');
INSERT INTO local.db.copy_on_write SELECT int(id), concat('k', id % 3), array(concat('t', id), 'x') FROM range(0, 12, 1, 1);
UPDATE local.db.copy_on_write SET k = upper(k), tags = array() WHERE id < 3;
DELETE FROM local.db.copy_on_write WHERE k = 'k2';
MERGE INTO local.db.copy_on_write t USING (SELECT * FROM VALUES (0, 'm'), (77, 'n') AS v (id, k)) s ON t.id = s.id
  WHEN MATCHED THEN UPDATE SET k = s.k WHEN NOT MATCHED THEN INSERT (id, k, tags) VALUES (s.id, s.k, NULL)
  WHEN NOT MATCHED BY SOURCE AND t.id > 9 THEN DELETE;

-- Columns added, dropped, renamed, moved and widened.
CREATE TABLE local.db.evolved (a int, b float, c decimal(9, 2), gone string, s struct<x: int, y: string>, l array<struct<p: int>>)
  USING iceberg;
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

-- Partitions that changed their definition.
CREATE TABLE local.db.respec (id int, ts timestamp, k string) USING iceberg PARTITIONED BY (months(ts));
INSERT INTO local.db.respec VALUES (1, timestamp '2024-01-31 23:59:59 UTC', 'a'), (2, timestamp '2024-02-01 00:00:00 UTC', 'b');
ALTER TABLE local.db.respec ADD PARTITION FIELD truncate(1, k) AS first_letter;
INSERT INTO local.db.respec VALUES (3, timestamp '2024-02-02 00:00:00 UTC', 'ba'), (4, timestamp '2024-03-01 00:00:00 UTC', NULL);
ALTER TABLE local.db.respec REPLACE PARTITION FIELD ts_month WITH days(ts);
INSERT INTO local.db.respec VALUES (5, timestamp '2024-02-01 05:00:00 UTC', 'b'), (6, NULL, 'z');
ALTER TABLE local.db.respec DROP PARTITION FIELD first_letter;
ALTER TABLE local.db.respec DROP PARTITION FIELD ts_day;
INSERT INTO local.db.respec VALUES (7, timestamp '2024-02-01 06:00:00 UTC', 'q');
DELETE FROM local.db.respec WHERE id = 2;

-- Snapshots, a tag, a branch, and an older state of the schema.
CREATE TABLE local.db.history (id int, v string) USING iceberg;
INSERT INTO local.db.history VALUES (1, 'one');
INSERT INTO local.db.history VALUES (2, 'two');
ALTER TABLE local.db.history CREATE TAG two_rows;
ALTER TABLE local.db.history CREATE BRANCH audit;
INSERT INTO local.db.history.branch_audit VALUES (3, 'on the branch');
ALTER TABLE local.db.history ADD COLUMN w int;
UPDATE local.db.history SET v = 'zwei', w = 2 WHERE id = 2;
INSERT OVERWRITE local.db.history SELECT id + 10, v, w FROM local.db.history;
INSERT INTO local.db.history VALUES (99, 'taken back', 9);

-- Format version 3: deletion vectors.
CREATE TABLE local.db.vectors (id int, s string, n bigint) USING iceberg
  TBLPROPERTIES ('format-version' = '3', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read',
    'write.merge.mode' = 'merge-on-read');
INSERT INTO local.db.vectors SELECT int(id), concat('s', id % 4), id * id FROM range(0, 100, 1, 1);
INSERT INTO local.db.vectors SELECT int(id), concat('s', id % 4), id * id FROM range(100, 130, 1, 1);
DELETE FROM local.db.vectors WHERE id % 5 = 0;
DELETE FROM local.db.vectors WHERE id BETWEEN 50 AND 59;
UPDATE local.db.vectors SET n = -n WHERE s = 's1';
MERGE INTO local.db.vectors t USING (SELECT * FROM VALUES (1), (2), (500) AS v (id)) s ON t.id = s.id
  WHEN MATCHED AND t.id = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET s = 'merged' WHEN NOT MATCHED THEN INSERT (id, s, n) VALUES (s.id, 'new', 0);
-- A table of version 2 with position deletes that became version 3, then deleted by vectors.
CREATE TABLE local.db.upgraded (id int, s string) USING iceberg
  TBLPROPERTIES ('format-version' = '2', 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read');
INSERT INTO local.db.upgraded SELECT int(id), concat('s', id) FROM range(0, 20, 1, 1);
DELETE FROM local.db.upgraded WHERE id % 6 = 1;
ALTER TABLE local.db.upgraded SET TBLPROPERTIES ('format-version' = '3');
DELETE FROM local.db.upgraded WHERE id IN (2, 3);
UPDATE local.db.upgraded SET s = 'changed' WHERE id = 4;
CREATE TABLE local.db.semistructured (id int, v variant) USING iceberg TBLPROPERTIES ('format-version' = '3');
INSERT INTO local.db.semistructured SELECT 1, parse_json('{"a": 1}') UNION ALL SELECT 2, parse_json('[1, 2]');

-- Many pages and row groups, text with and without a dictionary, sorted by a range.
CREATE TABLE local.db.pages (id bigint, word string, noise string, price decimal(12, 2), day date, maybe int) USING iceberg
  TBLPROPERTIES ('write.parquet.row-group-size-bytes' = '65536', 'write.parquet.page-size-bytes' = '2048', 'write.parquet.page-row-limit' = '250',
    'write.parquet.dict-size-bytes' = '8192', 'write.parquet.row-group-check-min-record-count' = '100', 'write.parquet.row-group-check-max-record-count' = '200',
    'write.parquet.bloom-filter-enabled.column.word' = 'true');
INSERT INTO local.db.pages
  SELECT id, concat('word ', id % 97), substr(sha2(string(id), 256), 1, 12), CAST(id * 7 % 1000 / 8 AS decimal(12, 2)),
    date_add(date '2020-01-01', int(id / 10)), CASE WHEN id % 11 < 4 THEN int(id) END FROM range(0, 4000, 1, 1);

-- Compacted, with old snapshots gone.
CREATE TABLE local.db.compacted (id int, k int) USING iceberg PARTITIONED BY (k)
  TBLPROPERTIES ('write.delete.mode' = 'merge-on-read');
INSERT INTO local.db.compacted SELECT int(id), int(id % 2) FROM range(0, 10, 1, 1);
INSERT INTO local.db.compacted SELECT int(id), int(id % 2) FROM range(10, 20, 1, 1);
DELETE FROM local.db.compacted WHERE id IN (3, 4, 15);
CALL local.system.rewrite_data_files(table => 'db.compacted', options => map('min-input-files', '1', 'rewrite-all', 'true'));
CALL local.system.rewrite_manifests('db.compacted');
CALL local.system.expire_snapshots(table => 'db.compacted', older_than => current_timestamp(), retain_last => 1);
INSERT INTO local.db.compacted VALUES (100, 0);

-- Parquet files of Spark itself, without field ids: INT96 timestamps and the lists, maps and decimals of its legacy form.
SET spark.sql.parquet.outputTimestampType = INT96;
SET spark.sql.parquet.writeLegacyFormat = true;
CREATE TABLE spark_catalog.default.legacy (id int, moment timestamp, price decimal(9, 2), wide decimal(30, 4), tags array<string>, counts map<string, int>)
  USING parquet LOCATION '${warehouse}/db/imported/legacy';
INSERT INTO spark_catalog.default.legacy VALUES
  (1, timestamp '2024-02-29 12:34:56.789012 UTC', 1.25, 12345678901234567890.1234, array('a', 'b'), map('x', 1)),
  (2, timestamp '1969-12-31 23:59:59.999999 UTC', -1.25, -0.0001, array(), map()),
  (3, NULL, NULL, NULL, NULL, NULL),
  (4, timestamp '1600-01-01 00:00:00 UTC', 0.00, 0.0000, array(NULL, 'c'), map('y', NULL));
CREATE TABLE local.db.imported (id int, moment timestamp, price decimal(9, 2), wide decimal(30, 4), tags array<string>, counts map<string, int>) USING iceberg;
CALL local.system.add_files(table => 'db.imported', source_table => 'spark_catalog.default.legacy');
SET spark.sql.parquet.outputTimestampType = TIMESTAMP_MILLIS;
SET spark.sql.parquet.writeLegacyFormat = false;
CREATE TABLE spark_catalog.default.modern USING parquet LOCATION '${warehouse}/db/imported/modern'
  OPTIONS ('parquet.writer.version' = 'v2', 'compression' = 'gzip')
  AS SELECT int(id) AS id, timestamp '2024-01-01 00:00:00.123456 UTC' + make_dt_interval(0, 0, id) AS moment, CAST(id / 4 AS decimal(9, 2)) AS price,
    CAST(id AS decimal(30, 4)) AS wide, array(concat('tag', id % 10), 'common') AS tags, map('k', int(id)) AS counts FROM range(100, 130, 1, 1);
CALL local.system.add_files(table => 'db.imported', source_table => 'spark_catalog.default.modern');
INSERT INTO local.db.imported VALUES (200, timestamp '2025-01-01 00:00:00 UTC', 2.00, 2.0000, array('new'), map('n', 200));
ALTER TABLE local.db.imported RENAME COLUMN price TO cost;

-- Names, places, and formats that are not Parquet.
CREATE TABLE local.sales.emea.orders (id int, customer string) USING iceberg;
INSERT INTO local.sales.emea.orders VALUES (1, 'Åsa'), (2, 'Bo');
CREATE TABLE local.sales.`Mixed Case` (`Order` int, `select` string, `dotted.name` int) USING iceberg;
INSERT INTO local.sales.`Mixed Case` VALUES (1, 'x', 11), (2, NULL, NULL);
CREATE TABLE local.sales.nothing (id int, v string) USING iceberg;
CREATE TABLE local.sales.emptied (id int, v string) USING iceberg;
INSERT INTO local.sales.emptied VALUES (1, 'x');
TRUNCATE TABLE local.sales.emptied;
CREATE TABLE local.sales.dropped (id int) USING iceberg;
DROP TABLE local.sales.dropped PURGE;
CREATE TABLE local.sales.in_avro (id int) USING iceberg TBLPROPERTIES ('write.format.default' = 'avro');
INSERT INTO local.sales.in_avro VALUES (1);
