/*
title: {zh: 各级各地文件和任务, en: Documents and tasks by level and region}
help:
  zh: 按级别和地区统计文件数和任务数。
  en: Numbers of documents and tasks by level and region.
ask:
  zh: ["各级文件有多少", "各地任务数量", "按地区统计文件", "各级各地的任务分布", "每个地区有多少文件", "各级各有多少任务"]
  en: ["documents by level", "tasks by region", "How many documents at each level?", "distribution over regions", "number of documents by region", "How many tasks at each level?"]
params: {}
identity: [region]
*/
// rows
MATCH (doc:Document)
WHERE doc.held = true
OPTIONAL MATCH (doc)-[:ASSIGNS]->(t:Task)
RETURN doc.level AS level, doc.region AS region, count(DISTINCT doc.id) AS documents, count(DISTINCT t.id) AS tasks
ORDER BY level, region
LIMIT $row_limit;
// count
MATCH (doc:Document)
WHERE doc.held = true
WITH DISTINCT doc.level AS level, doc.region AS region
RETURN count(*) AS total;
