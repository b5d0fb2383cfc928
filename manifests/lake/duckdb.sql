-- SPDX-License-Identifier: Apache-2.0
-- The lake in DuckDB, without its Iceberg extension: the files that the table consists of now, as ./aqueduct export lists them
-- or Iceberg's metadata names them. Before this file:  set variable live_files = ['.../a.parquet', '.../b.parquet'];
-- With the extension, put iceberg_scan('<warehouse>/aqueduct/events/metadata/<newest>.metadata.json') in the place of read_parquet(...).
create or replace view events as
  select * from read_parquet(getvariable('live_files'), union_by_name = true);

-- Requests, page views and exact visitors of people, by site and UTC day.
create or replace view site_days as
  select site_id,
         (event_time at time zone 'UTC')::date as day,
         count(*) as requests,
         count(*) filter (event_kind = 'page_view') as page_views,
         count(distinct visitor_id) filter (not bot_is_bot) as visitors,
         sum(http_response_size) as bytes_sent
  from events
  group by all;

-- Where every event came from: the raw file and its line.
create or replace view sources as
  select source_file, file_id, count(*) as events, min(line) as first_line, max(line) as last_line, min(event_time) as first_event, max(event_time) as last_event
  from events
  group by all;
