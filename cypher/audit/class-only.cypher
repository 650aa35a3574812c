/*
title: {zh: 责任主体只有一类单位的任务, en: Tasks laid on a class of bodies only}
help:
  zh: 承担单位只写了“各镇、街道”“有关部门”一类统称、没有具体单位的任务。
  en: Tasks that name only a class of bodies (all towns, departments concerned) and no body in particular.
ask:
  zh: ["哪些任务只写了有关部门", "责任单位笼统的任务", "哪些任务没有具体单位只写各镇街道", "只写各乡镇街道没有具体单位的任务", "责任单位只写有关部门"]
  en: ["Which tasks name only a class of bodies?", "tasks with vague responsibility", "tasks assigned to departments concerned only", "tasks that only name departments concerned", "tasks with no specific body"]
params: {}
identity: [task_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE d.kind = 'collective'
  AND NOT EXISTS { MATCH (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(e:Department) WHERE e.kind <> 'collective' }
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, type(r) AS duty, d.id AS department_id,
       d.name AS department, doc.id AS document_id, doc.title AS document, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, duty, department_id, quote
LIMIT $row_limit;
// picture
MATCH (t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE d.kind = 'collective'
  AND NOT EXISTS { MATCH (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(e:Department) WHERE e.kind <> 'collective' }
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (x:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
WITH t.id AS task_id, count(DISTINCT x.id) AS bodies, count(DISTINCT CASE WHEN x.kind = 'collective' THEN x.id END) AS classes
RETURN coalesce(sum(CASE WHEN bodies = classes THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
