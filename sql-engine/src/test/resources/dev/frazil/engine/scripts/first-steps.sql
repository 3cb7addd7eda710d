-- A table from empty to empty: insert, select, update, delete, truncate.
CREATE TABLE person (id bigint NOT NULL, name varchar, born date, height double, active boolean);
SELECT count(*) FROM person;
INSERT INTO person VALUES
  (1, 'Ada', DATE '1815-12-10', 1.65, true),
  (2, 'Grace', DATE '1906-12-09', 1.68, true),
  (3, 'Edsger', DATE '1930-05-11', NULL, false),
  (4, NULL, NULL, NULL, NULL);
SELECT * FROM person;
INSERT INTO person (name, id) VALUES ('Barbara', 5), ('Tony', 6);
SELECT id, name, born IS NULL FROM person WHERE id >= 4;
UPDATE person SET height = 1.8, active = true WHERE name LIKE 'E%';
SELECT name, height, active FROM person ORDER BY id;
UPDATE person SET height = height * 2 WHERE height IS NOT NULL;
UPDATE person SET name = 'nobody' WHERE id = 77;
SELECT sum(height), avg(height), min(name), max(born), count(height), count(*) FROM person;
DELETE FROM person WHERE active;
SELECT id, name FROM person ORDER BY id;
DELETE FROM person WHERE id = 1;
INSERT INTO person SELECT id + 100, upper(name), born, height, NOT coalesce(active, false) FROM person;
SELECT * FROM person;
UPDATE person SET id = id + 1000 WHERE id > 100;
SELECT id FROM person WHERE id > 1000 ORDER BY id DESC;
DELETE FROM person;
SELECT count(*), sum(id) FROM person;
INSERT INTO person VALUES (9, 'again', NULL, 0, false);
SELECT * FROM person;
DROP TABLE person;
