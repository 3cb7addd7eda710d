-- Sub-queries of every form, correlated and not, over rows with nulls.
CREATE TABLE d (id integer, name varchar, boss integer);
CREATE TABLE e (id integer, d_id integer, name varchar, salary integer, hired date);
CREATE TABLE n (a integer, b integer);
INSERT INTO d VALUES (1, 'research', 2), (2, 'sales', NULL), (3, 'empty', 1), (NULL, 'void', 3);
INSERT INTO e VALUES
  (1, 1, 'Ann', 50, DATE '2020-01-15'), (2, 1, 'Bob', 40, DATE '2021-02-20'),
  (3, 2, 'Cid', 30, DATE '2019-03-10'), (4, 2, 'Dot', 35, DATE '2022-04-05'),
  (5, NULL, 'Eve', 99, NULL), (6, 2, 'Fay', NULL, DATE '2023-05-01');
INSERT INTO n VALUES (1, 2), (1, NULL), (2, 30), (NULL, 40), (NULL, NULL), (3, 50);
-- scalar
SELECT name, (SELECT max(salary) FROM e) FROM d;
SELECT name, (SELECT max(salary) FROM e WHERE e.d_id = d.id) FROM d;
SELECT name, (SELECT count(*) FROM e WHERE e.d_id = d.id) FROM d;
SELECT name, (SELECT count(*) + 1 FROM e WHERE e.d_id = d.id) AS c FROM d WHERE (SELECT count(*) FROM e WHERE e.d_id = d.id) = 0;
SELECT name, (SELECT sum(salary) FROM e WHERE e.d_id > d.id) FROM d;
SELECT name, (SELECT coalesce(sum(salary), -1) FROM e WHERE e.d_id = d.id) FROM d;
SELECT name, (SELECT name FROM d WHERE d.id = e.d_id) FROM e;
SELECT name, (SELECT d.name || e.name FROM d WHERE d.id = e.d_id) FROM e;
SELECT name, (SELECT x.name FROM e x WHERE x.d_id = d.id ORDER BY x.salary DESC NULLS LAST LIMIT 1) FROM d;
SELECT name, (SELECT x.name FROM e x WHERE x.d_id = d.id ORDER BY x.salary NULLS LAST LIMIT 1 OFFSET 1) FROM d;
SELECT name, (SELECT count(*) FROM (SELECT DISTINCT d_id FROM e WHERE e.salary > d.id * 30) q) FROM d;
SELECT name, (SELECT count(*) FROM (SELECT d_id FROM e WHERE d_id = d.id UNION SELECT a FROM n WHERE a = d.id) q) FROM d;
SELECT name, (SELECT count(*) FROM (SELECT d_id FROM e WHERE d_id = d.id UNION ALL SELECT a FROM n WHERE a = d.id) q) FROM d;
SELECT name, (SELECT count(*) FROM (SELECT d_id FROM e EXCEPT SELECT a FROM n WHERE a = d.id) q) FROM d;
SELECT name, (SELECT max(c) FROM (SELECT d_id, count(*) AS c FROM e WHERE e.salary > d.id * 10 GROUP BY d_id) q) FROM d;
SELECT name, (SELECT sum(c) FROM (SELECT d_id, count(*) AS c FROM e WHERE e.d_id = d.id GROUP BY d_id) q) FROM d;
SELECT name, (SELECT sum(salary) FROM e WHERE e.d_id = d.id HAVING count(*) > 2) FROM d;
SELECT name, (SELECT e.name FROM e JOIN n ON n.a = e.id WHERE n.b = 2 AND e.d_id = d.id) FROM d;
SELECT name, (SELECT count(*) FROM e LEFT JOIN n ON n.a = e.id AND n.b > d.id WHERE e.d_id = d.id) FROM d;
SELECT name, (SELECT d.id + 1) FROM d;
SELECT (SELECT 1), (SELECT NULL);
SELECT p.name, (SELECT count(*) FROM e q WHERE q.d_id = p.d_id) FROM e p;
-- in WHERE, HAVING, ORDER BY, ON, CASE, in arguments
SELECT name FROM e WHERE salary > (SELECT avg(salary) FROM e x WHERE x.d_id = e.d_id);
SELECT name FROM e WHERE salary = (SELECT max(salary) FROM e x WHERE x.d_id = e.d_id) OR d_id IS NULL;
SELECT d_id, sum(salary) FROM e GROUP BY d_id HAVING sum(salary) > (SELECT avg(b) FROM n);
SELECT d_id, sum(salary) FROM e GROUP BY d_id HAVING count(*) > (SELECT count(*) FROM n WHERE n.a = e.d_id);
SELECT d_id, (SELECT name FROM d WHERE d.id = e.d_id) AS dn, count(*) FROM e GROUP BY d_id;
SELECT name FROM d ORDER BY (SELECT count(*) FROM e WHERE e.d_id = d.id) DESC, name LIMIT 2;
SELECT CASE WHEN EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id) THEN (SELECT min(name) FROM e WHERE e.d_id = d.id) ELSE 'nobody' END FROM d;
SELECT e.name, d.name FROM e JOIN d ON e.d_id = d.id AND e.salary > (SELECT avg(salary) FROM e);
SELECT e.name, d.name FROM e JOIN d ON e.d_id = d.id AND e.salary >= (SELECT max(x.salary) FROM e x WHERE x.d_id = d.id);
SELECT e.name, d.name FROM e LEFT JOIN d ON e.d_id = d.id AND EXISTS (SELECT 1 FROM n WHERE n.a = d.id);
SELECT e.name, d.name FROM e LEFT JOIN d ON e.d_id = d.id AND e.id IN (SELECT a FROM n);
SELECT e.name, d.name FROM e FULL JOIN d ON e.d_id = d.id AND e.id < (SELECT max(b) FROM n);
SELECT sum((SELECT count(*) FROM e WHERE e.d_id = d.id)) FROM d;
SELECT upper((SELECT min(name) FROM e WHERE e.d_id = d.id)) FROM d;
-- EXISTS
SELECT name FROM d WHERE EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id AND salary > 45);
SELECT name FROM d WHERE NOT EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id);
SELECT name, EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id) FROM d;
SELECT name, NOT EXISTS (SELECT 1 FROM e WHERE e.d_id > d.id) FROM d;
SELECT name, EXISTS (SELECT 1 FROM e WHERE salary > 1000) FROM d;
SELECT name, EXISTS (SELECT count(*) FROM e WHERE e.d_id = d.id) FROM d;
SELECT name, EXISTS (SELECT d_id FROM e WHERE e.d_id = d.id GROUP BY d_id HAVING count(*) > 2) FROM d;
SELECT name FROM d WHERE EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id) OR EXISTS (SELECT 1 FROM n WHERE n.a = d.id);
SELECT name FROM d WHERE EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id LIMIT 1 OFFSET 2);
SELECT name FROM d WHERE EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id AND EXISTS (SELECT 1 FROM n WHERE n.a = e.id AND n.b > d.id));
-- IN and NOT IN
SELECT name FROM e WHERE d_id IN (SELECT id FROM d WHERE boss IS NULL);
SELECT name FROM e WHERE d_id NOT IN (SELECT id FROM d WHERE id > 1);
SELECT name FROM e WHERE d_id NOT IN (SELECT id FROM d);
SELECT name FROM e WHERE d_id NOT IN (SELECT id FROM d WHERE name = 'none');
SELECT name, d_id IN (SELECT a FROM n) FROM e;
SELECT name, d_id NOT IN (SELECT a FROM n) FROM e;
SELECT name, d_id IN (SELECT a FROM n WHERE a IS NOT NULL) FROM e;
SELECT name, d_id IN (SELECT a FROM n WHERE a > 100) FROM e;
SELECT name, salary IN (SELECT b FROM n WHERE n.a = e.d_id) FROM e;
SELECT name, salary NOT IN (SELECT b FROM n WHERE n.a = e.d_id) FROM e;
SELECT name, e.id IN (SELECT b FROM n WHERE n.a = e.d_id) FROM e;
SELECT name FROM e WHERE salary NOT IN (SELECT b FROM n WHERE n.a = e.d_id);
SELECT name FROM e WHERE salary NOT IN (SELECT b FROM n WHERE n.a = e.d_id) OR e.id = 1;
SELECT name FROM e WHERE id + 1 IN (SELECT x.id FROM e x WHERE x.d_id = e.d_id);
SELECT name FROM e WHERE d_id IN (SELECT id FROM d WHERE d.boss IN (SELECT a FROM n WHERE n.b = e.salary - 10));
-- ANY and ALL
SELECT name, salary > ANY (SELECT b FROM n) FROM e;
SELECT name, salary > ALL (SELECT b FROM n) FROM e;
SELECT name, salary >= ALL (SELECT b FROM n WHERE b IS NOT NULL) FROM e;
SELECT name, salary < ANY (SELECT b FROM n WHERE n.a = e.d_id) FROM e;
SELECT name, salary < ALL (SELECT b FROM n WHERE n.a = e.d_id) FROM e;
SELECT name, salary <= SOME (SELECT b FROM n WHERE n.a > e.d_id) FROM e;
SELECT name, salary = ANY (SELECT b FROM n) FROM e;
SELECT name, salary <> ALL (SELECT b FROM n) FROM e;
SELECT name, salary <> ANY (SELECT b FROM n) FROM e;
SELECT name, salary = ALL (SELECT b FROM n WHERE n.a = e.d_id) FROM e;
SELECT name FROM e WHERE salary > ALL (SELECT b FROM n WHERE n.a = e.id);
SELECT name FROM e WHERE salary > ANY (SELECT b FROM n WHERE n.a = e.d_id);
-- rows
SELECT name FROM e WHERE (d_id, salary) IN (SELECT a, b FROM n);
SELECT name FROM e WHERE (d_id, salary) NOT IN (SELECT a, b FROM n);
SELECT name FROM e WHERE (d_id, salary) NOT IN (SELECT a, b FROM n WHERE a = 3);
SELECT name, (d_id, salary) IN (SELECT a, b FROM n WHERE a IS NOT NULL AND b IS NOT NULL) FROM e;
-- nested, correlated to the outermost
SELECT name, (SELECT max(x.salary) FROM e x WHERE x.d_id = d.id AND x.salary < (SELECT max(y.salary) FROM e y WHERE y.d_id = d.id)) FROM d;
SELECT name, (SELECT count(*) FROM e WHERE e.d_id = d.id AND e.salary > (SELECT min(b) FROM n WHERE n.a = e.d_id AND n.b > d.id)) FROM d;
SELECT name, (SELECT count(*) FROM e WHERE e.salary IN (SELECT b FROM n WHERE n.b > d.id)) FROM d;
SELECT name FROM d WHERE 1 < (SELECT count(*) FROM e WHERE e.d_id = d.id AND EXISTS (SELECT 1 FROM e x WHERE x.id <> e.id AND x.d_id = d.id));
-- LATERAL
SELECT d.name, q.name FROM d, LATERAL (SELECT e.name FROM e WHERE e.d_id = d.id) q;
SELECT d.name, q.name, q.salary FROM d CROSS JOIN LATERAL (SELECT e.name, salary FROM e WHERE e.d_id = d.id ORDER BY salary DESC NULLS LAST LIMIT 1) q;
SELECT d.name, q.name FROM d LEFT JOIN LATERAL (SELECT e.name FROM e WHERE e.d_id = d.id ORDER BY e.id LIMIT 2) q ON true;
SELECT d.name, q.c FROM d LEFT JOIN LATERAL (SELECT count(*) AS c FROM e WHERE e.d_id = d.id) q ON true;
SELECT d.name, q.c FROM d, LATERAL (SELECT sum(salary) AS c FROM e WHERE e.d_id = d.id HAVING count(*) > 1) q;
SELECT d.name, q.x, r.y FROM d, LATERAL (SELECT d.id + 1 AS x) q, LATERAL (SELECT q.x * 10 AS y) r;
SELECT d.name, q.name FROM d, LATERAL (SELECT e.name FROM e WHERE e.salary > d.id * 20) q;
-- in changes
UPDATE d SET boss = (SELECT max(id) FROM e WHERE e.d_id = d.id) WHERE EXISTS (SELECT 1 FROM e WHERE e.d_id = d.id);
SELECT * FROM d;
DELETE FROM e WHERE salary < (SELECT avg(x.salary) FROM e x WHERE x.d_id = e.d_id);
SELECT * FROM e;
-- LATERAL before RIGHT and FULL.
SELECT * FROM (VALUES (1), (2)) AS a (id) CROSS JOIN LATERAL (SELECT a.id + 1 AS n) AS l FULL JOIN (VALUES (2), (9)) AS c (m) ON l.n = c.m;
SELECT * FROM (VALUES (1), (2)) AS a (id) LEFT JOIN LATERAL (SELECT a.id + 1 AS n) AS l ON true RIGHT JOIN (VALUES (2), (9)) AS c (m) ON l.n = c.m;
SELECT * FROM (VALUES (1), (2)) AS a (id), LATERAL (SELECT 2 AS n) AS l RIGHT JOIN (VALUES (2), (9)) AS c (m) ON l.n = c.m;
SELECT a.id, l.n, l.m FROM (VALUES (1), (2)) AS a (id), LATERAL (SELECT d.n, c.m FROM (SELECT a.id + 1 AS n) AS d RIGHT JOIN (VALUES (2), (9)) AS c (m) ON d.n = c.m) AS l;
-- Columns of the outer query beside the aggregates of a sub-query, over no row too.
SELECT a.id, (SELECT sum(b.y) + a.id FROM (VALUES (1, 3), (2, 4)) AS b (k, y) WHERE b.k = a.id) FROM (VALUES (1), (2), (3)) AS a (id);
SELECT a.id, (SELECT count(*) * a.id + max(b.y - a.id) FROM (VALUES (1, 3), (2, 4)) AS b (k, y) WHERE b.k >= a.id) FROM (VALUES (1), (2), (3)) AS a (id);
SELECT a.id, (SELECT count(*) * a.id FROM (VALUES (1, 3), (2, 4)) AS b (k, y) GROUP BY b.k HAVING b.k = a.id) FROM (VALUES (1), (2)) AS a (id);
SELECT a.id FROM (VALUES (1), (2), (3)) AS a (id) WHERE a.id IN (SELECT CASE WHEN a.id > 1 THEN count(*) ELSE a.id END FROM (VALUES (1, 3), (2, 4)) AS b (k, y));
SELECT a.id FROM (VALUES (1), (2), (3)) AS a (id) WHERE EXISTS (SELECT 1 FROM (VALUES (1, 3), (2, 4)) AS b (k, y) HAVING count(*) + 1 = a.id);
SELECT l.id, l.n FROM (VALUES (1), (2), (3)) AS a (id), LATERAL (SELECT a.id, count(*) AS n FROM (VALUES (1, 3), (2, 4)) AS b (k, y) WHERE b.k <= a.id) AS l;
SELECT a.id, (SELECT (SELECT max(c.z) + a.id + b.y FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y) FROM (VALUES (1), (2)) AS a (id);

-- Rows compare from the left, with some or all rows of a sub-query as well.
SELECT a.id, (a.id, a.g) < ANY (SELECT b.k, b.y FROM (VALUES (1, 3), (2, 4)) AS b (k, y)) FROM (VALUES (1, 5), (2, 3), (2, 4), (3, 1)) AS a (id, g);
SELECT a.id, (a.id, a.g) >= ALL (SELECT b.k, b.y FROM (VALUES (1, 3), (2, 4)) AS b (k, y)) FROM (VALUES (1, 5), (2, 3), (2, 4), (3, 1)) AS a (id, g);
SELECT a.id, (a.id, a.g) <> ANY (SELECT b.k, b.y FROM (VALUES (1, 5)) AS b (k, y)) FROM (VALUES (1, 5), (1, 3), (2, 5), (3, 1)) AS a (id, g);
SELECT a.id FROM (VALUES (1, 5), (2, 3), (2, 4), (3, 1)) AS a (id, g) WHERE (a.id, a.g) > ALL (SELECT b.k, b.y FROM (VALUES (1, 3), (2, 3)) AS b (k, y));

-- Keys of an outer query in sub-queries of its sub-queries.
SELECT (SELECT (SELECT max(c.z) + b.y FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y) FROM (VALUES (1), (2)) AS a (id);
SELECT (SELECT max(c.z) + b.y FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y;
SELECT (SELECT (SELECT max(c.z) + b.y FROM (VALUES (7)) AS c (z)))  FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y;
SELECT (SELECT c.z + (select b.y) FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y;
SELECT (SELECT c.z + b.y FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y;
SELECT a.id, (SELECT (SELECT max(c.z) + a.id FROM (VALUES (7)) AS c (z)) + min(b.y) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y) FROM (VALUES (1), (2)) AS a (id);
SELECT b.k, (SELECT c.z + (select b.y) FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y, b.k;
SELECT b.k, (SELECT c.z + b.y FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.y, b.k;
SELECT b.k, b.y, (SELECT c.z + (select b.y) FROM (VALUES (7)) AS c (z)), count(*) FROM (VALUES (1, 3)) AS b (k, y) GROUP BY b.k, b.y;
SELECT k, y, (SELECT c.z + (select b.y + d.z + b.k from (values (1)) d (z)) FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3), (5, 6), (5, 7)) AS b (k, y) GROUP BY b.y, b.k having b.y > 3 and (SELECT c.z + (select b.k) FROM (VALUES (7)) AS c (z)) > 1;
SELECT b.k, (SELECT c.z + (select b.y + e.q) FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) join (values (4, 1)) as e (q, k) on b.k = e.k GROUP BY b.y, b.k, e.q;
SELECT b.k, (SELECT c.z + (select b.y + e.q) FROM (VALUES (7)) AS c (z)) FROM (VALUES (1, 3)) AS b (k, y) join (values (4, 1)) as e (q, k) on b.k = e.k GROUP BY e.q, b.y, b.k, b.y + 1;
SELECT b.k, (SELECT c.z + (select b.y where b.y > 1) FROM (VALUES (7)) AS c (z)) FROM (select k, y, y as w from (VALUES (1, 3)) AS b (k, y)) b GROUP BY rollup (b.y, b.k);
SELECT b.k, (SELECT c.z + b.y FROM (VALUES (7)) AS c (z) where exists (select 1 from (values (3)) d (x) where d.x = b.y)) FROM (VALUES (1, 3), (2, 4)) AS b (k, y) GROUP BY b.y, b.k;
SELECT b.k, (SELECT count(*) FROM (VALUES (7)) AS c (z) where b.k in (select d.x from (values (3)) d (x) where d.x = b.y or d.x > b.k)) FROM (VALUES (1, 3), (2, 4)) AS b (k, y) GROUP BY b.y, b.k;
