/*
title: {zh: 某年目标涉及的任务, en: Tasks that depend on a year's targets}
help:
  zh: 哪些任务自己写明了这一年的目标或时限(直接),哪些任务所在的文件定有这一年的目标(经文件),两类分开标明。
  en: Tasks that state a target or deadline for the year themselves (direct), and tasks of documents whose goals are set for that year (through the document), told apart.
ask:
  zh: ["哪些任务取决于{year}目标", "{year}目标涉及哪些任务", "{year}要完成哪些任务", "与{year}目标有关的工作", "到{year}要完成的任务", "{department}{year}目标任务", "{region}哪些任务要在{year}底前完成", "{year}有哪些任务要完成"]
  en: ["Which tasks depend on the {year} targets?", "tasks with {year} targets", "What has to be done by {year}?", "tasks due in {year}", "Which tasks of {department} depend on {year} targets?", "Which tasks must be finished by the end of {year}?"]
params:
  year: {type: Year, example: 2025}
  department: {type: Department, default: "", example: 青禾县民政局}
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id, document_id]
sort: [via, document_id, position, task_id, targets]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE x.year = $year AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH doc, t, r, x, collect(DISTINCT d.id) AS ids, collect(DISTINCT d.name) AS departments
WHERE $department = '' OR $department IN ids
RETURN 'target' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, departments AS departments,
       collect(DISTINCT x.text) AS targets, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:DUE_IN]->(p:Period)
WHERE left(p.ends_on, 4) = $year_text AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (t)-[:AIMS_AT]->(x:Target)
WITH doc, t, r, p, sum(CASE WHEN x.year = $year THEN 1 ELSE 0 END) AS stated
WHERE coalesce(stated, 0) = 0
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH doc, t, r, p, collect(DISTINCT d.id) AS ids, collect(DISTINCT d.name) AS departments
WHERE $department = '' OR $department IN ids
RETURN 'deadline' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, departments AS departments,
       collect(DISTINCT p.label) AS targets, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (doc:Document)-[:SETS]->(x:Target)
WHERE x.year = $year AND ($region = '' OR doc.region = $region)
WITH doc, collect(DISTINCT x.text) AS targets
MATCH (doc)-[r:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH doc, t, r, targets, collect(DISTINCT d.id) AS ids, collect(DISTINCT d.name) AS departments
WHERE $department = '' OR $department IN ids
RETURN 'document' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, departments AS departments,
       targets AS targets, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(x:Target)
WHERE x.year = $year AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department {id: $department})-[y:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH t.id AS task_id, x.id AS target_id, count(y) AS own
WHERE $department = '' OR own > 0
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE (type(r) = 'ASSIGNS' AND b.id = task_id) OR (type(r) = 'AIMS_AT' AND a.id = task_id AND b.id = target_id)
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
UNION
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[:DUE_IN]->(p:Period)
WHERE left(p.ends_on, 4) = $year_text AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department {id: $department})-[y:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH t.id AS task_id, p.id AS period_id, count(y) AS own
WHERE $department = '' OR own > 0
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE (type(r) = 'ASSIGNS' AND b.id = task_id) OR (type(r) = 'DUE_IN' AND a.id = task_id AND b.id = period_id)
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
UNION
MATCH (doc:Document)-[:SETS]->(x:Target)
WHERE x.year = $year AND ($region = '' OR doc.region = $region)
MATCH (doc)-[:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d:Department {id: $department})-[y:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WITH doc.id AS document_id, t.id AS task_id, x.id AS target_id, count(y) AS own
WHERE $department = '' OR own > 0
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE (type(r) = 'ASSIGNS' AND b.id = task_id) OR (type(r) = 'SETS' AND a.id = document_id AND b.id = target_id)
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties;
