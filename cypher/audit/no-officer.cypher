/*
title: {zh: 没有责任人的牵头单位, en: Leading bodies without a named person}
help:
  zh: 牵头任务而资料中没有任职人员的单位（统称单位不计）。
  en: Bodies that lead tasks but for which no person in post is on record; classes of bodies do not count.
ask:
  zh: ["哪些牵头单位没有责任人", "没有对应到人的牵头部门", "哪些部门查不到负责人", "哪些牵头部门没有写责任人", "牵头单位没有落实到人"]
  en: ["Which leading departments have no named officer?", "leads without a person", "departments with nobody in post", "Which leading bodies have no person in charge?", "leading departments without a responsible person"]
params: {}
identity: [department_id]
*/
// rows
MATCH (d:Department)-[:LEADS]->(t:Task)
WHERE d.kind <> 'collective' AND NOT (d)<-[:HOLDS_POST]-(:Person)
RETURN d.id AS department_id, d.name AS department, d.region AS region, count(DISTINCT t.id) AS lead_tasks
ORDER BY lead_tasks DESC, department_id
LIMIT $row_limit;
// picture
MATCH (d:Department)-[r:LEADS]->(t:Task)
WHERE d.kind <> 'collective' AND NOT (d)<-[:HOLDS_POST]-(:Person)
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (d:Department)-[:LEADS]->(t:Task)
WHERE d.kind <> 'collective'
OPTIONAL MATCH (d)<-[h:HOLDS_POST]-(:Person)
WITH d.id AS department_id, count(h) AS officers
RETURN coalesce(sum(CASE WHEN officers = 0 THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
