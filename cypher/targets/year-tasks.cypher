/*
title: {zh: 某年目标涉及的任务, en: Tasks that depend on a year's targets}
help:
  zh: 哪些任务自己写明了这一年的目标或时限（直接）,哪些任务所在的文件定有这一年的目标（经文件）,两类分开标明。
  en: Tasks that state a target or deadline for the year themselves (direct), and tasks of documents whose goals are set for that year (through the document), told apart.
ask:
  zh:
    - "哪些任务取决于{year}目标"
    - "{year}目标涉及哪些任务"
    - "{year}要完成哪些任务"
    - "与{year}目标有关的工作"
    - "到{year}要完成的任务"
    - "{department}{year}目标任务"
    - "{region}哪些任务要在{year}底前完成"
    - "{year}有哪些任务要完成"
    - "{year}目标靠哪些任务来完成"
    - "支撑{year}目标的任务"
  en:
    - "Which tasks depend on the {year} targets?"
    - "tasks with {year} targets"
    - "What has to be done by {year}?"
    - "tasks due in {year}"
    - "Which tasks of {department} depend on {year} targets?"
    - "Which tasks must be finished by the end of {year}?"
    - "tasks that depend on {year}"
    - "What needs to be finished in {year}?"
    - "tasks to complete by {year}"
    - "tasks that contribute to the {year} goals"
params:
  year: {type: Year, example: 2025}
  department: {type: Department, default: "", example: 青禾县民政局}
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id, document_id]
sort: [via, document_id, position, task_id, target_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE x.year = $year AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH doc, t, r, x
ORDER BY doc.id, t.position, t.id, x.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
RETURN 'target' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT d.name) AS departments, x.id AS target_id, collect(DISTINCT x.text) AS targets, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:DUE_IN]->(p:Period)
WHERE left(p.ends_on, 4) = $year_text AND ($region = '' OR doc.region = $region)
  AND NOT EXISTS { MATCH (t)-[:AIMS_AT]->(x:Target) WHERE x.year = $year }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH doc, t, r, p
ORDER BY doc.id, t.position, t.id, p.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
RETURN 'deadline' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT d.name) AS departments, p.id AS target_id, collect(DISTINCT p.label) AS targets, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND EXISTS { MATCH (doc)-[:SETS]->(x:Target) WHERE x.year = $year }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH doc, t, r
ORDER BY doc.id, t.position, t.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
OPTIONAL MATCH (doc)-[:SETS]->(x:Target)
WHERE x.year = $year
RETURN 'document' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT d.name) AS departments, '' AS target_id, collect(DISTINCT x.text) AS targets, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(a:Document|Task)
MATCH (a)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE type(r) = 'AIMS_AT' AND b.year = $year AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(a) WHERE o.id = $department })
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (doc:Document)-[:ASSIGNS]->(a:Document|Task)
MATCH (a)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE type(r) = 'DUE_IN' AND left(b.ends_on, 4) = $year_text AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(a) WHERE o.id = $department })
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE type(r) = 'SETS' AND b.year = $year AND ($region = '' OR a.region = $region)
  AND EXISTS { MATCH (a)-[:ASSIGNS]->(t:Task) WHERE ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department }) }
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|DUE_IN|SETS]->(b:Task|Target|Period)
WHERE type(r) = 'ASSIGNS' AND ($region = '' OR a.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(b) WHERE o.id = $department })
  AND (EXISTS { MATCH (b)-[:AIMS_AT]->(x:Target) WHERE x.year = $year }
       OR EXISTS { MATCH (b)-[:DUE_IN]->(p:Period) WHERE left(p.ends_on, 4) = $year_text }
       OR EXISTS { MATCH (a)-[:SETS]->(y:Target) WHERE y.year = $year })
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE x.year = $year AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH count(*) AS direct
OPTIONAL MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:DUE_IN]->(p:Period)
WHERE left(p.ends_on, 4) = $year_text AND ($region = '' OR doc.region = $region)
  AND NOT EXISTS { MATCH (t)-[:AIMS_AT]->(x:Target) WHERE x.year = $year }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH direct, count(p) AS deadlines
OPTIONAL MATCH (doc:Document)-[r:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND EXISTS { MATCH (doc)-[:SETS]->(x:Target) WHERE x.year = $year }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH direct, deadlines, count(t) AS through
RETURN direct + deadlines + through AS total;
