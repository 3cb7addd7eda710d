-- unnest in the list of a SELECT: a row for each element, several in parallel.
SELECT unnest(array[1,2]);
SELECT unnest(array[1,2]) AS x, 'a';
SELECT unnest(array[1,2]), unnest(array['a','b','c']);
SELECT id, unnest(a) FROM (VALUES (1, array[1,2]), (2, NULL), (3, array[5])) t(id, a);
SELECT id, unnest(a) + 1 AS y FROM (VALUES (1, array[1,2]), (2, NULL), (3, array[5])) t(id, a) WHERE id > 1 ORDER BY y DESC LIMIT 1;
SELECT DISTINCT unnest(a) FROM (VALUES (1, array[1,2]), (2, NULL), (3, array[1])) t(id, a);
SELECT x FROM UNNEST(array[1,2]) AS u(x);
SELECT sum(u) FROM (SELECT unnest(array[1,2]) AS u) s;
SELECT (SELECT max(u) FROM (SELECT unnest(a) AS u) s) FROM (VALUES (array[1,7])) t(a);
SELECT id FROM (VALUES (1)) t(id) WHERE id IN (SELECT unnest(array[1,2]));
SELECT id, x FROM (VALUES (1, array[1,2])) t(id, a), UNNEST(t.a) AS u(x);
SELECT id, x FROM (VALUES (1, array[1,2])) t(id, a) CROSS JOIN UNNEST(t.a) AS u(x);
SELECT unnest(string_to_array('a,b', ',')) AS w;
SELECT upper(unnest(array['a','b'])) AS w;
SELECT id, unnest(a) AS r FROM (VALUES (1, array[row(1, 'x'), row(2, 'y')])) t(id, a);
SELECT unnest(array[array[1, 2], array[3]]) AS a;
