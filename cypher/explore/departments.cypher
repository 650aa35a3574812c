/*
title: {zh: 单位目录, en: Departments}
help:
  zh: 资料库里的单位，可按地区、级别和字词筛选，附任务数。
  en: The bodies of the library by region, level and words of the name, with the number of tasks.
ask:
  zh: ["有哪些部门", "{region}有哪些单位", "列出所有部门", "有哪些单位承担任务", "{region}的部门名单", "{region}的部门", "列出{region}的单位"]
  en: ["Which departments are there?", "departments in {region}", "list all departments", "bodies in the library", "bodies in {region}", "list the departments of {region}"]
params:
  region: {type: Region, default: "", example: 青禾县}
  level:
    type: Choice
    choices: [any, national, provincial, municipal, district, township]
    default: any
    example: district
  text: {type: Text, default: "", example: 民政, help: {zh: 名称中的字词, en: Words of the name}}
identity: [department_id]
*/
// rows
MATCH (d:Department)
WHERE ($region = '' OR d.region = $region) AND ($level = 'any' OR d.level = $level)
  AND ($text = '' OR d.name CONTAINS $text OR d.full_name CONTAINS $text)
OPTIONAL MATCH (d)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
RETURN d.id AS department_id, d.name AS department, d.full_name AS full_name, d.aliases AS aliases, d.level AS level,
       d.region AS region, d.kind AS department_kind, count(DISTINCT t.id) AS tasks,
       count(DISTINCT CASE WHEN type(r) = 'LEADS' THEN t.id END) AS lead_tasks
ORDER BY tasks DESC, department_id
LIMIT $row_limit;
// count
MATCH (d:Department)
WHERE ($region = '' OR d.region = $region) AND ($level = 'any' OR d.level = $level)
  AND ($text = '' OR d.name CONTAINS $text OR d.full_name CONTAINS $text)
RETURN count(*) AS total;
