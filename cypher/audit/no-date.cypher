/*
title: {zh: 没有时限的任务, en: Tasks without a date}
help:
  zh: 没有完成时限，目标也没有年份的任务。
  en: Tasks that have no deadline and whose targets have no year.
ask:
  zh: ["哪些任务没有时限", "没有完成时限的任务", "没写完成时间的任务", "{region}哪些任务没有期限", "哪些任务没写什么时候完成", "时限不明确的任务", "没有截止时间的任务有多少"]
  en: ["Which tasks have no deadline?", "tasks without a date", "tasks that lack a time limit", "tasks without deadline", "Which tasks do not say when they are due?", "tasks with no due date"]
params:
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id]
*/
// rows
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND coalesce(size(t.years), 0) = 0
  AND NOT EXISTS { MATCH (t)-[:DUE_IN]->(p:Period) }
  AND NOT EXISTS { MATCH (t)-[:AIMS_AT]->(x:Target) WHERE x.year IS NOT NULL }
WITH doc, r, t
ORDER BY doc.id, t.position, t.id, r.quote
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS]->(t)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, collect(DISTINCT d.name) AS leads,
       doc.id AS document_id, doc.title AS document, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND coalesce(size(t.years), 0) = 0
  AND NOT EXISTS { MATCH (t)-[:DUE_IN]->(p:Period) }
  AND NOT EXISTS { MATCH (t)-[:AIMS_AT]->(x:Target) WHERE x.year IS NOT NULL }
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE $region = '' OR doc.region = $region
WITH DISTINCT t
RETURN coalesce(sum(CASE WHEN coalesce(size(t.years), 0) = 0
                          AND NOT EXISTS { MATCH (t)-[:DUE_IN]->(p:Period) }
                          AND NOT EXISTS { MATCH (t)-[:AIMS_AT]->(x:Target) WHERE x.year IS NOT NULL }
                         THEN 1 ELSE 0 END), 0) AS failing,
       count(*) AS total;
