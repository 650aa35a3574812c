/*
title: {zh: 个人任职的领导小组, en: Groups a person sits in}
help:
  zh: 一个人担任组长、副组长或成员的全部领导小组。
  en: All leading groups in which a person is chair, deputy or member.
ask:
  zh: ["{person}是哪些领导小组的成员", "{person}担任哪些组长", "{person}参加了哪些领导小组", "{person}在哪些专班里", "{person}参加了哪些小组", "{person}是哪个小组的", "{person}在哪些领导小组任职", "{person}的领导小组"]
  en:
    - "Which groups does {person} sit in?"
    - "leading groups of {person}"
    - "In which groups is {person} a member?"
    - "Which groups does {person} chair?"
    - "Which committees is {person} on?"
    - "What groups is {person} part of?"
    - "groups chaired by {person}"
    - "group memberships of {person}"
params:
  person: {type: Person, example: 方砚}
identity: [group_id, person_id]
*/
// rows
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(g:LeadingGroup)
OPTIONAL MATCH (doc:Document)-[:ESTABLISHES]->(g)
RETURN g.id AS group_id, g.name AS leading_group, r.role AS role, r.post AS post, p.id AS person_id, p.name AS person,
       doc.id AS document_id, doc.title AS document, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY group_id, role, document_id, quote
LIMIT $row_limit;
// picture
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(g:LeadingGroup)
RETURN p.id AS source_id, labels(p) AS source_labels, properties(p) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       g.id AS target_id, labels(g) AS target_labels, properties(g) AS target_properties
ORDER BY target_id
LIMIT $row_limit;
// count
MATCH (p:Person {id: $person})-[r:MEMBER_OF]->(g:LeadingGroup)
OPTIONAL MATCH (doc:Document)-[:ESTABLISHES]->(g)
RETURN count(*) AS total;
