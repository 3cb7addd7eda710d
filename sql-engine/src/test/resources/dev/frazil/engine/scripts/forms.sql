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
DROP TABLE held;
DROP TABLE copied;
DROP TABLE ledger;
