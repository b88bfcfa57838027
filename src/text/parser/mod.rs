//! Heads, arc labels and sentence starts: the arc-eager transition system with sentence breaks
//! and pseudo-projective labels, as spaCy's parser has it.

mod nonprojective;
mod state;

use smol_str::SmolStr;
use state::State;

use super::data::TransitionData;
use super::network::{Precomputed, TransitionScorer};

const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;

/// The trained parser.
#[derive(Debug)]
pub(super) struct Parser {
    scorer: TransitionScorer,
    moves: Vec<u8>,
    labels: Vec<SmolStr>,
    /// For a label of the form `a||b`: the label `a` of the arc, and that of its true head.
    lifted: Vec<Option<(SmolStr, SmolStr)>>,
}

/// The analysis of one block.
#[derive(Debug, Default)]
pub(super) struct Parse {
    /// A root is its own head.
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<SmolStr>,
    pub(super) sentence_start: Vec<bool>,
}

impl Parser {
    pub(super) fn new(data: TransitionData) -> Result<Self, String> {
        let moves: Vec<u8> = data.actions.iter().map(|(action, _)| *action).collect();
        let labels: Vec<SmolStr> = data.actions.iter().map(|(_, label)| label.into()).collect();
        let lifted = labels
            .iter()
            .map(|label| label.split_once("||").map(|(own, head)| (own.into(), head.into())))
            .collect();
        let scorer = TransitionScorer::new(data)?;
        if scorer.features() != 8 {
            return Err(format!("a parser of {} features; 8 are supported", scorer.features()));
        }
        for action in SHIFT..=BREAK {
            if !moves.contains(&action) {
                return Err(format!("the parser has no action {action}"));
            }
        }
        if moves.iter().any(|action| *action > BREAK) || labels.iter().any(|l| l == "subtok") {
            return Err("the parser joins tokens, which is not supported".into());
        }
        Ok(Self { scorer, moves, labels, lifted })
    }

    pub(super) fn scorer(&self) -> &TransitionScorer {
        &self.scorer
    }

    /// Parses the tokens whose precomputed rows begin at `first`.
    pub(super) fn parse(&self, rows: &Precomputed, first: usize, is_space: &[bool]) -> Parse {
        let n = is_space.len();
        let mut state = State::new(n);
        // The system ends after a few steps a token; the bound is for weights gone wrong.
        let mut steps_left = 16 * n + 16;
        while !state.is_final() && steps_left > 0 {
            steps_left -= 1;
            let looked_at = state.features().map(|token| token.map(|token| first + token));
            let valid = state.valid();
            let possible = |action: usize| valid[usize::from(self.moves[action])];
            let best = self.scorer.best(rows, &looked_at, possible);
            let Some(best) = best else { break };
            match self.moves[best] {
                SHIFT => state.shift(),
                REDUCE => state.reduce(),
                LEFT => state.left_arc(best),
                RIGHT => state.right_arc(best),
                _ => state.start_sentence(),
            }
        }
        self.finish(&state, is_space)
    }

    fn finish(&self, state: &State, is_space: &[bool]) -> Parse {
        let n = is_space.len();
        let mut heads: Vec<usize> = (0..n).map(|i| state.head(i).unwrap_or(i)).collect();
        let mut actions: Vec<Option<usize>> = (0..n).map(|i| state.label(i)).collect();
        let mut labels: Vec<SmolStr> = actions
            .iter()
            .map(|action| action.map_or(SmolStr::new_static("ROOT"), |a| self.labels[a].clone()))
            .collect();
        for i in 0..n {
            let Some((own, head)) = actions[i].take().and_then(|a| self.lifted[a].as_ref()) else {
                continue;
            };
            heads[i] = nonprojective::find_head(i, head, &heads, &labels, is_space);
            labels[i] = own.clone();
        }
        let sentence_start = sentence_starts(&heads);
        Parse { heads, labels, sentence_start }
    }
}

/// The leftmost token of every tree.
fn sentence_starts(heads: &[usize]) -> Vec<bool> {
    let mut root: Vec<Option<usize>> = vec![None; heads.len()];
    let mut path = Vec::new();
    for i in 0..heads.len() {
        let mut at = i;
        while root[at].is_none() && heads[at] != at && path.len() <= heads.len() {
            path.push(at);
            at = heads[at];
        }
        let found = root[at].unwrap_or(at);
        root[at] = Some(found);
        path.drain(..).for_each(|token| root[token] = Some(found));
    }
    let mut begun = vec![false; heads.len()];
    let mut starts = vec![false; heads.len()];
    for (i, root) in root.into_iter().enumerate() {
        let root = root.unwrap_or(i);
        starts[i] = !std::mem::replace(&mut begun[root], true);
    }
    starts
}
