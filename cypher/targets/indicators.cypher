/*
title: {zh: 考核指标, en: Indicators}
help:
  zh: 各文件中的指标及目标值、分值、承担单位，可按字词查找。
  en: Indicators of all documents with their values or scores and the bodies that carry them; words narrow the list.
ask:
  zh: ["有哪些考核指标", "{text}指标是多少", "{document}的指标体系", "考核分值怎么定", "{text}的目标值", "{document}里的考核指标和分值", "{text}要达到多少", "{document}有哪些指标", "指标有哪些"]
  en:
    - "Which indicators are there?"
    - "indicators about {text}"
    - "indicators with scores"
    - "indicators of {document}"
    - "What value is set for {text}?"
    - "indicators"
    - "figures on {text}"
    - "How high is the target for {text}?"
    - "What is the target for {text}?"
params:
  text: {type: Text, default: "", example: 床位, help: {zh: 指标中的字词, en: Words of the indicator}}
  document: {type: Document, default: "", example: 青政办发〔2024〕12号}
identity: [target_id, document_id]
sort: [document_id, position, target_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE ($document = '' OR doc.id = $document)
  AND ($text = '' OR x.indicator CONTAINS $text OR x.text CONTAINS $text)
WITH doc, t, x
ORDER BY doc.id, t.position, x.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR]->(t)
RETURN x.id AS target_id, x.indicator AS indicator, x.text AS target, x.comparator AS comparator, x.value AS amount,
       x.value_max AS amount_max, x.unit AS unit, x.year AS target_year, t.id AS task_id, t.title AS task, t.kind AS task_kind, t.position AS position,
       collect(DISTINCT d.name) AS departments, doc.id AS document_id, doc.title AS document,
       x.quote AS quote, x.evidence AS evidence, x.rule AS rule
UNION ALL
MATCH (doc:Document)-[r:SETS]->(x:Target)
WHERE ($document = '' OR doc.id = $document)
  AND ($text = '' OR x.indicator CONTAINS $text OR x.text CONTAINS $text)
WITH doc, x
ORDER BY doc.id, x.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:ISSUED]->(doc)
RETURN x.id AS target_id, x.indicator AS indicator, x.text AS target, x.comparator AS comparator, x.value AS amount,
       x.value_max AS amount_max, x.unit AS unit, x.year AS target_year, '' AS task_id, '' AS task, '' AS task_kind, 0 AS position,
       collect(DISTINCT d.name) AS departments, doc.id AS document_id, doc.title AS document,
       x.quote AS quote, x.evidence AS evidence, x.rule AS rule;
// picture
MATCH (a:Document|Task)-[r:SETS|ASSIGNS|AIMS_AT]->(b:Task|Target)
WHERE ($document = '' OR a.id = $document) AND type(r) = 'SETS'
  AND ($text = '' OR b.indicator CONTAINS $text OR b.text CONTAINS $text)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (a:Document|Task)-[r:SETS|ASSIGNS|AIMS_AT]->(b:Task|Target)
WHERE ($document = '' OR a.id = $document) AND type(r) = 'ASSIGNS'
  AND EXISTS { MATCH (b)-[:AIMS_AT]->(x:Target) WHERE ($text = '' OR x.indicator CONTAINS $text OR x.text CONTAINS $text) }
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (doc:Document)-[:ASSIGNS]->(a:Document|Task)
MATCH (a)-[r:SETS|ASSIGNS|AIMS_AT]->(b:Task|Target)
WHERE ($document = '' OR doc.id = $document) AND type(r) = 'AIMS_AT'
  AND ($text = '' OR b.indicator CONTAINS $text OR b.text CONTAINS $text)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:AIMS_AT]->(x:Target)
WHERE ($document = '' OR doc.id = $document)
  AND ($text = '' OR x.indicator CONTAINS $text OR x.text CONTAINS $text)
WITH count(*) AS own
OPTIONAL MATCH (doc:Document)-[r:SETS]->(x:Target)
WHERE ($document = '' OR doc.id = $document)
  AND ($text = '' OR x.indicator CONTAINS $text OR x.text CONTAINS $text)
WITH own, count(x) AS goals
RETURN own + goals AS total;
