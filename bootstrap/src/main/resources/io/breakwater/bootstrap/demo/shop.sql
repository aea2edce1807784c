-- The sample database of `breakwater demo`: a shop with about 100,000 rows, the same ones every time. Values that look
-- random are computed from the number of the row. A line "-- step: …" begins a step that the progress bar names.

-- step: creating roles and tables
CREATE ROLE breakwater_reader LOGIN;
CREATE ROLE breakwater_store LOGIN;
REVOKE ALL ON DATABASE shop FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE shop TO breakwater_reader, breakwater_store;
GRANT CREATE ON DATABASE shop TO breakwater_store;
CREATE SCHEMA shop;
COMMENT ON SCHEMA shop IS 'A mail-order shop for coffee, tea and accessories.';

CREATE TABLE shop.categories (
  id integer PRIMARY KEY,
  name text NOT NULL UNIQUE
);
COMMENT ON TABLE shop.categories IS 'The categories of the products.';

CREATE TABLE shop.products (
  id integer PRIMARY KEY,
  sku text NOT NULL UNIQUE,
  name text NOT NULL,
  category_id integer NOT NULL REFERENCES shop.categories (id),
  price numeric(10, 2) NOT NULL CHECK (price > 0),
  stock integer NOT NULL DEFAULT 0 CHECK (stock >= 0),
  attributes jsonb NOT NULL DEFAULT '{}',
  discontinued boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE shop.products IS 'All products, including discontinued ones.';
COMMENT ON COLUMN shop.products.sku IS 'Stock keeping unit, as printed on the shelf.';
COMMENT ON COLUMN shop.products.price IS 'Current price of one piece in euros, value-added tax included.';

CREATE TABLE shop.customers (
  id integer PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  city text NOT NULL,
  country text NOT NULL,
  joined_on date NOT NULL
);
COMMENT ON TABLE shop.customers IS 'Customers, with and without orders. All of them are fictitious.';

CREATE TABLE shop.orders (
  id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES shop.customers (id),
  ordered_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('paid', 'shipped', 'delivered', 'returned', 'cancelled'))
);
COMMENT ON TABLE shop.orders IS 'Orders; their items are in order_items.';

CREATE TABLE shop.order_items (
  order_id integer NOT NULL REFERENCES shop.orders (id),
  line integer NOT NULL,
  product_id integer NOT NULL REFERENCES shop.products (id),
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price numeric(10, 2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
COMMENT ON COLUMN shop.order_items.unit_price IS 'Price of one piece on the day of the order.';

CREATE TABLE shop.reviews (
  id integer PRIMARY KEY,
  product_id integer NOT NULL REFERENCES shop.products (id),
  customer_id integer NOT NULL REFERENCES shop.customers (id),
  stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body text,
  written_at timestamptz NOT NULL
);

-- step: 12 categories, 600 products
INSERT INTO shop.categories (id, name)
SELECT number, name
FROM unnest(ARRAY['Espresso', 'Filter coffee', 'Decaf', 'Green tea', 'Black tea', 'Herbal tea',
                  'Grinders', 'Kettles', 'Cups', 'Brewers', 'Scales', 'Books']) WITH ORDINALITY AS kind (name, number);

INSERT INTO shop.products (id, sku, name, category_id, price, stock, attributes, discontinued)
SELECT n,
       'P-' || lpad(n::text, 4, '0'),
       (ARRAY['Harbour', 'Summit', 'Meadow', 'Lantern', 'Copper', 'Velvet', 'Morning', 'Juniper', 'Atlas', 'Willow'])[1 + n % 10]
         || ' ' || (ARRAY['Classic', 'Reserve', 'No. ' || n, 'Small', 'Large', 'Organic'])[1 + n / 10 % 6],
       1 + n % 12,
       round((3 + n * 7919 % 9000 / 100.0)::numeric, 2),
       n * 104729 % 400,
       jsonb_build_object('weight_g', 100 + n * 31 % 1900, 'origin',
         (ARRAY['Ethiopia', 'Brazil', 'Japan', 'India', 'Colombia', 'Portugal'])[1 + n % 6], 'fair_trade', n % 3 = 0),
       n % 41 = 0
FROM generate_series(1, 600) AS n;

-- step: 8,000 customers
INSERT INTO shop.customers (id, name, email, city, country, joined_on)
SELECT n,
       first_name || ' ' || last_name,
       lower(first_name) || '.' || lower(last_name) || '.' || n || '@example.com',
       (ARRAY['Lisbon', 'Hamburg', 'Lyon', 'Turin', 'Ghent', 'Bergen', 'Gdansk', 'Graz'])[1 + n % 8],
       (ARRAY['PT', 'DE', 'FR', 'IT', 'BE', 'NO', 'PL', 'AT'])[1 + n % 8],
       date '2022-01-01' + n * 7907 % 1400
FROM generate_series(1, 8000) AS n,
     LATERAL (SELECT (ARRAY['Ana', 'Jonas', 'Mia', 'Luca', 'Nora', 'Emil', 'Zofia', 'Max', 'Ines', 'Theo'])[1 + n * 13 % 10],
                     (ARRAY['Silva', 'Weber', 'Martin', 'Rossi', 'Peeters', 'Hansen', 'Nowak', 'Gruber', 'Costa'])[1 + n * 17 % 9])
       AS person (first_name, last_name);

-- step: 24,000 orders
INSERT INTO shop.orders (id, customer_id, ordered_at, status)
SELECT n,
       1 + (n::bigint * n * 31 + n * 7) % 8000,
       timestamptz '2023-01-01 08:00:00+00' + n * interval '61 minutes' + n * 37 % 59 * interval '1 minute',
       CASE WHEN n % 29 = 0 THEN 'cancelled' WHEN n % 23 = 0 THEN 'returned'
            WHEN n > 23800 THEN 'paid' WHEN n > 23500 THEN 'shipped' ELSE 'delivered' END
FROM generate_series(1, 24000) AS n;

-- step: 60,000 items
INSERT INTO shop.order_items (order_id, line, product_id, quantity, unit_price)
SELECT o, line, product.id, 1 + (o + line) % 3, product.price
FROM generate_series(1, 24000) AS o
     CROSS JOIN LATERAL generate_series(1, 1 + o % 4) AS line
     JOIN shop.products AS product ON product.id = 1 + (o::bigint * 7919 + line * 104729) % 600;

-- step: 9,000 reviews
INSERT INTO shop.reviews (id, product_id, customer_id, stars, body, written_at)
SELECT n, 1 + n * 271 % 600, 1 + n * 911 % 8000,
       (ARRAY[5, 5, 5, 4, 4, 4, 3, 3, 2, 1, 5])[1 + n * 7 % 11],
       CASE WHEN n % 3 <> 0 THEN
         (ARRAY['Just as described.', 'Would buy it again.', 'Came late, but well packed.', 'Not for me.',
                'The best I ever had.', 'Fine for the price.'])[1 + n % 6] END,
       timestamptz '2023-03-01 12:00:00+00' + n * interval '157 minutes'
FROM generate_series(1, 9000) AS n;

-- step: indexes, a view, privileges
CREATE INDEX orders_customer ON shop.orders (customer_id);
CREATE INDEX orders_ordered_at ON shop.orders (ordered_at);
CREATE INDEX order_items_product ON shop.order_items (product_id);
CREATE INDEX reviews_product ON shop.reviews (product_id);
CREATE VIEW shop.monthly_sales AS
SELECT date_trunc('month', o.ordered_at AT TIME ZONE 'UTC')::date AS month, c.name AS category,
       count(DISTINCT o.id) AS orders, sum(i.quantity * i.unit_price) AS revenue
FROM shop.orders AS o
     JOIN shop.order_items AS i ON i.order_id = o.id
     JOIN shop.products AS p ON p.id = i.product_id
     JOIN shop.categories AS c ON c.id = p.category_id
WHERE o.status NOT IN ('cancelled', 'returned')
GROUP BY 1, 2;
COMMENT ON VIEW shop.monthly_sales IS 'Revenue by month and category, without cancelled and returned orders.';
GRANT USAGE ON SCHEMA shop TO breakwater_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO breakwater_reader;
ALTER ROLE breakwater_reader SET search_path = shop;
ANALYZE;
