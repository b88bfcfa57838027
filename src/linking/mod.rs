//! Document analyses to one table of entities and clusters of incidents: which mentions of different documents refer to the same thing.
