//! Undoing pseudo-projective transformations (Nivre and Nilsson 2005, the "head" scheme).

use smol_str::SmolStr;

/// The true head of `token`, whose arc was lifted: the first word below its present head, breadth
/// first and from left to right, whose arc label is `label`; the present head without one.
pub(super) fn find_head(
    token: usize,
    label: &str,
    heads: &[usize],
    labels: &[SmolStr],
    is_space: &[bool],
) -> usize {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    for (child, head) in heads.iter().enumerate() {
        if *head != child && child != token && !is_space[child] {
            children[*head].push(child);
        }
    }
    let mut queue = std::collections::VecDeque::from([heads[token]]);
    let mut visits = heads.len();
    while let Some(head) = queue.pop_front() {
        for child in &children[head] {
            if labels[*child] == label {
                return *child;
            }
            queue.push_back(*child);
        }
        visits = visits.saturating_sub(1);
        if visits == 0 {
            break;
        }
    }
    heads[token]
}
