-- What Spark answers about the tables of orc-warehouse.sql, and Frazil in OrcWarehouseTest.
SELECT * FROM db.all_types;
SELECT * FROM db.types_v1;
SELECT * FROM db.types_v3;
SELECT id, c_struct.deep.d, c_list, c_string FROM db.all_types WHERE c_int > -5 OR c_struct.b = 'y';
SELECT c_dec38, id FROM db.types_v3 WHERE c_date < date '1900-01-01';
SELECT * FROM db.by_day;
SELECT id FROM db.by_day WHERE ts >= timestamp '1970-01-02 00:00:00 UTC';
SELECT * FROM db.by_value;
SELECT id, n FROM db.by_value WHERE region = 'north sea' AND n > 2;
SELECT * FROM db.merge_on_read;
SELECT k, count(*), sum(amount) FROM db.merge_on_read GROUP BY k;
SELECT * FROM db.merge_on_read_parts;
SELECT * FROM db.copy_on_write;
SELECT * FROM db.vectors;
SELECT s, count(*), sum(n) FROM db.vectors GROUP BY s;
SELECT * FROM db.evolved;
SELECT measure, s.name, gone FROM db.evolved WHERE a > 1;
SELECT count(*), sum(id), min(word), max(noise), sum(price), count(maybe), sum(maybe), min(ts), max(day), sum(part) FROM db.stripes;
SELECT id, word, noise, price, day, maybe, ts, part FROM db.stripes WHERE id BETWEEN 3333 AND 3339;
SELECT count(*), sum(id) FROM db.stripes WHERE day = date '2020-12-01';
SELECT count(*), sum(id) FROM db.stripes WHERE word = 'word 7' AND maybe IS NULL;
SELECT count(*), min(id), max(id) FROM db.stripes WHERE ts >= timestamp '2020-01-04 00:00:00 UTC';
SELECT count(*), min(id) FROM db.stripes WHERE part > 1450.2 AND price < 50;
SELECT word, count(*), sum(price) FROM db.stripes WHERE noise LIKE 'a%' GROUP BY word;
SELECT a.id, b.noise FROM db.stripes a JOIN db.stripes b ON a.id = b.id + 4000 WHERE a.maybe < 4020;
SELECT * FROM db.mixed;
-- Iceberg's own reader refuses timestamps of Spark's files, so Spark reads them without it.
SELECT id, moment, cost, wide, day, tags, counts, s, code, label FROM db.imported WHERE id <> 200
ANSWERED BY SELECT id, moment, price, wide, day, tags, counts, s, code, label FROM spark_catalog.default.plain;
SELECT id, s.c, cost FROM db.imported WHERE cost > 1;
