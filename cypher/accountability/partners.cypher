/*
title: {zh: 协作单位, en: Who a department works with}
help:
  zh: 与一个部门共同承担任务的单位，按共同任务数排列，并分出由谁牵头。
  en: Bodies that share tasks with a department, by the number of shared tasks, and who leads them.
ask:
  zh: ["{department}和谁合作", "{department}与哪些部门一起工作", "谁配合{department}", "{department}的协作单位", "{department}经常和哪些单位打交道", "与{department}共同承担任务的单位", "{department}常和谁一起干活", "{department}和哪些单位有共同任务", "谁跟{department}配合最多"]
  en:
    - "Who does {department} work with?"
    - "partners of {department}"
    - "Which departments share tasks with {department}?"
    - "Who cooperates with {department}?"
    - "With whom does {department} cooperate?"
    - "Which bodies work together with {department}?"
    - "closest partners of {department}"
    - "Who shares work with {department}?"
    - "Which bodies assist {department}?"
    - "Who supports {department}?"
params:
  department: {type: Department, example: 青禾县民政局}
identity: [department_id]
*/
// rows
MATCH (o:Department {id: $department})-[x:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WHERE d.id <> $department
RETURN d.id AS department_id, d.name AS department, d.region AS region, count(DISTINCT t.id) AS shared_tasks,
       count(DISTINCT CASE WHEN type(x) = 'LEADS' THEN t.id END) AS led_here,
       count(DISTINCT CASE WHEN type(r) = 'LEADS' THEN t.id END) AS led_there
ORDER BY shared_tasks DESC, department_id
LIMIT $row_limit;
// picture
MATCH (o:Department {id: $department})-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(a:Department)
WHERE a.id <> $department
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit
UNION
MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(a:Department {id: $department})
WHERE o.id <> $department
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (o:Department {id: $department})-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
MATCH (d:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
WHERE d.id <> $department
RETURN count(DISTINCT d.id) AS total;
