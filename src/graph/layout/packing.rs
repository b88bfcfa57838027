//! Puts separately laid out components beside one another.

/// Space between two components.
const GAP: f64 = 60.0;
/// Width of the picture over its height.
const ASPECT: f64 = 1.5;

/// One component.
pub(super) struct Part {
    /// Its nodes.
    pub(super) nodes: Vec<u32>,
    /// Where they are, each in its own frame.
    pub(super) points: Vec<(f64, f64)>,
    /// How large they are.
    pub(super) radii: Vec<f64>,
}

impl Part {
    /// Left, top, right and bottom rim.
    fn bounds(&self) -> [f64; 4] {
        let far = f64::INFINITY;
        self.points.iter().zip(&self.radii).fold([far, far, -far, -far], |b, ((x, y), r)| {
            [b[0].min(x - r), b[1].min(y - r), b[2].max(x + r), b[3].max(y + r)]
        })
    }
}

/// Packs the parts onto shelves: the largest alone or with what fits beside it, then rows of
/// about its width, each row as high as its highest part. Gives the point of every node.
pub(super) fn pack(count: usize, parts: Vec<Part>) -> Vec<(f64, f64)> {
    let mut boxes: Vec<(Part, [f64; 4])> = parts
        .into_iter()
        .map(|part| {
            let bounds = part.bounds();
            (part, bounds)
        })
        .collect();
    let height = |b: &[f64; 4]| b[3] - b[1];
    // Highest first; the sort is stable, so that equal ones keep their order.
    boxes.sort_by(|a, b| height(&b.1).total_cmp(&height(&a.1)));
    let area: f64 = boxes.iter().map(|(_, b)| (b[2] - b[0] + GAP) * (height(b) + GAP)).sum();
    let widest = boxes.iter().map(|(_, b)| b[2] - b[0] + GAP).fold(0.0, f64::max);
    let width = (area * ASPECT).sqrt().max(widest);
    let mut points = vec![(0.0, 0.0); count];
    let (mut x, mut y, mut shelf) = (0.0, 0.0, 0.0f64);
    for (part, bounds) in &boxes {
        let across = bounds[2] - bounds[0] + GAP;
        if x > 0.0 && x + across > width {
            (x, y, shelf) = (0.0, y + shelf, 0.0);
        }
        for (node, (px, py)) in part.nodes.iter().zip(&part.points) {
            points[*node as usize] = (x + px - bounds[0], y + py - bounds[1]);
        }
        x += across;
        shelf = shelf.max(height(bounds) + GAP);
    }
    points
}
