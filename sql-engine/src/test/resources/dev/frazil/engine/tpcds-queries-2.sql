-- D52 brands of a December, the managers of one group: star join, group, top rows
SELECT cal.d_year, thing.i_brand_id AS brand_number, thing.i_brand AS brand_name, sum(sale.ss_ext_sales_price) AS turnover
FROM store_sales AS sale
JOIN date_dim AS cal ON cal.d_date_sk = sale.ss_sold_date_sk
JOIN item AS thing ON thing.i_item_sk = sale.ss_item_sk
WHERE thing.i_manager_id <= 12 AND cal.d_moy = 12 AND cal.d_year = 1999
GROUP BY cal.d_year, thing.i_brand, thing.i_brand_id
ORDER BY cal.d_year, turnover DESC, brand_number, brand_name LIMIT 100
-- D53 quarters of a manufacturer that stray from its mean: a window over groups, OR of IN lists, filtered outside
SELECT maker, quarter_sales, round(CAST(usual AS double), 3) AS usual_sales
FROM (
  SELECT thing.i_manufact_id AS maker, sum(sale.ss_sales_price) AS quarter_sales,
    avg(sum(sale.ss_sales_price)) OVER (PARTITION BY thing.i_manufact_id) AS usual
  FROM item AS thing
  JOIN store_sales AS sale ON sale.ss_item_sk = thing.i_item_sk
  JOIN date_dim AS cal ON cal.d_date_sk = sale.ss_sold_date_sk
  JOIN store AS shop ON shop.s_store_sk = sale.ss_store_sk
  WHERE cal.d_month_seq IN (1188, 1189, 1190, 1191, 1192, 1193, 1194, 1195, 1196, 1197, 1198, 1199)
    AND ((thing.i_category IN ('Music', 'Shoes', 'Men') AND thing.i_class IN ('rock', 'pop', 'kids', 'shirts', 'athletic'))
      OR (thing.i_category IN ('Home', 'Sports', 'Women') AND thing.i_class IN ('furniture', 'maternity', 'swimwear', 'tennis', 'dresses')))
  GROUP BY thing.i_manufact_id, cal.d_qoy) AS by_quarter
WHERE CASE WHEN usual > 0 THEN abs(quarter_sales - usual) / usual END > 0.1
ORDER BY usual_sales, quarter_sales, maker LIMIT 100
-- D54 what buyers of one class spend in the shops of their region a little later, in brackets: four steps, scalar months
WITH remote_buyers AS (
  SELECT DISTINCT person.c_customer_sk AS who, person.c_current_addr_sk AS home
  FROM (
    SELECT cs_sold_date_sk AS day_sk, cs_bill_customer_sk AS payer, cs_item_sk AS thing_sk FROM catalog_sales
    UNION ALL
    SELECT ws_sold_date_sk, ws_bill_customer_sk, ws_item_sk FROM web_sales) AS remote
  JOIN item AS thing ON thing.i_item_sk = remote.thing_sk
  JOIN date_dim AS cal ON cal.d_date_sk = remote.day_sk
  JOIN customer AS person ON person.c_customer_sk = remote.payer
  WHERE thing.i_category = 'Men' AND thing.i_class = 'shirts' AND cal.d_year = 1998 AND cal.d_moy IN (8, 9)),
shop_money AS (
  SELECT b.who, sum(sale.ss_ext_sales_price) AS spent
  FROM remote_buyers AS b
  JOIN customer_address AS home ON home.ca_address_sk = b.home
  JOIN store AS shop ON shop.s_country = home.ca_country AND shop.s_gmt_offset = home.ca_gmt_offset
  JOIN store_sales AS sale ON sale.ss_customer_sk = b.who AND sale.ss_store_sk = shop.s_store_sk
  JOIN date_dim AS cal ON cal.d_date_sk = sale.ss_sold_date_sk
  WHERE cal.d_month_seq BETWEEN
    (SELECT DISTINCT first_month.d_month_seq + 1 FROM date_dim AS first_month WHERE first_month.d_year = 1998 AND first_month.d_moy = 9)
    AND (SELECT DISTINCT last_month.d_month_seq + 3 FROM date_dim AS last_month WHERE last_month.d_year = 1998 AND last_month.d_moy = 9)
  GROUP BY b.who),
brackets AS (SELECT CAST(floor(spent / 5000) AS integer) AS bracket FROM shop_money)
SELECT bracket, count(*) AS people, bracket * 5000 AS from_amount
FROM brackets GROUP BY bracket ORDER BY bracket, people LIMIT 100
-- D55 brands of one manager group in a month
SELECT thing.i_brand_id AS brand_number, thing.i_brand AS brand_name, sum(sale.ss_ext_sales_price) AS turnover
FROM date_dim AS cal
JOIN store_sales AS sale ON sale.ss_sold_date_sk = cal.d_date_sk
JOIN item AS thing ON thing.i_item_sk = sale.ss_item_sk
WHERE thing.i_manager_id BETWEEN 30 AND 45 AND cal.d_year = 2000 AND cal.d_moy = 11
GROUP BY thing.i_brand_id, thing.i_brand
ORDER BY turnover DESC, brand_number LIMIT 100
-- D56 items of three colours over all channels: three alike CTEs with IN sub-queries, united and summed again
WITH shop AS (
  SELECT it.i_item_id AS code, sum(s.ss_ext_sales_price) AS amount
  FROM store_sales AS s JOIN date_dim AS d ON d.d_date_sk = s.ss_sold_date_sk
  JOIN customer_address AS a ON a.ca_address_sk = s.ss_addr_sk JOIN item AS it ON it.i_item_sk = s.ss_item_sk
  WHERE it.i_item_id IN (SELECT tinted.i_item_id FROM item AS tinted WHERE tinted.i_color IN ('sky', 'salmon', 'tan'))
    AND d.d_year = 1998 AND d.d_moy = 10 AND a.ca_gmt_offset = -6
  GROUP BY it.i_item_id),
mail AS (
  SELECT it.i_item_id AS code, sum(s.cs_ext_sales_price) AS amount
  FROM catalog_sales AS s JOIN date_dim AS d ON d.d_date_sk = s.cs_sold_date_sk
  JOIN customer_address AS a ON a.ca_address_sk = s.cs_bill_addr_sk JOIN item AS it ON it.i_item_sk = s.cs_item_sk
  WHERE it.i_item_id IN (SELECT tinted.i_item_id FROM item AS tinted WHERE tinted.i_color IN ('sky', 'salmon', 'tan'))
    AND d.d_year = 1998 AND d.d_moy = 10 AND a.ca_gmt_offset = -6
  GROUP BY it.i_item_id),
net AS (
  SELECT it.i_item_id AS code, sum(s.ws_ext_sales_price) AS amount
  FROM web_sales AS s JOIN date_dim AS d ON d.d_date_sk = s.ws_sold_date_sk
  JOIN customer_address AS a ON a.ca_address_sk = s.ws_bill_addr_sk JOIN item AS it ON it.i_item_sk = s.ws_item_sk
  WHERE it.i_item_id IN (SELECT tinted.i_item_id FROM item AS tinted WHERE tinted.i_color IN ('sky', 'salmon', 'tan'))
    AND d.d_year = 1998 AND d.d_moy = 10 AND a.ca_gmt_offset = -6
  GROUP BY it.i_item_id)
SELECT u.code, sum(u.amount) AS overall
FROM (SELECT * FROM shop UNION ALL SELECT * FROM mail UNION ALL SELECT * FROM net) AS u
GROUP BY u.code ORDER BY overall, u.code LIMIT 100
-- D57 months of a brand at a call centre that stray, beside the months before and after: avg and rank windows, a CTE thrice
WITH monthly AS (
  SELECT it.i_category AS kind, it.i_brand AS brand, cc.cc_name AS desk, d.d_year AS y, d.d_moy AS m, sum(cs.cs_sales_price) AS sold,
    CAST(avg(sum(cs.cs_sales_price)) OVER (PARTITION BY it.i_category, it.i_brand, cc.cc_name, d.d_year) AS decimal(18, 3)) AS year_mean,
    rank() OVER (PARTITION BY it.i_category, it.i_brand, cc.cc_name ORDER BY d.d_year, d.d_moy) AS pos
  FROM item AS it
  JOIN catalog_sales AS cs ON cs.cs_item_sk = it.i_item_sk
  JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk
  JOIN call_center AS cc ON cc.cc_call_center_sk = cs.cs_call_center_sk
  WHERE d.d_year = 1998 OR (d.d_year = 1997 AND d.d_moy = 12) OR (d.d_year = 1999 AND d.d_moy = 1)
  GROUP BY it.i_category, it.i_brand, cc.cc_name, d.d_year, d.d_moy),
beside AS (
  SELECT now.kind, now.brand, now.desk, now.y, now.m, now.year_mean, now.sold, earlier.sold AS before_it, later.sold AS after_it
  FROM monthly AS now
  JOIN monthly AS earlier ON earlier.kind = now.kind AND earlier.brand = now.brand AND earlier.desk = now.desk AND earlier.pos = now.pos - 1
  JOIN monthly AS later ON later.kind = now.kind AND later.brand = now.brand AND later.desk = now.desk AND later.pos = now.pos + 1)
SELECT * FROM beside
WHERE y = 1998 AND year_mean > 0 AND CASE WHEN year_mean > 0 THEN abs(sold - year_mean) / year_mean END > 0.1
ORDER BY sold - year_mean, kind, brand, desk, m LIMIT 100
-- D58 items that earn alike in all channels: three CTEs over the days of one period, joined with bands
WITH shop AS (
  SELECT it.i_item_id AS code, sum(s.ss_ext_sales_price) AS amount
  FROM store_sales AS s JOIN item AS it ON it.i_item_sk = s.ss_item_sk JOIN date_dim AS d ON d.d_date_sk = s.ss_sold_date_sk
  WHERE d.d_date IN (SELECT x.d_date FROM date_dim AS x WHERE x.d_quarter_seq =
    (SELECT y.d_quarter_seq FROM date_dim AS y WHERE y.d_date = DATE '1998-11-20'))
  GROUP BY it.i_item_id),
mail AS (
  SELECT it.i_item_id AS code, sum(s.cs_ext_sales_price) AS amount
  FROM catalog_sales AS s JOIN item AS it ON it.i_item_sk = s.cs_item_sk JOIN date_dim AS d ON d.d_date_sk = s.cs_sold_date_sk
  WHERE d.d_date IN (SELECT x.d_date FROM date_dim AS x WHERE x.d_quarter_seq =
    (SELECT y.d_quarter_seq FROM date_dim AS y WHERE y.d_date = DATE '1998-11-20'))
  GROUP BY it.i_item_id),
net AS (
  SELECT it.i_item_id AS code, sum(s.ws_ext_sales_price) AS amount
  FROM web_sales AS s JOIN item AS it ON it.i_item_sk = s.ws_item_sk JOIN date_dim AS d ON d.d_date_sk = s.ws_sold_date_sk
  WHERE d.d_date IN (SELECT x.d_date FROM date_dim AS x WHERE x.d_quarter_seq =
    (SELECT y.d_quarter_seq FROM date_dim AS y WHERE y.d_date = DATE '1998-11-20'))
  GROUP BY it.i_item_id)
SELECT shop.code, shop.amount AS in_shops,
  round(CAST(shop.amount AS double) / CAST(shop.amount + mail.amount + net.amount AS double) * 300, 6) AS shop_weight,
  mail.amount AS by_mail, net.amount AS on_line, CAST((shop.amount + mail.amount + net.amount) / 3 AS decimal(15, 2)) AS middle
FROM shop JOIN mail ON mail.code = shop.code JOIN net ON net.code = shop.code
WHERE shop.amount BETWEEN 0.5 * mail.amount AND 2 * mail.amount AND shop.amount BETWEEN 0.5 * net.amount AND 2 * net.amount
  AND mail.amount BETWEEN 0.5 * shop.amount AND 2 * shop.amount AND mail.amount BETWEEN 0.5 * net.amount AND 2 * net.amount
  AND net.amount BETWEEN 0.5 * shop.amount AND 2 * shop.amount AND net.amount BETWEEN 0.5 * mail.amount AND 2 * mail.amount
ORDER BY shop.code, in_shops LIMIT 100
-- D59 each weekday's takings of a shop against those of 52 weeks later: conditional sums, the CTE twice
WITH week_of_shop AS (
  SELECT d.d_week_seq AS week, s.ss_store_sk AS shop_sk,
    sum(CASE WHEN d.d_day_name = 'Monday' THEN s.ss_sales_price END) AS mon, sum(CASE WHEN d.d_day_name = 'Tuesday' THEN s.ss_sales_price END) AS tue,
    sum(CASE WHEN d.d_day_name = 'Wednesday' THEN s.ss_sales_price END) AS wed, sum(CASE WHEN d.d_day_name = 'Thursday' THEN s.ss_sales_price END) AS thu,
    sum(CASE WHEN d.d_day_name = 'Friday' THEN s.ss_sales_price END) AS fri, sum(CASE WHEN d.d_day_name = 'Saturday' THEN s.ss_sales_price END) AS sat,
    sum(CASE WHEN d.d_day_name = 'Sunday' THEN s.ss_sales_price END) AS sun
  FROM store_sales AS s JOIN date_dim AS d ON d.d_date_sk = s.ss_sold_date_sk
  GROUP BY d.d_week_seq, s.ss_store_sk),
this_year AS (
  SELECT p.s_store_name AS shop, p.s_store_id AS code, w.* FROM week_of_shop AS w JOIN store AS p ON p.s_store_sk = w.shop_sk
  JOIN date_dim AS d ON d.d_week_seq = w.week WHERE d.d_month_seq BETWEEN 1188 AND 1199),
next_year AS (
  SELECT p.s_store_name AS shop, p.s_store_id AS code, w.* FROM week_of_shop AS w JOIN store AS p ON p.s_store_sk = w.shop_sk
  JOIN date_dim AS d ON d.d_week_seq = w.week WHERE d.d_month_seq BETWEEN 1200 AND 1211)
SELECT DISTINCT a.shop, a.code, a.week, CAST(a.sun AS double) / nullif(b.sun, 0) AS r_sun, CAST(a.mon AS double) / nullif(b.mon, 0) AS r_mon,
  CAST(a.tue AS double) / nullif(b.tue, 0) AS r_tue, CAST(a.wed AS double) / nullif(b.wed, 0) AS r_wed, CAST(a.thu AS double) / nullif(b.thu, 0) AS r_thu,
  CAST(a.fri AS double) / nullif(b.fri, 0) AS r_fri, CAST(a.sat AS double) / nullif(b.sat, 0) AS r_sat
FROM this_year AS a JOIN next_year AS b ON b.code = a.code AND b.week - 52 = a.week
ORDER BY a.shop, a.code, a.week LIMIT 100
-- D60 items of a category over all channels
WITH wanted AS (SELECT DISTINCT i_item_id AS code FROM item WHERE i_category = 'Music'),
parts AS (
  SELECT it.i_item_id AS code, sum(s.ss_ext_sales_price) AS amount FROM store_sales AS s
  JOIN date_dim AS d ON d.d_date_sk = s.ss_sold_date_sk JOIN customer_address AS a ON a.ca_address_sk = s.ss_addr_sk
  JOIN item AS it ON it.i_item_sk = s.ss_item_sk
  WHERE it.i_item_id IN (SELECT code FROM wanted) AND d.d_year = 1999 AND d.d_moy = 9 AND a.ca_gmt_offset = -5 GROUP BY it.i_item_id
  UNION ALL
  SELECT it.i_item_id, sum(s.cs_ext_sales_price) FROM catalog_sales AS s
  JOIN date_dim AS d ON d.d_date_sk = s.cs_sold_date_sk JOIN customer_address AS a ON a.ca_address_sk = s.cs_bill_addr_sk
  JOIN item AS it ON it.i_item_sk = s.cs_item_sk
  WHERE it.i_item_id IN (SELECT code FROM wanted) AND d.d_year = 1999 AND d.d_moy = 9 AND a.ca_gmt_offset = -5 GROUP BY it.i_item_id
  UNION ALL
  SELECT it.i_item_id, sum(s.ws_ext_sales_price) FROM web_sales AS s
  JOIN date_dim AS d ON d.d_date_sk = s.ws_sold_date_sk JOIN customer_address AS a ON a.ca_address_sk = s.ws_bill_addr_sk
  JOIN item AS it ON it.i_item_sk = s.ws_item_sk
  WHERE it.i_item_id IN (SELECT code FROM wanted) AND d.d_year = 1999 AND d.d_moy = 9 AND a.ca_gmt_offset = -5 GROUP BY it.i_item_id)
SELECT code, sum(amount) AS overall FROM parts GROUP BY code ORDER BY code, overall LIMIT 100
-- D61 the part of sales that a promotion drove: two sums side by side
SELECT driven.amount AS promoted, everything.amount AS overall,
  round(CAST(driven.amount AS double) / CAST(everything.amount AS double) * 100, 8) AS percentage
FROM (
  SELECT sum(s.ss_ext_sales_price) AS amount FROM store_sales AS s
  JOIN store AS shop ON shop.s_store_sk = s.ss_store_sk JOIN promotion AS p ON p.p_promo_sk = s.ss_promo_sk
  JOIN date_dim AS d ON d.d_date_sk = s.ss_sold_date_sk JOIN customer AS c ON c.c_customer_sk = s.ss_customer_sk
  JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk JOIN item AS it ON it.i_item_sk = s.ss_item_sk
  WHERE a.ca_gmt_offset = -5 AND it.i_category = 'Jewelry' AND shop.s_gmt_offset = -5 AND d.d_year = 1998 AND d.d_moy = 11
    AND (p.p_channel_dmail = 'Y' OR p.p_channel_email = 'Y' OR p.p_channel_tv = 'Y')) AS driven
CROSS JOIN (
  SELECT sum(s.ss_ext_sales_price) AS amount FROM store_sales AS s
  JOIN store AS shop ON shop.s_store_sk = s.ss_store_sk JOIN date_dim AS d ON d.d_date_sk = s.ss_sold_date_sk
  JOIN customer AS c ON c.c_customer_sk = s.ss_customer_sk JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk
  JOIN item AS it ON it.i_item_sk = s.ss_item_sk
  WHERE a.ca_gmt_offset = -5 AND it.i_category = 'Jewelry' AND shop.s_gmt_offset = -5 AND d.d_year = 1998 AND d.d_moy = 11) AS everything
ORDER BY promoted, overall LIMIT 100
-- D62 how long the web's parcels wait, in buckets
SELECT substring(w.w_warehouse_name FROM 1 FOR 20) AS house, sm.sm_type AS mode, site.web_name AS site,
  sum(CASE WHEN ws.ws_ship_date_sk - ws.ws_sold_date_sk <= 30 THEN 1 ELSE 0 END) AS within_30,
  sum(CASE WHEN ws.ws_ship_date_sk - ws.ws_sold_date_sk > 30 AND ws.ws_ship_date_sk - ws.ws_sold_date_sk <= 60 THEN 1 ELSE 0 END) AS within_60,
  sum(CASE WHEN ws.ws_ship_date_sk - ws.ws_sold_date_sk > 60 AND ws.ws_ship_date_sk - ws.ws_sold_date_sk <= 90 THEN 1 ELSE 0 END) AS within_90,
  sum(CASE WHEN ws.ws_ship_date_sk - ws.ws_sold_date_sk > 90 AND ws.ws_ship_date_sk - ws.ws_sold_date_sk <= 120 THEN 1 ELSE 0 END) AS within_120,
  sum(CASE WHEN ws.ws_ship_date_sk - ws.ws_sold_date_sk > 120 THEN 1 ELSE 0 END) AS longer
FROM web_sales AS ws
JOIN warehouse AS w ON w.w_warehouse_sk = ws.ws_warehouse_sk
JOIN ship_mode AS sm ON sm.sm_ship_mode_sk = ws.ws_ship_mode_sk
JOIN web_site AS site ON site.web_site_sk = ws.ws_web_site_sk
JOIN date_dim AS d ON d.d_date_sk = ws.ws_ship_date_sk
WHERE d.d_month_seq BETWEEN 1201 AND 1212
GROUP BY substring(w.w_warehouse_name FROM 1 FOR 20), sm.sm_type, site.web_name
ORDER BY house, mode, site LIMIT 100
-- D63 months of a manager that stray from his mean
SELECT * FROM (
  SELECT thing.i_manager_id AS manager, sum(sale.ss_sales_price) AS month_sales,
    CAST(avg(sum(sale.ss_sales_price)) OVER (PARTITION BY thing.i_manager_id) AS decimal(18, 3)) AS usual
  FROM item AS thing
  JOIN store_sales AS sale ON sale.ss_item_sk = thing.i_item_sk
  JOIN date_dim AS cal ON cal.d_date_sk = sale.ss_sold_date_sk
  JOIN store AS shop ON shop.s_store_sk = sale.ss_store_sk
  WHERE cal.d_month_seq IN (1212, 1213, 1214, 1215, 1216, 1217, 1218, 1219, 1220, 1221, 1222, 1223)
    AND ((thing.i_category IN ('Books', 'Children', 'Electronics') AND thing.i_class IN ('romance', 'newborn', 'infants', 'televisions', 'toddlers'))
      OR (thing.i_category IN ('Women', 'Music', 'Men') AND thing.i_class IN ('accessories', 'classical', 'fragrances', 'pants')))
  GROUP BY thing.i_manager_id, cal.d_moy) AS by_month
WHERE CASE WHEN usual > 0 THEN abs(month_sales - usual) / usual ELSE NULL END > 0.1
ORDER BY manager, usual, month_sales LIMIT 100
-- D64 the same item sold and returned in one shop in two years: eighteen tables, a CTE over them joined with itself
WITH well_kept AS (
  SELECT cs.cs_item_sk AS item_sk, sum(cs.cs_ext_list_price) AS listed, sum(cr.cr_refunded_cash + cr.cr_reversed_charge + cr.cr_store_credit) AS refunded
  FROM catalog_sales AS cs JOIN catalog_returns AS cr ON cr.cr_item_sk = cs.cs_item_sk AND cr.cr_order_number = cs.cs_order_number
  GROUP BY cs.cs_item_sk
  HAVING sum(cs.cs_ext_list_price) > 2 * sum(cr.cr_refunded_cash + cr.cr_reversed_charge + cr.cr_store_credit)),
round_trips AS (
  SELECT it.i_product_name AS product, it.i_item_sk AS item_sk, shop.s_store_name AS shop, shop.s_zip AS shop_zip,
    there.ca_street_number AS b_number, there.ca_street_name AS b_street, there.ca_city AS b_city, there.ca_zip AS b_zip,
    home.ca_street_number AS c_number, home.ca_street_name AS c_street, home.ca_city AS c_city, home.ca_zip AS c_zip,
    sold.d_year AS sold_year, first_sale.d_year AS first_sale_year, first_ship.d_year AS first_ship_year, count(*) AS times,
    sum(ss.ss_wholesale_cost) AS cost, sum(ss.ss_list_price) AS list, sum(ss.ss_coupon_amt) AS coupon
  FROM store_sales AS ss
  JOIN store_returns AS sr ON sr.sr_item_sk = ss.ss_item_sk AND sr.sr_ticket_number = ss.ss_ticket_number
  JOIN well_kept AS wk ON wk.item_sk = ss.ss_item_sk
  JOIN date_dim AS sold ON sold.d_date_sk = ss.ss_sold_date_sk
  JOIN store AS shop ON shop.s_store_sk = ss.ss_store_sk
  JOIN customer AS c ON c.c_customer_sk = ss.ss_customer_sk
  JOIN date_dim AS first_sale ON first_sale.d_date_sk = c.c_first_sales_date_sk
  JOIN date_dim AS first_ship ON first_ship.d_date_sk = c.c_first_shipto_date_sk
  JOIN customer_demographics AS then_cd ON then_cd.cd_demo_sk = ss.ss_cdemo_sk % 1400 + 1
  JOIN customer_demographics AS now_cd ON now_cd.cd_demo_sk = c.c_current_cdemo_sk % 1400 + 1
  JOIN promotion AS p ON p.p_promo_sk = ss.ss_promo_sk
  JOIN household_demographics AS then_hd ON then_hd.hd_demo_sk = ss.ss_hdemo_sk
  JOIN household_demographics AS now_hd ON now_hd.hd_demo_sk = c.c_current_hdemo_sk
  JOIN customer_address AS there ON there.ca_address_sk = ss.ss_addr_sk
  JOIN customer_address AS home ON home.ca_address_sk = c.c_current_addr_sk
  JOIN income_band AS then_ib ON then_ib.ib_income_band_sk = then_hd.hd_income_band_sk
  JOIN income_band AS now_ib ON now_ib.ib_income_band_sk = now_hd.hd_income_band_sk
  JOIN item AS it ON it.i_item_sk = ss.ss_item_sk
  WHERE then_cd.cd_marital_status <> now_cd.cd_marital_status AND it.i_color NOT IN ('sky', 'navy') AND it.i_current_price BETWEEN 0.5 AND 90
  GROUP BY it.i_product_name, it.i_item_sk, shop.s_store_name, shop.s_zip, there.ca_street_number, there.ca_street_name, there.ca_city, there.ca_zip,
    home.ca_street_number, home.ca_street_name, home.ca_city, home.ca_zip, sold.d_year, first_sale.d_year, first_ship.d_year)
SELECT a.product, a.shop, a.shop_zip, a.b_number, a.b_street, a.b_city, a.b_zip, a.c_number, a.c_street, a.c_city, a.c_zip, a.sold_year, a.times,
  a.cost, a.list, a.coupon, b.cost AS cost_later, b.list AS list_later, b.coupon AS coupon_later, b.sold_year AS year_later, b.times AS times_later
FROM round_trips AS a JOIN round_trips AS b ON b.item_sk = a.item_sk AND b.shop = a.shop AND b.shop_zip = a.shop_zip
WHERE a.sold_year = 2000 AND b.sold_year = 2001 AND b.times <= a.times
ORDER BY a.product, a.shop, times_later, a.cost, cost_later
-- D65 items that bring a shop at most a tenth of what its items bring on average
SELECT shop.s_store_name, it.i_item_desc, low.revenue, it.i_current_price, it.i_wholesale_cost, it.i_brand
FROM store AS shop
JOIN (
  SELECT per_item.shop_sk, avg(per_item.revenue) AS mean_revenue
  FROM (SELECT ss.ss_store_sk AS shop_sk, ss.ss_item_sk AS item_sk, sum(ss.ss_sales_price) AS revenue
    FROM store_sales AS ss JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
    WHERE d.d_month_seq BETWEEN 1176 AND 1187 GROUP BY ss.ss_store_sk, ss.ss_item_sk) AS per_item
  GROUP BY per_item.shop_sk) AS mean ON mean.shop_sk = shop.s_store_sk
JOIN (
  SELECT ss.ss_store_sk AS shop_sk, ss.ss_item_sk AS item_sk, sum(ss.ss_sales_price) AS revenue
  FROM store_sales AS ss JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  WHERE d.d_month_seq BETWEEN 1176 AND 1187 GROUP BY ss.ss_store_sk, ss.ss_item_sk) AS low ON low.shop_sk = mean.shop_sk
JOIN item AS it ON it.i_item_sk = low.item_sk
WHERE low.revenue <= 0.1 * mean.mean_revenue
ORDER BY shop.s_store_name, it.i_item_desc, low.revenue, it.i_item_id LIMIT 100
-- D66 what each warehouse ships every month, by foot and net: 24 conditional sums over a union of 24 more
SELECT house, feet, city, county, state, country, carriers, y,
  sum(jan) AS jan_sales, sum(feb) AS feb_sales, sum(mar) AS mar_sales, sum(apr) AS apr_sales,
  sum(may) AS may_sales, sum(jun) AS jun_sales, sum(jul) AS jul_sales, sum(aug) AS aug_sales,
  sum(sep) AS sep_sales, sum(oct) AS oct_sales, sum(nov) AS nov_sales, sum(december) AS december_sales,
  round(CAST(sum(jan) AS double) / feet, 8) AS jan_per_foot, round(CAST(sum(feb) AS double) / feet, 8) AS feb_per_foot,
  round(CAST(sum(mar) AS double) / feet, 8) AS mar_per_foot, round(CAST(sum(apr) AS double) / feet, 8) AS apr_per_foot,
  round(CAST(sum(may) AS double) / feet, 8) AS may_per_foot, round(CAST(sum(jun) AS double) / feet, 8) AS jun_per_foot,
  round(CAST(sum(jul) AS double) / feet, 8) AS jul_per_foot, round(CAST(sum(aug) AS double) / feet, 8) AS aug_per_foot,
  round(CAST(sum(sep) AS double) / feet, 8) AS sep_per_foot, round(CAST(sum(oct) AS double) / feet, 8) AS oct_per_foot,
  round(CAST(sum(nov) AS double) / feet, 8) AS nov_per_foot, round(CAST(sum(december) AS double) / feet, 8) AS december_per_foot,
  sum(jan_net) AS jan_net, sum(feb_net) AS feb_net, sum(mar_net) AS mar_net, sum(apr_net) AS apr_net,
  sum(may_net) AS may_net, sum(jun_net) AS jun_net, sum(jul_net) AS jul_net, sum(aug_net) AS aug_net,
  sum(sep_net) AS sep_net, sum(oct_net) AS oct_net, sum(nov_net) AS nov_net, sum(december_net) AS december_net
FROM (
  SELECT w.w_warehouse_name AS house, w.w_warehouse_sq_ft AS feet, w.w_city AS city, w.w_county AS county, w.w_state AS state, w.w_country AS country,
    'DHL' || ',' || 'USPS' AS carriers, d.d_year AS y,
    sum(CASE WHEN d.d_moy = 1 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS jan, sum(CASE WHEN d.d_moy = 2 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS feb,
    sum(CASE WHEN d.d_moy = 3 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS mar, sum(CASE WHEN d.d_moy = 4 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS apr,
    sum(CASE WHEN d.d_moy = 5 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS may, sum(CASE WHEN d.d_moy = 6 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS jun,
    sum(CASE WHEN d.d_moy = 7 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS jul, sum(CASE WHEN d.d_moy = 8 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS aug,
    sum(CASE WHEN d.d_moy = 9 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS sep, sum(CASE WHEN d.d_moy = 10 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS oct,
    sum(CASE WHEN d.d_moy = 11 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS nov, sum(CASE WHEN d.d_moy = 12 THEN s.ws_ext_sales_price * s.ws_quantity ELSE 0 END) AS december,
    sum(CASE WHEN d.d_moy = 1 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS jan_net, sum(CASE WHEN d.d_moy = 2 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS feb_net,
    sum(CASE WHEN d.d_moy = 3 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS mar_net, sum(CASE WHEN d.d_moy = 4 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS apr_net,
    sum(CASE WHEN d.d_moy = 5 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS may_net, sum(CASE WHEN d.d_moy = 6 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS jun_net,
    sum(CASE WHEN d.d_moy = 7 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS jul_net, sum(CASE WHEN d.d_moy = 8 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS aug_net,
    sum(CASE WHEN d.d_moy = 9 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS sep_net, sum(CASE WHEN d.d_moy = 10 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS oct_net,
    sum(CASE WHEN d.d_moy = 11 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS nov_net, sum(CASE WHEN d.d_moy = 12 THEN s.ws_net_paid * s.ws_quantity ELSE 0 END) AS december_net
  FROM web_sales AS s
  JOIN warehouse AS w ON w.w_warehouse_sk = s.ws_warehouse_sk
  JOIN date_dim AS d ON d.d_date_sk = s.ws_sold_date_sk
  JOIN time_dim AS t ON t.t_time_sk = s.ws_sold_time_sk
  JOIN ship_mode AS sm ON sm.sm_ship_mode_sk = s.ws_ship_mode_sk
  WHERE d.d_year IN (1998, 1999) AND t.t_time BETWEEN 20000 AND 60000 AND sm.sm_carrier IN ('DHL', 'USPS')
  GROUP BY w.w_warehouse_name, w.w_warehouse_sq_ft, w.w_city, w.w_county, w.w_state, w.w_country, d.d_year
  UNION ALL
  SELECT w.w_warehouse_name AS house, w.w_warehouse_sq_ft AS feet, w.w_city AS city, w.w_county AS county, w.w_state AS state, w.w_country AS country,
    'DHL' || ',' || 'USPS' AS carriers, d.d_year AS y,
    sum(CASE WHEN d.d_moy = 1 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS jan, sum(CASE WHEN d.d_moy = 2 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS feb,
    sum(CASE WHEN d.d_moy = 3 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS mar, sum(CASE WHEN d.d_moy = 4 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS apr,
    sum(CASE WHEN d.d_moy = 5 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS may, sum(CASE WHEN d.d_moy = 6 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS jun,
    sum(CASE WHEN d.d_moy = 7 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS jul, sum(CASE WHEN d.d_moy = 8 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS aug,
    sum(CASE WHEN d.d_moy = 9 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS sep, sum(CASE WHEN d.d_moy = 10 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS oct,
    sum(CASE WHEN d.d_moy = 11 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS nov, sum(CASE WHEN d.d_moy = 12 THEN s.cs_sales_price * s.cs_quantity ELSE 0 END) AS december,
    sum(CASE WHEN d.d_moy = 1 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS jan_net, sum(CASE WHEN d.d_moy = 2 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS feb_net,
    sum(CASE WHEN d.d_moy = 3 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS mar_net, sum(CASE WHEN d.d_moy = 4 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS apr_net,
    sum(CASE WHEN d.d_moy = 5 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS may_net, sum(CASE WHEN d.d_moy = 6 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS jun_net,
    sum(CASE WHEN d.d_moy = 7 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS jul_net, sum(CASE WHEN d.d_moy = 8 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS aug_net,
    sum(CASE WHEN d.d_moy = 9 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS sep_net, sum(CASE WHEN d.d_moy = 10 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS oct_net,
    sum(CASE WHEN d.d_moy = 11 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS nov_net, sum(CASE WHEN d.d_moy = 12 THEN s.cs_net_paid_inc_tax * s.cs_quantity ELSE 0 END) AS december_net
  FROM catalog_sales AS s
  JOIN warehouse AS w ON w.w_warehouse_sk = s.cs_warehouse_sk
  JOIN date_dim AS d ON d.d_date_sk = s.cs_sold_date_sk
  JOIN time_dim AS t ON t.t_time_sk = s.cs_sold_time_sk
  JOIN ship_mode AS sm ON sm.sm_ship_mode_sk = s.cs_ship_mode_sk
  WHERE d.d_year IN (1998, 1999) AND t.t_time BETWEEN 20000 AND 60000 AND sm.sm_carrier IN ('DHL', 'USPS')
  GROUP BY w.w_warehouse_name, w.w_warehouse_sq_ft, w.w_city, w.w_county, w.w_state, w.w_country, d.d_year) AS shipped
GROUP BY house, feet, city, county, state, country, carriers, y ORDER BY house, y LIMIT 100
