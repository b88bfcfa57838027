//! A state of the arc-eager system.

const NONE: u32 = u32::MAX;

/// Stack, buffer and arcs. Tokens that were put back stand before the rest of the buffer.
#[derive(Debug)]
pub(super) struct State {
    stack: Vec<u32>,
    put_back: Vec<u32>,
    next: u32,
    length: u32,
    heads: Vec<u32>,
    labels: Vec<usize>,
    /// The newest left and right dependents of each token, and the one before among its siblings.
    newest: [Vec<u32>; 2],
    before: Vec<u32>,
    unshiftable: Vec<bool>,
    sentence_start: Vec<bool>,
}

impl State {
    pub(super) fn new(length: usize) -> Self {
        Self {
            stack: Vec::with_capacity(32),
            put_back: Vec::new(),
            next: 0,
            length: length as u32,
            heads: vec![NONE; length],
            labels: vec![0; length],
            newest: [vec![NONE; length], vec![NONE; length]],
            before: vec![NONE; length],
            unshiftable: vec![false; length],
            sentence_start: vec![false; length],
        }
    }

    pub(super) fn head(&self, token: usize) -> Option<usize> {
        (self.heads[token] != NONE).then_some(self.heads[token] as usize)
    }

    /// The action that drew the arc to the token.
    pub(super) fn label(&self, token: usize) -> Option<usize> {
        self.head(token).map(|_| self.labels[token])
    }

    fn stack(&self, depth: usize) -> Option<usize> {
        let at = self.stack.len().checked_sub(depth + 1)?;
        Some(self.stack[at] as usize)
    }

    fn buffer(&self, ahead: usize) -> Option<usize> {
        match self.put_back.len().checked_sub(ahead + 1) {
            Some(at) => Some(self.put_back[at] as usize),
            None => {
                let token = self.next as usize + ahead - self.put_back.len();
                (token < self.length as usize).then_some(token)
            }
        }
    }

    fn buffer_length(&self) -> usize {
        (self.length - self.next) as usize + self.put_back.len()
    }

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    fn dependent(&self, side: usize, head: Option<usize>) -> Option<usize> {
        let newest = self.newest[side][head?];
        (newest != NONE).then_some(newest as usize)
    }

    /// The eight tokens that decide the next action.
    pub(super) fn features(&self) -> [Option<usize>; 8] {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            self.dependent(0, b0),
            self.dependent(0, s0),
            self.dependent(1, s0),
        ]
    }

    /// Which of the five moves are possible.
    pub(super) fn valid(&self) -> [bool; 5] {
        let no_stack = self.stack.is_empty();
        let left = self.buffer_length();
        let starts = |token: Option<usize>| token.is_some_and(|t| self.sentence_start[t]);
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let arc = !no_stack && left > 0 && !starts(b0);
        let held = b0.is_some_and(|b0| self.unshiftable[b0]);
        let shift = if no_stack { left > 0 } else { left >= 2 && !starts(b0) && !held };
        let adjacent = matches!((b0, b1), (Some(b0), Some(b1)) if b1 == b0 + 1);
        [shift, !no_stack, arc, arc, left >= 2 && adjacent && !starts(b1)]
    }

    pub(super) fn shift(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    /// Pops the stack. A word without a head goes back to the buffer, once.
    pub(super) fn reduce(&mut self) {
        let Some(token) = self.stack.pop() else { return };
        if self.heads[token as usize] == NONE && !self.stack.is_empty() {
            self.unshiftable[token as usize] = true;
            self.put_back.push(token);
        }
    }

    pub(super) fn left_arc(&mut self, label: usize) {
        if let (Some(head), Some(child)) = (self.buffer(0), self.stack(0)) {
            self.attach(head, child, label);
            self.unshiftable[head] = false;
            self.stack.pop();
        }
    }

    pub(super) fn right_arc(&mut self, label: usize) {
        if let (Some(head), Some(child)) = (self.stack(0), self.buffer(0)) {
            self.attach(head, child, label);
            self.shift();
        }
    }

    /// The second word of the buffer starts a sentence.
    pub(super) fn start_sentence(&mut self) {
        if let Some(token) = self.buffer(1) {
            self.sentence_start[token] = true;
        }
    }

    fn attach(&mut self, head: usize, child: usize, label: usize) {
        if self.heads[child] != NONE {
            self.detach(self.heads[child] as usize, child);
        }
        let side = usize::from(head < child);
        self.before[child] = std::mem::replace(&mut self.newest[side][head], child as u32);
        self.heads[child] = head as u32;
        self.labels[child] = label;
    }

    fn detach(&mut self, head: usize, child: usize) {
        let side = usize::from(head < child);
        if self.newest[side][head] == child as u32 {
            self.newest[side][head] = self.before[child];
            return;
        }
        let mut at = self.newest[side][head];
        while at != NONE {
            if self.before[at as usize] == child as u32 {
                self.before[at as usize] = self.before[child];
                return;
            }
            at = self.before[at as usize];
        }
    }
}
