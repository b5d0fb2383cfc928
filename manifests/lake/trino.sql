-- SPDX-License-Identifier: Apache-2.0
-- The lake in Trino. Its table is Iceberg's own, so there are no columns to declare: name the catalog, and query.
-- With Glue (aqueduct.correction.catalog.type=glue), in Trino's etc/catalog/lake.properties:
--   connector.name=iceberg
--   iceberg.catalog.type=glue
-- With the catalog in PostgreSQL:
--   connector.name=iceberg
--   iceberg.catalog.type=jdbc
--   iceberg.jdbc-catalog.catalog-name=lake
--   iceberg.jdbc-catalog.driver-class=org.postgresql.Driver
--   iceberg.jdbc-catalog.connection-url=jdbc:postgresql://HOST:5432/aqueduct
--   iceberg.jdbc-catalog.default-warehouse-dir=s3://lake/warehouse
select site_id, date(event_time) as day, count(*) as requests, count_if(event_kind = 'page_view') as page_views,
       count(distinct if(not bot_is_bot, visitor_id)) as visitors
from lake.aqueduct.events
where event_time >= timestamp '2026-01-15 00:00:00 UTC' and event_time < timestamp '2026-01-16 00:00:00 UTC'
group by 1, 2;
