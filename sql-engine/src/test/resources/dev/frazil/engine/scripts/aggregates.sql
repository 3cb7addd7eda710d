-- Aggregates beyond count, sum, min, max and avg.
CREATE TABLE a (id integer, g varchar, x integer, y double, d decimal(10, 2), s varchar, b boolean, day date, big bigint);
INSERT INTO a VALUES
  (1, 'p', 10, 1.5, 1.10, 'beta', true, DATE '2024-01-01', 7),
  (2, 'p', 20, 2.5, 2.20, 'alpha', false, DATE '2024-01-03', 3),
  (3, 'p', 20, NULL, 3.30, NULL, NULL, DATE '2024-01-02', 12),
  (4, 'p', NULL, 4.5, NULL, 'gamma', true, NULL, NULL),
  (5, 'q', 5, 5.5, 5.50, 'alpha', true, DATE '2023-05-05', 1),
  (6, 'q', 6, 7.25, 6.60, 'alpha', true, DATE '2023-06-06', 2),
  (7, 'q', 9, 8.5, 7.70, 'Ärger', true, DATE '2023-07-07', 4),
  (8, 'r', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (9, NULL, 1, 1.0, 9.90, '', false, DATE '2020-02-29', -1);
-- Two names of one function, over what is distinct.
SELECT g, stddev(DISTINCT x), stddev_samp(DISTINCT x), variance(DISTINCT y), var_samp(DISTINCT y) FROM a GROUP BY g;
-- Text in order.
SELECT g, string_agg(s, ',' ORDER BY id) FROM a GROUP BY g;
SELECT g, string_agg(s, ', ' ORDER BY s DESC, id) FROM a GROUP BY g;
SELECT string_agg(s, '' ORDER BY id DESC) FROM a;
-- frazil
SELECT g, listagg(s, '|') WITHIN GROUP (ORDER BY id) FROM a GROUP BY g;
SELECT g, string_agg(DISTINCT s, ',' ORDER BY s) FROM a GROUP BY g;
SELECT g, string_agg(s, ',' ORDER BY x NULLS FIRST, id) FILTER (WHERE id <> 2) FROM a GROUP BY g;
SELECT string_agg(s, ',' ORDER BY id) FROM a WHERE id > 100;
SELECT string_agg(s || '!', ' - ' ORDER BY length(s), s, id) FROM a;
-- Arrays and maps.
SELECT g, array_agg(x ORDER BY id) FROM a GROUP BY g;
SELECT g, array_agg(s ORDER BY id DESC) FROM a GROUP BY g;
SELECT array_agg(x ORDER BY x DESC, id) FROM a;
SELECT array_agg(DISTINCT x ORDER BY x) FROM a;
SELECT array_agg(d ORDER BY id) FILTER (WHERE x > 5) FROM a;
SELECT array_agg(x) FROM a WHERE id > 100;
SELECT g, array_agg(day ORDER BY day) FROM a GROUP BY ROLLUP (g);
SELECT g, array_agg(b ORDER BY id), array_agg(big ORDER BY big DESC, id) FROM a GROUP BY g;
SELECT g, histogram(x) FROM a GROUP BY g;
SELECT histogram(s) FROM a;
-- Pairs of numbers.
SELECT g, covar_pop(y, x), covar_samp(y, x), corr(y, x) FROM a WHERE id < 9 GROUP BY g;
SELECT regr_count(y, x), regr_avgx(y, x), regr_avgy(y, x), regr_sxx(y, x), regr_syy(y, x), regr_sxy(y, x) FROM a;
SELECT regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x) FROM a;
SELECT g, regr_slope(y, x), regr_count(y, x) FROM a WHERE id < 9 GROUP BY g;
SELECT covar_pop(d, big), corr(d, x) FILTER (WHERE id < 7) FROM a;
SELECT stddev(x), stddev_pop(y), variance(d), var_pop(x), var_samp(big) FROM a;
-- Bits and conditions.
SELECT g, bit_and(x), bit_or(x), bit_xor(x), bit_or(big) FROM a GROUP BY g;
SELECT bit_xor(DISTINCT x), bit_and(big) FROM a;
SELECT g, count_if(b), count_if(x > 5), countif(s LIKE '%a%') FROM a WHERE id <> 8 GROUP BY g;
SELECT g, bool_and(b), bool_or(b), bool_and(b) FILTER (WHERE id <> 2) FROM a GROUP BY g;
SELECT g, any_value(g), max(s), min(b) FROM a GROUP BY g;
-- Rows of extremes.
SELECT g, min_by(id, x), max_by(s, y) FROM a GROUP BY g;
SELECT arg_min(s, d), arg_max(id, big), arg_max(day, s) FROM a;
SELECT max_by(id, s) FILTER (WHERE g = 'p') FROM a;
-- Percentiles.
SELECT g, median(x), median(y), median(d) FROM a GROUP BY g;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY y), percentile_cont(0.25) WITHIN GROUP (ORDER BY y DESC) FROM a;
SELECT g, percentile_cont(0.9) WITHIN GROUP (ORDER BY x) FROM a GROUP BY g;
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY x), percentile_disc(0) WITHIN GROUP (ORDER BY x), percentile_disc(1) WITHIN GROUP (ORDER BY y) FROM a;
SELECT g, percentile_disc(0.3) WITHIN GROUP (ORDER BY day), percentile_disc(0.5) WITHIN GROUP (ORDER BY s) FROM a GROUP BY g;
SELECT percentile_disc(0.4) WITHIN GROUP (ORDER BY x DESC) FILTER (WHERE id > 2) FROM a;
SELECT g, mode(x) FROM a WHERE g = 'p' GROUP BY g;
SELECT mode() WITHIN GROUP (ORDER BY s) FROM a;
-- All of them in grouping sets, over nothing, and over windows.
SELECT g, b, string_agg(s, ',' ORDER BY id), median(x), max_by(id, y), covar_pop(y, x) FROM a GROUP BY GROUPING SETS ((g), (b), ());
SELECT median(x), corr(y, x), max_by(id, x), bit_and(x), regr_count(y, x), percentile_disc(0.5) WITHIN GROUP (ORDER BY s) FROM a WHERE id > 100;
SELECT id, median(x) OVER (PARTITION BY g), string_agg(s, ',') OVER (PARTITION BY g ORDER BY id) FROM a;
SELECT id, corr(y, x) OVER (PARTITION BY g), max_by(id, x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM a WHERE id < 9;
SELECT id, array_agg(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), bit_or(x) OVER (ORDER BY id ROWS 2 PRECEDING) FROM a;
SELECT id, count_if(b) OVER (PARTITION BY g ORDER BY id), mode(x) OVER (PARTITION BY g) FROM a WHERE g = 'p';
SELECT g, approx_count_distinct(x) > 0 FROM a WHERE x IS NOT NULL GROUP BY g;
SELECT count(DISTINCT x), sum(DISTINCT d), string_agg(s, ',' ORDER BY id), avg(DISTINCT x) FROM a;
-- The mean of sums, which have 38 digits, keeps digits after the point.
SELECT avg(t) FROM (SELECT sum(d) AS t FROM a WHERE id <= 5 GROUP BY id) AS s;
SELECT DISTINCT avg(sum(d)) OVER () FROM a WHERE id <= 5 GROUP BY id;
SELECT avg(CAST(d AS decimal(38, 20))), avg(CAST(x AS decimal(38, 0))) FROM a WHERE id IN (1, 3);
-- Ordered aggregates anywhere in a query.
CREATE TABLE ordered_rows (id integer, k integer, s varchar);
INSERT INTO ordered_rows VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');
SELECT k FROM ordered_rows GROUP BY k HAVING string_agg(s, '' ORDER BY id DESC) = 'ba';
SELECT k FROM ordered_rows GROUP BY k HAVING 'ba' = string_agg(s, '' ORDER BY id DESC);
SELECT k, string_agg(s, '' ORDER BY id DESC) || 'x' FROM ordered_rows GROUP BY k;
SELECT k, upper(string_agg(s, '' ORDER BY id DESC)) FROM ordered_rows GROUP BY k;
SELECT k, string_agg(s, '' ORDER BY id DESC) IS DISTINCT FROM 'ba' FROM ordered_rows GROUP BY k;
SELECT k FROM ordered_rows GROUP BY k HAVING string_agg(s, '' ORDER BY id DESC) IS DISTINCT FROM 'ba';
SELECT k FROM ordered_rows GROUP BY k ORDER BY string_agg(s, '' ORDER BY id DESC);
SELECT k, rank() OVER (ORDER BY string_agg(s, '' ORDER BY id DESC)) FROM ordered_rows GROUP BY k;
SELECT k, max(string_agg(s, '' ORDER BY id DESC)) OVER (PARTITION BY k) FROM ordered_rows GROUP BY k;
SELECT k FROM ordered_rows GROUP BY k HAVING percentile_disc(0.5) WITHIN GROUP (ORDER BY id) > 1;
SELECT k, rank() OVER (ORDER BY percentile_disc(0.5) WITHIN GROUP (ORDER BY id) ) FROM ordered_rows GROUP BY k;
SELECT k, rank() OVER (ORDER BY median(id)) FROM ordered_rows GROUP BY k;
