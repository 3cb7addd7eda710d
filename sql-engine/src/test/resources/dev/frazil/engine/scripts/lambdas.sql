-- Functions of functions. DuckDB says the same with list comprehensions and unnest, and we keep its
-- answers in tables of the same name to compare.
-- frazil
CREATE TABLE basket (id integer, a array(integer), b array(array(integer)), c integer, w varchar, r array(row(p integer, q varchar)));
-- duckdb
CREATE TABLE basket (id integer, a integer[], b integer[][], c integer, w varchar, r struct(p integer, q varchar)[]);
-- frazil
INSERT INTO basket VALUES
  (1, array[1, 2, 3], array[array[1, 2], array[3]], 10, 'one', array[row(1, 'a'), row(2, 'b')]),
  (2, filter(array[0], x -> false), NULL, 20, 'two', NULL),
  (3, NULL, filter(array[array[0]], x -> false), 30, NULL, array[row(NULL, 'z')]),
  (4, array[NULL, 0, 7], array[NULL, array[4, NULL]], NULL, 'four', array[NULL, row(NULL, 'c')]);
-- duckdb
INSERT INTO basket VALUES
  (1, [1, 2, 3], [[1, 2], [3]], 10, 'one', [{'p': 1, 'q': 'a'}, {'p': 2, 'q': 'b'}]),
  (2, [], NULL, 20, 'two', NULL),
  (3, NULL, [], 30, NULL, [{'p': NULL, 'q': 'z'}]),
  (4, [NULL, 0, 7], [NULL, [4, NULL]], NULL, 'four', [NULL, {'p': NULL, 'q': 'c'}]);
SELECT * FROM basket;
-- transform: columns of the row are seen, and lambdas in lambdas
-- frazil
CREATE TABLE t1 AS SELECT id, transform(a, x -> x * 2 + c) AS t, transform(a, x -> w || CAST(x AS varchar)) AS u FROM basket;
-- duckdb
CREATE TABLE t1 AS SELECT id, [x * 2 + c FOR x IN a] AS t, [w || CAST(x AS varchar) FOR x IN a] AS u FROM basket;
SELECT * FROM t1;
-- frazil
CREATE TABLE t2 AS SELECT id, transform(b, x -> transform(x, y -> y + id + cardinality(x))) AS t, transform(b, x -> cardinality(x)) AS u FROM basket;
-- duckdb
CREATE TABLE t2 AS SELECT id, [[y + id + len(x) FOR y IN x] FOR x IN b] AS t, [len(x) FOR x IN b] AS u FROM basket;
SELECT * FROM t2;
-- a parameter hides a column, and the parameter of a lambda around it
-- frazil
CREATE TABLE t3 AS SELECT id, transform(a, c -> c + 1) AS t, transform(b, x -> transform(x, x -> x * 10)) AS u FROM basket;
-- duckdb
CREATE TABLE t3 AS SELECT id, [x + 1 FOR x IN a] AS t, [[y * 10 FOR y IN x] FOR x IN b] AS u FROM basket;
SELECT * FROM t3;
-- fields of rows; JSON in a lambda is still taken apart by an arrow
-- frazil
CREATE TABLE t4 AS SELECT id, transform(r, x -> x.q || coalesce(CAST(x.p AS varchar), '-')) AS t, transform(array['{"k": "v"}'], x -> x ->> 'k') AS u FROM basket;
-- duckdb
CREATE TABLE t4 AS SELECT id, [x.q || coalesce(CAST(x.p AS varchar), '-') FOR x IN r] AS t, ['v'] AS u FROM basket;
SELECT * FROM t4;
-- filter keeps what is true
-- frazil
CREATE TABLE t5 AS SELECT id, filter(a, x -> x > 1) AS t, filter(a, x -> x + c > 11) AS u, filter(a, x -> x IS NULL) AS v FROM basket;
-- duckdb
CREATE TABLE t5 AS SELECT id, [x FOR x IN a IF x > 1] AS t, [x FOR x IN a IF x + c > 11] AS u, [x FOR x IN a IF x IS NULL] AS v FROM basket;
SELECT * FROM t5;
-- the matches are three-valued: what OR and AND over the elements give
-- frazil
CREATE TABLE t6 AS SELECT id, any_match(a, x -> x > 2) AS t, all_match(a, x -> x > 0) AS u, none_match(a, x -> x > 7) AS v, any_match(b, y -> any_match(y, x -> x = 4)) AS w FROM basket;
-- duckdb
CREATE TABLE t6 AS SELECT id,
  CASE WHEN a IS NULL THEN NULL WHEN list_contains([x > 2 FOR x IN a], true) THEN true WHEN len([x FOR x IN a IF (x > 2) IS NULL]) > 0 THEN NULL ELSE false END AS t,
  CASE WHEN a IS NULL THEN NULL WHEN list_contains([x > 0 FOR x IN a], false) THEN false WHEN len([x FOR x IN a IF (x > 0) IS NULL]) > 0 THEN NULL ELSE true END AS u,
  CASE WHEN a IS NULL THEN NULL WHEN list_contains([x > 7 FOR x IN a], true) THEN false WHEN len([x FOR x IN a IF (x > 7) IS NULL]) > 0 THEN NULL ELSE true END AS v,
  CASE id WHEN 1 THEN false WHEN 3 THEN false WHEN 4 THEN true END AS w FROM basket;
SELECT * FROM t6;
-- frazil
CREATE TABLE t7 AS SELECT id, reduce(a, 0, (s, x) -> s + coalesce(x, 0), s -> s) AS t, reduce(a, id, (s, x) -> s * 2 + x, s -> s + c) AS u, reduce(a, '', (s, x) -> s || coalesce(w, '?'), s -> upper(s)) AS v FROM basket;
-- duckdb
CREATE TABLE t7 AS SELECT id, CASE WHEN a IS NOT NULL THEN coalesce(list_sum(a), 0) END AS t,
  CASE id WHEN 1 THEN 8 + 4 + 4 + 3 + 10 WHEN 2 THEN 2 + 20 END AS u,
  CASE WHEN a IS NOT NULL THEN upper(repeat(coalesce(w, '?'), len(a))) END AS v FROM basket;
SELECT * FROM t7;
-- frazil
CREATE TABLE t8 AS SELECT id, zip_with(a, array[100, 200], (x, y) -> coalesce(x, -1) + coalesce(y, c)) AS t FROM basket;
-- duckdb
CREATE TABLE t8 AS SELECT id, CASE id WHEN 1 THEN [101, 202, 13] WHEN 2 THEN [99, 199] WHEN 4 THEN [99, 200, NULL] END AS t FROM basket;
SELECT * FROM t8;
-- maps
-- frazil
CREATE TABLE t10 AS SELECT id, map_values(transform_values(map[coalesce(w, '-'), id, 'k', c], (k, v) -> v + id)) AS t, map_keys(transform_keys(map['a', id, 'b', c], (k, v) -> k || CAST(id AS varchar))) AS u, map_values(map_filter(map['a', id, 'b', c], (k, v) -> v > 5 AND k = 'b')) AS v FROM basket;
-- duckdb
CREATE TABLE t10 AS SELECT id, [id + id, c + id] AS t, ['a' || id, 'b' || id] AS u, CASE WHEN c > 5 THEN [c] ELSE [] END AS v FROM basket;
SELECT * FROM t10;
-- keys, aggregates, sub-queries and UNNEST around lambdas
-- frazil
CREATE TABLE t11 AS SELECT id % 2 AS g, reduce(transform(array_agg(c), x -> coalesce(x, 1) + id % 2), 0, (s, x) -> s + x, s -> s) AS t FROM basket GROUP BY id % 2;
-- duckdb
CREATE TABLE t11 AS SELECT id % 2 AS g, (sum(coalesce(c, 1)) + count(*) * (id % 2))::integer AS t FROM basket GROUP BY id % 2;
SELECT * FROM t11;
-- frazil
CREATE TABLE t12 AS SELECT id, (SELECT max(y) FROM UNNEST(transform(b.a, x -> x + b.c)) AS e(y)) AS t, transform((SELECT array_agg(u.id) FROM basket u WHERE u.id = b.id), x -> x + b.id) AS u FROM basket b;
-- duckdb
CREATE TABLE t12 AS SELECT id, list_max(a) + c AS t, [id + id] AS u FROM basket;
SELECT * FROM t12;
-- frazil
CREATE TABLE t13 AS SELECT b.id, y FROM basket b, UNNEST(transform(b.a, x -> x + 1)) AS e(y) WHERE any_match(b.a, x -> x = b.id OR x > 5) AND y > 1;
-- duckdb
CREATE TABLE t13 AS SELECT id, y FROM (SELECT id, unnest([x + 1 FOR x IN a]) AS y FROM basket WHERE id IN (1, 4)) WHERE y > 1;
SELECT * FROM t13;
-- TRY and CASE keep errors from the rows that they are not for
-- frazil
CREATE TABLE t14 AS SELECT id, try(transform(a, x -> 6 / x)) AS t, CASE WHEN id < 4 THEN transform(a, x -> 6 / x) END AS u FROM basket;
-- duckdb
CREATE TABLE t14 AS SELECT id, CASE WHEN id < 4 THEN [6 // x FOR x IN a] END AS t, CASE WHEN id < 4 THEN [6 // x FOR x IN a] END AS u FROM basket;
SELECT * FROM t14;
-- many rows, arrays longer than a batch, rows that a filter leaves out
-- frazil
CREATE TABLE many AS SELECT i, transform(sequence(1, i % 17), x -> CASE WHEN (x + i) % 5 = 0 THEN NULL ELSE x * i END) AS a, transform(sequence(1, CASE WHEN i % 1000 = 0 THEN 9000 ELSE 1 END), x -> x) AS l FROM UNNEST(sequence(1, 9000)) AS s(i) WHERE i % 17 > 0;
-- duckdb
CREATE TABLE many AS SELECT i, [CASE WHEN (x + i) % 5 = 0 THEN NULL ELSE x * i END FOR x IN range(1, i % 17 + 1)] AS a, range(1, CASE WHEN i % 1000 = 0 THEN 9001 ELSE 2 END) AS l FROM range(1, 9001) s(i) WHERE i % 17 > 0;
SELECT count(*), sum(i), sum(cardinality(a)), sum(cardinality(l)) FROM many;
-- frazil
CREATE TABLE many2 AS SELECT i, filter(a, x -> x % 3 = i % 3) AS t, reduce(a, i, (s, x) -> s * 3 % 1009 + coalesce(x, 1), s -> s) AS u, any_match(a, x -> x > 30000) AS v, reduce(l, CAST(0 AS bigint), (s, x) -> s + x, s -> s) AS w FROM many WHERE i % 7 = 0 OR i % 1000 = 0;
-- duckdb
CREATE TABLE many2 AS SELECT i, [x FOR x IN a IF x % 3 = i % 3] AS t, list_reduce(a, lambda s, x: s * 3 % 1009 + coalesce(x, 1), i) AS u, CASE WHEN list_contains([x > 30000 FOR x IN a], true) THEN true WHEN len([x FOR x IN a IF x IS NULL]) > 0 THEN NULL ELSE false END AS v, list_sum(l)::bigint AS w FROM many WHERE i % 7 = 0 OR i % 1000 = 0;
SELECT * FROM many2;
-- sorted by a comparison: all arrays of a batch go through one network; equal elements keep their order
-- frazil
CREATE TABLE sorted1 AS SELECT i, array_sort(a, (x, y) -> CASE WHEN x IS NULL THEN CASE WHEN y IS NULL THEN 0 ELSE 1 END WHEN y IS NULL THEN -1 WHEN x < y THEN 1 WHEN x > y THEN -1 ELSE 0 END) AS t, array_sort(a, (x, y) -> CASE WHEN coalesce(x, i) % 2 < coalesce(y, i) % 2 THEN -1 WHEN coalesce(x, i) % 2 = coalesce(y, i) % 2 THEN 0 ELSE 1 END) AS u FROM many WHERE i % 3 = 0;
-- duckdb
CREATE TABLE sorted1 AS SELECT i, list_sort(a, 'DESC', 'NULLS LAST') AS t, [x FOR x IN a IF coalesce(x, i) % 2 = 0] || [x FOR x IN a IF coalesce(x, i) % 2 = 1] AS u FROM many WHERE i % 3 = 0;
SELECT * FROM sorted1;
-- frazil
CREATE TABLE sorted2 AS SELECT i, array_sort(l, (x, y) -> CASE WHEN x * 7919 % 10007 < y * 7919 % 10007 THEN -1 WHEN x = y THEN 0 ELSE 1 END) AS t FROM many WHERE i % 4000 = 0;
-- duckdb
CREATE TABLE sorted2 AS SELECT i, [s % 10008 FOR s IN list_sort([x * 7919 % 10007 * 10008 + x FOR x IN l])] AS t FROM many WHERE i % 4000 = 0;
SELECT * FROM sorted2;
-- two maps side by side
-- frazil
CREATE TABLE zipped AS SELECT id, map_zip_with(map[id, w, id + 1, 'x'], map[id + 1, c, 9, NULL], (k, v, n) -> coalesce(v, '-') || k || coalesce(CAST(n AS varchar), '*') || id) AS t, map_zip_with(CASE WHEN id > 1 THEN map[1, c] END, map[2, id], (k, v, n) -> n) AS u FROM basket;
-- duckdb
CREATE TABLE zipped AS SELECT id, MAP {id: coalesce(w, '-') || id || '*' || id, id + 1: 'x' || (id + 1) || coalesce(c::varchar, '*') || id, 9: '-9*' || id} AS t, CASE WHEN id > 1 THEN MAP {1: NULL, 2: id} END AS u FROM basket;
SELECT id, map_keys(t), map_values(t), map_keys(u), map_values(u) FROM zipped;
