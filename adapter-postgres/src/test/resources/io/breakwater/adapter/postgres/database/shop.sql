CREATE TABLE customer (id int PRIMARY KEY, name text, city text, manager int);
INSERT INTO customer VALUES (1, 'Ann', 'Oslo', NULL), (2, 'Bob', 'Bergen', 1), (3, 'Cyd', 'Oslo', 2);
CREATE TABLE sale (
  id int PRIMARY KEY, customer int REFERENCES customer, placed timestamptz, total numeric(10,2), status text,
  tags text[], doc jsonb);
INSERT INTO sale VALUES
  (1, 1, '2026-01-05 10:00Z', 10.00, 'paid', '{red,blue}', '{"lines":[{"sku":"a","n":2},{"sku":"b","n":1}],"gift":true}'),
  (2, 1, '2026-01-20 11:30Z', 25.50, 'paid', '{red}', '{"lines":[{"sku":"a","n":1}]}'),
  (3, 2, '2026-02-03 09:15Z', 99.99, 'open', '{}', '{"lines":[],"note":"call; then ship"}'),
  (4, 3, '2026-02-14 16:45Z', 10.00, 'void', NULL, '{"gift":false}');
CREATE TABLE article (id int, title text, body text);
INSERT INTO article VALUES (1, 'Breakwaters', 'A breakwater protects the harbour from waves'),
  (2, 'Lighthouses', 'Lights guide the ships at night');
CREATE VIEW paid AS SELECT customer, sum(total) AS total FROM sale WHERE status = 'paid' GROUP BY customer;
CREATE MATERIALIZED VIEW by_status AS SELECT status, count(*) AS n FROM sale GROUP BY status;
-- never called: the column of that name wins
CREATE FUNCTION title(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
