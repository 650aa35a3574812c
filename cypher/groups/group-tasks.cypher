/*
title: {zh: 领导小组的任务, en: Tasks of a leading group}
help:
  zh: 设立该领导小组的文件布置的任务，以及其中由成员单位承担的。
  en: Tasks of the document that sets up the group, and the bodies that carry them.
ask:
  zh: ["{leading_group}负责什么", "{leading_group}要推进哪些任务", "{leading_group}的职责", "{leading_group}有哪些工作任务", "{leading_group}要做什么", "{leading_group}的任务"]
  en: ["What does {leading_group} have to do?", "tasks of {leading_group}", "What is {leading_group} responsible for?", "Which tasks does {leading_group} have?", "duties of {leading_group}"]
params:
  leading_group: {type: LeadingGroup, example: 社会救助工作领导小组}
identity: [task_id, group_id]
*/
// rows
MATCH (g:LeadingGroup {id: $leading_group})<-[:ESTABLISHES]-(doc:Document)-[s:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT CASE WHEN type(r) = 'LEADS' THEN d.name END) AS leads,
       collect(DISTINCT CASE WHEN type(r) = 'RESPONSIBLE_FOR' THEN d.name END) AS responsible,
       g.id AS group_id, g.name AS leading_group, doc.id AS document_id, doc.title AS document, t.position AS position,
       s.quote AS quote, s.evidence AS evidence, s.rule AS rule
ORDER BY document_id, position, task_id, quote
LIMIT $row_limit;
// picture
MATCH (g:LeadingGroup {id: $leading_group})<-[:ESTABLISHES]-(doc:Document)
MATCH (doc)-[r:ESTABLISHES|ASSIGNS]->(b:LeadingGroup|Task)
WHERE type(r) = 'ASSIGNS' OR b.id = $leading_group
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
ORDER BY rel_type DESC, target_id
LIMIT $row_limit;
// count
MATCH (g:LeadingGroup {id: $leading_group})<-[:ESTABLISHES]-(doc:Document)-[:ASSIGNS]->(t:Task)
RETURN count(*) AS total;
