/*
title: {zh: 部门工作量, en: Workload by department and year}
help:
  zh: 各部门各年承担的任务数，分牵头、责任、配合；可按地区、部门、年份筛选。
  en: How many tasks each department carries by year of issue, as lead, responsible and assisting body.
ask:
  zh:
    - "哪个部门任务最多"
    - "各部门的任务数量"
    - "{year}各部门工作量"
    - "{department}历年任务数"
    - "{department}有多少项任务"
    - "{region}哪个部门最忙"
    - "任务量排名"
    - "{department}{year}牵头了多少任务"
    - "{region}各部门任务数"
    - "谁的任务最多"
    - "任务最重的单位"
    - "{department}的工作量"
    - "统计各单位任务数"
    - "{department}有几项任务"
  en:
    - "Which department has the most tasks?"
    - "workload by department"
    - "How many tasks does {department} have?"
    - "busiest departments in {region}"
    - "number of tasks per bureau in {year}"
    - "workload of {department} over the years"
    - "Who has the most work?"
    - "heaviest workload in {region}"
    - "rank departments by tasks"
    - "number of tasks of {department} in {year}"
    - "tasks per department"
params:
  department: {type: Department, default: "", example: 青禾县民政局}
  region: {type: Region, default: "", example: 青禾县}
  year: {type: Year, default: 0, example: 2023, help: {zh: 发文年份,0为不限, en: "Year of issue, 0 for any"}}
identity: [department_id]
*/
// rows
MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE ($department = '' OR d.id = $department) AND ($region = '' OR d.region = $region)
  AND ($year = 0 OR doc.issued_year = $year)
RETURN d.id AS department_id, d.name AS department, d.region AS region, doc.issued_year AS issued_year,
       count(DISTINCT t.id) AS tasks,
       count(DISTINCT CASE WHEN type(r) = 'LEADS' THEN t.id END) AS lead_tasks,
       count(DISTINCT CASE WHEN type(r) = 'RESPONSIBLE_FOR' THEN t.id END) AS responsible_tasks,
       count(DISTINCT CASE WHEN type(r) = 'ASSISTS' THEN t.id END) AS assist_tasks
ORDER BY tasks DESC, lead_tasks DESC, department_id, issued_year
LIMIT $row_limit;
// picture
MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE ($department = '' OR d.id = $department) AND ($region = '' OR d.region = $region)
  AND ($year = 0 OR doc.issued_year = $year)
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE ($department = '' OR d.id = $department) AND ($region = '' OR d.region = $region)
  AND ($year = 0 OR doc.issued_year = $year)
WITH DISTINCT d.id AS department_id, doc.issued_year AS issued_year
RETURN count(*) AS total;
