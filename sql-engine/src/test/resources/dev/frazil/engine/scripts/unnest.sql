-- UNNEST: elements of arrays and maps as rows, alone and beside the table that holds them.
-- frazil
CREATE TABLE box (id integer, tags array(varchar), nums array(integer), m map(varchar, integer), items array(row(sku varchar, qty integer)));
-- duckdb
CREATE TABLE box (id integer, tags varchar[], nums integer[], m map(varchar, integer), items struct(sku varchar, qty integer)[]);
-- frazil
INSERT INTO box VALUES
  (1, array['a', 'b', NULL], array[10, 20], map['x', 1, 'y', 2], array[row('s1', 5), row('s2', 6)]),
  (2, NULL, NULL, NULL, NULL),
  (3, NULL, array[30], map['z', 3], array[NULL, row('s3', NULL)]);
-- duckdb
INSERT INTO box VALUES
  (1, ['a', 'b', NULL], [10, 20], MAP {'x': 1, 'y': 2}, [{'sku': 's1', 'qty': 5}, {'sku': 's2', 'qty': 6}]),
  (2, NULL, NULL, NULL, NULL),
  (3, NULL, [30], MAP {'z': 3}, [NULL, {'sku': 's3', 'qty': NULL}]);
SELECT * FROM UNNEST(array[1, 2, 3]) AS t (n);
SELECT n + 1 FROM UNNEST(array[1, 2, NULL]) AS t (n) WHERE n IS NOT NULL;
SELECT id, tag FROM box CROSS JOIN UNNEST(tags) AS t (tag);
SELECT id, tag FROM box, UNNEST(tags) AS t (tag) WHERE id = 1 AND tag <> 'a';
SELECT id, tag FROM box LEFT JOIN UNNEST(tags) AS t (tag) ON true;
SELECT id, count(*), count(n), sum(n) FROM box LEFT JOIN UNNEST(nums) AS t (n) ON true GROUP BY id;
SELECT b.id, u.tag FROM box b, LATERAL (SELECT tag || '!' AS tag FROM UNNEST(b.tags) AS t (tag) WHERE tag <> 'b') u;
SELECT id, (SELECT sum(n) FROM UNNEST(nums) AS t (n)) FROM box;
SELECT id FROM box WHERE 'b' IN (SELECT tag FROM UNNEST(tags) AS t (tag));
SELECT id FROM box WHERE EXISTS (SELECT 1 FROM UNNEST(nums) AS t (n) WHERE n > box.id * 8);
-- duckdb unnests rows and maps in its own ways
-- frazil
CREATE TABLE seen AS SELECT id, sku, qty FROM box, UNNEST(items) AS t (sku, qty);
-- duckdb
CREATE TABLE seen AS SELECT id, i.sku, i.qty FROM (SELECT id, unnest(items) AS i FROM box);
SELECT * FROM seen;
-- frazil
CREATE TABLE entries AS SELECT id, k, v FROM box, UNNEST(m) AS t (k, v);
-- duckdb
CREATE TABLE entries AS SELECT id, e.key AS k, e.value AS v FROM (SELECT id, unnest(map_entries(m)) AS e FROM box);
SELECT * FROM entries;
-- frazil
CREATE TABLE pairs AS SELECT id, tag, n, o FROM box, UNNEST(tags, nums) WITH ORDINALITY AS t (tag, n, o);
-- duckdb
CREATE TABLE pairs AS SELECT * FROM (VALUES (1, 'a', 10, 1), (1, 'b', 20, 2), (1, NULL, NULL, 3), (3, NULL, 30, 1)) AS t (id, tag, n, o);
SELECT * FROM pairs;
-- frazil
CREATE TABLE outer_pairs AS SELECT id, n, o FROM box LEFT JOIN UNNEST(nums) WITH ORDINALITY AS t (n, o) ON true;
-- duckdb
CREATE TABLE outer_pairs AS SELECT * FROM (VALUES (1, 10, 1), (1, 20, 2), (2, NULL, NULL), (3, 30, 1)) AS t (id, n, o);
SELECT * FROM outer_pairs;
-- An array whose name another table has for a column of its own.
CREATE TABLE other_tags (id integer, tags integer);
INSERT INTO other_tags VALUES (1, 70), (9, 90);
SELECT u.tag FROM other_tags AS o JOIN box AS b ON TRUE, UNNEST(b.tags) AS u (tag);
SELECT o.tags, u.tag FROM other_tags AS o, box AS b, UNNEST(b.tags) AS u (tag);
SELECT o.id, u.tag FROM other_tags AS o JOIN box AS b ON o.id = b.id LEFT JOIN UNNEST(b.tags) AS u (tag) ON TRUE;
