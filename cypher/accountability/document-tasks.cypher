/*
title: {zh: 文件任务分解, en: Everything a document assigns}
help:
  zh: 一份文件交办的全部任务及各任务的牵头、责任、配合单位，没有写明单位的也列出。
  en: All tasks of a document with the bodies named for each; tasks that name nobody are listed too.
ask:
  zh:
    - "{document}布置了哪些任务"
    - "{document}的任务分工"
    - "{document}有哪些任务,由谁负责"
    - "{document}规定了什么"
    - "{document}给各部门分配了什么工作"
    - "{document}部署了哪些重点工作"
    - "{document}有哪些任务"
    - "{document}里各部门分别做什么"
    - "{document}要求做哪些事"
    - "{document}里的任务谁负责"
    - "{document}中每个部门的职责"
    - "{document}的责任单位有哪些"
    - "{document}提出了哪些任务"
  en:
    - "What does {document} assign?"
    - "tasks in {document}"
    - "Who is responsible for what under {document}?"
    - "division of work in {document}"
    - "everything {document} asks for"
    - "What is in {document}?"
    - "Who has to do what according to {document}?"
    - "assignments in {document}"
    - "Which departments does {document} give tasks to?"
    - "Which tasks does {document} set?"
    - "list the tasks of {document}"
    - "What has to be done under {document}?"
params:
  document: {type: Document, example: 青政办发〔2024〕12号}
identity: [task_id, document_id]
*/
// rows
MATCH (doc:Document {id: $document})-[s:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, type(r) AS duty,
       d.id AS department_id, d.name AS department, t.section AS section, t.position AS position,
       doc.id AS document_id, doc.title AS document,
       coalesce(r.quote, s.quote) AS quote, coalesce(r.evidence, s.evidence) AS evidence, coalesce(r.rule, s.rule) AS rule
ORDER BY position, task_id, duty, department_id, quote, rule
LIMIT $row_limit;
// picture
MATCH (doc:Document {id: $document})-[:ASSIGNS]->(t:Task)
MATCH (a:Department|Document)-[r:ASSIGNS|LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
ORDER BY target_id, rel_type, source_id
LIMIT $row_limit;
// count
MATCH (doc:Document {id: $document})-[:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t)
RETURN count(*) AS total;
