/*
title: {zh: 共事最多的部门, en: Departments that share most tasks}
help:
  zh: 在同一任务中一起出现的部门两两统计，可按地区和发文年份筛选。
  en: Pairs of departments named for the same tasks, by region and year of issue.
ask:
  zh: ["哪些部门合作最多", "哪两个部门共同任务最多", "部门之间的协作关系", "{region}部门协作情况", "{year}哪些部门经常一起承担任务", "合作最密切的部门", "哪些单位一起干活最多"]
  en:
    - "Which departments work together most?"
    - "pairs of departments that share tasks"
    - "cooperation between departments in {region}"
    - "Which bureaus share the most tasks in {year}?"
    - "closest cooperation"
    - "Which two departments share the most tasks?"
params:
  region: {type: Region, default: "", example: 青禾县}
  year: {type: Year, default: 0, example: 2023, help: {zh: 发文年份,0为不限, en: "Year of issue, 0 for any"}}
identity: [department_id, partner_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND ($year = 0 OR doc.issued_year = $year)
MATCH (a:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
MATCH (b:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WHERE a.id < b.id
RETURN a.id AS department_id, a.name AS department, b.id AS partner_id, b.name AS partner,
       count(DISTINCT t.id) AS shared_tasks
ORDER BY shared_tasks DESC, department_id, partner_id
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND ($year = 0 OR doc.issued_year = $year)
WITH t
LIMIT $row_limit
MATCH (t)<-[:LEADS|RESPONSIBLE_FOR|ASSISTS]-(o:Department)
WITH t, count(DISTINCT o.id) AS bodies
WHERE bodies > 1
MATCH (t)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)
WHERE ($region = '' OR doc.region = $region) AND ($year = 0 OR doc.issued_year = $year)
MATCH (a:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
MATCH (b:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WHERE a.id < b.id
WITH DISTINCT a.id AS department_id, b.id AS partner_id
RETURN count(*) AS total;
