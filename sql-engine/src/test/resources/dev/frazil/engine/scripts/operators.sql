-- Operators and spellings of PostgreSQL and of SQL:2023.

CREATE TABLE readings (id integer, flags integer, note varchar);

INSERT INTO readings VALUES (1, 5, 'a'), (2, 12, NULL), (3, NULL, 'c');

SELECT 1_000_000, 1_0.5;
SELECT id, flags ISNULL, note NOTNULL FROM readings;
SELECT id FROM readings WHERE flags ISNULL OR note NOTNULL AND (flags + 1) NOTNULL;

SELECT id, flags & 4, flags | 3, flags << 2, flags >> 1, flags | 1 & 4 FROM readings;

SELECT array[1, 4, 3] @> array[3, 1, 3], array[2, 2, 7] <@ array[1, 7, 2], array[1, 4] && array[2, 4], array[1] && array[2];
SELECT (array[1, 2, 3, 4])[2:3], (array[1, 2, 3, 4])[:2], (array[1, 2, 3, 4])[3:], (array[1, 2])[3:4];

SELECT id FROM readings ORDER BY id FETCH FIRST ROW ONLY;
SELECT id, lag(id) OVER (ORDER BY id) FROM readings LIMIT 2;
SELECT CAST(array[array[1]] AS integer[][])[1][1];
-- frazil
CREATE TABLE escapes AS SELECT U&'\0041bc' AS e;
-- duckdb
CREATE TABLE escapes AS SELECT 'Abc' AS e;
SELECT e FROM escapes;
