/*
title: {zh: 资料库概况, en: What the library holds}
help:
  zh: 资料库里有多少文件、任务、单位、人员、目标、领导小组和责任关系。
  en: How many documents, tasks, bodies, people, targets, groups and duties the library holds.
ask:
  zh: ["资料库里有什么", "总共有多少任务", "一共收录了多少文件", "资料库概况", "有多少个单位", "资料库的总体情况", "库里有多少文件和任务"]
  en: ["What is in the library?", "How many tasks are there?", "How many documents are there in total?", "overview", "library statistics", "How big is the library?", "how much is in the library", "number of documents and tasks"]
params: {}
identity: [item]
sort: [item]
*/
// rows
MATCH (n:Document) WHERE n.held = true RETURN 'Document' AS item, count(*) AS amount
UNION ALL
MATCH (n:Document) WHERE n.held = false RETURN 'cited' AS item, count(*) AS amount
UNION ALL
MATCH (n:Task) RETURN 'Task' AS item, count(*) AS amount
UNION ALL
MATCH (n:Department) RETURN 'Department' AS item, count(*) AS amount
UNION ALL
MATCH (n:Person) RETURN 'Person' AS item, count(*) AS amount
UNION ALL
MATCH (n:LeadingGroup) RETURN 'LeadingGroup' AS item, count(*) AS amount
UNION ALL
MATCH (n:Target) RETURN 'Target' AS item, count(*) AS amount
UNION ALL
MATCH (n:Source) RETURN 'Source' AS item, count(*) AS amount
UNION ALL
MATCH (:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(:Task) RETURN 'duty' AS item, count(*) AS amount;
