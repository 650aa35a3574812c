/*
title: {zh: 部门责任人, en: People who answer for a department's work}
help:
  zh: 在部门任职的人员，以及被点名负责该部门所担任务的人员，附原文。
  en: People who hold a post in the department, and people named for the tasks it carries, with the sentences.
ask:
  zh:
    - "{department}由谁负责"
    - "{department}的领导是谁"
    - "{department}的责任人"
    - "谁在{department}任职"
    - "{department}局长是谁"
    - "{department}有哪些领导"
    - "{department}的一把手是谁"
    - "{department}谁是负责人"
    - "{department}有哪些人"
    - "{department}的负责人"
    - "{department}由谁主持工作"
  en:
    - "Who holds a post in {department}?"
    - "Who heads {department}?"
    - "people of {department}"
    - "Who is the director of {department}?"
    - "Who answers for {department}?"
    - "Who is in charge of {department}?"
    - "leaders of {department}"
    - "Who runs {department}?"
    - "Who works in {department}?"
    - "officials of {department}"
params:
  department: {type: Department, example: 青禾县民政局}
identity: [person_id, department_id]
sort: [via, person, person_id, post, quote]
*/
// rows
MATCH (d:Department {id: $department})<-[h:HOLDS_POST]-(p:Person)
RETURN 'post' AS via, p.id AS person_id, p.name AS person, h.title AS post, coalesce(h.from_date, '') AS from_date,
       coalesce(h.until_date, '') AS until_date, '' AS task_id, '' AS task, d.id AS department_id, d.name AS department,
       h.quote AS quote, h.evidence AS evidence, h.rule AS rule
UNION
MATCH (d:Department {id: $department})-[:LEADS|RESPONSIBLE_FOR]->(t:Task)<-[a:ANSWERS_FOR]-(p:Person)
RETURN 'named' AS via, p.id AS person_id, p.name AS person, coalesce(a.post, '') AS post, '' AS from_date,
       '' AS until_date, t.id AS task_id, coalesce(t.title, t.text) AS task, d.id AS department_id, d.name AS department,
       a.quote AS quote, a.evidence AS evidence, a.rule AS rule;
// picture
// no LEADS ends at a department: it keeps the embedded engine from reading all tasks for one id
MATCH (d:Department {id: $department})<-[:HOLDS_POST|LEADS]-(a:Person|Department)
WITH DISTINCT d, a
MATCH (a)-[r:HOLDS_POST|ANSWERS_FOR|LEADS|RESPONSIBLE_FOR]->(b:Department|Task)
WHERE b.id = d.id
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit
UNION
MATCH (d:Department {id: $department})-[:LEADS|RESPONSIBLE_FOR]->(b:Department|Task)
MATCH (b)<-[:ANSWERS_FOR]-(:Person)
MATCH (b)<-[r:HOLDS_POST|ANSWERS_FOR|LEADS|RESPONSIBLE_FOR]-(a:Person|Department)
RETURN a.id AS source_id, labels(a) AS source_labels, properties(a) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       b.id AS target_id, labels(b) AS target_labels, properties(b) AS target_properties
LIMIT $row_limit;
