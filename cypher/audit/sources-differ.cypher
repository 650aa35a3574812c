/*
title: {zh: 两个来源不一致, en: Sources that disagree}
help:
  zh: 同一文件有几个来源（如公报和网页）,其中一个来源没有写的责任。
  en: Duties that one source of a document states and another source of the same document does not.
ask:
  zh: ["哪些来源不一致", "公报和网页有什么不同", "同一文件不同来源有哪些差异", "两个来源哪里对不上", "同一份文件两个版本哪里不同", "不同来源说法不一致", "公报和网站不一样的地方"]
  en:
    - "Where do sources disagree?"
    - "differences between sources of the same document"
    - "duties only one source states"
    - "Where do two copies of a document differ?"
    - "discrepancies between the gazette and the website"
    - "Which sources contradict each other?"
params: {}
identity: [task_id, department_id, source_id]
*/
// rows
MATCH (x:Source)-[:CARRIES]->(doc:Document)
WITH doc, count(DISTINCT x.id) AS sources
WHERE sources > 1
MATCH (s:Source)-[:CARRIES]->(doc)
MATCH (doc)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE none(e IN r.evidence WHERE e STARTS WITH s.id)
RETURN doc.id AS document_id, doc.title AS document, s.id AS source_id, s.name AS silent_source, t.id AS task_id,
       t.number AS task_number, coalesce(t.title, t.text) AS task, type(r) AS duty, d.id AS department_id, d.name AS department,
       t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, duty, department_id, source_id, quote
LIMIT $row_limit;
// picture
MATCH (x:Source)-[:CARRIES]->(doc:Document)
WITH doc, count(DISTINCT x.id) AS sources
WHERE sources > 1
MATCH (s:Source)-[:CARRIES]->(doc)
MATCH (doc)-[:ASSIGNS]->(b:Document|Task)
WITH s, b
MATCH (b)<-[r:CARRIES|LEADS|RESPONSIBLE_FOR|ASSISTS]-(a:Source|Department)
WHERE type(r) <> 'CARRIES' AND none(e IN r.evidence WHERE e STARTS WITH s.id)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (x:Source)-[:CARRIES]->(b:Document|Task)
WITH b, count(DISTINCT x.id) AS sources
WHERE sources > 1
MATCH (b)<-[r:CARRIES|LEADS|RESPONSIBLE_FOR|ASSISTS]-(a:Source|Department)
MATCH (b)-[:ASSIGNS]->(t:Task)<-[y:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE type(r) = 'CARRIES' AND none(e IN y.evidence WHERE e STARTS WITH a.id)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
// count
MATCH (x:Source)-[:CARRIES]->(doc:Document)
WITH doc, count(DISTINCT x.id) AS sources
WHERE sources > 1
MATCH (s:Source)-[:CARRIES]->(doc)
MATCH (doc)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WITH t.id AS task_id, d.id AS department_id, s.id AS source_id,
     sum(CASE WHEN none(e IN r.evidence WHERE e STARTS WITH s.id) THEN 1 ELSE 0 END) AS silent
RETURN coalesce(sum(CASE WHEN silent > 0 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
