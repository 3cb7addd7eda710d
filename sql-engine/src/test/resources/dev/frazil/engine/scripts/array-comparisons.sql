-- Comparisons with the elements of an array, beside those with sub-queries and lists: as DuckDB.
CREATE TABLE parcel (id bigint, n integer, w varchar, d date, x double);
INSERT INTO parcel VALUES
  (1, 7, 'x', DATE '2024-03-01', 1.5),
  (2, 0, 'y', DATE '1970-01-01', CAST('NaN' AS double)),
  (3, -1, NULL, NULL, -2.5),
  (4, NULL, 'z', DATE '2000-01-01', NULL);
SELECT id, n = ANY (ARRAY[0, 7]), n = SOME (ARRAY[0, NULL]) FROM parcel;
SELECT id FROM parcel WHERE n = ANY (ARRAY[0, 7]);
SELECT id FROM parcel WHERE w = ANY (ARRAY['x', 'z']) AND d = ANY (ARRAY[DATE '2024-03-01', DATE '1999-01-01']);
SELECT id FROM parcel WHERE NOT (n = ANY (ARRAY[0, 7]));
SELECT id, n > ANY (ARRAY[-1, 5]), n >= ANY (ARRAY[7, 8]), n < ANY (ARRAY[n, 0]), n <> ANY (ARRAY[7, 7]) FROM parcel;
SELECT id, x = ANY (ARRAY[CAST('NaN' AS double), 1.5]), x > ANY (ARRAY[1e300]) FROM parcel;
SELECT id, w = ANY (string_split('x,y', ',')), w > ANY (string_split('x,y', ',')) FROM parcel;
SELECT id, n = ANY (CAST(ARRAY['7', NULL] AS integer[])) FROM parcel;
SELECT id, CAST(n AS bigint) = ANY (ARRAY[n, 1]), n + 1 = ANY (ARRAY[8, 1]) FROM parcel;
SELECT id, 7 = ANY (SELECT n FROM parcel), n = ANY (SELECT 7) FROM parcel;
SELECT id FROM parcel GROUP BY id, n HAVING n = ANY (ARRAY[max(n)]);
SELECT ARRAY[]::integer[], CAST(ARRAY[1, 2] AS bigint[]), ARRAY['1', NULL]::integer[], ARRAY[ARRAY['1'], ARRAY[]]::integer[][];
SELECT id, coalesce(CASE WHEN n > 0 THEN ARRAY[n] END, ARRAY[]) FROM parcel;
DROP TABLE parcel;
