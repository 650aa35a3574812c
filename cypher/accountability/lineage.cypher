/*
title: {zh: 部门沿革, en: Predecessors and successors of a department}
help:
  zh: 一个部门在机构改革中的前身与后继，附年份和依据。
  en: The bodies a department succeeded and those that succeeded it, step by step, with year and source.
ask:
  zh:
    - "{department}的前身是什么"
    - "{department}改革后叫什么"
    - "{department}由哪些单位组建"
    - "{department}的沿革"
    - "{department}后来并到哪里了"
    - "{department}是什么时候成立的"
    - "{department}的前身"
    - "{department}并入了谁"
    - "{department}现在叫什么"
    - "{department}以前叫什么"
    - "{department}改成了什么"
    - "{department}由谁合并而来"
  en:
    - "What was {department} before?"
    - "What was {department} called before the reform?"
    - "predecessors of {department}"
    - "What became of {department}?"
    - "history of {department}"
    - "Which body succeeded {department}?"
    - "Which bodies were merged into {department}?"
    - "What was {department} before the reform?"
    - "What replaced {department}?"
    - "What is {department} called now?"
    - "What happened to {department}?"
    - "successor of {department}"
    - "Which body does {department} come from?"
    - "What is {department} called nowadays?"
params:
  department: {type: Department, example: 青禾县卫生健康局}
identity: [old_id, new_id]
sort: [succession_year, old_id, new_id]
*/
// rows
MATCH (d:Department {id: $department})<-[:SUCCEEDED_BY*0..6]-(e:Department)
MATCH (o:Department)-[s:SUCCEEDED_BY]->(e)
RETURN 'predecessor' AS lineage, o.id AS old_id, o.name AS old_department, e.id AS new_id, e.name AS new_department,
       s.year AS succession_year, coalesce(s.basis, '') AS basis, coalesce(s.rule, '') AS rule
UNION
MATCH (d:Department {id: $department})-[:SUCCEEDED_BY*0..6]->(e:Department)
MATCH (e)-[s:SUCCEEDED_BY]->(n:Department)
RETURN 'successor' AS lineage, e.id AS old_id, e.name AS old_department, n.id AS new_id, n.name AS new_department,
       s.year AS succession_year, coalesce(s.basis, '') AS basis, coalesce(s.rule, '') AS rule;
// picture
MATCH (d:Department {id: $department})<-[:SUCCEEDED_BY*0..6]-(b:Department)
WITH DISTINCT b
MATCH (a:Department)-[r:SUCCEEDED_BY]->(b)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (d:Department {id: $department})-[:SUCCEEDED_BY*0..6]->(a:Department)
WITH DISTINCT a
MATCH (a)-[r:SUCCEEDED_BY]->(b:Department)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
