//! [`KnowledgeGraph`](crate::graph::KnowledgeGraph) to files: a writer per file, and the reader of `graph.json`.
