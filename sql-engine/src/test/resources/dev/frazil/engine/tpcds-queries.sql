-- D1 customers who return more than their store's average: a CTE used twice, a correlated average
WITH per_customer AS (
  SELECT sr.sr_customer_sk AS who, sr.sr_store_sk AS place, sum(sr.sr_return_amt) AS amount
  FROM store_returns AS sr GROUP BY sr.sr_customer_sk, sr.sr_store_sk)
SELECT c.c_customer_id FROM per_customer AS p JOIN customer AS c ON c.c_customer_sk = p.who
WHERE p.amount > (SELECT 1.2 * avg(o.amount) FROM per_customer AS o WHERE o.place = p.place)
-- D2 weekdays of two channels beside those of another year: union, conditional sums, self join
WITH sales AS (
  SELECT ws_sold_date_sk AS day_sk, ws_ext_sales_price AS price FROM web_sales
  UNION ALL SELECT cs_sold_date_sk, cs_ext_sales_price FROM catalog_sales),
weekly AS (
  SELECT d.d_week_seq AS week, d.d_year AS y,
    sum(CASE WHEN d.d_day_name = 'Sunday' THEN s.price END) AS sunday,
    sum(CASE WHEN d.d_day_name = 'Friday' THEN s.price END) AS friday
  FROM sales AS s JOIN date_dim AS d ON d.d_date_sk = s.day_sk GROUP BY d.d_week_seq, d.d_year)
SELECT a.week, a.sunday - b.sunday AS sunday_gap, a.friday - b.friday AS friday_gap
FROM weekly AS a JOIN weekly AS b ON a.week = b.week - 53 WHERE a.y = 1999 AND b.y = 2000
-- D3 brands of one month: star join, group, top rows
SELECT d.d_year, i.i_brand_id, i.i_brand, sum(ss.ss_ext_sales_price) AS total
FROM store_sales AS ss, date_dim AS d, item AS i
WHERE ss.ss_sold_date_sk = d.d_date_sk AND ss.ss_item_sk = i.i_item_sk AND d.d_moy = 11 AND i.i_manufact_id < 300
GROUP BY d.d_year, i.i_brand_id, i.i_brand ORDER BY d.d_year, total DESC, i.i_brand_id, i.i_brand LIMIT 100
-- D5 sales and returns of the channels, rolled up
WITH flows AS (
  SELECT 'store' AS channel, ss_store_sk AS place, ss_ext_sales_price AS sold, CAST(0 AS decimal(7, 2)) AS returned FROM store_sales
  UNION ALL SELECT 'store', sr_store_sk, 0, sr_return_amt FROM store_returns
  UNION ALL SELECT 'web', ws_web_site_sk, ws_ext_sales_price, 0 FROM web_sales
  UNION ALL SELECT 'catalog', cs_call_center_sk, cs_ext_sales_price, 0 FROM catalog_sales)
SELECT channel, place, sum(sold) AS sold, sum(returned) AS returned, grouping(channel) + grouping(place) AS depth
FROM flows GROUP BY ROLLUP (channel, place)
-- D6 states where dear items sell: a scalar and a correlated sub-query, HAVING
SELECT a.ca_state, count(*) AS sales FROM store_sales AS ss
JOIN customer AS c ON c.c_customer_sk = ss.ss_customer_sk JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk
JOIN item AS i ON i.i_item_sk = ss.ss_item_sk JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
WHERE d.d_month_seq >= (SELECT DISTINCT x.d_month_seq FROM date_dim AS x WHERE x.d_year = 1998 AND x.d_moy = 1)
  AND i.i_current_price > 1.2 * (SELECT avg(j.i_current_price) FROM item AS j WHERE j.i_category = i.i_category)
GROUP BY a.ca_state HAVING count(*) >= 10
-- D8 prefixes of postal codes in two sets: INTERSECT, substring join
SELECT s.s_store_name, sum(ss.ss_net_profit) AS profit FROM store_sales AS ss JOIN store AS s ON s.s_store_sk = ss.ss_store_sk
JOIN (SELECT substring(ca_zip FROM 1 FOR 1) AS p FROM customer_address WHERE ca_zip > '5'
  INTERSECT SELECT substring(ca_zip FROM 1 FOR 1) FROM customer_address JOIN customer ON ca_address_sk = c_current_addr_sk
    WHERE c_preferred_cust_flag = 'Y') AS z ON substring(s.s_zip FROM 1 FOR 1) <= z.p
GROUP BY s.s_store_name
-- D9 buckets by scalar sub-queries in CASE
SELECT CASE WHEN (SELECT count(*) FROM store_sales WHERE ss_quantity BETWEEN 1 AND 20) > 5000
    THEN (SELECT avg(ss_ext_discount_amt) FROM store_sales WHERE ss_quantity BETWEEN 1 AND 20)
    ELSE (SELECT avg(ss_net_paid) FROM store_sales WHERE ss_quantity BETWEEN 1 AND 20) END > 100 AS low,
  CASE WHEN (SELECT count(*) FROM store_sales WHERE ss_quantity BETWEEN 81 AND 100) > 500000 THEN 'many' ELSE 'few' END AS high
FROM reason WHERE r_reason_sk = 1
-- D10 customers by EXISTS and one of two more
SELECT cd.cd_gender, cd.cd_marital_status, count(*) AS people FROM customer AS c
JOIN customer_demographics AS cd ON cd.cd_demo_sk % 1000 = c.c_customer_sk
WHERE EXISTS (SELECT 1 FROM store_sales AS s WHERE s.ss_customer_sk = c.c_customer_sk)
  AND (EXISTS (SELECT 1 FROM web_sales AS w WHERE w.ws_bill_customer_sk = c.c_customer_sk)
    OR EXISTS (SELECT 1 FROM catalog_sales AS k WHERE k.cs_ship_customer_sk = c.c_customer_sk))
GROUP BY cd.cd_gender, cd.cd_marital_status
-- D12 share of a class: an aggregate over an aggregate in a window
SELECT i.i_item_id, i.i_class, sum(ws.ws_ext_sales_price) AS revenue,
  sum(sum(ws.ws_ext_sales_price)) OVER (PARTITION BY i.i_class) AS of_class
FROM web_sales AS ws JOIN item AS i ON i.i_item_sk = ws.ws_item_sk WHERE i.i_category IN ('Sports', 'Books', 'Home')
GROUP BY i.i_item_id, i.i_class
-- D16 orders shipped from several warehouses and never returned: EXISTS, NOT EXISTS, distinct count
SELECT count(DISTINCT o.cs_order_number) AS orders, sum(o.cs_ext_ship_cost) AS cost FROM catalog_sales AS o
WHERE EXISTS (SELECT 1 FROM catalog_sales AS p WHERE p.cs_order_number = o.cs_order_number AND p.cs_warehouse_sk <> o.cs_warehouse_sk)
  AND NOT EXISTS (SELECT 1 FROM catalog_returns AS r WHERE r.cr_order_number = o.cs_order_number)
-- D18 averages by a roll-up of four
SELECT i.i_category, i.i_class, a.ca_state, count(*) AS n, sum(cs.cs_quantity) AS quantity, max(cs.cs_list_price) AS dearest
FROM catalog_sales AS cs JOIN item AS i ON i.i_item_sk = cs.cs_item_sk JOIN customer AS c ON c.c_customer_sk = cs.cs_bill_customer_sk
JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk GROUP BY ROLLUP (i.i_category, i.i_class, a.ca_state)
-- D22 CUBE of stock
SELECT i.i_category, w.w_state, sum(inv.inv_quantity_on_hand) AS stock FROM inventory AS inv
JOIN item AS i ON i.i_item_sk = inv.inv_item_sk JOIN warehouse AS w ON w.w_warehouse_sk = inv.inv_warehouse_sk GROUP BY CUBE (i.i_category, w.w_state)
-- D31 the same CTE four times
WITH q AS (SELECT a.ca_state AS st, d.d_qoy AS quarter, sum(ss.ss_ext_sales_price) AS price FROM store_sales AS ss, date_dim AS d, customer_address AS a
  WHERE ss.ss_sold_date_sk = d.d_date_sk AND ss.ss_addr_sk = a.ca_address_sk AND d.d_year = 2000 GROUP BY a.ca_state, d.d_qoy)
SELECT q1.st, q2.price > q1.price AS rise, q4.price - q3.price AS gap FROM q AS q1 JOIN q AS q2 ON q2.st = q1.st JOIN q AS q3 ON q3.st = q1.st
JOIN q AS q4 ON q4.st = q1.st WHERE q1.quarter = 1 AND q2.quarter = 2 AND q3.quarter = 3 AND q4.quarter = 4
-- D36 rank within the levels of a roll-up
SELECT i.i_category, i.i_class, grouping(i.i_category) + grouping(i.i_class) AS depth, sum(ss.ss_net_profit) AS profit,
  rank() OVER (PARTITION BY grouping(i.i_category) + grouping(i.i_class), CASE WHEN grouping(i.i_class) = 0 THEN i.i_category END
    ORDER BY sum(ss.ss_net_profit)) AS place
FROM store_sales AS ss JOIN item AS i ON i.i_item_sk = ss.ss_item_sk GROUP BY ROLLUP (i.i_category, i.i_class)
-- D38 customers of all channels: INTERSECT of three
SELECT count(*) AS n FROM (SELECT DISTINCT ss_customer_sk AS c FROM store_sales INTERSECT SELECT cs_bill_customer_sk FROM catalog_sales
  INTERSECT SELECT ws_bill_customer_sk FROM web_sales) AS everywhere
-- D41 products with siblings: a correlated count
SELECT DISTINCT i.i_product_name FROM item AS i WHERE i.i_manufact_id BETWEEN 100 AND 800
  AND (SELECT count(*) FROM item AS j WHERE j.i_manufact = i.i_manufact AND (j.i_color IN ('pale', 'red') OR j.i_units = 'Each')) > 0
-- D44 best and worst by rank
SELECT b.place, b.item AS best, w.item AS worst
FROM (SELECT x.item, rank() OVER (ORDER BY x.m DESC, x.item) AS place FROM (SELECT ss_item_sk AS item, max(ss_net_profit) AS m FROM store_sales GROUP BY ss_item_sk) AS x) AS b
JOIN (SELECT x.item, rank() OVER (ORDER BY x.m, x.item) AS place FROM (SELECT ss_item_sk AS item, max(ss_net_profit) AS m FROM store_sales GROUP BY ss_item_sk) AS x) AS w
  ON b.place = w.place WHERE b.place < 11
-- D51 running sums of two channels side by side: FULL JOIN and cumulative windows
WITH s AS (SELECT ss_item_sk AS item, ss_sold_date_sk AS day, sum(sum(ss_sales_price)) OVER (PARTITION BY ss_item_sk ORDER BY ss_sold_date_sk ROWS UNBOUNDED PRECEDING) AS so_far
    FROM store_sales WHERE ss_sold_date_sk IS NOT NULL AND ss_item_sk < 40 GROUP BY ss_item_sk, ss_sold_date_sk),
w AS (SELECT ws_item_sk AS item, ws_sold_date_sk AS day, sum(sum(ws_sales_price)) OVER (PARTITION BY ws_item_sk ORDER BY ws_sold_date_sk ROWS UNBOUNDED PRECEDING) AS so_far
    FROM web_sales WHERE ws_sold_date_sk IS NOT NULL AND ws_item_sk < 40 GROUP BY ws_item_sk, ws_sold_date_sk)
SELECT coalesce(s.item, w.item) AS item, coalesce(s.day, w.day) AS day, max(w.so_far) OVER (PARTITION BY coalesce(s.item, w.item) ORDER BY coalesce(s.day, w.day)
  ROWS UNBOUNDED PRECEDING) AS web, s.so_far AS store FROM s FULL JOIN w ON s.item = w.item AND s.day = w.day
-- D67 the first rows of each category of a deep roll-up
SELECT * FROM (SELECT r.*, rank() OVER (PARTITION BY r.i_category ORDER BY r.total DESC) AS place FROM (
  SELECT i.i_category, i.i_class, i.i_brand, d.d_year, sum(coalesce(ss.ss_sales_price * ss.ss_quantity, 0)) AS total
  FROM store_sales AS ss JOIN item AS i ON i.i_item_sk = ss.ss_item_sk JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  GROUP BY ROLLUP (i.i_category, i.i_class, i.i_brand, d.d_year)) AS r) AS ranked WHERE ranked.place <= 5
-- D87 customers of the shop who never order: EXCEPT
SELECT count(*) AS n FROM ((SELECT DISTINCT ss_customer_sk FROM store_sales) EXCEPT (SELECT DISTINCT cs_bill_customer_sk FROM catalog_sales)
  EXCEPT (SELECT DISTINCT ws_bill_customer_sk FROM web_sales)) AS loyal
-- D88 counts of half hours: cross joined scalars
SELECT * FROM (SELECT count(*) AS h8 FROM store_sales, time_dim WHERE ss_sold_time_sk = t_time_sk AND t_hour = 8 AND t_minute >= 30) AS a,
  (SELECT count(*) AS h9 FROM store_sales, time_dim WHERE ss_sold_time_sk = t_time_sk AND t_hour = 9 AND t_minute < 30) AS b,
  (SELECT count(*) AS h12 FROM store_sales, time_dim WHERE ss_sold_time_sk = t_time_sk AND t_hour = 12) AS c
-- D97 who buys what where: FULL JOIN of groups
WITH s AS (SELECT ss_customer_sk AS c, ss_item_sk AS i FROM store_sales GROUP BY ss_customer_sk, ss_item_sk),
k AS (SELECT cs_bill_customer_sk AS c, cs_item_sk AS i FROM catalog_sales GROUP BY cs_bill_customer_sk, cs_item_sk)
SELECT sum(CASE WHEN s.c IS NOT NULL AND k.c IS NULL THEN 1 ELSE 0 END) AS store_only,
  sum(CASE WHEN s.c IS NULL AND k.c IS NOT NULL THEN 1 ELSE 0 END) AS catalog_only, sum(CASE WHEN s.c IS NOT NULL AND k.c IS NOT NULL THEN 1 ELSE 0 END) AS both_of_them
FROM s FULL JOIN k ON s.c = k.c AND s.i = k.i
-- D99 days until shipping, in buckets
SELECT substring(w.w_warehouse_name FROM 1 FOR 20) AS house, sm.sm_type, sum(CASE WHEN cs.cs_ship_date_sk - cs.cs_sold_date_sk <= 30 THEN 1 ELSE 0 END) AS d30,
  sum(CASE WHEN cs.cs_ship_date_sk - cs.cs_sold_date_sk > 30 AND cs.cs_ship_date_sk - cs.cs_sold_date_sk <= 60 THEN 1 ELSE 0 END) AS d60
FROM catalog_sales AS cs JOIN warehouse AS w ON w.w_warehouse_sk = cs.cs_warehouse_sk JOIN ship_mode AS sm ON sm.sm_ship_mode_sk = cs.cs_ship_mode_sk
GROUP BY substring(w.w_warehouse_name FROM 1 FOR 20), sm.sm_type
