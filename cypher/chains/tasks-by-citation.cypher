/*
title: {zh: 落实某文件的任务, en: Tasks that carry out a policy}
help:
  zh: 引用某一文件的文件布置的任务（经文件）,以及任务本身引用该文件的（直接）,附牵头单位。
  en: Tasks of documents that cite a policy (through the document) and tasks that cite it themselves (direct), with their leads.
ask:
  zh: ["哪些任务是为了落实{document}", "{document}落实到哪些任务", "依据{document}布置了哪些任务", "贯彻{document}的任务有哪些", "哪些部门在落实{document}", "为贯彻{document}安排了哪些任务", "根据{document}要做的任务", "哪些任务是为了贯彻{document}"]
  en:
    - "Which tasks carry out {document}?"
    - "tasks based on {document}"
    - "tasks that stem from {document}"
    - "tasks that implement {document}"
    - "Which departments carry out {document}?"
    - "tasks under documents that cite {document}"
    - "tasks that carry out {document}"
    - "Which tasks put {document} into effect?"
    - "Which tasks come from {document}?"
    - "tasks implementing {document}"
params:
  document: {type: Document, example: 岚政发〔2022〕6号}
identity: [task_id, document_id]
sort: [via, document_id, position, task_id, quote]
*/
// rows
MATCH (c:Document {id: $document})<-[r:CITES]-(t:Task)<-[:ASSIGNS]-(doc:Document)
OPTIONAL MATCH (d:Department)-[x:LEADS|RESPONSIBLE_FOR]->(t)
RETURN 'task' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT CASE WHEN type(x) = 'LEADS' THEN d.name END) AS leads,
       collect(DISTINCT CASE WHEN type(x) = 'RESPONSIBLE_FOR' THEN d.name END) AS responsible,
       doc.id AS document_id, doc.title AS document, doc.level AS level, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (c:Document {id: $document})<-[:CITES]-(doc:Document)-[r:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d:Department)-[x:LEADS|RESPONSIBLE_FOR]->(t)
RETURN 'document' AS via, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT CASE WHEN type(x) = 'LEADS' THEN d.name END) AS leads,
       collect(DISTINCT CASE WHEN type(x) = 'RESPONSIBLE_FOR' THEN d.name END) AS responsible,
       doc.id AS document_id, doc.title AS document, doc.level AS level, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (c:Document {id: $document})<-[:CITES]-(a:Document|Task)
MATCH (a)-[r:CITES|ASSIGNS]->(b:Document|Task)
WHERE type(r) = 'ASSIGNS' OR b.id = $document
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (c:Document {id: $document})<-[:CITES]-(b:Document|Task)
MATCH (b)<-[r:CITES|ASSIGNS]-(a:Document|Task)
WHERE type(r) = 'ASSIGNS'
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
