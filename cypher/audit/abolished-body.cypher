/*
title: {zh: 任务交给了已撤并的单位, en: Duties of bodies that no longer existed}
help:
  zh: 文件印发时已在机构改革中撤并或更名的单位仍承担任务。
  en: Duties given to a body in a document issued after a reform had replaced it.
ask:
  zh: ["哪些任务交给了已撤销的单位", "已撤并的部门还承担哪些任务", "文件里用了改革前名称的单位", "任务落在已经撤销的部门", "哪些任务的责任单位已经不存在"]
  en: ["Which duties were given to abolished bodies?", "bodies that no longer exist but still have tasks", "defunct departments with tasks", "tasks of abolished departments", "Which responsible bodies no longer exist?"]
params: {}
identity: [task_id, department_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
MATCH (d)-[s:SUCCEEDED_BY]->(n:Department)
WHERE s.year > 0 AND doc.issued_year > s.year
RETURN d.id AS department_id, d.name AS department, s.year AS succession_year, n.name AS new_department, type(r) AS duty,
       t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, doc.id AS document_id, doc.title AS document,
       doc.issued_on AS issued_on, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, department_id, duty, new_department, succession_year, quote, rule
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
MATCH (d)-[s:SUCCEEDED_BY]->(n:Department)
WHERE s.year > 0 AND doc.issued_year > s.year
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
ORDER BY source_id, target_id, rel_type
LIMIT $row_limit;
// count
MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
WITH DISTINCT t.id AS task_id, d.id AS department_id
WITH count(*) AS duties
OPTIONAL MATCH (n:Department)<-[s:SUCCEEDED_BY]-(old:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(u:Task)<-[:ASSIGNS]-(doc:Document)
WHERE s.year > 0 AND doc.issued_year > s.year
WITH DISTINCT duties, u.id AS task_id, old.id AS department_id
RETURN count(task_id) AS failing, max(duties) AS total;
