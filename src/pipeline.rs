//! The two halves of the main job: `analyse`, a document to its analysis, pure; `assemble`, analyses to the graph, independent of their order.
