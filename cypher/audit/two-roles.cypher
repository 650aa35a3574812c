/*
title: {zh: 同一单位在同一任务中两种角色, en: A body in two roles for one task}
help:
  zh: 同一任务中既牵头又负责或配合的单位，可能是重复或笔误。
  en: Bodies named in more than one role for the same task; often a slip.
ask:
  zh: ["哪些单位在同一任务里既牵头又配合", "角色重复的单位", "同一任务中重复出现的部门", "哪些单位既是牵头又是配合", "同一任务里身份重复的单位"]
  en: ["Which bodies have two roles in one task?", "departments named twice for the same task", "bodies with two roles in the same task", "Who both leads and assists?"]
params:
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id, department_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE $region = '' OR doc.region = $region
MATCH (t)<-[x:LEADS|RESPONSIBLE_FOR|ASSISTS]-(e:Department)
WHERE e.id = d.id AND type(x) <> type(r)
RETURN DISTINCT t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, d.id AS department_id, d.name AS department,
       type(r) AS duty, doc.id AS document_id, doc.title AS document, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, department_id, duty, quote, rule
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE $region = '' OR doc.region = $region
MATCH (t)<-[x:LEADS|RESPONSIBLE_FOR|ASSISTS]-(e:Department)
WHERE e.id = d.id AND type(x) <> type(r)
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[x:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE $region = '' OR doc.region = $region
WITH t.id AS task_id, d.id AS department_id, count(DISTINCT type(x)) AS roles
RETURN coalesce(sum(CASE WHEN roles > 1 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
