/*
title: {zh: 没有任务的成员单位, en: Members of a group without tasks}
help:
  zh: 是领导小组成员单位（或有人在组内）,却在该文件中没有承担任何任务的部门；只看布置了任务的文件。
  en: Bodies that sit in a group, themselves or by their people, but carry no task of its document; only documents with tasks count.
ask:
  zh: ["哪些成员单位没有任务", "领导小组里没有承担任务的部门", "领导小组成员里没有任务的单位", "挂名的成员单位", "领导小组成员单位哪些没任务"]
  en: ["Which members of a group have no tasks?", "leading-group departments without tasks", "group members that do nothing", "members without any task"]
params: {}
identity: [department_id, group_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE (doc)-[:ESTABLISHES]->(:LeadingGroup)
OPTIONAL MATCH (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(e:Department)
WITH doc, collect(DISTINCT e.id) AS busy
MATCH (doc)-[:ESTABLISHES]->(g:LeadingGroup)
MATCH (g)-[:MEMBER_OF|HOLDS_POST*1..2]-(d:Department)
WHERE NOT d.id IN busy
WITH DISTINCT doc, g, d
OPTIONAL MATCH (d)-[r:MEMBER_OF]->(h:LeadingGroup)
WHERE h.id = g.id
RETURN g.id AS group_id, g.name AS leading_group, d.id AS department_id, d.name AS department, doc.id AS document_id,
       doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY group_id, department_id, document_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ESTABLISHES]->(g:LeadingGroup)
WHERE (doc)-[:ASSIGNS]->(:Task)
MATCH (g)<-[:MEMBER_OF]-(a:Person|Department)
WITH DISTINCT a, g
MATCH (a)-[r:HOLDS_POST|MEMBER_OF]->(b:LeadingGroup|Department)
WHERE b.id = g.id
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (doc:Document)-[:ESTABLISHES]->(g:LeadingGroup)<-[:MEMBER_OF]-(a:Person|Department)
WHERE (doc)-[:ASSIGNS]->(:Task)
WITH DISTINCT a
MATCH (a)-[r:HOLDS_POST|MEMBER_OF]->(b:LeadingGroup|Department)
WHERE type(r) = 'HOLDS_POST'
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE (doc)-[:ESTABLISHES]->(:LeadingGroup)
OPTIONAL MATCH (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(e:Department)
WITH doc, collect(DISTINCT e.id) AS busy
MATCH (doc)-[:ESTABLISHES]->(g:LeadingGroup)
MATCH (g)-[:MEMBER_OF|HOLDS_POST*1..2]-(d:Department)
WITH g.id AS group_id, d.id AS department_id, sum(CASE WHEN d.id IN busy THEN 1 ELSE 0 END) AS duties
RETURN coalesce(sum(CASE WHEN duties = 0 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
