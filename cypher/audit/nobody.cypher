/*
title: {zh: 没有任何责任单位的任务, en: Tasks that name nobody}
help:
  zh: 没有写明牵头、责任、配合单位，也没有点名责任人的任务。
  en: Tasks for which no body and no person is named at all.
ask:
  zh: ["哪些任务没有责任单位", "没有明确责任主体的任务", "没人负责的任务", "哪些任务没写谁负责", "哪些任务没人管", "没有任何责任单位的任务", "任务没有责任主体"]
  en: ["Which tasks name nobody?", "tasks without any responsible body", "tasks no one is responsible for", "Which tasks have no responsible body?", "tasks that nobody has to do"]
params:
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id]
*/
// rows
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region)
  AND NOT (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(:Department) AND NOT (t)<-[:ANSWERS_FOR]-(:Person)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, doc.id AS document_id, doc.title AS document,
       t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, quote, rule
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region)
  AND NOT (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(:Department) AND NOT (t)<-[:ANSWERS_FOR]-(:Person)
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE $region = '' OR doc.region = $region
OPTIONAL MATCH (d:Department|Person)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS|ANSWERS_FOR]->(t)
WITH t.id AS task_id, count(r) AS duties
RETURN coalesce(sum(CASE WHEN duties = 0 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
