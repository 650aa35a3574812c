/*
title: {zh: 没有牵头单位的任务, en: Tasks nobody leads}
help:
  zh: 没有写明牵头单位的任务；其中已有责任单位的也列出责任单位。
  en: Tasks without a leading body; the responsible ones are listed where there are any.
ask:
  zh: ["哪些任务没有牵头单位", "没人牵头的任务", "哪些工作没有明确牵头部门", "{region}哪些任务无人牵头", "牵头单位缺失的任务", "哪些任务没写牵头单位", "牵头不明确的任务"]
  en:
    - "Which tasks have no lead?"
    - "tasks nobody leads"
    - "tasks without a leading department"
    - "Which tasks in {region} lack a lead?"
    - "tasks with no leading body"
    - "Who leads is unclear for which tasks?"
    - "Which tasks are led by nobody?"
params:
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id]
*/
// rows
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND NOT (t)<-[:LEADS]-(:Department)
WITH doc, r, t
ORDER BY doc.id, t.position, t.id, r.quote
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:RESPONSIBLE_FOR]->(t)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, collect(DISTINCT d.name) AS responsible,
       doc.id AS document_id, doc.title AS document, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND NOT (t)<-[:LEADS]-(:Department)
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE $region = '' OR doc.region = $region
OPTIONAL MATCH (d:Department)-[:LEADS]->(t)
WITH t.id AS task_id, count(d) AS leads
RETURN coalesce(sum(CASE WHEN leads = 0 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
