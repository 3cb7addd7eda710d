-- Queries with the features of TPC-DS 4 to 50, in our own words; see TpcdsTest.
-- D4 buyers whose catalog spending grew faster than at the shop and on the web: one CTE of three channels, joined six times
WITH spending AS (
  SELECT b.c_customer_id AS buyer, b.c_first_name AS first_name, b.c_last_name AS last_name, b.c_preferred_cust_flag AS preferred,
    b.c_birth_country AS country, b.c_email_address AS mail, t.d_year AS in_year, 'shop' AS channel,
    sum((f.ss_ext_list_price - f.ss_ext_wholesale_cost - f.ss_ext_discount_amt + f.ss_ext_sales_price) * 0.5) AS spent
  FROM store_sales AS f JOIN customer AS b ON b.c_customer_sk = f.ss_customer_sk JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk
  GROUP BY b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_email_address, t.d_year
  UNION ALL
  SELECT b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_email_address, t.d_year, 'catalog',
    sum((f.cs_ext_list_price - f.cs_ext_wholesale_cost - f.cs_ext_discount_amt + f.cs_ext_sales_price) * 0.5)
  FROM catalog_sales AS f JOIN customer AS b ON b.c_customer_sk = f.cs_bill_customer_sk JOIN date_dim AS t ON t.d_date_sk = f.cs_sold_date_sk
  GROUP BY b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_email_address, t.d_year
  UNION ALL
  SELECT b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_email_address, t.d_year, 'web',
    sum((f.ws_ext_list_price - f.ws_ext_wholesale_cost - f.ws_ext_discount_amt + f.ws_ext_sales_price) * 0.5)
  FROM web_sales AS f JOIN customer AS b ON b.c_customer_sk = f.ws_bill_customer_sk JOIN date_dim AS t ON t.d_date_sk = f.ws_sold_date_sk
  GROUP BY b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_email_address, t.d_year)
SELECT s2.buyer, s2.first_name, s2.last_name, s2.mail
FROM spending AS s1, spending AS s2, spending AS k1, spending AS k2, spending AS w1, spending AS w2
WHERE s1.channel = 'shop' AND s2.channel = 'shop' AND k1.channel = 'catalog' AND k2.channel = 'catalog' AND w1.channel = 'web' AND w2.channel = 'web'
  AND s1.in_year IN (1998) AND s2.in_year = 1998 + 1 AND k1.in_year = 1998 AND k2.in_year = 1998 + 1 AND w1.in_year = 1998 AND w2.in_year = 1998 + 1
  AND s2.buyer = s1.buyer AND k1.buyer = s1.buyer AND k2.buyer = s1.buyer AND w1.buyer = s1.buyer AND w2.buyer = s1.buyer
  AND s1.spent > 0 AND k1.spent > 0 AND w1.spent > 0
  AND CASE WHEN k1.spent > 0 THEN CAST(k2.spent AS double) / CAST(k1.spent AS double) END
    > CASE WHEN w1.spent > 0 THEN CAST(w2.spent AS double) / CAST(w1.spent AS double) END - 0.9
  AND CASE WHEN k1.spent > 0 THEN CAST(k2.spent AS double) / CAST(k1.spent AS double) END
    > CASE WHEN s1.spent > 0 THEN CAST(s2.spent AS double) / CAST(s1.spent AS double) END - 0.9
ORDER BY s2.buyer, s2.first_name, s2.last_name, s2.mail LIMIT 100
-- D7 means of what single women buy without advertisement by mail or event
SELECT p.i_item_id, round(avg(f.ss_quantity), 6) AS pieces, round(CAST(avg(f.ss_list_price) AS double), 6) AS listed,
  round(CAST(avg(f.ss_coupon_amt) AS double), 6) AS coupons, round(CAST(avg(f.ss_sales_price) AS double), 6) AS paid
FROM store_sales AS f, customer_demographics AS who, date_dim AS t, item AS p, promotion AS advert
WHERE t.d_date_sk = f.ss_sold_date_sk AND p.i_item_sk = f.ss_item_sk AND who.cd_demo_sk = f.ss_cdemo_sk AND advert.p_promo_sk = f.ss_promo_sk
  AND who.cd_gender = 'F' AND who.cd_marital_status IN ('S', 'W') AND who.cd_education_status <> 'Unknown'
  AND (advert.p_channel_email = 'N' OR advert.p_channel_event = 'N') AND t.d_year BETWEEN 1999 AND 2001
GROUP BY p.i_item_id ORDER BY p.i_item_id LIMIT 100
-- D11 buyers whose spending on the web grew faster than at the shop: one CTE of two channels, joined four times
WITH spending AS (
  SELECT b.c_customer_id AS buyer, b.c_first_name AS first_name, b.c_last_name AS last_name, b.c_preferred_cust_flag AS preferred,
    b.c_birth_country AS country, b.c_login AS login, b.c_email_address AS mail, t.d_year AS in_year, 1 AS channel,
    sum(f.ss_ext_list_price - f.ss_ext_discount_amt) AS spent
  FROM customer AS b JOIN store_sales AS f ON f.ss_customer_sk = b.c_customer_sk JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk
  GROUP BY b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_login, b.c_email_address, t.d_year
  UNION ALL
  SELECT b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_login, b.c_email_address, t.d_year, 2,
    sum(f.ws_ext_list_price - f.ws_ext_discount_amt)
  FROM customer AS b JOIN web_sales AS f ON f.ws_bill_customer_sk = b.c_customer_sk JOIN date_dim AS t ON t.d_date_sk = f.ws_sold_date_sk
  GROUP BY b.c_customer_id, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_country, b.c_login, b.c_email_address, t.d_year)
SELECT shop_after.buyer, shop_after.first_name, shop_after.last_name, shop_after.country
FROM spending AS shop_before JOIN spending AS shop_after ON shop_after.buyer = shop_before.buyer
  JOIN spending AS web_before ON web_before.buyer = shop_before.buyer JOIN spending AS web_after ON web_after.buyer = shop_before.buyer
WHERE shop_before.channel = 1 AND shop_after.channel = 1 AND web_before.channel = 2 AND web_after.channel = 2
  AND shop_before.in_year = 2000 AND shop_after.in_year = 2001 AND web_before.in_year = 2000 AND web_after.in_year = 2001
  AND shop_before.spent > 0 AND web_before.spent > 0
  AND CASE WHEN web_before.spent > 0 THEN CAST(web_after.spent AS double) / CAST(web_before.spent AS double) ELSE 0.0 END
    > CASE WHEN shop_before.spent > 0 THEN CAST(shop_after.spent AS double) / CAST(shop_before.spent AS double) ELSE 0.0 END
ORDER BY shop_after.buyer, shop_after.first_name, shop_after.last_name, shop_after.country LIMIT 100
-- D13 means of sales that satisfy one of three pairs of conditions, twice: joins whose keys stand in OR
SELECT round(avg(f.ss_quantity), 6) AS pieces, round(CAST(avg(f.ss_ext_sales_price) AS double), 6) AS price,
  round(CAST(avg(f.ss_ext_wholesale_cost) AS double), 6) AS cost, sum(f.ss_ext_wholesale_cost) AS costs
FROM store_sales AS f, store AS s, customer_demographics AS who, household_demographics AS home, customer_address AS a, date_dim AS t
WHERE s.s_store_sk = f.ss_store_sk AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year BETWEEN 1998 AND 2002
  AND ((home.hd_demo_sk = f.ss_hdemo_sk AND who.cd_demo_sk = f.ss_cdemo_sk AND who.cd_marital_status = 'W'
      AND who.cd_education_status IN ('College', 'Primary', '2 yr Degree') AND f.ss_sales_price BETWEEN 90.00 AND 160.00 AND home.hd_dep_count > 2)
    OR (home.hd_demo_sk = f.ss_hdemo_sk AND who.cd_demo_sk = f.ss_cdemo_sk AND who.cd_marital_status = 'D'
      AND who.cd_education_status IN ('Secondary', 'Unknown', 'Advanced Degree') AND f.ss_sales_price BETWEEN 40.00 AND 110.00 AND home.hd_dep_count > 0)
    OR (home.hd_demo_sk = f.ss_hdemo_sk AND who.cd_demo_sk = f.ss_cdemo_sk AND who.cd_marital_status = 'M'
      AND who.cd_education_status IN ('4 yr Degree', 'College') AND f.ss_sales_price BETWEEN 10.00 AND 190.00 AND home.hd_dep_count < 8))
  AND ((a.ca_address_sk = f.ss_addr_sk AND a.ca_country = 'United States' AND a.ca_state IN ('GA', 'KS', 'VA', 'NC', 'IL') AND f.ss_net_profit BETWEEN -2000 AND 900)
    OR (a.ca_address_sk = f.ss_addr_sk AND a.ca_country = 'United States' AND a.ca_state IN ('TX', 'NE', 'OH', 'IN', 'MN') AND f.ss_net_profit BETWEEN -3000 AND 1500)
    OR (a.ca_address_sk = f.ss_addr_sk AND a.ca_country = 'United States' AND a.ca_state IN ('MO', 'KY', 'IA', 'TN', 'AL') AND f.ss_net_profit BETWEEN -9000 AND 2500))
-- D14a kinds of goods that every channel sells, where they sell above the mean: INTERSECT, an IN of it, a scalar in HAVING, a roll-up
WITH everywhere AS (
  SELECT p.i_item_sk AS item_sk FROM item AS p JOIN (
    SELECT x.i_brand_id AS brand, x.i_class_id AS class, x.i_category_id AS category
    FROM store_sales AS f JOIN item AS x ON x.i_item_sk = f.ss_item_sk JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk WHERE t.d_year BETWEEN 1998 AND 2000
    INTERSECT
    SELECT x.i_brand_id, x.i_class_id, x.i_category_id
    FROM catalog_sales AS f JOIN item AS x ON x.i_item_sk = f.cs_item_sk JOIN date_dim AS t ON t.d_date_sk = f.cs_sold_date_sk WHERE t.d_year BETWEEN 1998 AND 2000
    INTERSECT
    SELECT x.i_brand_id, x.i_class_id, x.i_category_id
    FROM web_sales AS f JOIN item AS x ON x.i_item_sk = f.ws_item_sk JOIN date_dim AS t ON t.d_date_sk = f.ws_sold_date_sk WHERE t.d_year BETWEEN 1998 AND 2000) AS kinds
  ON kinds.brand = p.i_brand_id AND kinds.class = p.i_class_id AND kinds.category = p.i_category_id),
usual AS (
  SELECT avg(CAST(every.pieces * every.price AS double)) AS amount FROM (
    SELECT f.ss_quantity AS pieces, f.ss_list_price AS price FROM store_sales AS f JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk WHERE t.d_year BETWEEN 1998 AND 2000
    UNION ALL
    SELECT f.cs_quantity, f.cs_list_price FROM catalog_sales AS f JOIN date_dim AS t ON t.d_date_sk = f.cs_sold_date_sk WHERE t.d_year BETWEEN 1998 AND 2000
    UNION ALL
    SELECT f.ws_quantity, f.ws_list_price FROM web_sales AS f JOIN date_dim AS t ON t.d_date_sk = f.ws_sold_date_sk WHERE t.d_year BETWEEN 1998 AND 2000) AS every)
SELECT u.channel, u.brand, u.class, u.category, sum(u.amount) AS amount, sum(u.many) AS many
FROM (
  SELECT 'shop' AS channel, p.i_brand_id AS brand, p.i_class_id AS class, p.i_category_id AS category, sum(f.ss_quantity * f.ss_list_price) AS amount, count(*) AS many
  FROM store_sales AS f JOIN item AS p ON p.i_item_sk = f.ss_item_sk JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk
  WHERE f.ss_item_sk IN (SELECT item_sk FROM everywhere) AND t.d_year = 1999 AND t.d_moy = 12
  GROUP BY p.i_brand_id, p.i_class_id, p.i_category_id HAVING sum(f.ss_quantity * f.ss_list_price) > (SELECT amount FROM usual)
  UNION ALL
  SELECT 'catalog', p.i_brand_id, p.i_class_id, p.i_category_id, sum(f.cs_quantity * f.cs_list_price), count(*)
  FROM catalog_sales AS f JOIN item AS p ON p.i_item_sk = f.cs_item_sk JOIN date_dim AS t ON t.d_date_sk = f.cs_sold_date_sk
  WHERE f.cs_item_sk IN (SELECT item_sk FROM everywhere) AND t.d_year = 1999 AND t.d_moy = 2
  GROUP BY p.i_brand_id, p.i_class_id, p.i_category_id HAVING sum(f.cs_quantity * f.cs_list_price) > (SELECT amount FROM usual)
  UNION ALL
  SELECT 'web', p.i_brand_id, p.i_class_id, p.i_category_id, sum(f.ws_quantity * f.ws_list_price), count(*)
  FROM web_sales AS f JOIN item AS p ON p.i_item_sk = f.ws_item_sk JOIN date_dim AS t ON t.d_date_sk = f.ws_sold_date_sk
  WHERE f.ws_item_sk IN (SELECT item_sk FROM everywhere) AND t.d_year = 1999 AND t.d_moy = 12
  GROUP BY p.i_brand_id, p.i_class_id, p.i_category_id HAVING sum(f.ws_quantity * f.ws_list_price) > (SELECT amount FROM usual)) AS u
GROUP BY ROLLUP (u.channel, u.brand, u.class, u.category)
ORDER BY u.channel NULLS FIRST, u.brand NULLS FIRST, u.class NULLS FIRST, u.category NULLS FIRST LIMIT 100
-- D14b the same kinds in a week of December beside that week a year before: scalars for the weeks
WITH everywhere AS (
  SELECT p.i_item_sk AS item_sk FROM item AS p, (
    SELECT x.i_brand_id AS brand, x.i_class_id AS class, x.i_category_id AS category
    FROM store_sales AS f, item AS x, date_dim AS t WHERE x.i_item_sk = f.ss_item_sk AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year BETWEEN 1998 AND 2000
    INTERSECT
    SELECT x.i_brand_id, x.i_class_id, x.i_category_id
    FROM catalog_sales AS f, item AS x, date_dim AS t WHERE x.i_item_sk = f.cs_item_sk AND t.d_date_sk = f.cs_sold_date_sk AND t.d_year BETWEEN 1998 AND 2000
    INTERSECT
    SELECT x.i_brand_id, x.i_class_id, x.i_category_id
    FROM web_sales AS f, item AS x, date_dim AS t WHERE x.i_item_sk = f.ws_item_sk AND t.d_date_sk = f.ws_sold_date_sk AND t.d_year BETWEEN 1998 AND 2000) AS kinds
  WHERE kinds.brand = p.i_brand_id AND kinds.class = p.i_class_id AND kinds.category = p.i_category_id),
usual AS (
  SELECT avg(CAST(pieces * price AS double)) AS amount FROM (
    SELECT ss_quantity AS pieces, ss_list_price AS price FROM store_sales, date_dim WHERE d_date_sk = ss_sold_date_sk AND d_year BETWEEN 1998 AND 2000
    UNION ALL SELECT cs_quantity, cs_list_price FROM catalog_sales, date_dim WHERE d_date_sk = cs_sold_date_sk AND d_year BETWEEN 1998 AND 2000
    UNION ALL SELECT ws_quantity, ws_list_price FROM web_sales, date_dim WHERE d_date_sk = ws_sold_date_sk AND d_year BETWEEN 1998 AND 2000) AS every)
SELECT later.brand, later.class, later.category, later.amount AS amount_later, later.many AS many_later, earlier.amount AS amount_earlier, earlier.many AS many_earlier
FROM (
  SELECT p.i_brand_id AS brand, p.i_class_id AS class, p.i_category_id AS category, sum(f.ss_quantity * f.ss_list_price) AS amount, count(*) AS many
  FROM store_sales AS f, item AS p, date_dim AS t
  WHERE f.ss_item_sk IN (SELECT item_sk FROM everywhere) AND p.i_item_sk = f.ss_item_sk AND t.d_date_sk = f.ss_sold_date_sk
    AND t.d_week_seq = (SELECT w.d_week_seq FROM date_dim AS w WHERE w.d_year = 1999 AND w.d_moy = 12 AND w.d_dom = 17)
  GROUP BY p.i_brand_id, p.i_class_id, p.i_category_id HAVING sum(f.ss_quantity * f.ss_list_price) > (SELECT amount FROM usual)) AS later,
  (SELECT p.i_brand_id AS brand, p.i_class_id AS class, p.i_category_id AS category, sum(f.ss_quantity * f.ss_list_price) AS amount, count(*) AS many
  FROM store_sales AS f, item AS p, date_dim AS t
  WHERE f.ss_item_sk IN (SELECT item_sk FROM everywhere) AND p.i_item_sk = f.ss_item_sk AND t.d_date_sk = f.ss_sold_date_sk
    AND t.d_week_seq = (SELECT w.d_week_seq FROM date_dim AS w WHERE w.d_year = 1998 AND w.d_moy = 12 AND w.d_dom = 17)
  GROUP BY p.i_brand_id, p.i_class_id, p.i_category_id HAVING sum(f.ss_quantity * f.ss_list_price) > (SELECT amount FROM usual)) AS earlier
WHERE earlier.brand = later.brand AND earlier.class = later.class AND earlier.category = later.category
ORDER BY later.brand, later.class, later.category LIMIT 100
-- D15 catalog sales by postal code: far away, or in some states, or dear
SELECT a.ca_zip, sum(f.cs_sales_price) AS price FROM catalog_sales AS f, customer AS b, customer_address AS a, date_dim AS t
WHERE b.c_customer_sk = f.cs_bill_customer_sk AND a.ca_address_sk = b.c_current_addr_sk AND t.d_date_sk = f.cs_sold_date_sk AND t.d_qoy = 3 AND t.d_year = 1998
  AND (substring(a.ca_zip FROM 1 FOR 5) IN ('30399', '34136', '55124', '54854', '31904', '60399') OR a.ca_state IN ('TX', 'GA', 'WA') OR f.cs_sales_price > 190)
GROUP BY a.ca_zip ORDER BY a.ca_zip NULLS LAST LIMIT 100
-- D17 bought in the shop, brought back, bought again by catalog: statistics of the three quantities
SELECT p.i_item_id, p.i_item_desc, s.s_state,
  count(f.ss_quantity) AS bought, round(avg(f.ss_quantity), 6) AS bought_mean, round(stddev_samp(f.ss_quantity), 6) AS bought_spread,
  round(stddev_samp(f.ss_quantity) / avg(f.ss_quantity), 6) AS bought_variation,
  count(r.sr_return_quantity) AS back, round(avg(r.sr_return_quantity), 6) AS back_mean, round(stddev_samp(r.sr_return_quantity), 6) AS back_spread,
  round(stddev_samp(r.sr_return_quantity) / avg(r.sr_return_quantity), 6) AS back_variation,
  count(k.cs_quantity) AS again, round(avg(k.cs_quantity), 6) AS again_mean, round(stddev_samp(k.cs_quantity) / avg(k.cs_quantity), 6) AS again_variation
FROM store_sales AS f, store_returns AS r, catalog_sales AS k, date_dim AS t1, date_dim AS t2, date_dim AS t3, store AS s, item AS p
WHERE t1.d_date_sk = f.ss_sold_date_sk AND t1.d_year = 1999 AND p.i_item_sk = f.ss_item_sk AND s.s_store_sk = f.ss_store_sk
  AND r.sr_customer_sk = f.ss_customer_sk AND r.sr_item_sk = f.ss_item_sk AND r.sr_ticket_number = f.ss_ticket_number
  AND t2.d_date_sk = r.sr_returned_date_sk AND t2.d_quarter_name IN ('1999Q2', '1999Q3', '1999Q4', '2000Q1')
  AND k.cs_bill_customer_sk = r.sr_customer_sk AND k.cs_item_sk = r.sr_item_sk
  AND t3.d_date_sk = k.cs_sold_date_sk AND t3.d_quarter_name IN ('1998Q1', '1998Q2', '1998Q3', '1998Q4', '1999Q1', '1999Q2')
GROUP BY p.i_item_id, p.i_item_desc, s.s_state ORDER BY p.i_item_id, p.i_item_desc, s.s_state LIMIT 100
-- D19 brands bought by people who live elsewhere than the shop
SELECT p.i_brand_id, p.i_brand, p.i_manufact_id, p.i_manufact, sum(f.ss_ext_sales_price) AS price
FROM date_dim AS t, store_sales AS f, item AS p, customer AS b, customer_address AS a, store AS s
WHERE t.d_date_sk = f.ss_sold_date_sk AND p.i_item_sk = f.ss_item_sk AND p.i_manager_id BETWEEN 20 AND 35 AND t.d_moy = 12 AND t.d_year = 2001
  AND b.c_customer_sk = f.ss_customer_sk AND a.ca_address_sk = b.c_current_addr_sk
  AND substring(a.ca_zip FROM 1 FOR 5) <> substring(s.s_zip FROM 1 FOR 5) AND s.s_store_sk = f.ss_store_sk
GROUP BY p.i_brand_id, p.i_brand, p.i_manufact_id, p.i_manufact
ORDER BY price DESC, p.i_brand, p.i_brand_id, p.i_manufact_id, p.i_manufact LIMIT 100
-- D20 share of its class that an item of the catalog has within a month
SELECT p.i_item_id, p.i_item_desc, p.i_category, p.i_class, p.i_current_price, sum(f.cs_ext_sales_price) AS revenue,
  round(CAST(sum(f.cs_ext_sales_price) * 100 AS double) / CAST(sum(sum(f.cs_ext_sales_price)) OVER (PARTITION BY p.i_class) AS double), 6) AS share
FROM catalog_sales AS f, item AS p, date_dim AS t
WHERE p.i_item_sk = f.cs_item_sk AND p.i_category IN ('Jewelry', 'Music', 'Shoes') AND t.d_date_sk = f.cs_sold_date_sk
  AND t.d_date BETWEEN CAST('1998-11-03' AS date) AND CAST('1998-11-03' AS date) + INTERVAL '30' DAY
GROUP BY p.i_item_id, p.i_item_desc, p.i_category, p.i_class, p.i_current_price
ORDER BY p.i_category, p.i_class, p.i_item_id, p.i_item_desc, share LIMIT 100
-- D21 stock a month before and after a change of price, where the ratio stays within bounds
SELECT * FROM (
  SELECT w.w_warehouse_name AS house, p.i_item_id AS item,
    sum(CASE WHEN t.d_date < CAST('1998-04-20' AS date) THEN v.inv_quantity_on_hand ELSE 0 END) AS stock_before,
    sum(CASE WHEN t.d_date >= CAST('1998-04-20' AS date) THEN v.inv_quantity_on_hand ELSE 0 END) AS stock_after
  FROM inventory AS v, warehouse AS w, item AS p, date_dim AS t
  WHERE p.i_current_price BETWEEN 0.50 AND 4.75 AND p.i_item_sk = v.inv_item_sk AND w.w_warehouse_sk = v.inv_warehouse_sk AND t.d_date_sk = v.inv_date_sk
    AND t.d_date BETWEEN CAST('1998-04-20' AS date) - INTERVAL '30' DAY AND CAST('1998-04-20' AS date) + INTERVAL '30' DAY
  GROUP BY w.w_warehouse_name, p.i_item_id) AS moved
WHERE CASE WHEN moved.stock_before > 0 THEN CAST(moved.stock_after AS double) / CAST(moved.stock_before AS double) END BETWEEN 0.5 AND 1.9
ORDER BY moved.house, moved.item LIMIT 100
-- D23a what the best customers order of what the shop sells often: three CTEs, one of them a maximum of sums
WITH often AS (
  SELECT substring(p.i_item_desc FROM 1 FOR 30) AS description, p.i_item_sk AS item_sk, t.d_moy AS of_month, count(*) AS times
  FROM store_sales AS f, date_dim AS t, item AS p
  WHERE t.d_date_sk = f.ss_sold_date_sk AND p.i_item_sk = f.ss_item_sk AND t.d_year IN (1998, 1998 + 1, 1998 + 2, 1998 + 3)
  GROUP BY substring(p.i_item_desc FROM 1 FOR 30), p.i_item_sk, t.d_moy HAVING count(*) > 3),
most AS (
  SELECT max(one.spent) AS spent FROM (
    SELECT b.c_customer_sk AS buyer, sum(f.ss_quantity * f.ss_sales_price) AS spent FROM store_sales AS f, customer AS b, date_dim AS t
    WHERE b.c_customer_sk = f.ss_customer_sk AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year IN (1998, 1998 + 1, 1998 + 2, 1998 + 3)
    GROUP BY b.c_customer_sk) AS one),
best AS (
  SELECT b.c_customer_sk AS buyer, sum(f.ss_quantity * f.ss_sales_price) AS spent FROM store_sales AS f, customer AS b
  WHERE b.c_customer_sk = f.ss_customer_sk
  GROUP BY b.c_customer_sk HAVING sum(f.ss_quantity * f.ss_sales_price) > 0.3 * (SELECT spent FROM most))
SELECT sum(orders.amount) AS amount, count(*) AS many FROM (
  SELECT f.cs_quantity * f.cs_list_price AS amount FROM catalog_sales AS f, date_dim AS t
  WHERE t.d_year = 1998 AND t.d_moy BETWEEN 3 AND 9 AND t.d_date_sk = f.cs_sold_date_sk
    AND f.cs_item_sk IN (SELECT item_sk FROM often) AND f.cs_bill_customer_sk IN (SELECT buyer FROM best)
  UNION ALL
  SELECT f.ws_quantity * f.ws_list_price FROM web_sales AS f, date_dim AS t
  WHERE t.d_year = 1998 AND t.d_moy BETWEEN 3 AND 9 AND t.d_date_sk = f.ws_sold_date_sk
    AND f.ws_item_sk IN (SELECT item_sk FROM often) AND f.ws_bill_customer_sk IN (SELECT buyer FROM best)) AS orders
-- D23b the same, by customer
WITH often AS (
  SELECT substring(p.i_item_desc FROM 1 FOR 30) AS description, p.i_item_sk AS item_sk, t.d_moy AS of_month, count(*) AS times
  FROM store_sales AS f JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk JOIN item AS p ON p.i_item_sk = f.ss_item_sk WHERE t.d_year BETWEEN 1998 AND 2001
  GROUP BY substring(p.i_item_desc FROM 1 FOR 30), p.i_item_sk, t.d_moy HAVING count(*) > 3),
most AS (
  SELECT max(one.spent) AS spent FROM (
    SELECT b.c_customer_sk AS buyer, sum(f.ss_quantity * f.ss_sales_price) AS spent
    FROM store_sales AS f JOIN customer AS b ON b.c_customer_sk = f.ss_customer_sk JOIN date_dim AS t ON t.d_date_sk = f.ss_sold_date_sk
    WHERE t.d_year BETWEEN 1998 AND 2001 GROUP BY b.c_customer_sk) AS one),
best AS (
  SELECT b.c_customer_sk AS buyer, sum(f.ss_quantity * f.ss_sales_price) AS spent FROM store_sales AS f JOIN customer AS b ON b.c_customer_sk = f.ss_customer_sk
  GROUP BY b.c_customer_sk HAVING sum(f.ss_quantity * f.ss_sales_price) > (25 / 100.0) * (SELECT * FROM most))
SELECT orders.last_name, orders.first_name, orders.amount FROM (
  SELECT b.c_last_name AS last_name, b.c_first_name AS first_name, sum(f.cs_quantity * f.cs_list_price) AS amount
  FROM catalog_sales AS f, customer AS b, date_dim AS t
  WHERE t.d_year = 1999 AND t.d_moy BETWEEN 1 AND 6 AND t.d_date_sk = f.cs_sold_date_sk AND b.c_customer_sk = f.cs_bill_customer_sk
    AND f.cs_item_sk IN (SELECT item_sk FROM often) AND f.cs_bill_customer_sk IN (SELECT buyer FROM best)
  GROUP BY b.c_last_name, b.c_first_name
  UNION ALL
  SELECT b.c_last_name, b.c_first_name, sum(f.ws_quantity * f.ws_list_price)
  FROM web_sales AS f, customer AS b, date_dim AS t
  WHERE t.d_year = 1999 AND t.d_moy BETWEEN 1 AND 6 AND t.d_date_sk = f.ws_sold_date_sk AND b.c_customer_sk = f.ws_bill_customer_sk
    AND f.ws_item_sk IN (SELECT item_sk FROM often) AND f.ws_bill_customer_sk IN (SELECT buyer FROM best)
  GROUP BY b.c_last_name, b.c_first_name) AS orders
ORDER BY orders.last_name, orders.first_name, orders.amount LIMIT 100
-- D24a what people from abroad paid for returned goods of one colour, above a share of the mean: six joins in a CTE, read twice
WITH paid AS (
  SELECT b.c_last_name AS last_name, b.c_first_name AS first_name, s.s_store_name AS shop, a.ca_state AS home_state, s.s_state AS shop_state,
    p.i_color AS color, p.i_current_price AS price, p.i_manager_id AS manager, p.i_units AS units, p.i_size AS size, sum(f.ss_net_paid) AS amount
  FROM store_sales AS f, store_returns AS r, store AS s, item AS p, customer AS b, customer_address AS a
  WHERE r.sr_ticket_number = f.ss_ticket_number AND r.sr_item_sk = f.ss_item_sk AND b.c_customer_sk = f.ss_customer_sk AND p.i_item_sk = f.ss_item_sk
    AND s.s_store_sk = f.ss_store_sk AND a.ca_address_sk = b.c_current_addr_sk AND b.c_birth_country <> upper(a.ca_country)
    AND substring(a.ca_zip FROM 1 FOR 1) = substring(s.s_zip FROM 1 FOR 1) AND s.s_market_id BETWEEN 1 AND 9
  GROUP BY b.c_last_name, b.c_first_name, s.s_store_name, a.ca_state, s.s_state, p.i_color, p.i_current_price, p.i_manager_id, p.i_units, p.i_size)
SELECT g.last_name, g.first_name, g.shop, sum(g.amount) AS amount FROM paid AS g WHERE g.color IN ('indian', 'peru', 'salmon', 'plum')
GROUP BY g.last_name, g.first_name, g.shop HAVING CAST(sum(g.amount) AS double) > (SELECT 0.05 * CAST(avg(h.amount) AS double) FROM paid AS h)
ORDER BY g.last_name, g.first_name, g.shop
-- D24b the same of other colours and by explicit joins
WITH paid AS (
  SELECT b.c_last_name AS last_name, b.c_first_name AS first_name, s.s_store_name AS shop, a.ca_state AS home_state, s.s_state AS shop_state,
    p.i_color AS color, p.i_current_price AS price, p.i_manager_id AS manager, p.i_units AS units, p.i_size AS size, sum(f.ss_net_profit) AS amount
  FROM store_sales AS f JOIN store_returns AS r ON r.sr_ticket_number = f.ss_ticket_number AND r.sr_item_sk = f.ss_item_sk
    JOIN store AS s ON s.s_store_sk = f.ss_store_sk JOIN item AS p ON p.i_item_sk = f.ss_item_sk JOIN customer AS b ON b.c_customer_sk = f.ss_customer_sk
    JOIN customer_address AS a ON a.ca_address_sk = b.c_current_addr_sk AND b.c_birth_country <> upper(a.ca_country) AND substring(a.ca_zip FROM 2 FOR 1) = substring(s.s_zip FROM 2 FOR 1)
  GROUP BY b.c_last_name, b.c_first_name, s.s_store_name, a.ca_state, s.s_state, p.i_color, p.i_current_price, p.i_manager_id, p.i_units, p.i_size)
SELECT g.last_name, g.first_name, g.shop, sum(g.amount) AS amount FROM paid AS g WHERE g.color LIKE 'c%' OR g.color LIKE 'm%'
GROUP BY g.last_name, g.first_name, g.shop HAVING CAST(sum(g.amount) AS double) > (SELECT 0.05 * CAST(avg(h.amount) AS double) FROM paid AS h)
ORDER BY g.last_name, g.first_name, g.shop
-- D25 profits and losses of what was bought, brought back and bought again by catalog
SELECT p.i_item_id, p.i_item_desc, s.s_store_id, s.s_store_name, sum(f.ss_net_profit) AS shop_profit, sum(r.sr_net_loss) AS loss, sum(k.cs_net_profit) AS catalog_profit
FROM store_sales AS f, store_returns AS r, catalog_sales AS k, date_dim AS t1, date_dim AS t2, date_dim AS t3, store AS s, item AS p
WHERE t1.d_moy = 1 AND t1.d_year = 1999 AND t1.d_date_sk = f.ss_sold_date_sk AND p.i_item_sk = f.ss_item_sk AND s.s_store_sk = f.ss_store_sk
  AND r.sr_customer_sk = f.ss_customer_sk AND r.sr_item_sk = f.ss_item_sk AND r.sr_ticket_number = f.ss_ticket_number
  AND t2.d_date_sk = r.sr_returned_date_sk AND t2.d_moy BETWEEN 1 AND 10 AND t2.d_year = 1999
  AND k.cs_bill_customer_sk = r.sr_customer_sk AND k.cs_item_sk = r.sr_item_sk AND t3.d_date_sk = k.cs_sold_date_sk AND t3.d_year IN (1998, 1999)
GROUP BY p.i_item_id, p.i_item_desc, s.s_store_id, s.s_store_name ORDER BY p.i_item_id, p.i_item_desc, s.s_store_id, s.s_store_name LIMIT 100
-- D26 means of what divorced men order by catalog without advertisement
SELECT p.i_item_id, round(avg(f.cs_quantity), 6) AS pieces, round(CAST(avg(f.cs_list_price) AS double), 6) AS listed,
  round(CAST(avg(f.cs_coupon_amt) AS double), 6) AS coupons, round(CAST(avg(f.cs_sales_price) AS double), 6) AS paid
FROM catalog_sales AS f JOIN customer_demographics AS who ON who.cd_demo_sk = f.cs_bill_cdemo_sk JOIN date_dim AS t ON t.d_date_sk = f.cs_sold_date_sk
  JOIN item AS p ON p.i_item_sk = f.cs_item_sk JOIN promotion AS advert ON advert.p_promo_sk = f.cs_promo_sk
WHERE who.cd_gender = 'M' AND who.cd_marital_status IN ('D', 'U') AND who.cd_education_status NOT IN ('Unknown', 'Primary')
  AND (advert.p_channel_email = 'N' OR advert.p_channel_event = 'N') AND t.d_year = 1998
GROUP BY p.i_item_id ORDER BY p.i_item_id LIMIT 100
-- D27 means by item and state, rolled up
SELECT p.i_item_id, s.s_state, grouping(s.s_state) AS all_states, round(avg(f.ss_quantity), 6) AS pieces, round(CAST(avg(f.ss_list_price) AS double), 6) AS listed,
  round(CAST(avg(f.ss_coupon_amt) AS double), 6) AS coupons, round(CAST(avg(f.ss_sales_price) AS double), 6) AS paid
FROM store_sales AS f, customer_demographics AS who, date_dim AS t, store AS s, item AS p
WHERE t.d_date_sk = f.ss_sold_date_sk AND p.i_item_sk = f.ss_item_sk AND s.s_store_sk = f.ss_store_sk AND who.cd_demo_sk = f.ss_cdemo_sk
  AND who.cd_gender = 'M' AND who.cd_marital_status IN ('M', 'S', 'D') AND t.d_year IN (2000, 2001, 2002) AND s.s_state IN ('TN', 'TN', 'SD', 'GA')
GROUP BY ROLLUP (p.i_item_id, s.s_state) ORDER BY p.i_item_id NULLS FIRST, s.s_state NULLS FIRST, all_states LIMIT 100
-- D28 mean, count and distinct count of list prices in six buckets, side by side
SELECT * FROM
  (SELECT round(CAST(avg(ss_list_price) AS double), 6) AS mean1, count(ss_list_price) AS many1, count(DISTINCT ss_list_price) AS kinds1 FROM store_sales
    WHERE ss_quantity BETWEEN 1 AND 5 AND (ss_list_price BETWEEN 12 AND 32 OR ss_coupon_amt BETWEEN 400 AND 1400 OR ss_wholesale_cost BETWEEN 10 AND 40)) AS b1,
  (SELECT round(CAST(avg(ss_list_price) AS double), 6) AS mean2, count(ss_list_price) AS many2, count(DISTINCT ss_list_price) AS kinds2 FROM store_sales
    WHERE ss_quantity BETWEEN 6 AND 10 AND (ss_list_price BETWEEN 80 AND 110 OR ss_coupon_amt BETWEEN 2000 AND 3000 OR ss_wholesale_cost BETWEEN 30 AND 52)) AS b2,
  (SELECT round(CAST(avg(ss_list_price) AS double), 6) AS mean3, count(ss_list_price) AS many3, count(DISTINCT ss_list_price) AS kinds3 FROM store_sales
    WHERE ss_quantity BETWEEN 11 AND 15 AND (ss_list_price BETWEEN 60 AND 75 OR ss_coupon_amt BETWEEN 1000 AND 9000 OR ss_wholesale_cost BETWEEN 1 AND 22)) AS b3,
  (SELECT round(CAST(avg(ss_list_price) AS double), 6) AS mean4, count(ss_list_price) AS many4, count(DISTINCT ss_list_price) AS kinds4 FROM store_sales
    WHERE ss_quantity BETWEEN 16 AND 20 AND (ss_list_price BETWEEN 140 AND 155 OR ss_coupon_amt BETWEEN 3500 AND 4600 OR ss_wholesale_cost BETWEEN 70 AND 95)) AS b4,
  (SELECT round(CAST(avg(ss_list_price) AS double), 6) AS mean5, count(ss_list_price) AS many5, count(DISTINCT ss_list_price) AS kinds5 FROM store_sales
    WHERE ss_quantity BETWEEN 21 AND 25 AND (ss_list_price BETWEEN 25 AND 44 OR ss_coupon_amt BETWEEN 700 AND 1900 OR ss_wholesale_cost BETWEEN 44 AND 66)) AS b5,
  (SELECT round(CAST(avg(ss_list_price) AS double), 6) AS mean6, count(ss_list_price) AS many6, count(DISTINCT ss_list_price) AS kinds6 FROM store_sales
    WHERE ss_quantity BETWEEN 26 AND 30 AND (ss_list_price BETWEEN 111 AND 123 OR ss_coupon_amt BETWEEN 0 AND 1 OR ss_wholesale_cost BETWEEN 20 AND 28)) AS b6
LIMIT 100
-- D29 quantities of what was bought, brought back and bought again by catalog
SELECT p.i_item_id, p.i_item_desc, s.s_store_id, s.s_store_name, sum(f.ss_quantity) AS bought, sum(r.sr_return_quantity) AS back, sum(k.cs_quantity) AS again
FROM store_sales AS f JOIN store_returns AS r ON r.sr_customer_sk = f.ss_customer_sk AND r.sr_item_sk = f.ss_item_sk AND r.sr_ticket_number = f.ss_ticket_number
  JOIN catalog_sales AS k ON k.cs_bill_customer_sk = r.sr_customer_sk AND k.cs_item_sk = r.sr_item_sk
  JOIN date_dim AS t1 ON t1.d_date_sk = f.ss_sold_date_sk JOIN date_dim AS t2 ON t2.d_date_sk = r.sr_returned_date_sk JOIN date_dim AS t3 ON t3.d_date_sk = k.cs_sold_date_sk
  JOIN store AS s ON s.s_store_sk = f.ss_store_sk JOIN item AS p ON p.i_item_sk = f.ss_item_sk
WHERE t1.d_moy BETWEEN 8 AND 12 AND t1.d_year = 1999 AND t2.d_moy BETWEEN 1 AND 8 AND t2.d_year = 2000 AND t3.d_year IN (1998, 1998 + 1, 1998 + 2)
GROUP BY p.i_item_id, p.i_item_desc, s.s_store_id, s.s_store_name ORDER BY p.i_item_id, p.i_item_desc, s.s_store_id, s.s_store_name LIMIT 100
-- D30 customers who return more by web than is usual in their state: a correlated mean over a CTE
WITH back AS (
  SELECT r.wr_returning_customer_sk AS buyer, a.ca_state AS of_state, sum(r.wr_return_amt) AS amount
  FROM web_returns AS r, date_dim AS t, customer_address AS a
  WHERE t.d_date_sk = r.wr_returned_date_sk AND t.d_year IN (2000, 2001) AND a.ca_address_sk = r.wr_returning_addr_sk
  GROUP BY r.wr_returning_customer_sk, a.ca_state)
SELECT b.c_customer_id, b.c_salutation, b.c_first_name, b.c_last_name, b.c_preferred_cust_flag, b.c_birth_day, b.c_birth_month, b.c_birth_year,
  b.c_birth_country, b.c_login, b.c_email_address, b.c_last_review_date_sk, x.amount
FROM back AS x, customer_address AS home, customer AS b
WHERE CAST(x.amount AS double) > (SELECT CAST(avg(y.amount) AS double) * 1.2 FROM back AS y WHERE y.of_state = x.of_state)
  AND home.ca_address_sk = b.c_current_addr_sk AND home.ca_state IN ('TX', 'GA', 'KS', 'VA', 'MO', 'KY', 'NC', 'IA') AND b.c_customer_sk = x.buyer
ORDER BY b.c_customer_id, b.c_salutation, b.c_first_name, b.c_last_name, b.c_birth_year, x.amount LIMIT 100
-- D32 discounts of the catalog above one and a third of the item's mean within a quarter: a correlated scalar
SELECT sum(f.cs_ext_discount_amt) AS excess FROM catalog_sales AS f, item AS p, date_dim AS t
WHERE p.i_manufact_id BETWEEN 200 AND 260 AND p.i_item_sk = f.cs_item_sk AND t.d_date_sk = f.cs_sold_date_sk
  AND t.d_date BETWEEN CAST('1998-09-05' AS date) AND CAST('1998-09-05' AS date) + INTERVAL '90' DAY
  AND CAST(f.cs_ext_discount_amt AS double) > (SELECT 1.3 * CAST(avg(g.cs_ext_discount_amt) AS double) FROM catalog_sales AS g, date_dim AS u
    WHERE g.cs_item_sk = p.i_item_sk AND u.d_date_sk = g.cs_sold_date_sk
      AND u.d_date BETWEEN CAST('1998-09-05' AS date) AND CAST('1998-09-05' AS date) + INTERVAL '90' DAY)
LIMIT 100
-- D33 manufacturers of music in one month over the channels: three CTEs with IN, their union
WITH shop AS (
  SELECT p.i_manufact_id AS maker, sum(f.ss_ext_sales_price) AS price FROM store_sales AS f, date_dim AS t, customer_address AS a, item AS p
  WHERE p.i_manufact_id IN (SELECT q.i_manufact_id FROM item AS q WHERE q.i_category IN ('Music')) AND p.i_item_sk = f.ss_item_sk
    AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year = 1998 AND t.d_moy = 9 AND a.ca_address_sk = f.ss_addr_sk AND a.ca_gmt_offset = -6
  GROUP BY p.i_manufact_id),
catalog AS (
  SELECT p.i_manufact_id AS maker, sum(f.cs_ext_sales_price) AS price FROM catalog_sales AS f, date_dim AS t, customer_address AS a, item AS p
  WHERE p.i_manufact_id IN (SELECT q.i_manufact_id FROM item AS q WHERE q.i_category IN ('Music')) AND p.i_item_sk = f.cs_item_sk
    AND t.d_date_sk = f.cs_sold_date_sk AND t.d_year = 1998 AND t.d_moy = 9 AND a.ca_address_sk = f.cs_bill_addr_sk AND a.ca_gmt_offset = -6
  GROUP BY p.i_manufact_id),
web AS (
  SELECT p.i_manufact_id AS maker, sum(f.ws_ext_sales_price) AS price FROM web_sales AS f, date_dim AS t, customer_address AS a, item AS p
  WHERE p.i_manufact_id IN (SELECT q.i_manufact_id FROM item AS q WHERE q.i_category IN ('Music')) AND p.i_item_sk = f.ws_item_sk
    AND t.d_date_sk = f.ws_sold_date_sk AND t.d_year = 1998 AND t.d_moy = 9 AND a.ca_address_sk = f.ws_bill_addr_sk AND a.ca_gmt_offset = -6
  GROUP BY p.i_manufact_id)
SELECT u.maker, sum(u.price) AS price FROM (SELECT * FROM shop UNION ALL SELECT * FROM catalog UNION ALL SELECT * FROM web) AS u
GROUP BY u.maker ORDER BY price, u.maker LIMIT 100
-- D34 long tickets at the beginning and the end of months, of households with more people than cars
SELECT b.c_last_name, b.c_first_name, b.c_salutation, b.c_preferred_cust_flag, tickets.ticket, tickets.lines FROM (
  SELECT f.ss_ticket_number AS ticket, f.ss_customer_sk AS buyer, count(*) AS lines FROM store_sales AS f, date_dim AS t, store AS s, household_demographics AS home
  WHERE t.d_date_sk = f.ss_sold_date_sk AND s.s_store_sk = f.ss_store_sk AND home.hd_demo_sk = f.ss_hdemo_sk
    AND (t.d_dom BETWEEN 1 AND 3 OR t.d_dom BETWEEN 25 AND 28) AND (home.hd_buy_potential = '>10000' OR home.hd_buy_potential = 'Unknown' OR home.hd_buy_potential = '1001-5000')
    AND home.hd_vehicle_count > 0
    AND CASE WHEN home.hd_vehicle_count > 0 THEN CAST(home.hd_dep_count AS double) / CAST(home.hd_vehicle_count AS double) END > 1.2
    AND t.d_year IN (1999, 1999 + 1, 1999 + 2) AND s.s_county IN ('Williamson County', 'Ziebach County', 'Walker County')
  GROUP BY f.ss_ticket_number, f.ss_customer_sk) AS tickets, customer AS b
WHERE b.c_customer_sk = tickets.buyer AND tickets.lines BETWEEN 13 AND 20
ORDER BY b.c_last_name, b.c_first_name, b.c_salutation, b.c_preferred_cust_flag DESC, tickets.ticket
-- D35 people by state and demography who buy in the shop and on the web or by catalog: EXISTS, and EXISTS or EXISTS
SELECT a.ca_state, who.cd_gender, who.cd_marital_status, who.cd_dep_count, count(*) AS people1, min(who.cd_dep_count) AS least1, max(who.cd_dep_count) AS most1,
  round(avg(who.cd_dep_count), 6) AS mean1, who.cd_dep_employed_count, count(*) AS people2, sum(who.cd_dep_employed_count) AS total2, who.cd_dep_college_count,
  round(stddev_samp(who.cd_dep_college_count), 6) AS spread3
FROM customer AS b, customer_address AS a, customer_demographics AS who
WHERE a.ca_address_sk = b.c_current_addr_sk AND who.cd_demo_sk = 1 + b.c_current_cdemo_sk % 30000
  AND EXISTS (SELECT * FROM store_sales AS f, date_dim AS t WHERE f.ss_customer_sk = b.c_customer_sk AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year = 1999 AND t.d_qoy < 4)
  AND (EXISTS (SELECT * FROM web_sales AS f, date_dim AS t WHERE f.ws_bill_customer_sk = b.c_customer_sk AND t.d_date_sk = f.ws_sold_date_sk AND t.d_year = 1999 AND t.d_qoy < 4)
    OR EXISTS (SELECT * FROM catalog_sales AS f, date_dim AS t WHERE f.cs_ship_customer_sk = b.c_customer_sk AND t.d_date_sk = f.cs_sold_date_sk AND t.d_year = 1999 AND t.d_qoy < 4))
GROUP BY a.ca_state, who.cd_gender, who.cd_marital_status, who.cd_dep_count, who.cd_dep_employed_count, who.cd_dep_college_count
ORDER BY a.ca_state NULLS LAST, who.cd_gender, who.cd_marital_status, who.cd_dep_count, who.cd_dep_employed_count, who.cd_dep_college_count LIMIT 100
-- D37 items of some makers that lie in stock and are sold by catalog
SELECT p.i_item_id, p.i_item_desc, p.i_current_price FROM item AS p, inventory AS v, date_dim AS t, catalog_sales AS f
WHERE p.i_current_price BETWEEN 2 AND 2 + 60 AND v.inv_item_sk = p.i_item_sk AND t.d_date_sk = v.inv_date_sk
  AND t.d_date BETWEEN CAST('1998-03-01' AS date) AND CAST('1998-03-01' AS date) + INTERVAL '60' DAY
  AND p.i_manufact_id IN (69, 88, 46, 48, 328, 102, 205, 409) AND v.inv_quantity_on_hand BETWEEN 100 AND 500 AND f.cs_item_sk = p.i_item_sk
GROUP BY p.i_item_id, p.i_item_desc, p.i_current_price ORDER BY p.i_item_id, p.i_item_desc, p.i_current_price LIMIT 100
-- D39a stock that varies much in a month and in the next: a spread over a mean, a CTE joined with itself
WITH stock AS (
  SELECT house, warehouse_sk, item_sk, of_month, spread, mean, CASE WHEN mean = 0 THEN NULL ELSE spread / mean END AS variation FROM (
    SELECT w.w_warehouse_name AS house, w.w_warehouse_sk AS warehouse_sk, p.i_item_sk AS item_sk, t.d_moy AS of_month,
      stddev_samp(v.inv_quantity_on_hand) AS spread, avg(v.inv_quantity_on_hand) AS mean
    FROM inventory AS v, item AS p, warehouse AS w, date_dim AS t
    WHERE p.i_item_sk = v.inv_item_sk AND w.w_warehouse_sk = v.inv_warehouse_sk AND t.d_date_sk = v.inv_date_sk AND t.d_year = 1998
    GROUP BY w.w_warehouse_name, w.w_warehouse_sk, p.i_item_sk, t.d_moy) AS monthly
  WHERE CASE WHEN mean = 0 THEN 0 ELSE spread / mean END > 0.6)
SELECT s1.warehouse_sk, s1.item_sk, s1.of_month, round(s1.mean, 6) AS mean1, round(s1.variation, 6) AS variation1,
  s2.of_month AS next_month, round(s2.mean, 6) AS mean2, round(s2.variation, 6) AS variation2
FROM stock AS s1, stock AS s2
WHERE s2.item_sk = s1.item_sk AND s2.warehouse_sk = s1.warehouse_sk AND s1.of_month = 2 AND s2.of_month = 2 + 1
ORDER BY s1.warehouse_sk, s1.item_sk, s1.of_month, s1.mean, s1.variation, s2.of_month, s2.mean, s2.variation
-- D39b the same, and only where it varies very much in the first month
WITH stock AS (
  SELECT house, warehouse_sk, item_sk, of_month, spread, mean, CASE WHEN mean = 0 THEN NULL ELSE spread / mean END AS variation FROM (
    SELECT w.w_warehouse_name AS house, w.w_warehouse_sk AS warehouse_sk, p.i_item_sk AS item_sk, t.d_moy AS of_month,
      stddev_samp(v.inv_quantity_on_hand) AS spread, avg(v.inv_quantity_on_hand) AS mean
    FROM inventory AS v JOIN item AS p ON p.i_item_sk = v.inv_item_sk JOIN warehouse AS w ON w.w_warehouse_sk = v.inv_warehouse_sk JOIN date_dim AS t ON t.d_date_sk = v.inv_date_sk
    WHERE t.d_year = 1998 GROUP BY w.w_warehouse_name, w.w_warehouse_sk, p.i_item_sk, t.d_moy) AS monthly
  WHERE CASE WHEN mean = 0 THEN 0 ELSE spread / mean END > 0.4)
SELECT s1.warehouse_sk, s1.item_sk, s1.of_month, round(s1.mean, 6) AS mean1, round(s1.variation, 6) AS variation1,
  s2.of_month AS next_month, round(s2.mean, 6) AS mean2, round(s2.variation, 6) AS variation2
FROM stock AS s1 JOIN stock AS s2 ON s2.item_sk = s1.item_sk AND s2.warehouse_sk = s1.warehouse_sk
WHERE s1.of_month = 4 AND s2.of_month = 4 + 1 AND s1.variation > 0.9
ORDER BY s1.warehouse_sk, s1.item_sk, s1.of_month, s1.mean, s1.variation, s2.of_month, s2.mean, s2.variation
-- D40 catalog sales less their refunds, before and after a day: an outer join of two columns
SELECT w.w_state, p.i_item_id,
  sum(CASE WHEN t.d_date < CAST('1998-10-15' AS date) THEN f.cs_sales_price - coalesce(r.cr_refunded_cash, 0) ELSE 0 END) AS sold_before,
  sum(CASE WHEN t.d_date >= CAST('1998-10-15' AS date) THEN f.cs_sales_price - coalesce(r.cr_refunded_cash, 0) ELSE 0 END) AS sold_after
FROM catalog_sales AS f LEFT OUTER JOIN catalog_returns AS r ON r.cr_order_number = f.cs_order_number AND r.cr_item_sk = f.cs_item_sk,
  warehouse AS w, item AS p, date_dim AS t
WHERE p.i_current_price BETWEEN 1.10 AND 4.40 AND p.i_item_sk = f.cs_item_sk AND w.w_warehouse_sk = f.cs_warehouse_sk AND t.d_date_sk = f.cs_sold_date_sk
  AND t.d_date BETWEEN CAST('1998-10-15' AS date) - INTERVAL '45' DAY AND CAST('1998-10-15' AS date) + INTERVAL '45' DAY
GROUP BY w.w_state, p.i_item_id ORDER BY w.w_state, p.i_item_id LIMIT 100
-- D42 categories of one manager's items in a month
SELECT t.d_year, p.i_category_id, p.i_category, sum(f.ss_ext_sales_price) AS price FROM date_dim AS t, store_sales AS f, item AS p
WHERE t.d_date_sk = f.ss_sold_date_sk AND p.i_item_sk = f.ss_item_sk AND p.i_manager_id IN (3, 5, 12) AND t.d_moy = 12 AND t.d_year = 2002
GROUP BY t.d_year, p.i_category_id, p.i_category ORDER BY price DESC, t.d_year, p.i_category_id, p.i_category LIMIT 100
-- D43 sales of a shop by the day of the week
SELECT s.s_store_name, s.s_store_id,
  sum(CASE WHEN t.d_day_name = 'Monday' THEN f.ss_sales_price END) AS monday, sum(CASE WHEN t.d_day_name = 'Tuesday' THEN f.ss_sales_price END) AS tuesday,
  sum(CASE WHEN t.d_day_name = 'Wednesday' THEN f.ss_sales_price END) AS wednesday, sum(CASE WHEN t.d_day_name = 'Thursday' THEN f.ss_sales_price END) AS thursday,
  sum(CASE WHEN t.d_day_name = 'Friday' THEN f.ss_sales_price END) AS friday, sum(CASE WHEN t.d_day_name = 'Saturday' THEN f.ss_sales_price END) AS saturday,
  sum(CASE WHEN t.d_day_name = 'Sunday' THEN f.ss_sales_price END) AS sunday
FROM date_dim AS t, store_sales AS f, store AS s
WHERE t.d_date_sk = f.ss_sold_date_sk AND s.s_store_sk = f.ss_store_sk AND s.s_gmt_offset = -5 AND t.d_year = 2001
GROUP BY s.s_store_name, s.s_store_id ORDER BY s.s_store_name, s.s_store_id, monday, tuesday, wednesday, thursday, friday, saturday, sunday LIMIT 100
-- D45 web sales by place: postal codes, or items of a sub-query under OR
SELECT a.ca_zip, a.ca_city, sum(f.ws_sales_price) AS price FROM web_sales AS f, customer AS b, customer_address AS a, date_dim AS t, item AS p
WHERE b.c_customer_sk = f.ws_bill_customer_sk AND a.ca_address_sk = b.c_current_addr_sk AND p.i_item_sk = f.ws_item_sk
  AND (substring(a.ca_zip FROM 1 FOR 5) IN ('30399', '34136', '55124', '54854', '31904')
    OR p.i_item_id IN (SELECT q.i_item_id FROM item AS q WHERE q.i_item_sk IN (2, 5, 7, 13, 17, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)))
  AND t.d_date_sk = f.ws_sold_date_sk AND t.d_year IN (1999, 2000, 2001)
GROUP BY a.ca_zip, a.ca_city ORDER BY a.ca_zip NULLS LAST, a.ca_city NULLS LAST LIMIT 100
-- D46 what people buy at week-ends in a town where they do not live
SELECT b.c_last_name, b.c_first_name, now_at.ca_city, trips.city, trips.ticket, trips.coupons, trips.profit FROM (
  SELECT f.ss_ticket_number AS ticket, f.ss_customer_sk AS buyer, a.ca_city AS city, sum(f.ss_coupon_amt) AS coupons, sum(f.ss_net_profit) AS profit
  FROM store_sales AS f, date_dim AS t, store AS s, household_demographics AS home, customer_address AS a
  WHERE t.d_date_sk = f.ss_sold_date_sk AND s.s_store_sk = f.ss_store_sk AND home.hd_demo_sk = f.ss_hdemo_sk AND a.ca_address_sk = f.ss_addr_sk
    AND (home.hd_dep_count = 6 OR home.hd_vehicle_count = 2) AND t.d_dow IN (0, 6) AND t.d_year IN (2000, 2000 + 1, 2000 + 2) AND s.s_city IN ('Midway', 'Fairview')
  GROUP BY f.ss_ticket_number, f.ss_customer_sk, f.ss_addr_sk, a.ca_city) AS trips, customer AS b, customer_address AS now_at
WHERE b.c_customer_sk = trips.buyer AND now_at.ca_address_sk = b.c_current_addr_sk AND now_at.ca_city <> trips.city
ORDER BY b.c_last_name NULLS LAST, b.c_first_name NULLS LAST, now_at.ca_city, trips.city, trips.ticket LIMIT 100
-- D47 months that differ from the year's mean, beside the month before and the month after: two windows, a CTE joined three times
WITH monthly AS (
  SELECT p.i_category AS category, p.i_brand AS brand, s.s_store_name AS shop, s.s_company_name AS company, t.d_year AS of_year, t.d_moy AS of_month, sum(f.ss_sales_price) AS price,
    avg(CAST(sum(f.ss_sales_price) AS double)) OVER (PARTITION BY p.i_category, p.i_brand, s.s_store_name, s.s_company_name, t.d_year) AS mean,
    rank() OVER (PARTITION BY p.i_category, p.i_brand, s.s_store_name, s.s_company_name ORDER BY t.d_year, t.d_moy) AS place
  FROM item AS p, store_sales AS f, date_dim AS t, store AS s
  WHERE f.ss_item_sk = p.i_item_sk AND t.d_date_sk = f.ss_sold_date_sk AND s.s_store_sk = f.ss_store_sk
    AND (t.d_year = 2000 OR (t.d_year = 2000 - 1 AND t.d_moy = 12) OR (t.d_year = 2000 + 1 AND t.d_moy = 1))
  GROUP BY p.i_category, p.i_brand, s.s_store_name, s.s_company_name, t.d_year, t.d_moy),
beside AS (
  SELECT m.category, m.brand, m.shop, m.company, m.of_year, m.of_month, m.mean, m.price, b.price AS price_before, a.price AS price_after
  FROM monthly AS m, monthly AS b, monthly AS a
  WHERE b.category = m.category AND a.category = m.category AND b.brand = m.brand AND a.brand = m.brand AND b.shop = m.shop AND a.shop = m.shop
    AND b.company = m.company AND a.company = m.company AND m.place = b.place + 1 AND m.place = a.place - 1)
SELECT category, brand, shop, company, of_year, of_month, round(mean, 6) AS mean, price, price_before, price_after FROM beside
WHERE of_year = 2000 AND mean > 0 AND CASE WHEN mean > 0 THEN abs(CAST(price AS double) - mean) / mean END > 0.15
ORDER BY price - CAST(mean AS decimal(18, 4)), category, brand, shop, of_month LIMIT 100
-- D48 pieces sold under one of three pairs of conditions, twice
SELECT sum(f.ss_quantity) AS pieces FROM store_sales AS f, store AS s, customer_demographics AS who, customer_address AS a, date_dim AS t
WHERE s.s_store_sk = f.ss_store_sk AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year IN (1999, 2000)
  AND ((who.cd_demo_sk = f.ss_cdemo_sk AND who.cd_marital_status = 'S' AND who.cd_education_status <> '4 yr Degree' AND f.ss_sales_price BETWEEN 80.00 AND 170.00)
    OR (who.cd_demo_sk = f.ss_cdemo_sk AND who.cd_marital_status = 'U' AND who.cd_education_status <> 'Unknown' AND f.ss_sales_price BETWEEN 30.00 AND 120.00)
    OR (who.cd_demo_sk = f.ss_cdemo_sk AND who.cd_marital_status = 'W' AND who.cd_education_status <> 'Primary' AND f.ss_sales_price BETWEEN 1.00 AND 60.00))
  AND ((a.ca_address_sk = f.ss_addr_sk AND a.ca_country = 'United States' AND a.ca_state IN ('GA', 'KS', 'VA', 'NC', 'IL') AND f.ss_net_profit BETWEEN -3000 AND 2500)
    OR (a.ca_address_sk = f.ss_addr_sk AND a.ca_country = 'United States' AND a.ca_state IN ('TX', 'NE', 'OH', 'IN', 'MN') AND f.ss_net_profit BETWEEN -1000 AND 3000)
    OR (a.ca_address_sk = f.ss_addr_sk AND a.ca_country = 'United States' AND a.ca_state IN ('MO', 'KY', 'IA', 'TN', 'AL') AND f.ss_net_profit BETWEEN -5000 AND 20000))
-- D49 items with the worst ratios of returns, in pieces and in money, by channel: ranks in three branches of a UNION
SELECT 'web' AS channel, w.item, round(w.pieces_ratio, 9) AS pieces_ratio, w.pieces_place, w.money_place FROM (
  SELECT item, pieces_ratio, money_ratio, rank() OVER (ORDER BY pieces_ratio) AS pieces_place, rank() OVER (ORDER BY money_ratio) AS money_place FROM (
    SELECT f.ws_item_sk AS item, CAST(sum(coalesce(r.wr_return_quantity, 0)) AS double) / CAST(sum(coalesce(f.ws_quantity, 0)) AS double) AS pieces_ratio,
      CAST(sum(coalesce(r.wr_return_amt, 0)) AS double) / CAST(sum(coalesce(f.ws_net_paid, 0)) AS double) AS money_ratio
    FROM web_sales AS f LEFT OUTER JOIN web_returns AS r ON r.wr_order_number = f.ws_order_number AND r.wr_item_sk = f.ws_item_sk, date_dim AS t
    WHERE r.wr_return_amt > 100 AND f.ws_net_profit > 1 AND f.ws_net_paid > 0 AND f.ws_quantity > 0 AND t.d_date_sk = f.ws_sold_date_sk AND t.d_year = 2000
    GROUP BY f.ws_item_sk) AS ratios) AS w
WHERE w.pieces_place <= 10 OR w.money_place <= 10
UNION
SELECT 'catalog', k.item, round(k.pieces_ratio, 9), k.pieces_place, k.money_place FROM (
  SELECT item, pieces_ratio, money_ratio, rank() OVER (ORDER BY pieces_ratio) AS pieces_place, rank() OVER (ORDER BY money_ratio) AS money_place FROM (
    SELECT f.cs_item_sk AS item, CAST(sum(coalesce(r.cr_return_quantity, 0)) AS double) / CAST(sum(coalesce(f.cs_quantity, 0)) AS double) AS pieces_ratio,
      CAST(sum(coalesce(r.cr_return_amount, 0)) AS double) / CAST(sum(coalesce(f.cs_net_paid, 0)) AS double) AS money_ratio
    FROM catalog_sales AS f LEFT OUTER JOIN catalog_returns AS r ON r.cr_order_number = f.cs_order_number AND r.cr_item_sk = f.cs_item_sk, date_dim AS t
    WHERE r.cr_return_amount > 100 AND f.cs_net_profit > 1 AND f.cs_net_paid > 0 AND f.cs_quantity > 0 AND t.d_date_sk = f.cs_sold_date_sk AND t.d_year = 1999 AND t.d_moy = 3
    GROUP BY f.cs_item_sk) AS ratios) AS k
WHERE k.pieces_place <= 10 OR k.money_place <= 10
UNION
SELECT 'shop', s.item, round(s.pieces_ratio, 9), s.pieces_place, s.money_place FROM (
  SELECT item, pieces_ratio, money_ratio, rank() OVER (ORDER BY pieces_ratio) AS pieces_place, rank() OVER (ORDER BY money_ratio) AS money_place FROM (
    SELECT f.ss_item_sk AS item, CAST(sum(coalesce(r.sr_return_quantity, 0)) AS double) / CAST(sum(coalesce(f.ss_quantity, 0)) AS double) AS pieces_ratio,
      CAST(sum(coalesce(r.sr_return_amt, 0)) AS double) / CAST(sum(coalesce(f.ss_net_paid, 0)) AS double) AS money_ratio
    FROM store_sales AS f LEFT OUTER JOIN store_returns AS r ON r.sr_ticket_number = f.ss_ticket_number AND r.sr_item_sk = f.ss_item_sk, date_dim AS t
    WHERE r.sr_return_amt > 100 AND f.ss_net_profit > 1 AND f.ss_net_paid > 0 AND f.ss_quantity > 0 AND t.d_date_sk = f.ss_sold_date_sk AND t.d_year = 2001
    GROUP BY f.ss_item_sk) AS ratios) AS s
WHERE s.pieces_place <= 10 OR s.money_place <= 10
ORDER BY 1, 4, 5, 2 LIMIT 100
-- D50 days between purchase and return, in buckets by shop
SELECT s.s_store_name, s.s_company_id, s.s_street_number, s.s_street_name, s.s_street_type, s.s_suite_number, s.s_city, s.s_county, s.s_state, s.s_zip,
  sum(CASE WHEN r.sr_returned_date_sk - f.ss_sold_date_sk <= 30 THEN 1 ELSE 0 END) AS d30,
  sum(CASE WHEN r.sr_returned_date_sk - f.ss_sold_date_sk > 30 AND r.sr_returned_date_sk - f.ss_sold_date_sk <= 60 THEN 1 ELSE 0 END) AS d60,
  sum(CASE WHEN r.sr_returned_date_sk - f.ss_sold_date_sk > 60 AND r.sr_returned_date_sk - f.ss_sold_date_sk <= 90 THEN 1 ELSE 0 END) AS d90,
  sum(CASE WHEN r.sr_returned_date_sk - f.ss_sold_date_sk > 90 AND r.sr_returned_date_sk - f.ss_sold_date_sk <= 120 THEN 1 ELSE 0 END) AS d120,
  sum(CASE WHEN r.sr_returned_date_sk - f.ss_sold_date_sk > 120 THEN 1 ELSE 0 END) AS later
FROM store_sales AS f, store_returns AS r, store AS s, date_dim AS t1, date_dim AS t2
WHERE t2.d_year = 2000 AND t2.d_moy BETWEEN 6 AND 8 AND r.sr_ticket_number = f.ss_ticket_number AND r.sr_item_sk = f.ss_item_sk AND t1.d_date_sk = f.ss_sold_date_sk
  AND t2.d_date_sk = r.sr_returned_date_sk AND r.sr_customer_sk = f.ss_customer_sk AND s.s_store_sk = f.ss_store_sk
GROUP BY s.s_store_name, s.s_company_id, s.s_street_number, s.s_street_name, s.s_street_type, s.s_suite_number, s.s_city, s.s_county, s.s_state, s.s_zip
ORDER BY s.s_store_name, s.s_company_id, s.s_street_number, s.s_street_name, s.s_street_type, s.s_suite_number, s.s_city, s.s_county, s.s_state, s.s_zip LIMIT 100
