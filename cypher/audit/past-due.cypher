/*
title: {zh: 已过期限的任务, en: Tasks past due}
help:
  zh: 到指定日期（默认今天）时限已过的任务；是否完成不在文件里，需另行核实。
  en: Tasks whose deadline lies before a day (today by default). Whether they were done is not in the documents.
ask:
  zh: ["哪些任务已经过期", "逾期任务", "哪些任务超过了时限", "{department}逾期的任务", "{department}有没有过期未完成的任务", "过了时限的工作", "逾期未完成的任务", "哪些任务拖着没完成", "{department}有哪些任务没按时完成", "截至目前逾期的任务"]
  en:
    - "Which tasks are past due?"
    - "overdue tasks"
    - "Which tasks of {department} are overdue?"
    - "missed deadlines"
    - "Has {department} missed any deadlines?"
    - "Which tasks are late?"
    - "Is anything overdue at {department}?"
    - "tasks whose deadline has passed"
    - "unfinished tasks past their deadline"
params:
  day: {type: Date, default: today, example: "2026-01-01", help: {zh: 以哪天为准, en: The day to compare with}}
  department: {type: Department, default: "", example: 青禾县民政局}
identity: [task_id]
*/
// rows
MATCH (doc:Document)-[:ASSIGNS]->(t:Task)-[r:DUE_IN]->(p:Period)
WHERE p.ends_on < $day AND NOT EXISTS { MATCH (t)-[:DUE_IN]->(l:Period) WHERE l.ends_on > p.ends_on }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH doc, t, r, p
ORDER BY p.ends_on, doc.id, t.position, t.id, p.id
LIMIT $row_limit
OPTIONAL MATCH (d:Department)-[:LEADS]->(t)
RETURN p.ends_on AS due_on, t.id AS task_id, t.number AS task_number, coalesce(t.title, t.text) AS task,
       collect(DISTINCT d.name) AS leads, p.id AS period_id, p.label AS period, doc.id AS document_id, doc.title AS document,
       t.position AS position, r.quote AS quote, r.evidence AS evidence, r.rule AS rule
ORDER BY due_on, document_id, position, task_id, period_id, quote
LIMIT $row_limit;
// picture
MATCH (t:Task)-[r:DUE_IN]->(p:Period)
WHERE p.ends_on < $day AND NOT EXISTS { MATCH (t)-[:DUE_IN]->(l:Period) WHERE l.ends_on > p.ends_on }
  AND ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
RETURN t.id AS source_id, labels(t) AS source_labels, properties(t) AS source_properties,
       type(r) AS rel_type, properties(r) AS rel_properties,
       p.id AS target_id, labels(p) AS target_labels, properties(p) AS target_properties
LIMIT $row_limit;
// count
MATCH (t:Task)-[:DUE_IN]->(q:Period)
WHERE ($department = '' OR EXISTS { MATCH (o:Department)-[:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t) WHERE o.id = $department })
WITH t.id AS task_id, max(q.ends_on) AS due_on
RETURN coalesce(sum(CASE WHEN due_on < $day THEN 1 ELSE 0 END), 0) AS failing, count(*) AS total;
