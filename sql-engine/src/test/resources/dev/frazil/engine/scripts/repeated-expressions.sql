-- Expressions with implicit casts, in GROUP BY and once more in HAVING, ORDER BY or a window.
CREATE TABLE t (
  id integer, x decimal(10, 2), s varchar, d date, ts timestamp, r double, f real, b boolean, n bigint);
INSERT INTO t VALUES
  (1, 1.50, '1', DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00', 1.5, 2.5, true, 5),
  (2, 2.50, '2024-01-02', DATE '2024-01-02', TIMESTAMP '2024-01-02 00:00:00', 2.5, 2.5, false, 6),
  (3, null, 'abc', null, null, null, null, null, null),
  (4, 1.50, '1', DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00', 1.5, 2.5, true, 5);

select x in (1.5, null) as k, count(*) from t group by x in (1.5, null) having (x in (1.5, null)) is not
  null or count(*) > 0;

select x in (1.5, null) as k, count(*) from t group by x in (1.5, null) order by case when x in (1.5, null)
  then 1 else 2 end;

select x in (1.5, null) as k, count(*) from t group by x in (1.5, null) order by x in (1.5, null);

select x in (1.5, 2) as k, count(*) from t group by x in (1.5, 2) having (x in (1.5, 2)) is not null;

select x in (1.5, 2) as k, count(*) from t group by x in (1.5, 2) order by not (x in (1.5, 2));

select id in (1, 2.5) as k, count(*) from t group by id in (1, 2.5) having id in (1, 2.5);

select id in (1, 1e0) as k, count(*) from t group by id in (1, 1e0) having not id in (1, 1e0) order by (id
  in (1, 1e0)) is null;

select r in (1, 2) as k, count(*) from t group by r in (1, 2) having not r in (1, 2) order by (r in (1, 2))
  is null;

select case when id = 1 then 1 else 2.5 end, count(*) from t group by case when id = 1 then 1 else 2.5 end
  having case when id = 1 then 1 else 2.5 end > 1 order by case when id = 1 then 1 else 2.5 end + 1;

select case when id = 1 then x else r end, count(*) from t group by case when id = 1 then x else r end
  having case when id = 1 then x else r end > 1 order by -(case when id = 1 then x else r end);

select case id when 1 then 'a' when 2.0 then 'b' end, count(*) from t group by case id when 1 then 'a' when
  2.0 then 'b' end having case id when 1 then 'a' when 2.0 then 'b' end is null order by length(case id when
  1 then 'a' when 2.0 then 'b' end);

select s || id, count(*) from t group by s || id having s || id like '1%' order by upper(s || id);

select d + id, count(*) from t group by d + id having d + id > date '2024-01-01' order by extract(day from d
  + id);

select d + 1, count(*) from t group by d + 1 having d + 1 > date '2024-01-01' order by extract(day from d +
  1);

select d - date '2023-12-31', count(*) from t group by d - date '2023-12-31' having d - date '2023-12-31' >
  0 order by (d - date '2023-12-31') * 2;

select d = '2024-01-01', count(*) from t group by d = '2024-01-01' having d = '2024-01-01' order by (d =
  '2024-01-01') is null;

select d > ts, count(*) from t group by d > ts having not d > ts order by (d > ts) is null;

select ts > d, count(*) from t group by ts > d having not (ts > d) order by (ts > d) is null;

select d between '2024-01-01' and ts, count(*) from t group by d between '2024-01-01' and ts having d
  between '2024-01-01' and ts is not null order by (d between '2024-01-01' and ts) is null;

select ts = '2024-01-01 10:00:00', count(*) from t group by ts = '2024-01-01 10:00:00' having (ts =
  '2024-01-01 10:00:00') is null or count(*) > 0;

select f > 1, count(*) from t group by f > 1 having f > 1 order by (f > 1) is null;

select f > x, count(*) from t group by f > x having f > x order by (f > x) is null;

select f in (1, 2.5), count(*) from t group by f in (1, 2.5) having f in (1, 2.5) order by (f in (1, 2.5))
  is null;

select f + x, count(*) from t group by f + x having f + x > 0 order by (f + x) is null;

select x + id, count(*) from t group by x + id having x + id > 0 order by (x + id) * 2;

select x + r, count(*) from t group by x + r having x + r > 0 order by (x + r) * 2;

select coalesce(x, id), count(*) from t group by coalesce(x, id) having coalesce(x, id) > 0 order by
  coalesce(x, id) * 2;

select coalesce(id, r), count(*) from t group by coalesce(id, r) having coalesce(id, r) > 0 order by
  coalesce(id, r) * 2;

select nullif(id, 1.0), count(*) from t group by nullif(id, 1.0) having nullif(id, 1.0) is not null order by
  nullif(id, 1.0) * 2;

select nullif(d, '2024-01-01'), count(*) from t group by nullif(d, '2024-01-01') having nullif(d,
  '2024-01-01') is not null or count(*) > 1 order by nullif(d, '2024-01-01') is null;

select round(x, 1), count(*) from t group by round(x, 1) having round(x, 1) > 1 order by round(x, 1) * 2;

select abs(x), count(*) from t group by abs(x) having abs(x) > 1 order by abs(x) * 2;

select power(id, 2), count(*) from t group by power(id, 2) having power(id, 2) > 1 order by power(id, 2) * 2;

select id / 2.0, count(*) from t group by id / 2.0 having id / 2.0 > 0.5 order by (id / 2.0) * 2;

select d in ('2024-01-01', ts), count(*) from t group by d in ('2024-01-01', ts) having (d in ('2024-01-01',
  ts)) is not null;

select d in ('2024-01-01', '2024-01-02'), count(*) from t group by d in ('2024-01-01', '2024-01-02') having
  (d in ('2024-01-01', '2024-01-02')) is not null order by (d in ('2024-01-01', '2024-01-02')) is null;

select d not in ('2024-01-01', '2024-01-05'), count(*) from t group by d not in ('2024-01-01', '2024-01-05')
  having (d not in ('2024-01-01', '2024-01-05')) is not null order by (d not in ('2024-01-01',
  '2024-01-05')) is null;

select (id, x) = (1, 1.5), count(*) from t group by (id, x) = (1, 1.5) having (id, x) = (1, 1.5) order by
  ((id, x) = (1, 1.5)) is null;

select (id, x) in ((1, 1.5), (2, 3)), count(*) from t group by (id, x) in ((1, 1.5), (2, 3)) having (id, x)
  in ((1, 1.5), (2, 3)) order by ((id, x) in ((1, 1.5), (2, 3))) is null;

select x is distinct from id, count(*) from t group by x is distinct from id having x is distinct from id
  order by (x is distinct from id) is null;

select d is distinct from '2024-01-01', count(*) from t group by d is distinct from '2024-01-01' having d is
  distinct from '2024-01-01' order by (d is distinct from '2024-01-01') is null;

select d is distinct from ts, count(*) from t group by d is distinct from ts having d is distinct from ts
  order by (d is distinct from ts) is null;

select x in (1.5, null) as k, count(*), row_number() over (order by x in (1.5, null)) from t group by x in
  (1.5, null);

select d > ts as k, sum(count(*)) over (partition by d > ts), max(d > ts) over () from t group by d > ts
  qualify row_number() over (order by d > ts) < 10;

select sum(x) filter (where d = '2024-01-01'), d = '2024-01-01' from t group by d = '2024-01-01' having
  sum(x) > 0;

select distinct x in (1.5, null) as k from t order by x in (1.5, null);

select distinct d > ts from t order by d > ts;

select d > ts from t group by rollup (d > ts) having grouping(d > ts) = 0;

select d > ts, count(*) from t group by rollup (d > ts, x in (1.5, null)) having (x in (1.5, null)) is null
  order by d > ts;

select substring(s from id), count(*) from t group by substring(s from id) having substring(s from id) > 'a'
  order by upper(substring(s from id));

select b = 'true', count(*) from t group by b = 'true' having b = 'true' order by (b = 'true') is null;

select id = '1', count(*) from t group by id = '1' having id = '1' order by (id = '1') is null;

select s = 1, count(*) from t where id in (1, 4) group by s = 1 having s = 1 order by (s = 1) is null;

select s || x || d, count(*) from t group by s || x || d having s || x || d > '' order by upper(s || x || d);

select d = ts + interval '1' day, count(*) from t group by d = ts + interval '1' day having d = ts +
  interval '1' day is null or count(*) > 0 order by (d = ts + interval '1' day) is null;

select x between 1 and 2.5e0, count(*) from t group by x between 1 and 2.5e0 having x between 1 and 2.5e0
  order by (x between 1 and 2.5e0) is null;

select x = any (array[1, 2.5]), count(*) from t group by x = any (array[1, 2.5]) having (x = any (array[1,
  2.5])) is not null order by (x = any (array[1, 2.5])) is null;

select x in (null), count(*) from t group by x in (null) having (x in (null)) is null;

select if(id = 1, x, n), count(*) from t group by if(id = 1, x, n) having if(id = 1, x, n) > 0 order by
  if(id = 1, x, n) * 2;

select d in (ts, null) from t group by d in (ts, null) having (d in (ts, null)) is null or count(*) > 0;

select id in (1, 2) as k, count(*) from t group by id in (1, 2) having not id in (1, 2);

select id in (1, 2) as k, count(*) from t group by id in (1, 2) having id not in (1, 2);

select id in (1, 2) as k, count(*) from t group by id in (1, 2) having not (id in (1, 2) or id in (1,2));

select not id in (1, 2) as k, count(*) from t group by not id in (1, 2) having not id in (1, 2);

select id not in (1, 2) as k, count(*) from t group by id not in (1, 2) having not (id not in (1, 2));

select not id in (1, 2) as k, count(*) from t group by id in (1, 2);

select id not in (1, 2) as k, count(*) from t group by id in (1, 2);

select id in (1, 2) as k, count(*) from t group by id in (1, 2) qualify not id in (1, 2) or row_number()
  over () > 5;

select id not in (1, 2) as k, count(*) from t group by id in (1, 2) order by not (id in (1, 2));

select case when id = 1 then 2 else 3 end, count(*) from t group by case when id = 1 then 2 else 3 end
  having not (case when id = 1 then 2 else 3 end in (2, 5));

select not id in (1, 2) or x in (1.5, 3) as k, count(*) from t group by not id in (1, 2) or x in (1.5, 3)
  having not (not id in (1, 2) or x in (1.5, 3));

select id in (select 1) as k, count(*) from t group by id in (select 1) having not id in (select 1);

select not id in (select 1) as k, count(*) from t group by not id in (select 1) having not (id in (select 1));

select id, (select count(*) from t b where b.id = a.id) from t a group by id having (select count(*) from t
  b where b.id = a.id) = 1;

select id in (1,2), count(*) from t group by id in (1,2) order by not (id in (1,2)), id not in (1,2);

select id in (1,2), count(*), rank() over w from t group by id in (1,2) window w as (order by id in (1,2));

-- The same inside of another expression.
SELECT CASE WHEN FALSE THEN TRUE ELSE s = NULL END, count(*) FROM t GROUP BY s = NULL;

SELECT CASE WHEN FALSE THEN TRUE ELSE d > '2024-01-01' END, count(*) FROM t GROUP BY d > '2024-01-01';

SELECT CASE WHEN id > 0 THEN not x IN (1.5, n, NULL) END, count(*) FROM t GROUP BY id > 0, x IN (1.5, n, NULL);

-- A cast in HAVING sees no row that WHERE takes away.
SELECT CAST(s AS integer) = 1, count(*) FROM t WHERE id IN (1, 4) GROUP BY CAST(s AS integer) = 1
HAVING CAST(s AS integer) = 1;

-- Lists in ORDER BY alone, above groups.
SELECT id, count(*) FROM t GROUP BY id ORDER BY id IN (2, 3), id;

SELECT id, count(*) FROM t GROUP BY id ORDER BY CASE WHEN id IN (2) THEN 0 ELSE 1 END, id;

SELECT s, count(*) FROM t GROUP BY s ORDER BY count(*) NOT IN (1), s;

SELECT id > 1 AS k, count(*) FROM t GROUP BY ROLLUP (id > 1) ORDER BY count(*) IN (3), 1;

SELECT count(*) FROM t ORDER BY count(*) IN (1);

SELECT DISTINCT max(id) IN (3) AS k FROM t ORDER BY max(id) IN (3);
