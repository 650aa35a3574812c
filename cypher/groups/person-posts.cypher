/*
title: {zh: 个人任职, en: Posts of a person}
help:
  zh: 一个人在各单位的职务，附任免时间和原文。
  en: The posts a person holds or held, with dates and sentences.
ask:
  zh: ["{person}任什么职务", "{person}是哪个单位的", "{person}在哪里任职", "{person}担任什么职务", "{person}的任免情况", "{person}是什么职务", "{person}当过什么", "{person}的职务", "{person}现在在哪个单位", "{person}是谁"]
  en:
    - "What post does {person} hold?"
    - "posts of {person}"
    - "Where does {person} work?"
    - "appointments of {person}"
    - "What is {person}'s position?"
    - "Which posts has {person} held?"
    - "Who is {person}?"
    - "career of {person}"
    - "What is {person}'s job?"
params:
  person: {type: Person, example: 方砚}
identity: [department_id, person_id]
*/
// rows
MATCH (p:Person {id: $person})-[r:HOLDS_POST]->(d:Department)
RETURN r.title AS post, d.id AS department_id, d.name AS department, d.region AS region, r.from_date AS from_date,
       r.until_date AS until_date, p.id AS person_id, p.name AS person, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY from_date, department_id, post, quote
LIMIT $row_limit;
// picture
MATCH (p:Person {id: $person})-[r:HOLDS_POST]->(d:Department)
RETURN p.id AS source_id, labels(p) AS source_labels, properties(p) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       d.id AS target_id, labels(d) AS target_labels, properties(d) AS target_properties
ORDER BY target_id
LIMIT $row_limit;
// count
MATCH (p:Person {id: $person})-[r:HOLDS_POST]->(d:Department)
RETURN count(*) AS total;
