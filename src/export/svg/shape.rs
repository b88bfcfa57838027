//! Outlines of nodes: the Graphviz shapes that the ontology may name, and a disc for all others.

use std::fmt::Write as _;

use super::n;

/// Corners of a shape of about the area of a disc of radius 1; none for a disc.
fn corners(name: &str) -> &'static [(f64, f64)] {
    match name {
        "box" | "rect" | "rectangle" | "square" => {
            &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
        }
        "component" => &[(-1.1, -0.7), (1.1, -0.7), (1.1, 0.7), (-1.1, 0.7)],
        "diamond" => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        "octagon" => &[
            (-0.42, -1.02),
            (0.42, -1.02),
            (1.02, -0.42),
            (1.02, 0.42),
            (0.42, 1.02),
            (-0.42, 1.02),
            (-1.02, 0.42),
            (-1.02, -0.42),
        ],
        "hexagon" => {
            &[(-1.1, 0.0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0.0), (0.55, 0.95), (-0.55, 0.95)]
        }
        "house" => &[(0.0, -1.15), (0.95, -0.35), (0.95, 0.85), (-0.95, 0.85), (-0.95, -0.35)],
        _ => &[],
    }
}

/// The outline as SVG path data.
pub(super) fn outline(name: &str, x: f64, y: f64, r: f64) -> String {
    let corners = corners(name);
    if corners.is_empty() {
        let (left, r, across) = (n(x - r), n(r), n(2.0 * r));
        return format!("M{left} {}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z", n(y));
    }
    let mut path = String::new();
    for (i, (dx, dy)) in corners.iter().enumerate() {
        let letter = if i == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{} {}", n(x + dx * r), n(y + dy * r));
    }
    path + "Z"
}

/// How far the outline reaches from the middle in the direction of a unit vector, in radii.
pub(super) fn reach(name: &str, (ux, uy): (f64, f64)) -> f64 {
    let corners = corners(name);
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    for ((ax, ay), (bx, by)) in sides {
        // Where the ray t·u meets the side a + s·(b − a).
        let (dx, dy) = (bx - ax, by - ay);
        let slope = ux * dy - uy * dx;
        if slope.abs() < 1e-12 {
            continue;
        }
        let t = (ax * dy - ay * dx) / slope;
        let s = (ax * uy - ay * ux) / slope;
        if t > 0.0 && (-1e-9..=1.0 + 1e-9).contains(&s) {
            return t;
        }
    }
    1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rays_meet_the_outline() {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(reach("box", (1.0, 0.0)), 0.9));
        let diagonal = 0.5f64.sqrt();
        assert!(close(reach("box", (diagonal, -diagonal)), 0.9 / diagonal));
        assert!(close(reach("diamond", (0.0, 1.0)), 1.25));
        assert!(close(reach("diamond", (-1.0, 0.0)), 1.25));
        assert!(close(reach("ellipse", (0.0, 1.0)), 1.0));
        for name in ["box", "component", "diamond", "octagon", "hexagon", "house"] {
            for direction in [(1.0, 0.0), (0.0, 1.0), (-0.6, 0.8), (0.8, -0.6)] {
                assert!((0.6..1.5).contains(&reach(name, direction)), "{name}");
            }
        }
    }
}
