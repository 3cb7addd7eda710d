-- ASOF JOIN: the nearest row before or after, for equal keys.
CREATE TABLE trades (id integer, sym varchar, t integer);
CREATE TABLE quotes (sym varchar, t integer, px decimal(9, 2));
INSERT INTO trades VALUES (1, 'a', 1), (2, 'a', 5), (3, 'a', 9), (4, 'b', 4), (5, 'c', 4), (6, NULL, 5), (7, 'a', NULL), (8, 'b', 6);
INSERT INTO quotes VALUES ('a', 2, 1.00), ('a', 5, 1.01), ('a', 7, 1.02), ('b', 5, 2.00), (NULL, 1, 3.00), ('a', NULL, 4.00);
-- frazil
CREATE TABLE r1 AS SELECT tr.id, q.t, q.px FROM trades tr ASOF JOIN quotes q MATCH_CONDITION tr.t >= q.t ON tr.sym = q.sym;
-- duckdb
CREATE TABLE r1 AS SELECT tr.id, q.t, q.px FROM trades tr ASOF JOIN quotes q ON tr.sym = q.sym AND tr.t >= q.t;
SELECT * FROM r1;
-- frazil
CREATE TABLE r2 AS SELECT tr.id, q.t, q.px FROM trades tr LEFT ASOF JOIN quotes q MATCH_CONDITION tr.t > q.t ON tr.sym = q.sym;
-- duckdb
CREATE TABLE r2 AS SELECT tr.id, q.t, q.px FROM trades tr ASOF LEFT JOIN quotes q ON tr.sym = q.sym AND tr.t > q.t;
SELECT * FROM r2;
-- frazil
CREATE TABLE r3 AS SELECT tr.id, q.t, q.px FROM trades tr LEFT ASOF JOIN quotes q MATCH_CONDITION tr.t <= q.t ON tr.sym = q.sym;
-- duckdb
CREATE TABLE r3 AS SELECT tr.id, q.t, q.px FROM trades tr ASOF LEFT JOIN quotes q ON tr.sym = q.sym AND tr.t <= q.t;
SELECT * FROM r3;
-- frazil
CREATE TABLE r4 AS SELECT tr.id, q.t, q.px FROM trades tr ASOF JOIN quotes q MATCH_CONDITION q.t > tr.t ON tr.sym = q.sym;
-- duckdb
CREATE TABLE r4 AS SELECT tr.id, q.t, q.px FROM trades tr ASOF JOIN quotes q ON tr.sym = q.sym AND tr.t < q.t;
SELECT * FROM r4;
SELECT count(*) FROM r2;
SELECT count(px) FROM r3;
