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
-- D68 what households bought in a city that is not theirs: groups of a ticket joined with today's addresses
SELECT c.c_last_name AS surname, c.c_first_name AS forename, today.ca_city AS lives_in, bill.city AS bought_in, bill.ticket, bill.price, bill.tax, bill.listed
FROM (
  SELECT ss.ss_ticket_number AS ticket, ss.ss_customer_sk AS who, place.ca_city AS city,
    sum(ss.ss_ext_sales_price) AS price, sum(ss.ss_ext_list_price) AS listed, sum(ss.ss_ext_tax) AS tax
  FROM store_sales AS ss
  JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  JOIN store AS shop ON shop.s_store_sk = ss.ss_store_sk
  JOIN household_demographics AS hd ON hd.hd_demo_sk = ss.ss_hdemo_sk
  JOIN customer_address AS place ON place.ca_address_sk = ss.ss_addr_sk
  WHERE d.d_dom BETWEEN 1 AND 4 AND (hd.hd_dep_count = 5 OR hd.hd_vehicle_count = 2)
    AND d.d_year IN (1999, 2000, 2001) AND shop.s_city IN ('Midway', 'Fairview')
  GROUP BY ss.ss_ticket_number, ss.ss_customer_sk, ss.ss_addr_sk, place.ca_city) AS bill
JOIN customer AS c ON c.c_customer_sk = bill.who
JOIN customer_address AS today ON today.ca_address_sk = c.c_current_addr_sk
WHERE bill.city <> today.ca_city
ORDER BY surname, bill.ticket LIMIT 100
-- D69 shop customers of some states who neither click nor order for a while: EXISTS and two NOT EXISTS
SELECT cd.cd_gender AS gender, cd.cd_marital_status AS status, cd.cd_education_status AS education, count(*) AS people,
  cd.cd_purchase_estimate AS estimate, count(*) AS again, cd.cd_credit_rating AS rating, count(*) AS once_more
FROM customer AS c
JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk
JOIN customer_demographics AS cd ON cd.cd_demo_sk = c.c_current_cdemo_sk % 1400 + 1
WHERE a.ca_state IN ('TX', 'GA', 'VA', 'KS')
  AND EXISTS (SELECT 1 FROM store_sales AS ss JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
    WHERE ss.ss_customer_sk = c.c_customer_sk AND d.d_year = 2001 AND d.d_moy BETWEEN 2 AND 8)
  AND NOT EXISTS (SELECT 1 FROM web_sales AS ws JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
    WHERE ws.ws_bill_customer_sk = c.c_customer_sk AND d.d_year = 2001 AND d.d_moy BETWEEN 2 AND 8)
  AND NOT EXISTS (SELECT 1 FROM catalog_sales AS cs JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk
    WHERE cs.cs_ship_customer_sk = c.c_customer_sk AND d.d_year = 1999 AND d.d_moy BETWEEN 2 AND 3)
GROUP BY cd.cd_gender, cd.cd_marital_status, cd.cd_education_status, cd.cd_purchase_estimate, cd.cd_credit_rating
ORDER BY gender, status, education, estimate, rating LIMIT 100
-- D70 profit by state and county of the buyers, in the best states only: a rank in an IN sub-query, ranks within a roll-up
SELECT sum(ss.ss_net_profit) AS profit, a.ca_state AS state, a.ca_county AS county, grouping(a.ca_state) + grouping(a.ca_county) AS depth,
  rank() OVER (PARTITION BY grouping(a.ca_state) + grouping(a.ca_county), CASE WHEN grouping(a.ca_county) = 0 THEN a.ca_state END
    ORDER BY sum(ss.ss_net_profit) DESC) AS place
FROM store_sales AS ss
JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
JOIN customer_address AS a ON a.ca_address_sk = ss.ss_addr_sk
WHERE d.d_month_seq BETWEEN 1200 AND 1211
  AND a.ca_state IN (
    SELECT best.state FROM (
      SELECT b.ca_state AS state, rank() OVER (PARTITION BY b.ca_gmt_offset ORDER BY sum(s.ss_net_profit) DESC) AS place
      FROM store_sales AS s JOIN customer_address AS b ON b.ca_address_sk = s.ss_addr_sk JOIN date_dim AS e ON e.d_date_sk = s.ss_sold_date_sk
      WHERE e.d_month_seq BETWEEN 1200 AND 1211 GROUP BY b.ca_gmt_offset, b.ca_state) AS best
    WHERE best.place <= 3)
GROUP BY ROLLUP (a.ca_state, a.ca_county)
ORDER BY depth DESC, CASE WHEN depth = 0 THEN state END, place, county LIMIT 100
-- D71 brands by hour and minute of meals over all channels
SELECT it.i_brand_id AS brand_number, it.i_brand AS brand_name, t.t_hour AS at_hour, t.t_minute AS at_minute, sum(sold.price) AS amount
FROM item AS it
JOIN (
  SELECT ws.ws_ext_sales_price AS price, ws.ws_item_sk AS item_sk, ws.ws_sold_time_sk AS time_sk
  FROM web_sales AS ws JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk WHERE d.d_moy = 12 AND d.d_year = 1998
  UNION ALL
  SELECT cs.cs_ext_sales_price, cs.cs_item_sk, cs.cs_sold_time_sk
  FROM catalog_sales AS cs JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk WHERE d.d_moy = 12 AND d.d_year = 1998
  UNION ALL
  SELECT ss.ss_ext_sales_price, ss.ss_item_sk, ss.ss_sold_time_sk
  FROM store_sales AS ss JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk WHERE d.d_moy = 12 AND d.d_year = 1998) AS sold
  ON sold.item_sk = it.i_item_sk
JOIN time_dim AS t ON t.t_time_sk = sold.time_sk
WHERE it.i_manager_id < 20 AND (t.t_meal_time = 'breakfast' OR t.t_meal_time = 'dinner')
GROUP BY it.i_brand, it.i_brand_id, t.t_hour, t.t_minute
ORDER BY amount DESC, brand_number, at_hour, at_minute
-- D72 catalogue items that the stock of the week cannot serve: eleven tables, three calendars, two outer joins, an inequality
SELECT it.i_item_desc AS what, w.w_warehouse_name AS house, sold.d_week_seq AS week,
  sum(CASE WHEN p.p_promo_sk IS NULL THEN 1 ELSE 0 END) AS unpromoted, sum(CASE WHEN p.p_promo_sk IS NOT NULL THEN 1 ELSE 0 END) AS promoted,
  count(*) AS times
FROM catalog_sales AS cs
JOIN inventory AS inv ON inv.inv_item_sk = cs.cs_item_sk
JOIN warehouse AS w ON w.w_warehouse_sk = inv.inv_warehouse_sk
JOIN item AS it ON it.i_item_sk = cs.cs_item_sk
JOIN customer_demographics AS cd ON cd.cd_demo_sk = cs.cs_bill_cdemo_sk % 1400 + 1
JOIN household_demographics AS hd ON hd.hd_demo_sk = cs.cs_bill_hdemo_sk
JOIN date_dim AS sold ON sold.d_date_sk = cs.cs_sold_date_sk
JOIN date_dim AS counted ON counted.d_date_sk = inv.inv_date_sk
JOIN date_dim AS shipped ON shipped.d_date_sk = cs.cs_ship_date_sk
LEFT JOIN promotion AS p ON p.p_promo_sk = cs.cs_promo_sk
LEFT JOIN catalog_returns AS cr ON cr.cr_item_sk = cs.cs_item_sk AND cr.cr_order_number = cs.cs_order_number
WHERE counted.d_week_seq = sold.d_week_seq AND inv.inv_quantity_on_hand < cs.cs_quantity AND shipped.d_date > sold.d_date + INTERVAL '5' DAY
  AND hd.hd_buy_potential IN ('>10000', '1001-5000') AND sold.d_year = 1998 AND cd.cd_marital_status IN ('M', 'S')
GROUP BY it.i_item_desc, w.w_warehouse_name, sold.d_week_seq
ORDER BY times DESC, what, house, week LIMIT 100
-- D73 families who come on the first days of a month for few things: HAVING as a filter outside, CASE in a condition
SELECT c.c_last_name AS surname, c.c_first_name AS forename, c.c_salutation AS title, c.c_preferred_cust_flag AS preferred, bought.ticket, bought.things
FROM (
  SELECT ss.ss_ticket_number AS ticket, ss.ss_customer_sk AS who, count(*) AS things
  FROM store_sales AS ss
  JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  JOIN store AS shop ON shop.s_store_sk = ss.ss_store_sk
  JOIN household_demographics AS hd ON hd.hd_demo_sk = ss.ss_hdemo_sk
  WHERE d.d_dom BETWEEN 1 AND 2 AND (hd.hd_buy_potential = '501-1000' OR hd.hd_buy_potential = 'Unknown') AND hd.hd_vehicle_count > 0
    AND CASE WHEN hd.hd_vehicle_count > 0 THEN CAST(hd.hd_dep_count AS double) / hd.hd_vehicle_count END > 1
    AND d.d_year IN (1998, 1999, 2000) AND shop.s_county IN ('Williamson County', 'Ziebach County')
  GROUP BY ss.ss_ticket_number, ss.ss_customer_sk) AS bought
JOIN customer AS c ON c.c_customer_sk = bought.who
WHERE bought.things BETWEEN 6 AND 11
ORDER BY bought.things DESC, surname, bought.ticket
-- D74 customers whose web buying grows faster than their shop buying: one union CTE joined four times
WITH year_of_customer AS (
  SELECT c.c_customer_id AS code, c.c_first_name AS forename, c.c_last_name AS surname, d.d_year AS y, sum(ss.ss_net_paid) AS paid, 's' AS channel
  FROM customer AS c JOIN store_sales AS ss ON ss.ss_customer_sk = c.c_customer_sk JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  WHERE d.d_year IN (2000, 2001) GROUP BY c.c_customer_id, c.c_first_name, c.c_last_name, d.d_year
  UNION ALL
  SELECT c.c_customer_id, c.c_first_name, c.c_last_name, d.d_year, sum(ws.ws_net_paid), 'w'
  FROM customer AS c JOIN web_sales AS ws ON ws.ws_bill_customer_sk = c.c_customer_sk JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
  WHERE d.d_year IN (2000, 2001) GROUP BY c.c_customer_id, c.c_first_name, c.c_last_name, d.d_year)
SELECT s2.code, s2.forename, s2.surname
FROM year_of_customer AS s1
JOIN year_of_customer AS s2 ON s2.code = s1.code
JOIN year_of_customer AS w1 ON w1.code = s1.code
JOIN year_of_customer AS w2 ON w2.code = s1.code
WHERE s1.channel = 's' AND s2.channel = 's' AND w1.channel = 'w' AND w2.channel = 'w'
  AND s1.y = 2000 AND s2.y = 2001 AND w1.y = 2000 AND w2.y = 2001 AND s1.paid > 0 AND w1.paid > 0
  AND CASE WHEN w1.paid > 0 THEN CAST(w2.paid AS double) / w1.paid END > CASE WHEN s1.paid > 0 THEN CAST(s2.paid AS double) / s1.paid END
ORDER BY s2.surname, s2.code, s2.forename LIMIT 100
-- D75 what a maker sells less than the year before, returns taken off: UNION of three outer joins, the sum joined with itself
WITH kept AS (
  SELECT y, brand_number, class_number, category_number, maker, sum(pieces) AS pieces, sum(money) AS money
  FROM (
    SELECT d.d_year AS y, it.i_brand_id AS brand_number, it.i_class_id AS class_number, it.i_category_id AS category_number, it.i_manufact_id AS maker,
      cs.cs_quantity - coalesce(cr.cr_return_quantity, 0) AS pieces, cs.cs_ext_sales_price - coalesce(cr.cr_return_amount, 0.0) AS money
    FROM catalog_sales AS cs JOIN item AS it ON it.i_item_sk = cs.cs_item_sk JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk
    LEFT JOIN catalog_returns AS cr ON cr.cr_order_number = cs.cs_order_number AND cr.cr_item_sk = cs.cs_item_sk
    WHERE it.i_category = 'Shoes'
    UNION
    SELECT d.d_year, it.i_brand_id, it.i_class_id, it.i_category_id, it.i_manufact_id,
      ss.ss_quantity - coalesce(sr.sr_return_quantity, 0), ss.ss_ext_sales_price - coalesce(sr.sr_return_amt, 0.0)
    FROM store_sales AS ss JOIN item AS it ON it.i_item_sk = ss.ss_item_sk JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
    LEFT JOIN store_returns AS sr ON sr.sr_ticket_number = ss.ss_ticket_number AND sr.sr_item_sk = ss.ss_item_sk
    WHERE it.i_category = 'Shoes'
    UNION
    SELECT d.d_year, it.i_brand_id, it.i_class_id, it.i_category_id, it.i_manufact_id,
      ws.ws_quantity - coalesce(wr.wr_return_quantity, 0), ws.ws_ext_sales_price - coalesce(wr.wr_return_amt, 0.0)
    FROM web_sales AS ws JOIN item AS it ON it.i_item_sk = ws.ws_item_sk JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
    LEFT JOIN web_returns AS wr ON wr.wr_order_number = ws.ws_order_number AND wr.wr_item_sk = ws.ws_item_sk
    WHERE it.i_category = 'Shoes') AS moves
  GROUP BY y, brand_number, class_number, category_number, maker)
SELECT past.y AS past_year, recent.y AS recent_year, recent.brand_number, recent.class_number, recent.category_number, recent.maker,
  past.pieces AS past_pieces, recent.pieces AS recent_pieces, recent.pieces - past.pieces AS pieces_gap, recent.money - past.money AS money_gap
FROM kept AS recent JOIN kept AS past ON past.brand_number = recent.brand_number AND past.class_number = recent.class_number
  AND past.category_number = recent.category_number AND past.maker = recent.maker
WHERE recent.y = 1999 AND past.y = 1998 AND CAST(recent.pieces AS decimal(17, 2)) / CAST(past.pieces AS decimal(17, 2)) < 0.9
ORDER BY pieces_gap, money_gap, recent.brand_number, recent.maker LIMIT 100
-- D76 sales that lack a key, counted by channel: IS NULL under a union
SELECT channel, missing, y, quarter, category, count(*) AS times, sum(price) AS amount
FROM (
  SELECT 'shop' AS channel, 'customer' AS missing, d.d_year AS y, d.d_qoy AS quarter, it.i_category AS category, ss.ss_ext_sales_price AS price
  FROM store_sales AS ss JOIN item AS it ON it.i_item_sk = ss.ss_item_sk JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  WHERE ss.ss_customer_sk IS NULL
  UNION ALL
  SELECT 'web', 'promotion', d.d_year, d.d_qoy, it.i_category, ws.ws_ext_sales_price
  FROM web_sales AS ws JOIN item AS it ON it.i_item_sk = ws.ws_item_sk JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
  WHERE ws.ws_promo_sk IS NULL
  UNION ALL
  SELECT 'mail', 'mode', d.d_year, d.d_qoy, it.i_category, cs.cs_ext_sales_price
  FROM catalog_sales AS cs JOIN item AS it ON it.i_item_sk = cs.cs_item_sk JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk
  WHERE cs.cs_ship_mode_sk IS NULL) AS lacking
GROUP BY channel, missing, y, quarter, category
ORDER BY channel, missing, y, quarter, category LIMIT 100
-- D77 sales, returns and profit of the places of all channels: six CTEs, outer and cross joins, a roll-up over a union
WITH shop_sales AS (
  SELECT p.s_store_sk AS place, sum(ss.ss_ext_sales_price) AS sold, sum(ss.ss_net_profit) AS profit
  FROM store_sales AS ss JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk JOIN store AS p ON p.s_store_sk = ss.ss_store_sk
  WHERE d.d_date BETWEEN DATE '1998-10-03' AND DATE '1998-10-03' + INTERVAL '30' DAY GROUP BY p.s_store_sk),
shop_returns AS (
  SELECT p.s_store_sk AS place, sum(sr.sr_return_amt) AS returned, sum(sr.sr_net_loss) AS loss
  FROM store_returns AS sr JOIN date_dim AS d ON d.d_date_sk = sr.sr_returned_date_sk JOIN store AS p ON p.s_store_sk = sr.sr_store_sk
  WHERE d.d_date BETWEEN DATE '1998-10-03' AND DATE '1998-10-03' + INTERVAL '30' DAY GROUP BY p.s_store_sk),
mail_sales AS (
  SELECT cs.cs_call_center_sk AS place, sum(cs.cs_ext_sales_price) AS sold, sum(cs.cs_net_profit) AS profit
  FROM catalog_sales AS cs JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk
  WHERE d.d_date BETWEEN DATE '1998-10-03' AND DATE '1998-10-03' + INTERVAL '30' DAY GROUP BY cs.cs_call_center_sk),
mail_returns AS (
  SELECT cr.cr_call_center_sk AS place, sum(cr.cr_return_amount) AS returned, sum(cr.cr_net_loss) AS loss
  FROM catalog_returns AS cr JOIN date_dim AS d ON d.d_date_sk = cr.cr_returned_date_sk
  WHERE d.d_date BETWEEN DATE '1998-10-03' AND DATE '1998-10-03' + INTERVAL '30' DAY GROUP BY cr.cr_call_center_sk),
net_sales AS (
  SELECT p.wp_web_page_sk AS place, sum(ws.ws_ext_sales_price) AS sold, sum(ws.ws_net_profit) AS profit
  FROM web_sales AS ws JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk JOIN web_page AS p ON p.wp_web_page_sk = ws.ws_web_page_sk
  WHERE d.d_date BETWEEN DATE '1998-10-03' AND DATE '1998-10-03' + INTERVAL '30' DAY GROUP BY p.wp_web_page_sk),
net_returns AS (
  SELECT p.wp_web_page_sk AS place, sum(wr.wr_return_amt) AS returned, sum(wr.wr_net_loss) AS loss
  FROM web_returns AS wr JOIN date_dim AS d ON d.d_date_sk = wr.wr_returned_date_sk JOIN web_page AS p ON p.wp_web_page_sk = wr.wr_web_page_sk
  WHERE d.d_date BETWEEN DATE '1998-10-03' AND DATE '1998-10-03' + INTERVAL '30' DAY GROUP BY p.wp_web_page_sk)
SELECT channel, place, sum(sold) AS sold, sum(returned) AS returned, sum(profit) AS profit
FROM (
  SELECT 'shop' AS channel, s.place, s.sold, coalesce(r.returned, 0) AS returned, s.profit - coalesce(r.loss, 0) AS profit
  FROM shop_sales AS s LEFT JOIN shop_returns AS r ON r.place = s.place
  UNION ALL
  SELECT 'mail', s.place, s.sold, r.returned, s.profit - r.loss FROM mail_sales AS s CROSS JOIN mail_returns AS r
  UNION ALL
  SELECT 'net', s.place, s.sold, coalesce(r.returned, 0), s.profit - coalesce(r.loss, 0)
  FROM net_sales AS s LEFT JOIN net_returns AS r ON r.place = s.place) AS places
GROUP BY ROLLUP (channel, place)
ORDER BY channel, place, returned DESC LIMIT 100
-- D78 what customers bought of an item and kept in shops, beside the other channels: three anti joins by IS NULL, outer joins of groups
WITH net AS (
  SELECT d.d_year AS y, ws.ws_item_sk AS item_sk, ws.ws_bill_customer_sk AS who, sum(ws.ws_quantity) AS pieces,
    sum(ws.ws_wholesale_cost) AS cost, sum(ws.ws_sales_price) AS price
  FROM web_sales AS ws LEFT JOIN web_returns AS wr ON wr.wr_order_number = ws.ws_order_number AND wr.wr_item_sk = ws.ws_item_sk
  JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
  WHERE wr.wr_order_number IS NULL GROUP BY d.d_year, ws.ws_item_sk, ws.ws_bill_customer_sk),
mail AS (
  SELECT d.d_year AS y, cs.cs_item_sk AS item_sk, cs.cs_bill_customer_sk AS who, sum(cs.cs_quantity) AS pieces,
    sum(cs.cs_wholesale_cost) AS cost, sum(cs.cs_sales_price) AS price
  FROM catalog_sales AS cs LEFT JOIN catalog_returns AS cr ON cr.cr_order_number = cs.cs_order_number AND cr.cr_item_sk = cs.cs_item_sk
  JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk
  WHERE cr.cr_order_number IS NULL GROUP BY d.d_year, cs.cs_item_sk, cs.cs_bill_customer_sk),
shop AS (
  SELECT d.d_year AS y, ss.ss_item_sk AS item_sk, ss.ss_customer_sk AS who, sum(ss.ss_quantity) AS pieces,
    sum(ss.ss_wholesale_cost) AS cost, sum(ss.ss_sales_price) AS price
  FROM store_sales AS ss LEFT JOIN store_returns AS sr ON sr.sr_ticket_number = ss.ss_ticket_number AND sr.sr_item_sk = ss.ss_item_sk
  JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  WHERE sr.sr_ticket_number IS NULL GROUP BY d.d_year, ss.ss_item_sk, ss.ss_customer_sk)
SELECT shop.y, shop.item_sk, shop.who, round(CAST(shop.pieces AS double) / (coalesce(net.pieces, 0) + coalesce(mail.pieces, 0)), 6) AS ratio,
  shop.pieces AS shop_pieces, shop.cost AS shop_cost, shop.price AS shop_price, coalesce(net.pieces, 0) + coalesce(mail.pieces, 0) AS other_pieces,
  coalesce(net.cost, 0) + coalesce(mail.cost, 0) AS other_cost, coalesce(net.price, 0) + coalesce(mail.price, 0) AS other_price
FROM shop
LEFT JOIN net ON net.y = shop.y AND net.item_sk = shop.item_sk AND net.who = shop.who
LEFT JOIN mail ON mail.y = shop.y AND mail.item_sk = shop.item_sk AND mail.who = shop.who
WHERE (coalesce(net.pieces, 0) > 0 OR coalesce(mail.pieces, 0) > 0) AND shop.y = 1998
ORDER BY shop.y, shop.item_sk, shop.who, shop_pieces DESC, shop_cost DESC, shop_price DESC, other_pieces, other_cost, other_price, ratio LIMIT 100
-- D79 what households bring to shops of a size on one weekday, by ticket
SELECT c.c_last_name AS surname, c.c_first_name AS forename, substring(bought.city FROM 1 FOR 30) AS city, bought.ticket, bought.coupons, bought.profit
FROM (
  SELECT ss.ss_ticket_number AS ticket, ss.ss_customer_sk AS who, shop.s_city AS city, sum(ss.ss_coupon_amt) AS coupons, sum(ss.ss_net_profit) AS profit
  FROM store_sales AS ss
  JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
  JOIN store AS shop ON shop.s_store_sk = ss.ss_store_sk
  JOIN household_demographics AS hd ON hd.hd_demo_sk = ss.ss_hdemo_sk
  WHERE (hd.hd_dep_count = 6 OR hd.hd_vehicle_count > 2) AND d.d_dow = 1 AND d.d_year IN (1999, 2000, 2001)
    AND shop.s_number_employees BETWEEN 200 AND 295
  GROUP BY ss.ss_ticket_number, ss.ss_customer_sk, ss.ss_addr_sk, shop.s_city) AS bought
JOIN customer AS c ON c.c_customer_sk = bought.who
ORDER BY surname, forename, city, bought.profit, bought.ticket LIMIT 100
-- D80 sales, returns and profit of dear things without television, by channel and place: outer joins of returns, three unions, a roll-up
WITH shop AS (
  SELECT p.s_store_id AS code, sum(ss.ss_ext_sales_price) AS sold, sum(coalesce(sr.sr_return_amt, 0)) AS returned,
    sum(ss.ss_net_profit - coalesce(sr.sr_net_loss, 0)) AS profit
  FROM store_sales AS ss
  LEFT JOIN store_returns AS sr ON sr.sr_item_sk = ss.ss_item_sk AND sr.sr_ticket_number = ss.ss_ticket_number
  JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk JOIN store AS p ON p.s_store_sk = ss.ss_store_sk
  JOIN item AS it ON it.i_item_sk = ss.ss_item_sk JOIN promotion AS pr ON pr.p_promo_sk = ss.ss_promo_sk
  WHERE d.d_date BETWEEN DATE '1998-08-10' AND DATE '1998-08-10' + INTERVAL '30' DAY AND it.i_current_price > 12 AND pr.p_channel_tv = 'N'
  GROUP BY p.s_store_id),
mail AS (
  SELECT p.cp_catalog_page_id AS code, sum(cs.cs_ext_sales_price) AS sold, sum(coalesce(cr.cr_return_amount, 0)) AS returned,
    sum(cs.cs_net_profit - coalesce(cr.cr_net_loss, 0)) AS profit
  FROM catalog_sales AS cs
  LEFT JOIN catalog_returns AS cr ON cr.cr_item_sk = cs.cs_item_sk AND cr.cr_order_number = cs.cs_order_number
  JOIN date_dim AS d ON d.d_date_sk = cs.cs_sold_date_sk JOIN catalog_page AS p ON p.cp_catalog_page_sk = cs.cs_catalog_page_sk
  JOIN item AS it ON it.i_item_sk = cs.cs_item_sk JOIN promotion AS pr ON pr.p_promo_sk = cs.cs_promo_sk
  WHERE d.d_date BETWEEN DATE '1998-08-10' AND DATE '1998-08-10' + INTERVAL '30' DAY AND it.i_current_price > 12 AND pr.p_channel_tv = 'N'
  GROUP BY p.cp_catalog_page_id),
net AS (
  SELECT p.web_site_id AS code, sum(ws.ws_ext_sales_price) AS sold, sum(coalesce(wr.wr_return_amt, 0)) AS returned,
    sum(ws.ws_net_profit - coalesce(wr.wr_net_loss, 0)) AS profit
  FROM web_sales AS ws
  LEFT JOIN web_returns AS wr ON wr.wr_item_sk = ws.ws_item_sk AND wr.wr_order_number = ws.ws_order_number
  JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk JOIN web_site AS p ON p.web_site_sk = ws.ws_web_site_sk
  JOIN item AS it ON it.i_item_sk = ws.ws_item_sk JOIN promotion AS pr ON pr.p_promo_sk = ws.ws_promo_sk
  WHERE d.d_date BETWEEN DATE '1998-08-10' AND DATE '1998-08-10' + INTERVAL '30' DAY AND it.i_current_price > 12 AND pr.p_channel_tv = 'N'
  GROUP BY p.web_site_id)
SELECT channel, place, sum(sold) AS sold, sum(returned) AS returned, sum(profit) AS profit
FROM (
  SELECT 'shop' AS channel, 'S-' || code AS place, sold, returned, profit FROM shop
  UNION ALL SELECT 'mail', 'M-' || code, sold, returned, profit FROM mail
  UNION ALL SELECT 'net', 'N-' || code, sold, returned, profit FROM net) AS places
GROUP BY ROLLUP (channel, place)
ORDER BY channel NULLS FIRST, place NULLS FIRST LIMIT 100
-- D81 customers who return more by mail than a fifth above their state's mean: a correlated average over a CTE
WITH sent_back AS (
  SELECT cr.cr_returning_customer_sk AS who, a.ca_state AS state, sum(cr.cr_return_amt_inc_tax) AS amount
  FROM catalog_returns AS cr JOIN date_dim AS d ON d.d_date_sk = cr.cr_returned_date_sk
  JOIN customer_address AS a ON a.ca_address_sk = cr.cr_returning_addr_sk
  WHERE d.d_year = 2000 GROUP BY cr.cr_returning_customer_sk, a.ca_state)
SELECT c.c_customer_id, c.c_salutation, c.c_first_name, c.c_last_name, h.ca_street_number, h.ca_street_name, h.ca_street_type, h.ca_suite_number,
  h.ca_city, h.ca_county, h.ca_state, h.ca_zip, h.ca_country, h.ca_gmt_offset, h.ca_location_type, sb.amount
FROM sent_back AS sb
JOIN customer AS c ON c.c_customer_sk = sb.who
JOIN customer_address AS h ON h.ca_address_sk = c.c_current_addr_sk
WHERE sb.amount > (SELECT avg(other.amount) * 1.2 FROM sent_back AS other WHERE other.state = sb.state) AND h.ca_state IN ('TX', 'GA')
ORDER BY c.c_customer_id, sb.amount LIMIT 100
-- D82 items in stock within a price band that shops sell too
SELECT it.i_item_id, it.i_item_desc, it.i_current_price
FROM item AS it
JOIN inventory AS inv ON inv.inv_item_sk = it.i_item_sk
JOIN date_dim AS d ON d.d_date_sk = inv.inv_date_sk
JOIN store_sales AS ss ON ss.ss_item_sk = it.i_item_sk
WHERE it.i_current_price BETWEEN 5 AND 25 AND d.d_date BETWEEN DATE '1998-03-01' AND DATE '1998-03-01' + INTERVAL '60' DAY
  AND it.i_manufact_id BETWEEN 50 AND 250 AND inv.inv_quantity_on_hand BETWEEN 100 AND 500
GROUP BY it.i_item_id, it.i_item_desc, it.i_current_price
ORDER BY it.i_item_id, it.i_current_price LIMIT 100
-- D83 what came back over three channels in some periods, with each channel's part: IN within IN within IN, thrice
WITH to_shop AS (
  SELECT it.i_item_id AS code, sum(r.sr_return_quantity) AS pieces
  FROM store_returns AS r JOIN item AS it ON it.i_item_sk = r.sr_item_sk JOIN date_dim AS d ON d.d_date_sk = r.sr_returned_date_sk
  WHERE d.d_date IN (SELECT x.d_date FROM date_dim AS x WHERE x.d_quarter_seq IN
    (SELECT y.d_quarter_seq FROM date_dim AS y WHERE y.d_date IN (DATE '1999-02-14', DATE '2000-05-20', DATE '2000-11-05')))
  GROUP BY it.i_item_id),
to_mail AS (
  SELECT it.i_item_id AS code, sum(r.cr_return_quantity) AS pieces
  FROM catalog_returns AS r JOIN item AS it ON it.i_item_sk = r.cr_item_sk JOIN date_dim AS d ON d.d_date_sk = r.cr_returned_date_sk
  WHERE d.d_date IN (SELECT x.d_date FROM date_dim AS x WHERE x.d_quarter_seq IN
    (SELECT y.d_quarter_seq FROM date_dim AS y WHERE y.d_date IN (DATE '1999-02-14', DATE '2000-05-20', DATE '2000-11-05')))
  GROUP BY it.i_item_id),
to_net AS (
  SELECT it.i_item_id AS code, sum(r.wr_return_quantity) AS pieces
  FROM web_returns AS r JOIN item AS it ON it.i_item_sk = r.wr_item_sk JOIN date_dim AS d ON d.d_date_sk = r.wr_returned_date_sk
  WHERE d.d_date IN (SELECT x.d_date FROM date_dim AS x WHERE x.d_quarter_seq IN
    (SELECT y.d_quarter_seq FROM date_dim AS y WHERE y.d_date IN (DATE '1999-02-14', DATE '2000-05-20', DATE '2000-11-05')))
  GROUP BY it.i_item_id)
SELECT s.code, s.pieces AS shop_pieces, round(CAST(s.pieces AS double) / (s.pieces + m.pieces + n.pieces) / 3.0e0 * 100, 6) AS shop_part,
  m.pieces AS mail_pieces, round(CAST(m.pieces AS double) / (s.pieces + m.pieces + n.pieces) / 3.0e0 * 100, 6) AS mail_part,
  n.pieces AS net_pieces, round(CAST(n.pieces AS double) / (s.pieces + m.pieces + n.pieces) / 3.0e0 * 100, 6) AS net_part,
  round((s.pieces + m.pieces + n.pieces) / 3.0e0, 6) AS mean
FROM to_shop AS s JOIN to_mail AS m ON m.code = s.code JOIN to_net AS n ON n.code = s.code
ORDER BY s.code, shop_pieces LIMIT 100
-- D84 customers of a town within an income band who return things to shops
SELECT c.c_customer_id AS code, coalesce(c.c_last_name, '') || ', ' || coalesce(c.c_first_name, '') AS full_name
FROM customer AS c
JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk
JOIN customer_demographics AS cd ON cd.cd_demo_sk = c.c_current_cdemo_sk % 1400 + 1
JOIN household_demographics AS hd ON hd.hd_demo_sk = c.c_current_hdemo_sk
JOIN income_band AS ib ON ib.ib_income_band_sk = hd.hd_income_band_sk
JOIN store_returns AS sr ON sr.sr_cdemo_sk % 1400 + 1 = cd.cd_demo_sk
WHERE a.ca_city IN ('Marion', 'Crossroads', 'Woodland') AND ib.ib_lower_bound >= 40001 AND ib.ib_upper_bound <= 40001 + 59999
ORDER BY code LIMIT 100
-- D85 why web customers of alike households return, by quantity, refund and fee: three ORs of conjunctions across tables
SELECT substring(r.r_reason_desc FROM 1 FOR 20) AS why, round(avg(ws.ws_quantity), 6) AS pieces,
  round(CAST(avg(wr.wr_refunded_cash) AS double), 6) AS refund, round(CAST(avg(wr.wr_fee) AS double), 6) AS fee
FROM web_sales AS ws
JOIN web_returns AS wr ON wr.wr_item_sk = ws.ws_item_sk AND wr.wr_order_number = ws.ws_order_number
JOIN web_page AS wp ON wp.wp_web_page_sk = ws.ws_web_page_sk
JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
JOIN reason AS r ON r.r_reason_sk = wr.wr_reason_sk
JOIN customer_demographics AS back ON back.cd_demo_sk = wr.wr_refunded_cdemo_sk % 1400 + 1
JOIN customer_demographics AS front ON front.cd_demo_sk = wr.wr_returning_cdemo_sk % 1400 + 1
JOIN customer_address AS a ON a.ca_address_sk = wr.wr_refunded_addr_sk
WHERE d.d_year IN (1999, 2000)
  AND ((back.cd_marital_status = 'S' AND front.cd_marital_status = back.cd_marital_status AND back.cd_education_status = 'College'
      AND front.cd_education_status = back.cd_education_status AND ws.ws_sales_price BETWEEN 20 AND 150)
    OR (back.cd_marital_status = 'W' AND front.cd_marital_status = back.cd_marital_status AND back.cd_education_status = 'Secondary'
      AND front.cd_education_status = back.cd_education_status AND ws.ws_sales_price BETWEEN 10 AND 100)
    OR (back.cd_marital_status = 'M' AND front.cd_marital_status = back.cd_marital_status AND back.cd_education_status IN ('4 yr Degree', 'Primary')
      AND front.cd_education_status = back.cd_education_status AND ws.ws_sales_price BETWEEN 5 AND 200))
  AND ((a.ca_country = 'United States' AND a.ca_state IN ('TX', 'GA', 'VA', 'OH', 'IA', 'MO') AND ws.ws_net_profit BETWEEN -3000 AND 2000)
    OR (a.ca_country = 'United States' AND a.ca_state IN ('KS', 'KY', 'NC', 'IL', 'NE', 'CO') AND ws.ws_net_profit BETWEEN -1500 AND 3000)
    OR (a.ca_country = 'United States' AND a.ca_state IN ('TN', 'MN', 'MS', 'OK', 'FL', 'CA') AND ws.ws_net_profit BETWEEN -500 AND 2500))
GROUP BY r.r_reason_desc
ORDER BY why, pieces, refund, fee LIMIT 100
-- D86 web takings by category and class, ranked within their parent: a roll-up
SELECT sum(ws.ws_net_paid) AS paid, it.i_category AS category, it.i_class AS class_name, grouping(it.i_category) + grouping(it.i_class) AS depth,
  rank() OVER (PARTITION BY grouping(it.i_category) + grouping(it.i_class), CASE WHEN grouping(it.i_class) = 0 THEN it.i_category END
    ORDER BY sum(ws.ws_net_paid) DESC) AS place
FROM web_sales AS ws JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk JOIN item AS it ON it.i_item_sk = ws.ws_item_sk
WHERE d.d_month_seq BETWEEN 1202 AND 1213
GROUP BY ROLLUP (it.i_category, it.i_class)
ORDER BY depth DESC, CASE WHEN depth = 0 THEN category END, place, class_name LIMIT 100
-- D89 months of a class in a shop that stray from its year
SELECT * FROM (
  SELECT it.i_category AS category, it.i_class AS class_name, it.i_brand AS brand, p.s_store_name AS shop, p.s_company_name AS company, d.d_moy AS m,
    sum(ss.ss_sales_price) AS sold,
    CAST(avg(sum(ss.ss_sales_price)) OVER (PARTITION BY it.i_category, it.i_brand, p.s_store_name, p.s_company_name) AS decimal(18, 3)) AS usual
  FROM item AS it JOIN store_sales AS ss ON ss.ss_item_sk = it.i_item_sk
  JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk JOIN store AS p ON p.s_store_sk = ss.ss_store_sk
  WHERE d.d_year IN (2000) AND ((it.i_category IN ('Home', 'Books', 'Electronics') AND it.i_class IN ('wallpaper', 'parenting', 'musical', 'furniture', 'televisions'))
    OR (it.i_category IN ('Shoes', 'Jewelry', 'Men') AND it.i_class IN ('womens', 'birdal', 'pants', 'kids', 'rings')))
  GROUP BY it.i_category, it.i_class, it.i_brand, p.s_store_name, p.s_company_name, d.d_moy) AS monthly
WHERE CASE WHEN usual <> 0 THEN abs(sold - usual) / usual ELSE NULL END > 0.1
ORDER BY sold - usual, shop, category, class_name, brand, company, m LIMIT 100
-- D90 web sales of the morning to each of the evening: two counts side by side
SELECT round(CAST(early.n AS double) / late.n, 8) AS ratio
FROM (
  SELECT count(*) AS n FROM web_sales AS ws
  JOIN household_demographics AS hd ON hd.hd_demo_sk = ws.ws_ship_hdemo_sk JOIN time_dim AS t ON t.t_time_sk = ws.ws_sold_time_sk
  JOIN web_page AS wp ON wp.wp_web_page_sk = ws.ws_web_page_sk
  WHERE t.t_hour BETWEEN 7 AND 9 AND hd.hd_dep_count IN (3, 6) AND wp.wp_char_count BETWEEN 1500 AND 5200) AS early
CROSS JOIN (
  SELECT count(*) AS n FROM web_sales AS ws
  JOIN household_demographics AS hd ON hd.hd_demo_sk = ws.ws_ship_hdemo_sk JOIN time_dim AS t ON t.t_time_sk = ws.ws_sold_time_sk
  JOIN web_page AS wp ON wp.wp_web_page_sk = ws.ws_web_page_sk
  WHERE t.t_hour BETWEEN 18 AND 20 AND hd.hd_dep_count IN (3, 6) AND wp.wp_char_count BETWEEN 1500 AND 5200) AS late
ORDER BY ratio LIMIT 100
-- D91 what call centres lose by returns of two kinds of households: seven tables, OR of pairs, LIKE
SELECT cc.cc_call_center_id AS code, cc.cc_name AS desk, cc.cc_manager AS head, sum(cr.cr_net_loss) AS loss
FROM call_center AS cc
JOIN catalog_returns AS cr ON cr.cr_call_center_sk = cc.cc_call_center_sk
JOIN date_dim AS d ON d.d_date_sk = cr.cr_returned_date_sk
JOIN customer AS c ON c.c_customer_sk = cr.cr_returning_customer_sk
JOIN customer_demographics AS cd ON cd.cd_demo_sk = c.c_current_cdemo_sk % 1400 + 1
JOIN household_demographics AS hd ON hd.hd_demo_sk = c.c_current_hdemo_sk
JOIN customer_address AS a ON a.ca_address_sk = c.c_current_addr_sk
WHERE d.d_year = 1999 AND ((cd.cd_marital_status = 'M' AND cd.cd_education_status = 'Unknown')
    OR (cd.cd_marital_status = 'W' AND cd.cd_education_status = 'Advanced Degree') OR (cd.cd_marital_status = 'S' AND cd.cd_education_status = 'College'))
  AND hd.hd_buy_potential LIKE '%0-500%' AND a.ca_gmt_offset IN (-6, -5)
GROUP BY cc.cc_call_center_id, cc.cc_name, cc.cc_manager, cd.cd_marital_status, cd.cd_education_status
ORDER BY loss DESC, code
-- D92 discounts on the web far above an item's usual one: a correlated average over the same days
SELECT sum(ws.ws_ext_discount_amt) AS excess
FROM web_sales AS ws JOIN item AS it ON it.i_item_sk = ws.ws_item_sk JOIN date_dim AS d ON d.d_date_sk = ws.ws_sold_date_sk
WHERE it.i_manufact_id BETWEEN 100 AND 400 AND d.d_date BETWEEN DATE '2000-01-20' AND DATE '2000-01-20' + INTERVAL '90' DAY
  AND ws.ws_ext_discount_amt > (
    SELECT 1.3 * avg(o.ws_ext_discount_amt) FROM web_sales AS o JOIN date_dim AS e ON e.d_date_sk = o.ws_sold_date_sk
    WHERE o.ws_item_sk = it.i_item_sk AND e.d_date BETWEEN DATE '2000-01-20' AND DATE '2000-01-20' + INTERVAL '90' DAY)
ORDER BY excess LIMIT 100
-- D93 what customers really paid in shops after returns of one reason
SELECT who, sum(kept_amount) AS kept
FROM (
  SELECT ss.ss_customer_sk AS who,
    CASE WHEN sr.sr_return_quantity IS NULL THEN ss.ss_quantity * ss.ss_sales_price
      ELSE (ss.ss_quantity - sr.sr_return_quantity) * ss.ss_sales_price END AS kept_amount
  FROM store_sales AS ss LEFT JOIN store_returns AS sr ON sr.sr_item_sk = ss.ss_item_sk AND sr.sr_ticket_number = ss.ss_ticket_number
  JOIN reason AS r ON r.r_reason_sk = sr.sr_reason_sk
  WHERE r.r_reason_desc = 'Package was damaged') AS parts
GROUP BY who ORDER BY kept, who LIMIT 100
-- D94 web orders shipped in several ways and never returned: EXISTS with <>, NOT EXISTS, a distinct count
SELECT count(DISTINCT ws.ws_order_number) AS orders, sum(ws.ws_ext_ship_cost) AS shipping, sum(ws.ws_net_profit) AS profit
FROM web_sales AS ws
JOIN date_dim AS d ON d.d_date_sk = ws.ws_ship_date_sk
JOIN customer_address AS a ON a.ca_address_sk = ws.ws_ship_addr_sk
JOIN web_site AS site ON site.web_site_sk = ws.ws_web_site_sk
WHERE d.d_date BETWEEN DATE '1999-02-01' AND DATE '1999-02-01' + INTERVAL '300' DAY AND a.ca_state IN ('IL', 'TX', 'GA', 'MO')
  AND site.web_company_name = 'cally'
  AND EXISTS (SELECT * FROM web_sales AS other WHERE other.ws_order_number = ws.ws_order_number AND other.ws_ship_mode_sk <> ws.ws_ship_mode_sk)
  AND NOT EXISTS (SELECT * FROM web_returns AS wr WHERE wr.wr_order_number = ws.ws_order_number AND wr.wr_return_quantity > 20)
ORDER BY orders LIMIT 100
-- D95 web orders shipped in several ways that were returned: a self-joined CTE in two IN sub-queries
WITH several_ways AS (
  SELECT x.ws_order_number AS order_number, x.ws_ship_mode_sk AS one_way, y.ws_ship_mode_sk AS other_way
  FROM web_sales AS x JOIN web_sales AS y ON y.ws_order_number = x.ws_order_number WHERE x.ws_ship_mode_sk <> y.ws_ship_mode_sk)
SELECT count(DISTINCT ws.ws_order_number) AS orders, sum(ws.ws_ext_ship_cost) AS shipping, sum(ws.ws_net_profit) AS profit
FROM web_sales AS ws
JOIN date_dim AS d ON d.d_date_sk = ws.ws_ship_date_sk
JOIN customer_address AS a ON a.ca_address_sk = ws.ws_ship_addr_sk
JOIN web_site AS site ON site.web_site_sk = ws.ws_web_site_sk
WHERE d.d_date BETWEEN DATE '1999-02-01' AND DATE '1999-02-01' + INTERVAL '300' DAY AND a.ca_state IN ('IL', 'TX', 'GA', 'MO')
  AND site.web_company_name = 'cally'
  AND ws.ws_order_number IN (SELECT order_number FROM several_ways)
  AND ws.ws_order_number IN (
    SELECT wr.wr_order_number FROM web_returns AS wr JOIN several_ways AS s ON s.order_number = wr.wr_order_number)
ORDER BY orders LIMIT 100
-- D96 how many come in one half hour of the evening, by household and shop
SELECT count(*) AS visits
FROM store_sales AS ss
JOIN household_demographics AS hd ON hd.hd_demo_sk = ss.ss_hdemo_sk
JOIN time_dim AS t ON t.t_time_sk = ss.ss_sold_time_sk
JOIN store AS shop ON shop.s_store_sk = ss.ss_store_sk
WHERE t.t_hour = 17 AND t.t_minute < 30 AND hd.hd_dep_count = 3 AND shop.s_store_name = 'ought'
ORDER BY visits LIMIT 100
-- D98 each item's part of its class in shops: a ratio of a sum to a sum of sums over a window
SELECT it.i_item_id, it.i_item_desc, it.i_category, it.i_class, it.i_current_price, sum(ss.ss_ext_sales_price) AS revenue,
  round(CAST(sum(ss.ss_ext_sales_price) * 100 AS double) / nullif(sum(sum(ss.ss_ext_sales_price)) OVER (PARTITION BY it.i_class), 0), 8) AS part
FROM store_sales AS ss
JOIN item AS it ON it.i_item_sk = ss.ss_item_sk
JOIN date_dim AS d ON d.d_date_sk = ss.ss_sold_date_sk
WHERE it.i_category IN ('Jewelry', 'Men', 'Sports') AND d.d_date BETWEEN CAST('2001-01-12' AS date) AND CAST('2001-01-12' AS date) + INTERVAL '30' DAY
GROUP BY it.i_item_id, it.i_item_desc, it.i_category, it.i_class, it.i_current_price
ORDER BY it.i_category, it.i_class, it.i_item_id, it.i_item_desc, part
