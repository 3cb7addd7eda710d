-- Fields of rows by their path: with the table's name, with its alias, and without either.
-- frazil
CREATE TABLE people (id integer, r row(x integer, y row(z varchar, n integer)), home row(city varchar, x integer));
-- duckdb
CREATE TABLE people (id integer, r struct(x integer, y struct(z varchar, n integer)), home struct(city varchar, x integer));
-- frazil
INSERT INTO people VALUES
  (1, row(10, row('a', 100)), row('Oslo', 1)),
  (2, row(20, row('b', 200)), row('Bonn', 2)),
  (3, row(NULL, NULL), row('Oslo', 3)),
  (4, NULL, NULL);
-- duckdb
INSERT INTO people VALUES
  (1, {'x': 10, 'y': {'z': 'a', 'n': 100}}, {'city': 'Oslo', 'x': 1}),
  (2, {'x': 20, 'y': {'z': 'b', 'n': 200}}, {'city': 'Bonn', 'x': 2}),
  (3, {'x': NULL, 'y': NULL}, {'city': 'Oslo', 'x': 3}),
  (4, NULL, NULL);
SELECT r.x FROM people;
SELECT people.r.x, p.id FROM people, (SELECT id FROM people WHERE home.x = 1) p;
SELECT a.r.y.z, r.y.n, home.city FROM people a;
SELECT id FROM people WHERE r.x > 10 AND home.city = 'Bonn';
SELECT home.city, count(*), sum(r.x) FROM people GROUP BY home.city;
SELECT home.city, count(*) FROM people p GROUP BY p.home.city HAVING max(p.home.x) > 1;
SELECT id FROM people ORDER BY home.city, r.y.n DESC LIMIT 2;
SELECT upper(r.y.z) || '!', CASE WHEN r.x IS NULL THEN 'none' ELSE home.city END FROM people;
SELECT a.id, b.id FROM people a JOIN people b ON a.home.city = b.home.city AND a.id < b.id;
SELECT id FROM people WHERE r.x IN (SELECT max(r.x) FROM people);
SELECT z FROM (SELECT r.y.z AS z, id FROM people) s WHERE s.id = 2;
WITH w AS (SELECT r AS q FROM people) SELECT q.y.z FROM w WHERE q.x IS NOT NULL;
-- the name of a table wins over that of a column
SELECT r.id FROM people r ORDER BY r.id;
UPDATE people SET id = r.x + home.x WHERE r.y.n = 200;
SELECT id FROM people;
DELETE FROM people WHERE home.city = 'Oslo';
SELECT id, r.x FROM people;
-- A row as the first value of a line.
-- frazil
CREATE TABLE rows_first (r row(x integer, y varchar), n integer);
-- duckdb
CREATE TABLE rows_first (r struct(x integer, y varchar), n integer);
-- frazil
INSERT INTO rows_first VALUES (row(1, 'a'), 10), (ROW(2, 'b'), 20);
-- duckdb
INSERT INTO rows_first VALUES ({'x': 1, 'y': 'a'}, 10), ({'x': 2, 'y': 'b'}, 20);
SELECT rows_first.r.x, rows_first.r.y, n FROM rows_first;
