/*
title: {zh: 领导小组成员, en: Members of a leading group}
help:
  zh: 一个领导小组（或联席会议、专班）的成员和成员单位，附职务和原文。
  en: People and bodies in a leading group, with their posts and the sentences.
ask:
  zh:
    - "{leading_group}有哪些成员"
    - "{leading_group}成员名单"
    - "{leading_group}名单"
    - "{leading_group}的组长是谁"
    - "谁在{leading_group}里"
    - "{leading_group}由哪些单位组成"
    - "{leading_group}的成员单位"
    - "谁是{leading_group}的组长"
    - "{leading_group}都有谁"
    - "{leading_group}里有哪些部门"
    - "{leading_group}的召集人"
  en:
    - "Who is in {leading_group}?"
    - "members of {leading_group}"
    - "list of {leading_group}"
    - "Who chairs {leading_group}?"
    - "Which departments are in {leading_group}?"
    - "Who leads {leading_group}?"
    - "Who belongs to {leading_group}?"
    - "Who sits on {leading_group}?"
    - "composition of {leading_group}"
    - "chair of {leading_group}"
    - "Who is part of {leading_group}?"
params:
  leading_group: {type: LeadingGroup, example: 社会救助工作领导小组}
identity: [member_id, group_id]
sort: [rank, role, member_kind, member_id]
*/
// rows
MATCH (g:LeadingGroup {id: $leading_group})<-[r:MEMBER_OF]-(m:Person)
OPTIONAL MATCH (m)-[:HOLDS_POST]->(d:Department)
RETURN 'person' AS member_kind, r.rank AS rank, r.role AS role, m.id AS member_id, m.name AS member,
       coalesce(r.post, '') AS post, collect(DISTINCT d.name) AS departments, g.id AS group_id, g.name AS leading_group,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION ALL
MATCH (g:LeadingGroup {id: $leading_group})<-[r:MEMBER_OF]-(m:Department)
RETURN 'department' AS member_kind, r.rank AS rank, r.role AS role, m.id AS member_id, m.name AS member,
       coalesce(r.post, '') AS post, collect(DISTINCT m.name) AS departments, g.id AS group_id, g.name AS leading_group,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (b:LeadingGroup {id: $leading_group})<-[r:MEMBER_OF|ESTABLISHES]-(a:Person|Department|Document)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
ORDER BY rel_type, source_id
LIMIT $row_limit;
