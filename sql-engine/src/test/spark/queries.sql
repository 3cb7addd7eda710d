-- Queries of SparkWarehouseTest: Spark answers them when it writes the warehouse, Frazil in the test.
-- ${snapshot N} and ${time N} are the id and the moment of the N-th snapshot of db.history.

SELECT id, c_boolean, c_int, c_bigint, c_float, c_double FROM db.all_types;
SELECT id, c_dec9, c_dec18, c_dec38 FROM db.all_types;
SELECT id, c_date, c_instant, c_clock, c_string, c_binary FROM db.all_types;
SELECT id, c_struct, c_list, c_map FROM db.all_types;
SELECT id, c_structs, c_lists, c_map_of_structs FROM db.all_types;
SELECT id FROM db.all_types WHERE c_dec38 < 0;
SELECT id FROM db.all_types WHERE c_clock >= timestamp '1970-01-01 00:00:00';
SELECT id, c_string FROM db.all_types WHERE c_string LIKE 'Gr%' OR c_string = '';
SELECT t.id, t.c_struct.deep.d, t.c_struct.b FROM db.all_types t WHERE t.c_struct.a = 1;
SELECT count(*), count(c_int), sum(c_dec18), min(c_date), max(c_instant) FROM db.all_types;
SELECT * FROM db.types_v1;
SELECT id FROM db.types_v1 WHERE c_bigint IS NULL OR c_int = 0;

SELECT * FROM db.by_day;
SELECT id FROM db.by_day WHERE ts < timestamp '1970-01-01 00:00:00 UTC';
SELECT id FROM db.by_day WHERE ts >= timestamp '1970-01-02 00:00:00 UTC' AND ts < timestamp '1970-01-03 06:00:00 UTC';
SELECT id FROM db.by_day WHERE ts IS NULL;
SELECT * FROM db.by_month WHERE d BETWEEN date '1969-12-15' AND date '1970-02-15';
SELECT * FROM db.by_year WHERE d < date '1970-06-01';
SELECT * FROM db.by_hour WHERE ts >= timestamp '1970-01-01 00:00:00';
SELECT * FROM db.by_hour WHERE ts < timestamp '1970-01-01 00:00:00';
SELECT * FROM db.by_bucket WHERE id = 7;
SELECT * FROM db.by_bucket WHERE k IN ('key1', 'key4') AND n > 3;
SELECT k, count(*), sum(n) FROM db.by_bucket GROUP BY k;
SELECT * FROM db.by_truncate;
SELECT id FROM db.by_truncate WHERE s LIKE 'ab%';
SELECT id FROM db.by_truncate WHERE s = 'äöü' OR n < -10 OR d = 99.99;
SELECT * FROM db.by_value;
SELECT id FROM db.by_value WHERE region = 'a/b=c' OR region = '';
SELECT id FROM db.by_value WHERE day = date '1969-12-31' OR flag IS NULL;

SELECT * FROM db.merge_on_read;
SELECT k, count(*), sum(amount) FROM db.merge_on_read GROUP BY k;
SELECT id FROM db.merge_on_read WHERE id IN (0, 7, 30, 32, 45, 100);
SELECT count(*) FROM db.merge_on_read;
SELECT * FROM db.merge_on_read_parts;
SELECT region, count(*), min(id), max(id) FROM db.merge_on_read_parts GROUP BY region;
SELECT * FROM db.copy_on_write;
SELECT * FROM db.evolved;
SELECT t.a, t.measure, t.s.name, t.s.x FROM db.evolved t WHERE c > 1 AND a > 0;
SELECT a FROM db.evolved WHERE d IS NULL OR measure < 1;
SELECT * FROM db.respec;
SELECT id FROM db.respec WHERE ts >= timestamp '2024-02-01 00:00:00 UTC' AND ts < timestamp '2024-02-02 00:00:00 UTC';
SELECT id FROM db.respec WHERE k LIKE 'b%';

SELECT * FROM db.history;
SELECT * FROM db.history FOR VERSION AS OF 'two_rows';
SELECT id, v FROM db.history FOR VERSION AS OF 'audit';
SELECT * FROM db.history FOR VERSION AS OF ${snapshot 1};
SELECT * FROM db.history FOR VERSION AS OF ${snapshot 4};
SELECT * FROM db.history FOR TIMESTAMP AS OF '${time 2}';
SELECT count(*), sum(w) FROM db.history FOR TIMESTAMP AS OF '${time 5}';

SELECT * FROM db.vectors;
SELECT s, count(*), sum(n) FROM db.vectors GROUP BY s;
SELECT id FROM db.vectors WHERE id IN (1, 2, 5, 55, 101, 500);
SELECT * FROM db.upgraded;

SELECT count(*), count(maybe), sum(price), min(noise), max(word), count(DISTINCT day) FROM db.pages;
SELECT * FROM db.pages WHERE id IN (0, 1234, 3999);
SELECT * FROM db.pages WHERE day = date '2020-06-01';
SELECT id, price FROM db.pages WHERE word = 'word 13' AND id > 3000;
SELECT count(*) FROM db.pages WHERE word = 'no such word';
SELECT id FROM db.pages WHERE noise < '003';
SELECT * FROM db.compacted;
SELECT * FROM db.imported;
SELECT id FROM db.imported WHERE moment < timestamp '1970-01-01 00:00:00 UTC';

SELECT * FROM sales.emea.orders;
SELECT * FROM sales.nothing;
SELECT * FROM sales.emptied;
SELECT o.id, e.v FROM sales.emea.orders o JOIN db.history FOR VERSION AS OF 'two_rows' e ON e.id = o.id;
