/*
title: {zh: 从政策到人, en: From a policy to the people}
help:
  zh: 一份上级文件经哪些下级文件、任务、单位落到哪些人头上，逐级列出。
  en: How a policy reaches people, through lower documents, tasks and bodies, one line per way.
ask:
  zh: ["{document}最终由谁负责落实", "{document}落实到人", "{document}的责任链条", "从{document}到具体责任人", "{document}的责任传导", "谁对{document}的落实负责", "{document}最后落到谁头上", "追溯{document}到具体责任人", "{document}由哪些人负责"]
  en:
    - "Who finally answers for {document}?"
    - "accountability chain of {document}"
    - "From {document} to the people in charge"
    - "Who is accountable for carrying out {document}?"
    - "Who is finally responsible for {document}?"
    - "trace {document} down to people"
    - "Which people answer for {document}?"
    - "chain from {document} to persons"
params:
  document: {type: Document, example: 岚政发〔2022〕6号}
identity: [document_id, task_id, department_id]
*/
// rows
MATCH (top:Document {id: $document})<-[:CITES*0..4]-(doc:Document)
WITH DISTINCT doc, coalesce(doc.issued_on, '') AS day
MATCH (doc)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR]-(d:Department)
OPTIONAL MATCH (p:Person)-[h:HOLDS_POST]->(d)
WHERE coalesce(h.until_date, '9999') > day
RETURN doc.level AS level, doc.region AS region, doc.id AS document_id, doc.title AS document, t.id AS task_id,
       t.number AS task_number, coalesce(t.title, t.text) AS task, type(r) AS duty, d.id AS department_id, d.name AS department,
       p.id AS person_id, p.name AS person, h.title AS post, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY document_id, position, task_id, duty, department_id, person_id, post, quote
LIMIT $row_limit;
// picture
MATCH (top:Document {id: $document})<-[:CITES*0..4]-(doc:Document)-[:ASSIGNS]->(t:Task)
WHERE (t)<-[:LEADS|RESPONSIBLE_FOR]-(:Department)
WITH DISTINCT t
MATCH (t)<-[r:ASSIGNS|LEADS|RESPONSIBLE_FOR]-(a:Document|Department)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (top:Document {id: $document})<-[:CITES*0..4]-(doc:Document)
WITH DISTINCT doc, coalesce(doc.issued_on, '') AS day
MATCH (doc)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR]-(d:Department)
OPTIONAL MATCH (p:Person)-[h:HOLDS_POST]->(d)
WHERE coalesce(h.until_date, '9999') > day
RETURN count(*) AS total;
