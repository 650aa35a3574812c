/*
title: {zh: 上下级同一职责, en: The same duty at other levels}
help:
  zh: 本部门与本地区上下级同类部门的任务并列比较，可用字词缩小到某一项职责，也可加上其他地区的。
  en: Tasks of the bodies of the same kind above and below, side by side; words narrow it to one duty. Other regions if asked.
ask:
  zh: ["{department}在市里的同类部门做什么", "市县两级{department}任务对比", "{department}上下级分别负责什么", "{text}在市和县分别由谁负责", "各级同类部门的{text}任务", "比较{department}在市县两级的职责", "{department}和上级部门的任务对比", "{text}在省市县分别由谁负责", "市里和县里的{department}任务有什么不同"]
  en:
    - "the same duty of {department} at city and county"
    - "compare {department} across levels"
    - "What do the counterparts of {department} do at other levels?"
    - "Which counterpart of {department} handles {text}?"
    - "How do the tasks of {department} differ between levels?"
    - "{text} at city and county level"
    - "Who does the same as {department} at the city?"
params:
  department: {type: Department, example: 青禾县民政局}
  text: {type: Text, default: "", example: 养老, help: {zh: 任务中的字词, en: Words of the task}}
  elsewhere:
    type: Choice
    choices: ["no", "yes"]
    default: "no"
    example: "yes"
    help: {zh: 是否包括其他地区的同类部门, en: Whether to include those of other regions}
identity: [department_id, task_id]
*/
// rows
MATCH (own:Department {id: $department})
MATCH (d:Department)
WHERE d.id = $department OR (own.function <> '' AND d.function = own.function AND ($elsewhere = 'yes'
  OR coalesce(own.region, '') STARTS WITH coalesce(d.region, '') OR d.region STARTS WITH coalesce(own.region, '')))
WITH DISTINCT d
MATCH (d)-[r:LEADS|RESPONSIBLE_FOR]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WITH d, r, t, doc
WHERE $text = '' OR t.title CONTAINS $text OR t.text CONTAINS $text
RETURN d.level AS level, d.region AS region, d.id AS department_id, d.name AS department, type(r) AS duty,
       t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task, doc.id AS document_id,
       doc.title AS document, doc.doc_number AS doc_number, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY department_id, task_id, duty, document_id, quote
LIMIT $row_limit;
// picture
MATCH (own:Department {id: $department})
MATCH (d:Department)
WHERE d.id = $department OR (own.function <> '' AND d.function = own.function AND ($elsewhere = 'yes'
  OR coalesce(own.region, '') STARTS WITH coalesce(d.region, '') OR d.region STARTS WITH coalesce(own.region, '')))
WITH DISTINCT d
MATCH (d)-[r:LEADS|RESPONSIBLE_FOR]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WITH d, r, t, doc
WHERE $text = '' OR t.title CONTAINS $text OR t.text CONTAINS $text
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
ORDER BY source_id, target_id, rel_type
LIMIT $row_limit;
// count
MATCH (own:Department {id: $department})
MATCH (d:Department)
WHERE d.id = $department OR (own.function <> '' AND d.function = own.function AND ($elsewhere = 'yes'
  OR coalesce(own.region, '') STARTS WITH coalesce(d.region, '') OR d.region STARTS WITH coalesce(own.region, '')))
WITH DISTINCT d
MATCH (d)-[r:LEADS|RESPONSIBLE_FOR]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WITH d, r, t, doc
WHERE $text = '' OR t.title CONTAINS $text OR t.text CONTAINS $text
RETURN count(*) AS total;
