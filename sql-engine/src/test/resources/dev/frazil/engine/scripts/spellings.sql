-- Spellings of other systems that DuckDB has too.
CREATE TABLE t (id integer, x integer, s varchar);
INSERT INTO t VALUES (1, 10, 'abc'), (2, 20, NULL), (3, NULL, 'xbz');
SELECT id, x == 10 FROM t;
-- Powers: from the left, after the sign, before products.
SELECT 2 ** 3, 2 ** 3 ** 2, -2 ** 2, 1 - 2 ** 2, 3 * 2 ** 2 + 1, 2 ^ 3, (1 + 1) ** id, abs(-2) ** 2, id ** -1, 2 * -3 ^ 2 FROM t WHERE id = 1;
SELECT trim('xxaxx', 'x'), trim(s, 'az'), trim(BOTH 'a' FROM s), trim(s) FROM t;
SELECT substring(s FROM 2), substring(s FROM id), substring(s, 1, 2), substring(s FROM 1 FOR 2) FROM t;
SELECT id FROM t ORDER BY id LIMIT NULL;
SELECT id FROM t ORDER BY id OFFSET NULL;
-- The frame of a window says nothing about ranks.
SELECT id, rank() OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), sum(x) OVER w, row_number() OVER w FROM t WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);
SELECT id, lag(id) OVER (w RANGE UNBOUNDED PRECEDING) FROM t WINDOW w AS (ORDER BY id);
SELECT id, dense_rank() OVER (ORDER BY x NULLS FIRST GROUPS 1 PRECEDING), ntile(2) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) FROM t;
