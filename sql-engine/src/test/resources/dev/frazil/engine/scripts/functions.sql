-- Scalar functions over columns, with nulls: Frazil and DuckDB agree.
CREATE TABLE word (id bigint, w varchar, n bigint, x double, d date, ts timestamp);
INSERT INTO word VALUES
  (1, 'frazil ice', 3, 0.5, DATE '2024-02-29', TIMESTAMP '2024-02-29 13:05:07.25'),
  (2, '', 0, -1.25, DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.999999'),
  (3, 'Größe € 😀', -2, 1000, DATE '2000-01-01', TIMESTAMP '2000-01-01 00:00:00'),
  (4, NULL, NULL, NULL, NULL, NULL),
  (5, 'a,b,,c', 40, 2, DATE '2023-12-31', TIMESTAMP '2023-12-31 12:00:00');
SELECT id, left(w, 3), right(w, 2), reverse(w), length(w), bit_length(w) FROM word;
SELECT id, lpad(w, 12, '*'), rpad(w, 4, '-'), repeat(w, 2), ltrim(w, 'fr'), rtrim(w, 'e ') FROM word;
SELECT id, strpos(w, 'i'), split_part(w, ',', 2), split(w, ','), translate(w, 'aei', 'AE') FROM word;
SELECT id, ascii(w), concat_ws('-', w, 'x'), starts_with(w, 'fra'), ends_with(w, 'c'), contains(w, ',') FROM word;
SELECT id, md5(w), sha256(w), levenshtein(w, 'frazil') FROM word WHERE id <> 3;
SELECT id, regexp_matches(w, '[a-c],'), regexp_extract_all(w, '[a-z]+'), w SIMILAR TO 'zzz' FROM word;
SELECT id FROM word WHERE w ~ '.*,.*';
SELECT id, regexp_replace(w, '[a-c]', 'x', 'g'), regexp_replace(w, '[A-C]', 'x', 'i'), regexp_replace(w, 'Z', '', 'gi') FROM word;
SELECT id, round(n * 1.005, 2), round(n / 7.0, 1), round(CAST(x AS decimal(10, 3))), trunc(CAST(x AS decimal(10, 3))) FROM word;
SELECT id, cbrt(x), degrees(x), radians(x), sin(x), cos(x), tan(x), atan(x), sinh(x), cosh(x), tanh(x) FROM word;
SELECT id, gcd(n, 6), lcm(n, 6), bit_count(n), sign(n), power(x, 2), exp(x / 1000) FROM word;
SELECT id, isnan(x), isfinite(x), isinf(x), round(x, 1), floor(x), ceil(x), atan2(x, 2) FROM word;
SELECT id, last_day(d), dayname(d), monthname(d), isodow(d), isoyear(d), decade(d), century(d) FROM word;
SELECT id, year(ts), quarter(ts), month(ts), week(ts), day(ts), hour(ts), minute(ts), second(ts) FROM word;
SELECT id, epoch_us(ts), millisecond(ts), microsecond(ts) FROM word;
SELECT id, strftime(ts, '%Y-%m-%d %H:%M:%S.%f %a %b %j'), strftime(d, '%d/%m/%y') FROM word;
SELECT id, date_trunc('hour', ts), date_trunc('quarter', ts), date_trunc('week', ts) FROM word;
SELECT id, extract(doy FROM d), extract(isodow FROM d), extract(epoch FROM d), extract(century FROM d) FROM word;
SELECT id, CAST(d + INTERVAL '1' MONTH AS date), ts - INTERVAL '1 day 02:00:00', ts + INTERVAL '0.000001' SECOND FROM word;
SELECT id, make_date(2024, 2, 29), make_timestamp(2024, 2, 29, 1, 2, 3.5) FROM word;
SELECT id, list_contains(split(w, ','), 'b'), array_length(split(w, ',')) FROM word;
SELECT id, if(n > 0, 'plus', 'else'), ifnull(w, 'none'), nullif(n, 0), coalesce(w, 'none') FROM word;
SELECT id, TRY_CAST(w AS integer), TRY_CAST(w AS date) FROM word;
SELECT left(w, 1), count(*) FROM word GROUP BY left(w, 1);
SELECT w FROM word WHERE length(w) > 3 ORDER BY reverse(w);
DROP TABLE word;
