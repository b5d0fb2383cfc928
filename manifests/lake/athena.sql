-- SPDX-License-Identifier: Apache-2.0
-- The lake in Athena: with aqueduct.correction.catalog.type=glue the table is in Glue's database "aqueduct" and is read as it is.
select site_id, date(event_time) as day, count(*) as requests, count_if(event_kind = 'page_view') as page_views,
       count(distinct if(not bot_is_bot, visitor_id)) as visitors
from aqueduct.events
where event_time >= timestamp '2026-01-15 00:00:00 UTC' and event_time < timestamp '2026-01-16 00:00:00 UTC'
group by 1, 2;
