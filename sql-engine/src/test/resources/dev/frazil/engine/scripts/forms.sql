-- Forms of other systems: INSERT ... TABLE, map(), collations.
CREATE TABLE ledger (id bigint, w varchar);
INSERT INTO ledger VALUES (1, 'b'), (2, 'B'), (3, NULL);
CREATE TABLE copied (id bigint, w varchar);
INSERT INTO copied TABLE ledger;
INSERT INTO copied (w, id) SELECT w, id + 10 FROM (TABLE ledger) AS l;
SELECT id, w FROM copied;
-- frazil
INSERT INTO copied BY NAME TABLE ledger;
-- duckdb
INSERT INTO copied SELECT * FROM ledger;
-- frazil
INSERT INTO copied (TABLE ledger);
-- duckdb
INSERT INTO copied SELECT * FROM ledger;
-- frazil
WITH r AS (SELECT id + 100 AS id, w FROM ledger) INSERT INTO copied TABLE r;
-- duckdb
INSERT INTO copied SELECT id + 100, w FROM ledger;
SELECT id, w FROM copied;
SELECT cardinality(map()), CAST(map() AS map(varchar, integer)), coalesce(CASE WHEN id = 1 THEN map(ARRAY['a'], ARRAY[1]) END, map()) FROM ledger;
CREATE TABLE held (id bigint, m map(varchar, integer));
INSERT INTO held VALUES (1, map()), (2, map(ARRAY['a'], ARRAY[1])), (3, NULL);
INSERT INTO held SELECT 4, map();
UPDATE held SET m = map() WHERE id = 3;
SELECT id, m, cardinality(m), m = map() FROM held;
SELECT id, w COLLATE "C" AS c, w COLLATE "POSIX" < 'a' AS d, upper(w COLLATE "C") || 'x' AS e FROM ledger WHERE w COLLATE "C" > 'A' ORDER BY w COLLATE "C" DESC, id;
SELECT max(w COLLATE "C"), count(DISTINCT w COLLATE POSIX) FROM ledger GROUP BY w COLLATE "C";
-- frazil
CREATE TABLE ranked AS SELECT id, rank() OVER (ORDER BY w COLLATE ucs_basic) AS r, w COLLATE "C" ~ '^b' AS m, (w || 'x')::varchar COLLATE "C" LIKE ANY ('b%') AS n FROM ledger;
-- duckdb
CREATE TABLE ranked AS SELECT id, rank() OVER (ORDER BY w) AS r, regexp_matches(w, '^b') AS m, w || 'x' LIKE 'b%' AS n FROM ledger;
SELECT id, r, m, n FROM ranked;
CREATE TABLE collated (w varchar COLLATE "C" NOT NULL);
INSERT INTO collated VALUES ('b'), ('B'), ('ä');
SELECT w, row_number() OVER (ORDER BY w) FROM collated;
DROP TABLE collated;
DROP TABLE ranked;
DROP TABLE held;
DROP TABLE copied;
DROP TABLE ledger;
