/*
title: {zh: 责任的原文依据, en: The sentence behind a duty}
help:
  zh: 一个部门对一项任务承担责任的原文和读出它的规则。
  en: The sentence that gives a task to a department, and the rule that read it.
ask:
  zh: ["为什么{department}要负责{task}", "{department}负责{task}的依据", "{department}承担{task}的原文", "{department}为什么要做{task}", "{department}负责{task}写在哪里"]
  en: ["Why is {department} responsible for {task}?", "evidence that {department} is responsible for {task}", "Where does it say that {department} is responsible for {task}?", "proof that {department} has to do {task}"]
params:
  department: {type: Department, example: 青禾县民政局}
  task: {type: Task, example: 建设综合养老服务中心}
identity: [department_id, task_id, document_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task {id: $task})<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE d.id = $department
RETURN type(r) AS duty, d.id AS department_id, d.name AS department, t.id AS task_id, t.number AS task_number,
       coalesce(t.title, t.text) AS task, t.text AS task_text, doc.id AS document_id, doc.title AS document,
       doc.doc_number AS doc_number, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY duty, document_id, quote
LIMIT $row_limit;
// picture
MATCH (t:Task {id: $task})<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS|ASSIGNS]-(a:Department|Document)
WHERE type(r) = 'ASSIGNS' OR a.id = $department
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
ORDER BY rel_type, source_id
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task {id: $task})<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE d.id = $department
RETURN count(*) AS total;
