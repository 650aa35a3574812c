/*
title: {zh: 部门参加的领导小组, en: Groups a department belongs to}
help:
  zh: 一个部门作为成员单位、办公室所在单位，或由其任职人员参加的领导小组。
  en: Groups in which a department is a member, hosts the office, or is represented by people who hold a post in it.
ask:
  zh:
    - "{department}参加了哪些领导小组"
    - "{department}是哪些领导小组的成员单位"
    - "哪些领导小组办公室设在{department}"
    - "{department}牵头的领导小组"
    - "{department}在哪些专班"
    - "{department}在哪些领导小组里"
    - "{department}是哪些小组的成员"
    - "{department}承担哪些领导小组办公室"
    - "{department}加入了几个领导小组"
  en:
    - "Which leading groups is {department} in?"
    - "groups of {department}"
    - "Which groups have their office in {department}?"
    - "leading groups {department} belongs to"
    - "Of which leading groups is {department} a member?"
    - "Which leading groups does {department} sit in?"
    - "leading groups hosted by {department}"
params:
  department: {type: Department, example: 青禾县民政局}
identity: [group_id, department_id]
sort: [group_id, via, role, person, quote]
*/
// rows
MATCH (d:Department {id: $department})-[r:MEMBER_OF]->(g:LeadingGroup)
RETURN 'member' AS via, g.id AS group_id, g.name AS leading_group, coalesce(r.role, '') AS role, '' AS person,
       d.id AS department_id, d.name AS department, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION
MATCH (d:Department {id: $department})<-[r:OFFICE_IN]-(g:LeadingGroup)
RETURN 'office' AS via, g.id AS group_id, g.name AS leading_group, '' AS role, '' AS person,
       d.id AS department_id, d.name AS department, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION
MATCH (d:Department {id: $department})<-[:HOLDS_POST]-(p:Person)-[r:MEMBER_OF]->(g:LeadingGroup)
RETURN 'person' AS via, g.id AS group_id, g.name AS leading_group, coalesce(r.role, '') AS role, p.name AS person,
       d.id AS department_id, d.name AS department, r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (b:LeadingGroup|Department {id: $department})<-[r:OFFICE_IN|HOLDS_POST|MEMBER_OF]-(a:LeadingGroup|Person|Department)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (a:LeadingGroup|Person|Department {id: $department})-[r:OFFICE_IN|HOLDS_POST|MEMBER_OF]->(b:LeadingGroup|Department)
WHERE type(r) = 'MEMBER_OF'
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (d:Department {id: $department})<-[:HOLDS_POST]-(a:LeadingGroup|Person|Department)
MATCH (a)-[r:OFFICE_IN|HOLDS_POST|MEMBER_OF]->(b:LeadingGroup|Department)
WHERE type(r) = 'MEMBER_OF'
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
