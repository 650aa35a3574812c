/*
title: {zh: 个人责任清单, en: What a person answers for}
help:
  zh: 文件点名由此人负责的任务，以及经其任职单位牵头或负责的任务（离任后印发的文件不算）,两类分开标明。
  en: Tasks that name the person, and tasks led by or laid on the body where the person holds a post (not by documents issued after that post was left); told apart.
ask:
  zh: ["{person}负责什么", "{person}分管哪些任务", "{person}是哪些任务的责任人", "{person}的职责有哪些", "{person}要对什么负责", "{person}联系哪些工作", "{person}手上有什么任务", "{person}名下的任务", "{person}分管什么工作", "由{person}负责的任务"]
  en:
    - "What is {person} responsible for?"
    - "What does {person} answer for?"
    - "responsibilities of {person}"
    - "Which tasks is {person} in charge of?"
    - "tasks of {person}"
    - "What is {person} in charge of?"
    - "What does {person} have to do?"
    - "Which tasks does {person} have?"
params:
  person: {type: Person, example: 方砚}
identity: [task_id, person_id]
sort: [via, document_id, position, task_id, department_id, duty, quote]
*/
// rows
MATCH (p:Person {id: $person})-[r:ANSWERS_FOR]->(t:Task)<-[:ASSIGNS]-(doc:Document)
RETURN 'named' AS via, p.id AS person_id, p.name AS person, coalesce(r.post, '') AS post, '' AS department_id, '' AS department,
       'ANSWERS_FOR' AS duty, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       doc.id AS document_id, doc.title AS document, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule
UNION
MATCH (p:Person {id: $person})-[h:HOLDS_POST]->(d:Department)-[r:LEADS|RESPONSIBLE_FOR]->(t:Task)<-[:ASSIGNS]-(doc:Document)
WHERE coalesce(h.until_date, '9999') > coalesce(doc.issued_on, '')
RETURN 'post' AS via, p.id AS person_id, p.name AS person, h.title AS post, d.id AS department_id, d.name AS department,
       type(r) AS duty, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       doc.id AS document_id, doc.title AS document, t.position AS position,
       r.quote AS quote, r.evidence AS evidence, r.rule AS rule;
// picture
MATCH (a:Person|Department {id: $person})-[r:ANSWERS_FOR|HOLDS_POST|LEADS|RESPONSIBLE_FOR]->(b:Task|Department)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (p:Person {id: $person})-[:HOLDS_POST]->(a:Person|Department)
MATCH (a)-[r:ANSWERS_FOR|HOLDS_POST|LEADS|RESPONSIBLE_FOR]->(b:Task|Department)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
