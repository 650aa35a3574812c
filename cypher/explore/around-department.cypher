/*
title: {zh: 部门关系图, en: Surroundings of a department}
help:
  zh: 与一个部门直接相连的任务、文件、人员、领导小组、前身与后继。
  en: Tasks, documents, people, groups, predecessors and successors directly linked to a department.
ask:
  zh: ["{department}的关系图", "画出{department}的图谱", "{department}与什么相连", "{department}周边关系", "{department}的图谱", "画{department}"]
  en: ["graph of {department}", "show the surroundings of {department}", "What is linked to {department}?", "draw {department}", "picture of {department}", "map of {department}", "network around {department}"]
params:
  department: {type: Department, example: 青禾县民政局}
identity: [node_id, department_id]
sort: [rel_type, direction, node_id]
*/
// rows
MATCH (n:Department {id: $department})-[r]->(m)
RETURN DISTINCT type(r) AS rel_type, 'out' AS direction, m.id AS node_id, labels(m) AS node_labels, n.id AS department_id
UNION
MATCH (n:Department {id: $department})<-[r]-(m)
RETURN DISTINCT type(r) AS rel_type, 'in' AS direction, m.id AS node_id, labels(m) AS node_labels, n.id AS department_id;
// picture
MATCH (a:Document|Task|LeadingGroup|Person|Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS|ISSUED|MEMBER_OF|OFFICE_IN|HOLDS_POST|SUCCEEDED_BY|PART_OF]->(b:Document|Task|LeadingGroup|Person|Department)
WHERE a.id = $department
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (n:Department {id: $department})<-[:LEADS|RESPONSIBLE_FOR|ASSISTS|ISSUED|MEMBER_OF|OFFICE_IN|HOLDS_POST|SUCCEEDED_BY|PART_OF]-(a:Document|Task|LeadingGroup|Person|Department)
WITH DISTINCT n, a
MATCH (a)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS|ISSUED|MEMBER_OF|OFFICE_IN|HOLDS_POST|SUCCEEDED_BY|PART_OF]->(b:Document|Task|LeadingGroup|Person|Department)
WHERE b.id = n.id
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
