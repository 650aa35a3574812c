/*
title: {zh: 某年的目标, en: Targets of a year}
help:
  zh: 任务和文件为某年定下的数量目标，附数值、单位、牵头和责任单位及原文；可选部门或地区。
  en: Quantities to be reached in a year, set by tasks and by documents, with value, unit, lead and responsible bodies and the sentence.
ask:
  zh:
    - "{year}有哪些目标"
    - "{year}目标值是多少"
    - "{year}的指标有哪些"
    - "{department}{year}有哪些指标"
    - "{department}要达到什么目标"
    - "{region}{year}发展目标"
    - "{department}有哪些量化指标"
    - "{year}要达到多少"
    - "{year}的量化目标"
    - "{year}要实现什么目标"
    - "{department}{year}的目标"
    - "到{year}要达到什么目标"
  en:
    - "What are the {year} targets?"
    - "targets for {year}"
    - "figures to reach in {year}"
    - "What targets does {department} have?"
    - "Which targets must {department} meet in {year}?"
    - "goals of {region} for {year}"
    - "Which goals were set for {year}?"
    - "targets of {department} for {year}"
    - "What should be reached by {year}?"
    - "quantified targets for {year}"
    - "{year} targets of {region}"
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
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR]->(t) WHERE o.id = $department })
WITH doc, t, r, x
ORDER BY x.year, doc.id, t.position, x.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR]->(t)
RETURN 'task' AS via, x.year AS target_year, x.id AS target_id, x.text AS target, x.indicator AS indicator,
       x.comparator AS comparator, x.value AS amount, x.value_max AS amount_max, x.unit AS unit,
       collect(DISTINCT d.name) AS departments, t.id AS task_id, t.title AS task, t.position AS position,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (doc:Document)-[r:SETS]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:ISSUED]->(doc) WHERE o.id = $department })
WITH doc, r, x
ORDER BY x.year, doc.id, x.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:ISSUED]->(doc)
RETURN 'document' AS via, x.year AS target_year, x.id AS target_id, x.text AS target, x.indicator AS indicator,
       x.comparator AS comparator, x.value AS amount, x.value_max AS amount_max, x.unit AS unit,
       collect(DISTINCT d.name) AS departments, '' AS task_id, '' AS task, 0 AS position,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(a:Document|Task)
MATCH (a)-[r:ASSIGNS|AIMS_AT|SETS]->(b:Task|Target)
WHERE type(r) = 'AIMS_AT' AND ($year = 0 OR b.year = $year) AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR]->(a) WHERE o.id = $department })
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|SETS]->(b:Task|Target)
WHERE type(r) = 'ASSIGNS' AND ($region = '' OR a.region = $region)
  AND EXISTS { MATCH (b)-[:AIMS_AT]->(x:Target) WHERE $year = 0 OR x.year = $year }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR]->(b) WHERE o.id = $department })
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (a:Document|Task)-[r:ASSIGNS|AIMS_AT|SETS]->(b:Task|Target)
WHERE type(r) = 'SETS' AND ($year = 0 OR b.year = $year) AND ($region = '' OR a.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:ISSUED]->(a) WHERE o.id = $department })
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR]->(t) WHERE o.id = $department })
WITH count(*) AS own
OPTIONAL MATCH (doc:Document)-[r:SETS]->(x:Target)
WHERE ($year = 0 OR x.year = $year) AND ($region = '' OR doc.region = $region)
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:ISSUED]->(doc) WHERE o.id = $department })
WITH own, count(x) AS goals
RETURN own + goals AS total;
