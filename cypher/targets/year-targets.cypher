/*
title: {zh: 某年的目标, en: Targets of a year}
help:
  zh: 任务和文件为某年定下的数量目标,附数值、单位、牵头和责任单位及原文;可选部门或地区。
  en: Quantities to be reached in a year, set by tasks and by documents, with value, unit, lead and responsible bodies and the sentence.
ask:
  zh: ["{year}有哪些目标", "{year}目标值是多少", "{year}的指标有哪些", "{department}{year}有哪些指标", "{department}要达到什么目标", "{region}{year}发展目标", "{department}有哪些量化指标", "{year}要达到多少"]
  en: ["What are the {year} targets?", "targets for {year}", "figures to reach in {year}", "What targets does {department} have?", "Which targets must {department} meet in {year}?", "goals of {region} for {year}"]
params:
  year: {type: Year, default: 0, example: 2025}
  department: {type: Department, default: "", example: 青禾县民政局}
  region: {type: Region, default: "", example: 青禾县}
identity: [target_id, document_id]
sort: [target_year, document_id, via, position, target_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR]->(t)
WITH doc, t, r, x, collect(DISTINCT d.id) AS ids, collect(DISTINCT d.name) AS departments
WHERE $department = '' OR $department IN ids
RETURN 'task' AS via, x.year AS target_year, x.id AS target_id, x.text AS target, x.indicator AS indicator,
       x.comparator AS comparator, x.value AS amount, x.value_max AS amount_max, x.unit AS unit,
       departments AS departments, t.id AS task_id, t.title AS task, t.position AS position,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (doc:Document)-[r:SETS]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department)-[:ISSUED]->(doc)
WITH doc, r, x, collect(DISTINCT d.id) AS ids, collect(DISTINCT d.name) AS departments
WHERE $department = '' OR $department IN ids
RETURN 'document' AS via, x.year AS target_year, x.id AS target_id, x.text AS target, x.indicator AS indicator,
       x.comparator AS comparator, x.value AS amount, x.value_max AS amount_max, x.unit AS unit,
       departments AS departments, '' AS task_id, '' AS task, 0 AS position,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[:AIMS_AT]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department {id: $department})-[y:LEADS|RESPONSIBLE_FOR]->(t)
WITH t.id AS task_id, x.id AS target_id, count(y) AS own
WHERE $department = '' OR own > 0
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|SETS]->(b:Task|Target)
WHERE (type(r) = 'ASSIGNS' AND b.id = task_id) OR (type(r) = 'AIMS_AT' AND a.id = task_id AND b.id = target_id)
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
UNION
MATCH (doc:Document)-[:SETS]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
OPTIONAL MATCH (d:Department {id: $department})-[y:ISSUED]->(doc)
WITH doc.id AS document_id, x.id AS target_id, count(y) AS own
WHERE $department = '' OR own > 0
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|SETS]->(b:Task|Target)
WHERE type(r) = 'SETS' AND a.id = document_id AND b.id = target_id
RETURN DISTINCT a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties;
