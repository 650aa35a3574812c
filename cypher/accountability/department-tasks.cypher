/*
title: {zh: 部门责任清单, en: Everything a department is accountable for}
help:
  zh: 一个部门牵头、负责、配合的全部任务，每条附原文；可连同机构改革前的前身一并列出。
  en: All tasks a department leads, is responsible for or assists with, each with its sentence; those of its predecessors too if asked.
ask:
  zh:
    - "{department}负责什么"
    - "{department}负责哪些任务"
    - "{department}有哪些任务"
    - "{department}的职责是什么"
    - "{department}{year}的责任清单"
    - "{department}承担了哪些工作"
    - "{department}要做什么"
    - "{department}{year}有哪些工作要完成"
    - "{department}牵头哪些任务"
    - "哪些任务由{department}牵头"
    - "{department}配合哪些工作"
    - "{department}连同前身负责的任务"
    - "{department}包括前身在内负责过什么"
    - "{department}要落实的事项"
    - "{department}今年要完成什么"
    - "{department}主要做什么工作"
    - "{department}在哪些任务里有份"
    - "由{department}负责的事项有哪些"
    - "{department}牵头负责了什么"
    - "{department}参与了哪些任务"
    - "列出{department}的任务"
  en:
    - "What is {department} accountable for?"
    - "What is {department} responsible for in {year}?"
    - "Which tasks does {department} have?"
    - "List the tasks of {department}"
    - "What does {department} have to do?"
    - "duties of {department}"
    - "Which tasks does {department} lead?"
    - "What is led by {department}?"
    - "Which tasks does {department} assist with?"
    - "tasks of {department} and its predecessors"
    - "What is {department} accountable for, including its predecessors?"
    - "What does {department} do?"
    - "everything {department} is in charge of"
    - "What is assigned to {department}?"
    - "Which tasks fall to {department}?"
    - "What does {department} support?"
    - "Does {department} lead anything?"
    - "tasks for {department} in {year}"
    - "What must {department} do in {year}?"
    - "Which tasks are led by {department}?"
    - "list what {department} has to do"
params:
  department: {type: Department, example: 青禾县民政局}
  role:
    type: Choice
    choices: [any, LEADS, RESPONSIBLE_FOR, ASSISTS]
    default: any
    example: LEADS
    help: {zh: 只看牵头、责任或配合, en: "Only as lead, responsible or assisting body"}
  year: {type: Year, default: 0, example: 2023, help: {zh: 发文或完成年份,0为不限, en: "Year of issue or of completion, 0 for any"}}
  predecessors:
    type: Choice
    choices: ["no", "yes"]
    default: "no"
    example: "yes"
    help: {zh: 是否包括机构改革前的前身, en: Whether to include bodies it succeeded}
identity: [task_id, department_id, document_id]
*/
// rows
MATCH (d:Department {id: $department})<-[:SUCCEEDED_BY*0..6]-(e:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE ($predecessors = 'yes' OR e.id = $department) AND ($role = 'any' OR type(r) = $role)
  AND ($year = 0 OR doc.issued_year = $year OR $year_text IN t.years)
OPTIONAL MATCH (t)-[:DUE_IN]->(p:Period)
RETURN t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, type(r) AS duty,
       e.id AS department_id, e.name AS department,
       CASE WHEN e.id = $department THEN 'self' ELSE 'predecessor' END AS lineage,
       collect(DISTINCT p.label) AS due, doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number,
       doc.issued_on AS issued_on, t.section AS section, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY issued_on DESC, document_id, position, task_id, duty, department_id, quote
LIMIT $row_limit;
// picture
MATCH (d:Department {id: $department})<-[:SUCCEEDED_BY*0..6]-(e:Department)-[x:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE ($predecessors = 'yes' OR e.id = $department) AND ($role = 'any' OR type(x) = $role)
  AND ($year = 0 OR doc.issued_year = $year OR $year_text IN t.years)
WITH DISTINCT t, e.id AS body, doc.id AS paper
MATCH (t)<-[r:ASSIGNS|LEADS|RESPONSIBLE_FOR|ASSISTS]-(a:Department|Document)
WHERE a.id = body OR a.id = paper
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
ORDER BY target_id DESC, rel_type, source_id
LIMIT $row_limit;
// count
MATCH (d:Department {id: $department})<-[:SUCCEEDED_BY*0..6]-(e:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE ($predecessors = 'yes' OR e.id = $department) AND ($role = 'any' OR type(r) = $role)
  AND ($year = 0 OR doc.issued_year = $year OR $year_text IN t.years)
WITH DISTINCT t.id AS task_id, e.id AS department_id, type(r) AS duty, doc.id AS document_id, r.quote AS quote
RETURN count(*) AS total;
