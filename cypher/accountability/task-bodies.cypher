/*
title: {zh: 谁来负责, en: Who is responsible for a matter}
help:
  zh: 正文、标题或所在章节标题含有某些字词的任务由哪些单位牵头、负责、配合。
  en: The bodies that lead, are responsible for or assist with tasks whose text, title or section heading holds some words.
ask:
  zh:
    - "谁负责{text}"
    - "{text}由谁负责"
    - "{text}由哪个部门牵头"
    - "{text}归谁管"
    - "谁牵头{text}"
    - "哪些单位配合{text}"
    - "{text}是哪个单位的事"
    - "{text}涉及哪些部门"
    - "{text}的责任单位"
    - "{text}该找哪个部门"
    - "{text}是谁的责任"
    - "{text}由谁来做"
    - "{text}的牵头单位是谁"
    - "{text}要哪些部门配合"
    - "{text}哪些单位参与"
    - "{text}的主管部门"
  en:
    - "Who is responsible for {text}?"
    - "Who is in charge of {text}?"
    - "Which department is responsible for {text}?"
    - "Who leads {text}?"
    - "Who assists with {text}?"
    - "who handles {text}"
    - "Which departments deal with {text}?"
    - "Who do I ask about {text}?"
    - "bodies involved in {text}"
    - "Whose task is {text}?"
    - "Which bodies work on {text}?"
    - "Which bureau leads {text}?"
    - "responsible departments for {text}"
    - "Who has to do {text}?"
    - "departments assisting with {text}"
params:
  text: {type: Text, example: 养老服务, help: {zh: 任务中的字词, en: Words of the task}}
  role:
    type: Choice
    choices: [any, LEADS, RESPONSIBLE_FOR, ASSISTS]
    default: any
    example: LEADS
    help: {zh: 只看牵头、责任或配合, en: "Only as lead, responsible or assisting body"}
  region: {type: Region, default: "", example: 青禾县}
identity: [task_id, department_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE (t.title CONTAINS $text OR t.text CONTAINS $text OR t.section CONTAINS $text) AND ($role = 'any' OR type(r) = $role)
  AND ($region = '' OR doc.region = $region)
RETURN d.id AS department_id, d.name AS department, type(r) AS duty, t.id AS task_id, t.number AS task_number,
       coalesce(t.title, t.text) AS task, doc.id AS document_id, doc.title AS document, doc.doc_number AS doc_number,
       doc.issued_on AS issued_on, t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY issued_on DESC, document_id, position, task_id, duty, department_id, quote
LIMIT $row_limit;
// picture
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE (t.title CONTAINS $text OR t.text CONTAINS $text OR t.section CONTAINS $text) AND ($role = 'any' OR type(r) = $role)
  AND ($region = '' OR doc.region = $region)
RETURN d.id AS source_id, labels(d) AS source_labels, properties(d) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       t.id AS target_id, labels(t) AS target_labels, properties(t) AS target_properties
LIMIT $row_limit;
// count
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)<-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]-(d:Department)
WHERE (t.title CONTAINS $text OR t.text CONTAINS $text OR t.section CONTAINS $text) AND ($role = 'any' OR type(r) = $role)
  AND ($region = '' OR doc.region = $region)
RETURN count(*) AS total;
