/*
title: {zh: 没有任务的领导小组, en: Groups without tasks}
help:
  zh: 设立文件没有布置任何任务的领导小组。
  en: Leading groups whose document assigns no task.
ask:
  zh: ["哪些领导小组没有任务", "只挂名没有任务的领导小组", "没有工作任务的议事协调机构", "哪些小组没有任务"]
  en: ["Which leading groups have no tasks?", "groups without tasks", "leading groups that have nothing to do", "Which groups have no work?"]
params: {}
identity: [group_id]
*/
// rows
MATCH (doc:Document)-[r:ESTABLISHES]->(g:LeadingGroup)
OPTIONAL MATCH (doc)-[:ASSIGNS]->(t:Task)
WITH doc, r, g, count(t) AS tasks
WHERE tasks = 0
RETURN g.id AS group_id, g.name AS leading_group, doc.id AS document_id, doc.title AS document, doc.issued_on AS issued_on,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY group_id, document_id, quote, rule
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[r:ESTABLISHES]->(g:LeadingGroup)
OPTIONAL MATCH (doc)-[:ASSIGNS]->(t:Task)
WITH doc, r, g, count(t) AS tasks
WHERE tasks = 0
RETURN doc.id AS source_id, labels(doc) AS source_labels, properties(doc) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       g.id AS target_id, labels(g) AS target_labels, properties(g) AS target_properties
ORDER BY target_id, source_id
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ESTABLISHES]->(g:LeadingGroup)
OPTIONAL MATCH (doc)-[:ASSIGNS]->(t:Task)
WITH g.id AS group_id, doc.id AS document_id, count(t) AS tasks
RETURN count(DISTINCT CASE WHEN tasks = 0 THEN group_id END) AS failing, count(DISTINCT group_id) AS total;
