-- Shapes of queries over two small tables.
CREATE TABLE dept (id integer, name varchar);
CREATE TABLE emp (id integer, dept_id integer, name varchar, salary decimal(10, 2), hired date);
INSERT INTO dept VALUES (1, 'research'), (2, 'sales'), (3, 'empty');
INSERT INTO emp VALUES
  (1, 1, 'Ann', 5000, DATE '2020-01-15'),
  (2, 1, 'Bob', 4000.50, DATE '2021-02-20'),
  (3, 2, 'Cid', 3000, DATE '2019-03-10'),
  (4, 2, 'Dot', 3500.25, DATE '2022-04-05'),
  (5, NULL, 'Eve', 9999.99, NULL),
  (6, 2, 'Fay', NULL, DATE '2023-05-01');
SELECT e.name, d.name FROM emp e JOIN dept d ON e.dept_id = d.id;
SELECT e.name, d.name FROM emp e LEFT JOIN dept d ON e.dept_id = d.id;
SELECT e.name, d.name FROM emp e RIGHT JOIN dept d ON e.dept_id = d.id;
SELECT e.name, d.name FROM emp e FULL JOIN dept d ON e.dept_id = d.id;
SELECT d.name, count(*), count(e.id), sum(e.salary), avg(e.salary) FROM dept d
  LEFT JOIN emp e ON e.dept_id = d.id GROUP BY d.name;
SELECT d.name, sum(e.salary) FROM dept d JOIN emp e ON e.dept_id = d.id
  GROUP BY d.name HAVING sum(e.salary) > 7000;
SELECT name FROM emp WHERE dept_id IN (SELECT id FROM dept WHERE name LIKE '%a%');
SELECT name FROM dept d WHERE NOT EXISTS (SELECT 1 FROM emp e WHERE e.dept_id = d.id);
SELECT name FROM dept WHERE id NOT IN (SELECT dept_id FROM emp WHERE dept_id IS NOT NULL);
SELECT name FROM dept WHERE id NOT IN (SELECT dept_id FROM emp);
SELECT name, salary FROM emp e WHERE salary > (SELECT avg(salary) FROM emp x WHERE x.dept_id = e.dept_id);
SELECT name FROM emp ORDER BY salary DESC NULLS LAST LIMIT 3;
SELECT name FROM emp ORDER BY name LIMIT 2 OFFSET 2;
SELECT DISTINCT dept_id FROM emp;
SELECT count(DISTINCT dept_id) FROM emp;
SELECT id FROM emp UNION SELECT id FROM dept;
SELECT id FROM emp UNION ALL SELECT id FROM dept;
SELECT id FROM emp INTERSECT SELECT id FROM dept;
SELECT id FROM emp EXCEPT SELECT id FROM dept;
WITH rich AS (SELECT * FROM emp WHERE salary > 3200) SELECT r.name, d.name FROM rich r, dept d WHERE r.dept_id = d.id;
SELECT CASE WHEN salary > 4500 THEN 'high' WHEN salary > 3200 THEN 'middle' ELSE 'low' END AS band, count(*) FROM emp GROUP BY 1;
SELECT extract(year FROM hired), count(*) FROM emp GROUP BY extract(year FROM hired);
SELECT e.name, m.name FROM emp e CROSS JOIN dept m WHERE m.id < 3 AND e.id < 3;
SELECT name, coalesce(salary, 0) + 1, nullif(dept_id, 2) FROM emp;
SELECT e1.name, e2.name FROM emp e1 JOIN emp e2 ON e1.salary < e2.salary AND e1.dept_id = e2.dept_id;
SELECT max(salary) FILTER (WHERE dept_id = 1), min(hired) FROM emp;
SELECT name FROM emp WHERE 1 = 0;
SELECT 1 + 1, 'x' || 'y', CAST('12' AS integer);
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t (n, s) WHERE n > 1;
SELECT 3000000000 % 7, (id + 5000000000) % 10 FROM emp;
