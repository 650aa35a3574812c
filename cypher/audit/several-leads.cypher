/*
title: {zh: 多头牵头的任务, en: Tasks with several leads}
help:
  zh: 写明两个以上牵头单位的任务，逐个列出牵头单位和原文。
  en: Tasks led by two bodies or more, each with its sentence.
ask:
  zh: ["哪些任务有多个牵头单位", "多头牵头的任务", "牵头单位不唯一的任务", "哪些任务两个部门同时牵头", "不止一个牵头单位的任务", "哪些任务有两家牵头"]
  en: ["Which tasks have several leads?", "tasks with more than one lead", "tasks led by two departments", "tasks with two leads", "Do any tasks have several leading bodies?", "Which tasks are led by more than one body?"]
params:
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS]-(d:Department)
WHERE ($region = '' OR doc.region = $region) AND EXISTS { MATCH (t)<-[:LEADS]-(e:Department) WHERE e.id <> d.id }
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, d.id AS department_id,
       d.name AS department, doc.id AS document_id, doc.title AS document, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, department_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS]-(d:Department)
WHERE ($region = '' OR doc.region = $region) AND EXISTS { MATCH (t)<-[:LEADS]-(e:Department) WHERE e.id <> d.id }
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[:LEADS]-(d:Department)
WHERE $region = '' OR doc.region = $region
WITH t.id AS task_id, count(DISTINCT d.id) AS leads
RETURN coalesce(sum(CASE WHEN leads > 1 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
