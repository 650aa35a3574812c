/*
title: {zh: 机构改革中转移的职责, en: What changed hands in a reform}
help:
  zh: 机构改革的每一步，改革前单位与改革后单位各自承担的任务数；可按部门、地区筛选。
  en: Each step of a reform with the tasks on record for the body before and the body after it.
ask:
  zh: ["机构改革中哪些职责转移了", "{department}改革前后的任务", "哪些部门在机构改革中被合并", "{region}机构改革情况", "改革后由谁接手{department}的工作", "{department}的职责转给了谁", "{department}撤销后谁来接", "机构改革后任务有什么变化", "哪些任务换了单位", "{department}的工作现在归谁"]
  en:
    - "What changed hands in the reform?"
    - "Which bodies were reorganised in {region}?"
    - "Who took over the duties of {department}?"
    - "tasks before and after the reform of {department}"
    - "institutional reform changes"
    - "Which duties moved in the reform?"
    - "Who has the tasks of {department} now?"
    - "Which tasks were transferred in {region}?"
params:
  department: {type: Department, default: "", example: 青禾县卫生健康局}
  region: {type: Region, default: "", example: 青禾县}
identity: [old_id, new_id]
*/
// rows
MATCH (o:Department)-[s:SUCCEEDED_BY]->(n:Department)
WHERE ($department = '' OR o.id = $department OR n.id = $department) AND ($region = '' OR o.region = $region)
OPTIONAL MATCH (o)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
WITH o, s, n, count(DISTINCT t.id) AS tasks_before
OPTIONAL MATCH (n)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(u:Task)
RETURN o.id AS old_id, o.name AS old_department, n.id AS new_id, n.name AS new_department, o.region AS region,
       s.year AS succession_year, coalesce(s.basis, '') AS basis, tasks_before AS tasks_before, count(DISTINCT u.id) AS tasks_after
ORDER BY region, new_id, succession_year, old_id, basis
LIMIT $row_limit;
// picture
MATCH (o:Department)-[r:SUCCEEDED_BY]->(n:Department)
WHERE ($department = '' OR o.id = $department OR n.id = $department) AND ($region = '' OR o.region = $region)
RETURN o.id AS source_id, labels(o) AS source_labels, properties(o) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       n.id AS target_id, labels(n) AS target_labels, properties(n) AS target_properties
ORDER BY target_id, source_id
LIMIT $row_limit;
// count
MATCH (o:Department)-[s:SUCCEEDED_BY]->(n:Department)
WHERE ($department = '' OR o.id = $department OR n.id = $department) AND ($region = '' OR o.region = $region)
RETURN count(*) AS total;
